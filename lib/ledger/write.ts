/**
 * Writing leads and facts: what this browser learnt (`save`) and what was written elsewhere (`take`). A fact that is there
 * is never written again, so the instant at which it was first recorded stays.
 */
import { unwrap } from 'idb';
import type { Fact } from '../lead/facts';
import type { Lead, LeadKey } from '../lead/lead';
import { absentAmong } from './absent';
import { computedNote, computedUntil, notedEveryMs } from './ahead';
import { hashesFor, type Connection } from './connection';
import { bucketOf, changedBucket, dueTextOf, type DueChanges } from './due-lead';
import { addFacts } from './history';
import { touch } from './kept-days';
import { mergeLead, outdatedRecord, sameLead } from './merge-lead';
import { readRecord } from './read';
import type { Stores } from './stores';
import { transact, type Writing } from './transact';
import { noProjection, type LeadRecord, type Taken } from './types';

/** One of each, the first; the same fact may be told twice at once. */
function oneOfEach(facts: readonly Fact[]): Fact[] {
  const first = new Map<string, Fact>();
  for (const fact of facts) if (!first.has(fact.id)) first.set(fact.id, fact);
  return [...first.values()];
}

/** Up to which instant each of these leads is forgotten; for ever, where a person erased it. */
async function forgottenOf(
  transaction: Writing,
  hashes: ReadonlyMap<LeadKey, string>,
): Promise<ReadonlyMap<LeadKey, number>> {
  const store = transaction.objectStore('forgotten');
  const found = await Promise.all([...hashes].map(async ([key, hash]) => [key, await store.get(hash)] as const));
  return new Map(
    found.flatMap(([key, one]) => (one ? [[key, one.erased ? Number.POSITIVE_INFINITY : one.until] as const] : [])),
  );
}

const comesBack = (forgotten: ReadonlyMap<LeadKey, number>, key: LeadKey, at: number): boolean =>
  at <= (forgotten.get(key) ?? Number.NEGATIVE_INFINITY);

const isErased = (forgotten: ReadonlyMap<LeadKey, number>, key: LeadKey): boolean =>
  forgotten.get(key) === Number.POSITIVE_INFINITY;

export async function save(
  connection: Connection,
  records: readonly LeadRecord[],
  facts: readonly Fact[],
  what: 'all' | 'clocks' = 'all',
): Promise<ReadonlySet<string>> {
  if (records.length === 0 && facts.length === 0) return new Set();
  const hashes = await hashesFor(connection, [...records.map(({ key }) => key), ...facts.map(({ lead }) => lead)]);
  const until = computedUntil(records);
  const isNoted = records.length === 0 || until < connection.computedUntil + notedEveryMs;
  const stores: Stores = ['leads', 'histories', 'forgotten', 'due', 'touched', 'meta'];
  const rows = new Map<LeadKey, string | null>();
  const kept = await transact(connection.db, stores, async (transaction) => {
    const forgotten = await forgottenOf(transaction, hashes);
    const welcome = oneOfEach(facts).filter(({ lead, at }) => !comesBack(forgotten, lead, at));
    const known = records.filter(({ key }) => !isErased(forgotten, key));
    for (const record of known) rows.set(record.key, dueTextOf(record));
    const leads = transaction.objectStore('leads');
    const writes = known.map((record) => leads.put(record));
    const told = new Set(welcome.map(({ lead }) => lead));
    // Clocks that only moved on change no fact and no lead, and days know by themselves until when they hold.
    if (what === 'all') for (const { key } of known) told.add(key);
    await Promise.all([
      ...writes,
      isNoted ? null : transaction.objectStore('meta').put({ name: computedNote, value: until }),
      putRows(transaction, rows),
      addFacts(transaction, welcome),
      touch(transaction, connection, told),
    ]);
    return new Set(welcome.map(({ id }) => id));
  });
  if (!isNoted) connection.computedUntil = until;
  connection.due.apply(rows);
  return kept;
}

