/**
 * The ledger in IndexedDB. Only the worker opens it. Writes are strict: acknowledged once they are on disk. A record that
 * cannot be read (an older bug, a damaged disk) is left where it is and skipped; it is never overwritten by a guess.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { factSchema } from './fact-schema';
import { leadSchema } from './lead-schema';
import { LedgerFullError, type Ledger, type LeadRecord, type LeadWithFacts } from './types';

export const ledgerName = 'relevo';
export const ledgerVersion = 1;

interface Schema extends DBSchema {
  leads: {
    key: LeadKey;
    value: LeadRecord;
    indexes: { attention: number; nextChangeAt: number; projection: string };
  };
  facts: { key: string; value: Fact; indexes: { lead: LeadKey } };
}

type Database = IDBPDatabase<Schema>;

/**
 * Opens the database, making it on first use.
 * @param onLost called once when the browser closes it under us (storage cleared, a newer version waits).
 * @throws what IndexedDB says when it won't open; the caller falls back to memory.
 */
export async function openLedger(onLost: (reason: 'closed' | 'newer') => void): Promise<Ledger> {
  const db: Database = await openDB<Schema>(ledgerName, ledgerVersion, {
    upgrade(upgrading) {
      const leads = upgrading.createObjectStore('leads', { keyPath: 'key' });
      leads.createIndex('attention', 'attention');
      leads.createIndex('nextChangeAt', 'nextChangeAt');
      leads.createIndex('projection', 'projection');
      upgrading.createObjectStore('facts', { keyPath: 'id' }).createIndex('lead', 'lead');
    },
    blocking() {
      // A newer version of the extension waits for us: let it through at once.
      db.close();
      onLost('newer');
    },
    terminated() {
      onLost('closed');
    },
  });
  return {
    durable: true,
    load: (keys) => load(db, keys),
    save: (records, facts) => save(db, records, facts),
    async dueUntil(instant) {
      const found = await db.getAllFromIndex('leads', 'attention', IDBKeyRange.upperBound(instant));
      return found.filter(isReadable);
    },
    changingUntil: (instant, limit) =>
      db.getAllKeysFromIndex('leads', 'nextChangeAt', IDBKeyRange.upperBound(instant), limit),
    async nextChange() {
      const cursor = await db.transaction('leads').store.index('nextChangeAt').openKeyCursor();
      return cursor?.key;
    },
    outdated: (projection, limit) => outdated(db, projection, limit),
    count: () => db.count('leads'),
    close: () => db.close(),
  };
}

/**
 * Whether a record can be worked with. Its clocks are a projection that is computed anew when in doubt, so only the lead
 * itself is parsed in full.
 */
function isReadable(record: LeadRecord): boolean {
  return Array.isArray(record.clocks) && leadSchema.safeParse(record.lead).success;
}

function readableFacts(values: readonly unknown[]): Fact[] {
  return values.flatMap((value) => {
    const parsed = factSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

async function load(db: Database, keys: readonly LeadKey[]): Promise<Map<LeadKey, LeadWithFacts>> {
  const transaction = db.transaction(['leads', 'facts']);
  const leads = transaction.objectStore('leads');
  const byLead = transaction.objectStore('facts').index('lead');
  const entries = await Promise.all(
    [...new Set(keys)].map(async (key) => {
      const [stored, facts] = await Promise.all([leads.get(key), byLead.getAll(key)]);
      const record = stored && isReadable(stored) ? stored : undefined;
      return [key, { record, facts: readableFacts(facts) }] as const;
    }),
  );
  return new Map(entries);
}

async function save(db: Database, records: readonly LeadRecord[], facts: readonly Fact[]): Promise<void> {
  if (records.length === 0 && facts.length === 0) return;
  const transaction = db.transaction(['leads', 'facts'], 'readwrite', { durability: 'strict' });
  const leads = transaction.objectStore('leads');
  const stored = transaction.objectStore('facts');
  try {
    await Promise.all([
      ...records.map((record) => leads.put(record)),
      // `put` of a fact that is there writes the same bytes: its id is made from its content.
      ...facts.map((fact) => stored.put(fact)),
      transaction.done,
    ]);
  } catch (error) {
    // All requests of a transaction fail with it; the first error is told once.
    transaction.done.catch(() => {});
    if (isQuota(error) || isQuota(transaction.error)) throw new LedgerFullError('The ledger is full', { cause: error });
    throw error;
  }
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

async function outdated(db: Database, projection: string, limit: number): Promise<LeadKey[]> {
  const index = db.transaction('leads').store.index('projection');
  const [below, above] = await Promise.all([
    index.getAllKeys(IDBKeyRange.upperBound(projection, true), limit),
    index.getAllKeys(IDBKeyRange.lowerBound(projection, true), limit),
  ]);
  return [...below, ...above].slice(0, limit);
}
