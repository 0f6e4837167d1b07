/**
 * One open database, and what to do when it does not open or is taken away. Opening never hangs: behind an older version
 * that does not let go, the caller is told in time and works without. Also holds what a connection learns as it goes.
 */
import { openDB } from 'idb';
import type { LeadKey } from '../lead/lead';
import { computedNote } from './ahead';
import { createDueCache, type DueCache } from './due-cache';
import { bucketRanges, type DueBucket } from './due-lead';
import { upgrade } from './schema';
import { ledgerName, ledgerVersion, sessionNote, type Database, type Schema } from './stores';
import { LedgerBlockedError } from './types';

/** `closed`: storage was cleared. `newer`: a newer version waits for us. `late`: it can be opened now, after all. */
export type Lost = 'closed' | 'newer' | 'late';

/** A database opens in a few milliseconds; one that has not after this long is held by somebody. */
export const openWithinMs = 5_000;
/** Each has a price of its own; with more of them the first one is there sooner. */
const readsAtOnce = 8;
/** Enough to show that something is wrong; the number must not grow without end. */
const unreadableAtMost = 10_000;

export interface Connection {
  readonly db: Database;
  /** It was made by this opening. */
  readonly isNew: boolean;
  /** Keys of records that could not be read, each with its store. */
  readonly unreadable: Set<string>;
  /** Whether any lead was ever forgotten: until then, nobody has to be compared with the forgotten ones. */
  anyForgotten: boolean;
  /** With which number changes are noted for the report's days; `null`: none are kept. See `kept-days`. */
  session: number | null;
  /** The newest instant that anything was computed at, as it is noted, epoch ms. See `ahead`. */
  computedUntil: number;
  readonly due: DueCache;
}

export function noteUnreadable({ unreadable }: Connection, store: 'lead' | 'fact', key: unknown): void {
  if (unreadable.size < unreadableAtMost) unreadable.add(`${store} ${String(key)}`);
}

/**
 * @param onLost called when the database is closed under us, and when it opens after all.
 * @param withinMs how long to wait; an upgrade that has begun may take as long as it takes.
 * @throws {LedgerBlockedError} when an older version holds it; what IndexedDB says when it won't open.
 */
export function connect(onLost: (reason: Lost) => void, withinMs: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let blocked = false;
    let gaveUp = false;
    let isNew = false;
    const timer = setTimeout(() => {
      gaveUp = true;
      reject(
        blocked
          ? new LedgerBlockedError('An older version in another window holds the ledger')
          : new DOMException('The ledger did not open in time', 'TimeoutError'),
      );
    }, withinMs);
    openDatabase(onLost, {
      began: (from) => {
        clearTimeout(timer);
        isNew = from === 0;
      },
      blocked: () => (blocked = true),
    })
      .then((db) => {
        if (!gaveUp) return describe(db, isNew).then(resolve);
        db.close();
        return onLost('late');
      })
      .catch(reject)
      .finally(() => clearTimeout(timer));
  });
}

async function describe(db: Database, isNew: boolean): Promise<Connection> {
  const due = createDueCache(() => readBuckets(db));
  const [forgotten, session, computed] = await Promise.all([
    db.count('forgotten'),
    db.get('meta', sessionNote),
    db.get('meta', computedNote),
  ]);
  return {
    db,
    isNew,
    unreadable: new Set(),
    anyForgotten: forgotten > 0,
    session: session?.value ?? null,
    computedUntil: computed?.value ?? Number.NEGATIVE_INFINITY,
    due,
  };
}

/** Asked for all at once, taken as they come: what came is taken apart while the database reads what follows. */
function readBuckets(db: Database): readonly Promise<readonly DueBucket[]>[] {
  const { store } = db.transaction('due');
  return bucketRanges(readsAtOnce).map(([from, until]) => store.getAll(IDBKeyRange.bound(from, until, false, true)));
}

function openDatabase(
  onLost: (reason: Lost) => void,
  told: { readonly began: (from: number) => void; readonly blocked: () => void },
): Promise<Database> {
  let opened: Database | undefined;
  const opening = openDB<Schema>(ledgerName, ledgerVersion, {
    upgrade(db, from, _to, transaction) {
      told.began(from);
      // An upgrade that fails is told by the opening; its transaction would tell it once more, to nobody.
      transaction.done.catch(() => {});
      upgrade(db, from, transaction);
    },
    blocked: told.blocked,
    blocking(_current, wanted) {
      // Somebody waits for us: a newer version of the extension, or whoever deletes the database. Let it through at once.
      opened?.close();
      onLost(wanted === null ? 'closed' : 'newer');
    },
    terminated() {
      onLost('closed');
    },
  });
  return opening.then((db) => (opened = db));
}

/** The first 128 bits of the SHA-256 of a lead's key, in hex: tells whether it was forgotten, and not who it was. */
export async function leadHash(key: LeadKey): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Hashes of these leads, by key; none while nothing was ever forgotten. Asked for before a transaction begins, because one
 * ends by itself when anything else is waited for.
 */
export async function hashesFor(
  { anyForgotten }: Connection,
  keys: Iterable<LeadKey>,
): Promise<ReadonlyMap<LeadKey, string>> {
  if (!anyForgotten) return new Map();
  return new Map(await Promise.all([...new Set(keys)].map(async (key) => [key, await leadHash(key)] as const)));
}
