/**
 * The ledger in IndexedDB. Only the worker opens it. Writes are strict: acknowledged once they are on disk. A record that
 * cannot be read (an older bug, a damaged disk) is left where it is and skipped; it is never overwritten by a guess.
 */
import type { LeadKey } from '../lead/lead';
import { computedNote } from './ahead';
import { connect, openWithinMs, type Connection, type Lost } from './connection';
import { erase, recordAgain, retain } from './forget';
import { beginDays, keepDays, settleDays } from './kept-days';
import {
  clocksOf,
  counts,
  duplicatesOf,
  factsOf,
  fromAhead,
  historiesBetween,
  knownAfter,
  load,
  nextChange,
  outdated,
} from './read';
import { transact } from './transact';
import type { Ledger } from './types';
import { save, take } from './write';

export { ledgerName, ledgerVersion } from './stores';

/**
 * Opens the database, making it or bringing it up to date where needed.
 * @param onLost called when the database is closed under us (storage cleared, a newer version waits), and when it can be
 *   opened after all; then open it again at the next use.
 * @throws {LedgerBlockedError} when an older version holds it longer than `withinMs`; else what IndexedDB says when it
 *   won't open. The caller falls back to memory.
 */
export async function openLedger(
  onLost: (reason: Lost) => void,
  { withinMs = openWithinMs }: { readonly withinMs?: number } = {},
): Promise<Ledger> {
  const connection = await connect(onLost, withinMs);
  const { db } = connection;
  return {
    durable: true,
    isNew: connection.isNew,
    load: (keys) => load(connection, keys),
    clocksOf: (keys) => clocksOf(connection, keys),
    save: (changed, facts, what) => save(connection, changed, facts, what),
    dueLeads: (instant) => connection.due.between(Number.NEGATIVE_INFINITY, instant),
    dueAfter: async (instant, limit) => (await connection.due.between(instant, Number.MAX_VALUE)).slice(0, limit),
    askedSince: (instant, limit) => connection.due.askedSince(instant, limit),
    changingUntil: (instant, limit) =>
      db.getAllKeysFromIndex('leads', 'nextChangeAt', IDBKeyRange.upperBound(instant), limit),
    nextChange: () => nextChange(connection),
    outdated: (projection, limit) => outdated(connection, projection, limit),
    fromAhead: (now, after, limit) => fromAhead(connection, now, after, limit),
    // Not by an index: counting one takes five times as long.
    count: () => db.count('leads'),
    counts: () => counts(connection),
    unreadable: () => connection.unreadable.size,
    factsOf: (keys) => factsOf(connection, keys),
    historiesBetween: (from, until) => historiesBetween(connection, from, until),
    knownAfter: (after, limit) => knownAfter(connection, after, limit),
    duplicatesOf: (dupes) => duplicatesOf(connection, dupes),
    snooze: (keys, until) => snooze(connection, keys, until),
    snoozedAt: (instant) => snoozedAt(connection, instant),
    aggregates: (from, until) => db.getAll('aggregates', IDBKeyRange.bound([from], [until], false, true)),
    take: (leads, facts) => take(connection, leads, facts),
    erase: (key, now) => erase(connection, key, now),
    recordAgain: (key) => recordAgain(connection, key),
    retain: (step) => retain(connection, step),
    note: async (name) => (await db.get('meta', name))?.value,
    setNote: (name, value) => setNote(connection, name, value),
    beginDays: () => beginDays(connection),
    keepDays: (change) => keepDays(connection, change),
    settleDays: (session) => settleDays(connection, session),
    close: () => db.close(),
  };
}

async function snooze({ db }: Connection, keys: readonly LeadKey[], until: number | null): Promise<void> {
  await transact(db, ['snoozes'], async (transaction) => {
    const store = transaction.objectStore('snoozes');
    await Promise.all(keys.map((lead) => (until === null ? store.delete(lead) : store.put({ lead, until }))));
  });
}

async function snoozedAt({ db }: Connection, instant: number): Promise<Map<LeadKey, number>> {
  const found = await db.getAllFromIndex('snoozes', 'until', IDBKeyRange.lowerBound(instant, true));
  return new Map(found.map(({ lead, until }) => [lead, until]));
}

async function setNote(connection: Connection, name: string, value: number): Promise<void> {
  await transact(connection.db, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put({ name, value });
  });
  if (name === computedNote) connection.computedUntil = value;
}
