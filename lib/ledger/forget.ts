/**
 * Forgetting leads, the only way that anything ever leaves the ledger: because a person asked for it, or because its time is
 * up. Counts stay. What is forgotten leaves a hash behind, so that no file and no colleague's browser brings it back.
 */
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { aggregateKey, aggregatesOf, sumAggregates, type Aggregate } from './aggregate';
import { hashesFor, leadHash, type Connection } from './connection';
import { countFacts, factsOfAll, stretchesOf } from './history';
import { forgetInDays } from './kept-days';
import { readFacts, readRecord, storedAfter, type Stored } from './read';
import { isForgettable } from './retention';
import type { Forgotten, Stores } from './stores';
import { transact, type Writing } from './transact';
import { putRows } from './write';
import type { RetentionStep, RetentionStepDone } from './types';

const everything: Stores = [
  'leads',
  'histories',
  'due',
  'snoozes',
  'forgotten',
  'aggregates',
  'days',
  'touched',
  'meta',
];

/** @returns how many facts went. */
export async function erase(connection: Connection, key: LeadKey, now: number): Promise<number> {
  const hash = await leadHash(key);
  connection.anyForgotten = true;
  const went = await transact(connection.db, everything, async (transaction) => {
    const stored = factsOfAll(await transaction.objectStore('histories').getAll(stretchesOf(key)));
    const record = readRecord(connection, await transaction.objectStore('leads').get(key));
    await addAggregates(transaction, aggregatesOf(readFacts(connection, stored), record?.lead));
    await remove(transaction, key, { hash, until: now, erased: true });
    await countFacts(transaction, -stored.length);
    await putRows(transaction, new Map([[key, null]]));
    await forgetInDays(transaction, connection, [key]);
    return stored.length;
  });
  connection.due.apply(new Map([[key, null]]));
  return went;
}

/** @throws {LedgerFullError} as every write. */
export async function recordAgain(connection: Connection, key: LeadKey): Promise<void> {
  const hash = await leadHash(key);
  await transact(connection.db, ['forgotten'], async (transaction) => {
    const store = transaction.objectStore('forgotten');
    // What retention forgot was counted, and stays so.
    if ((await store.get(hash))?.erased) await store.delete(hash);
  });
}

/** Removes a lead with all that is known of it; the number of facts is left to the caller. */
async function remove(transaction: Writing, key: LeadKey, as: Forgotten): Promise<void> {
  const forgotten = transaction.objectStore('forgotten');
  const before = await forgotten.get(as.hash);
  await Promise.all([
    forgotten.put({ ...before, ...as, until: Math.max(as.until, before?.until ?? 0) }),
    transaction.objectStore('leads').delete(key),
    transaction.objectStore('snoozes').delete(key),
    transaction.objectStore('histories').delete(stretchesOf(key)),
  ]);
}

async function addAggregates(transaction: Writing, aggregates: readonly Aggregate[]): Promise<void> {
  const store = transaction.objectStore('aggregates');
  await Promise.all(
    aggregates.map(async (aggregate) => {
      const before = await store.get(aggregateKey(aggregate));
      await store.put({ ...aggregate, count: aggregate.count + (before?.count ?? 0) });
    }),
  );
}

/** A lead whose time is up, with what has to be counted of it. */
interface Parting {
  readonly key: LeadKey;
  readonly facts: readonly Fact[];
  readonly aggregates: readonly Aggregate[];
}

export async function retain(connection: Connection, step: RetentionStep): Promise<RetentionStepDone> {
  const { cutoff, now, after, limit } = step;
  const { items, next } = await storedAfter(connection, after, limit);
  const candidates = items.flatMap((stored) => parting(connection, stored, cutoff)?.key ?? []);
  const done = await forgetAll(connection, candidates, cutoff, now);
  return next === undefined ? done : { ...done, next };
}

/** Looks once more before each goes: a fact may have come in between. */
async function forgetAll(
  connection: Connection,
  keys: readonly LeadKey[],
  cutoff: number,
  now: number,
): Promise<RetentionStepDone> {
  if (keys.length === 0) return { leads: 0, facts: 0 };
  connection.anyForgotten = true;
  const hashes = await hashesFor(connection, keys);
  const gone = new Map<LeadKey, null>();
  const done = await transact(connection.db, everything, async (transaction) => {
    const leads = transaction.objectStore('leads');
    const histories = transaction.objectStore('histories');
    const looks = await Promise.all(
      keys.map(async (key) => {
        const [record, stretches] = await Promise.all([leads.get(key), histories.getAll(stretchesOf(key))]);
        return parting(connection, { key, record, facts: factsOfAll(stretches) }, cutoff);
      }),
    );
    const going = looks.filter((look) => look !== null);
    await addAggregates(transaction, sumAggregates(going.flatMap(({ aggregates }) => aggregates)));
    for (const { key } of going) gone.set(key, null);
    await putRows(transaction, gone);
    await forgetInDays(transaction, connection, [...gone.keys()]);
    await Promise.all(going.map(({ key }) => remove(transaction, key, { hash: hashes.get(key) ?? '', until: now })));
    const facts = going.reduce((sum, parted) => sum + parted.facts.length, 0);
    await countFacts(transaction, -facts);
    return { leads: going.length, facts };
  });
  connection.due.apply(gone);
  return done;
}

/** `null` for a lead that stays, be it because something of it can't be read. */
function parting(connection: Connection, stored: Stored, cutoff: number): Parting | null {
  const lead = readRecord(connection, stored.record)?.lead;
  const facts = readFacts(connection, stored.facts);
  const isWhole = (stored.record === undefined || lead !== undefined) && facts.length === stored.facts.length;
  if (!isWhole || !isForgettable(lead, facts, cutoff)) return null;
  return { key: stored.key, facts, aggregates: aggregatesOf(facts, lead) };
}
