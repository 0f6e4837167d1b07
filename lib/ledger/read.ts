/**
 * Reading the database. What lies in it is untrusted: an older bug or a damaged disk may have left anything. A record that
 * cannot be read is skipped, counted and left where it is.
 */
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { isFromAhead } from './ahead';
import { hashesFor, noteUnreadable, type Connection } from './connection';
import { factSchema } from './fact-schema';
import { leadSchema } from './lead-schema';
import type { Forgotten } from './stores';
import {
  duplicatesAtMost,
  type Computed,
  type Known,
  type LeadRecord,
  type LeadWithFacts,
  type LedgerCounts,
  type Page,
} from './types';

/**
 * The record, if it can be worked with. Its clocks are a projection that is computed anew when in doubt, so only the lead
 * itself is parsed in full.
 */
export function readRecord(connection: Connection, stored: LeadRecord | undefined): LeadRecord | undefined {
  if (stored === undefined) return undefined;
  if (Array.isArray(stored.clocks) && leadSchema.safeParse(stored.lead).success) return stored;
  noteUnreadable(connection, 'lead', stored.key);
  return undefined;
}

export function readFacts(connection: Connection, stored: readonly Fact[]): Fact[] {
  return stored.flatMap((value) => {
    const parsed = factSchema.safeParse(value);
    if (parsed.success) return [parsed.data];
    noteUnreadable(connection, 'fact', value.id);
    return [];
  });
}

export async function load(connection: Connection, keys: readonly LeadKey[]): Promise<Map<LeadKey, LeadWithFacts>> {
  const hashes = await hashesFor(connection, keys);
  const transaction = connection.db.transaction(['leads', 'facts', 'forgotten']);
  const leads = transaction.objectStore('leads');
  const byLead = transaction.objectStore('facts').index('lead');
  const forgotten = transaction.objectStore('forgotten');
  const entries = await Promise.all(
    [...new Set(keys)].map(async (key) => {
      const hash = hashes.get(key);
      const [stored, facts, until] = await Promise.all([
        leads.get(key),
        byLead.getAll(key),
        hash === undefined ? undefined : forgotten.get(hash),
      ]);
      const known = { record: readRecord(connection, stored), facts: readFacts(connection, facts) };
      return [key, { ...known, ...forgottenAs(until) }] as const;
    }),
  );
  return new Map(entries);
}

function forgottenAs(forgotten: Forgotten | undefined): Pick<LeadWithFacts, 'forgottenUntil' | 'erased'> {
  if (!forgotten) return {};
  return { forgottenUntil: forgotten.until, ...(forgotten.erased ? { erased: true } : {}) };
}

/** The lead itself is left unread: a list has read it, and only its clocks are asked for. */
export async function clocksOf({ db }: Connection, keys: readonly LeadKey[]): Promise<Map<LeadKey, Computed>> {
  const { store } = db.transaction('leads');
  const stored = await Promise.all([...new Set(keys)].map((key) => store.get(key)));
  return new Map(stored.flatMap((one) => (one && Array.isArray(one.clocks) ? [[one.key, one] as const] : [])));
}

export async function factsOf(
  connection: Connection,
  keys: readonly LeadKey[],
): Promise<Map<LeadKey, readonly Fact[]>> {
  const index = connection.db.transaction('facts').store.index('lead');
  const entries = await Promise.all(
    [...new Set(keys)].map(async (key) => [key, readFacts(connection, await index.getAll(key))] as const),
  );
  return new Map(entries);
}

export async function nextChange({ db }: Connection): Promise<number | undefined> {
  const cursor = await db.transaction('leads').store.index('nextChangeAt').openKeyCursor();
  return cursor?.key;
}

export async function outdated({ db }: Connection, projection: string, limit: number): Promise<LeadKey[]> {
  const index = db.transaction('leads').store.index('projection');
  const [below, above] = await Promise.all([
    index.getAllKeys(IDBKeyRange.upperBound(projection, true), limit),
    index.getAllKeys(IDBKeyRange.lowerBound(projection, true), limit),
  ]);
  return [...below, ...above].slice(0, limit);
}

export async function fromAhead(
  connection: Connection,
  now: number,
  after: LeadKey | undefined,
  limit: number,
): Promise<Page<LeadKey>> {
  const behind = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
  const records = await connection.db.getAll('leads', behind, limit);
  const ahead = records.filter((stored) => {
    const record = readRecord(connection, stored);
    return record !== undefined && isFromAhead(record, now);
  });
  const keys = ahead.map(({ key }) => key);
  return pageOf(keys, records.length < limit ? undefined : records.at(-1)?.key);
}