/** Keeps what lists need beside the records. */
export async function putRows(transaction: Writing, rows: DueChanges): Promise<void> {
  const due = transaction.objectStore('due');
  const byBucket = Map.groupBy(rows, ([key]) => bucketOf(key));
  await Promise.all(
    [...byBucket].map(async ([bucket, changes]) => {
      const changed = changedBucket(bucket, await due.get(bucket), new Map(changes));
      if (changed) await due.put(changed);
    }),
  );
}

export async function take(connection: Connection, leads: readonly Lead[], facts: readonly Fact[]): Promise<Taken> {
  const keys = [...leads.map(({ key }) => key), ...facts.map(({ lead }) => lead)];
  const hashes = await hashesFor(connection, keys);
  const rows = new Map<LeadKey, string | null>();
  const taken = await transact(
    connection.db,
    ['leads', 'histories', 'forgotten', 'due', 'touched', 'meta'],
    async (transaction) => {
      const forgotten = await forgottenOf(transaction, hashes);
      const welcomeLeads = leads.filter(({ key, seenAt }) => !comesBack(forgotten, key, seenAt));
      const welcomeFacts = facts.filter(({ lead, at }) => !comesBack(forgotten, lead, at));
      const each = oneOfEach(welcomeFacts);
      const known = await addFacts(transaction, each);
      const added = each.filter(({ id }) => !known.has(id));
      const touched = new Set(added.map(({ lead }) => lead));
      const changedLeads = new Set(touched);
      const changed = await mergeLeads(connection, transaction, welcomeLeads, touched, { rows, changedLeads });
      await putRows(transaction, rows);
      await touch(transaction, connection, changedLeads);
      return {
        leads: changed,
        facts: added.length,
        known: welcomeFacts.length - added.length,
        refused: leads.length - welcomeLeads.length + facts.length - welcomeFacts.length,
      };
    },
  );
  connection.due.apply(rows);
  return taken;
}

/**
 * Joins leads with what is known of them, and has the clocks of all that changed computed anew.
 * @param touched leads with new facts
 * @param into `rows` gets those of the leads that changed and that lists know, `changedLeads` all that changed.
 * @returns how many leads are new or say something new.
 */
async function mergeLeads(
  connection: Connection,
  transaction: Writing,
  leads: readonly Lead[],
  touched: ReadonlySet<LeadKey>,
  into: { readonly rows: Map<LeadKey, string | null>; readonly changedLeads: Set<LeadKey> },
): Promise<number> {
  const store = transaction.objectStore('leads');
  // Without a promise for each: where one fails, the transaction does, and its end says so.
  const raw = unwrap(store);
  const byKey = Map.groupBy(leads, ({ key }) => key);
  const keys = [...new Set([...byKey.keys(), ...touched])];
  const isNew = await absentAmong(keys, (first, last, atMost) =>
    store.getAllKeys(IDBKeyRange.bound(first, last), atMost),
  );
  const changed = await Promise.all(
    keys.map(async (key) => {
      const stored = isNew(key) ? undefined : await store.get(key);
      // In a file, a lead's facts lie far apart: most leads that new facts touch wait for their clocks already.
      if (stored?.projection === noProjection && !byKey.has(key)) return 0;
      const before = readRecord(connection, stored);
      // A record that can't be read stays as it is: this is no fresh look at the lead that could stand for it.
      if (stored !== undefined && before === undefined) return 0;
      const merged = (byKey.get(key) ?? []).reduce<Lead | undefined>(mergeLead, before?.lead);
      if (merged === undefined) return 0;
      const isChanged = before === undefined || !sameLead(merged, before.lead);
      if (isChanged || touched.has(key)) {
        const record = outdatedRecord(before, merged);
        const text = dueTextOf(record);
        // What no list knows comes to them when its clocks are computed.
        if (text !== null) into.rows.set(key, text);
        into.changedLeads.add(key);
        raw.put(record);
      }
      return isChanged ? 1 : 0;
    }),
  );
  return changed.reduce<number>((sum, one) => sum + one, 0);
}