export async function counts({ db }: Connection): Promise<LedgerCounts> {
  const transaction = db.transaction(['leads', 'facts', 'snoozes', 'forgotten']);
  const [leads, facts, snoozes, forgotten] = await Promise.all([
    transaction.objectStore('leads').count(),
    transaction.objectStore('facts').count(),
    transaction.objectStore('snoozes').count(),
    transaction.objectStore('forgotten').count(),
  ]);
  return { leads, facts, snoozes, forgotten };
}

/** Each batch is a transaction of its own, so that a slow reader never holds up a write. */
export async function* factsBetween(
  connection: Connection,
  from: number,
  until: number,
  batch: number,
): AsyncGenerator<readonly Fact[], void> {
  // An array sorts before every longer one that begins with it: `[until]` lies before every fact of that instant.
  const end: [number] = [until];
  let start: readonly [number] | readonly [number, string] = [from];
  if (from >= until) return;
  let more = true;
  while (more) {
    const range = IDBKeyRange.bound(start, end, start.length === 2, true);
    const stored: Fact[] = await connection.db.getAllFromIndex('facts', 'instant', range, batch);
    if (stored.length > 0) yield readFacts(connection, stored);
    const last = stored.at(-1);
    more = last !== undefined && stored.length === batch;
    if (last) start = [last.at, last.id];
  }
}

/** A lead as it lies in the database, unread. */
export interface Stored {
  readonly key: LeadKey;
  readonly record: LeadRecord | undefined;
  readonly facts: readonly Fact[];
}

/** More than any page of leads has; only a lead with as many makes a page longer. */
const factsOfPage = 5_000;

/** Leads with their facts in the order of their keys, in two requests a page: each request has a price of its own. */
export async function storedAfter(
  { db }: Connection,
  after: LeadKey | undefined,
  limit: number,
): Promise<Page<Stored>> {
  const transaction = db.transaction(['leads', 'facts']);
  const byLead = transaction.objectStore('facts').index('lead');
  const behind = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
  const records = await transaction.objectStore('leads').getAll(behind, limit);
  const last = records.length < limit ? undefined : records.at(-1)?.key;
  const facts = await byLead.getAll(
    last === undefined ? behind : IDBKeyRange.bound(after ?? '', last, true),
    factsOfPage,
  );
  const cut = facts.length < factsOfPage ? undefined : facts.at(-1)?.lead;
  if (cut === undefined) return pageOf(joined(records, facts), last);
  // The facts of this lead may go on: the page ends before it, or is it.
  const whole = joined(
    records.filter(({ key }) => key < cut),
    facts.filter(({ lead }) => lead < cut),
  );
  if (whole.length > 0) return pageOf(whole, whole.at(-1)?.key);
  const alone = records.filter(({ key }) => key === cut);
  return pageOf(joined(alone, await byLead.getAll(cut)), cut);
}

function joined(records: readonly LeadRecord[], facts: readonly Fact[]): Stored[] {
  const recordOf = new Map(records.map((record) => [record.key, record]));
  const factsOfLead = Map.groupBy(facts, ({ lead }) => lead);
  return [...new Set([...recordOf.keys(), ...factsOfLead.keys()])]
    .sort()
    .map((key) => ({ key, record: recordOf.get(key), facts: factsOfLead.get(key) ?? [] }));
}

export async function knownAfter(
  connection: Connection,
  after: LeadKey | undefined,
  limit: number,
): Promise<Page<Known>> {
  const { items, next } = await storedAfter(connection, after, limit);
  const known = items.map(({ key, record, facts }): Known => {
    const { lead, views } = readRecord(connection, record) ?? { lead: undefined };
    const own = { key, lead, facts: readFacts(connection, facts) };
    return views ? Object.assign(own, { views }) : own;
  });
  return pageOf(known, next);
}

export function pageOf<Item>(items: readonly Item[], next: string | undefined): Page<Item> {
  return next === undefined ? { items } : { items, next };
}

export async function duplicatesOf(
  { db }: Connection,
  dupes: readonly string[],
): Promise<Map<string, readonly LeadKey[]>> {
  const index = db.transaction('leads').store.index('dupes');
  const entries = await Promise.all(
    [...new Set(dupes)].map(async (dupe) => [dupe, await index.getAllKeys(dupe, duplicatesAtMost)] as const),
  );
  return new Map(entries);
}
