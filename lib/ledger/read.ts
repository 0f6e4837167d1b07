/**
 * Reading the database. What lies in it is untrusted: an older bug or a damaged disk may have left anything. A record that
 * cannot be read is skipped, counted and left where it is.
 */
import type { IDBPTransaction } from 'idb';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { isFromAhead } from './ahead';
import { hashesFor, noteUnreadable, type Connection } from './connection';
import { factSchema } from './fact-schema';
import { factsIn, factsNote, factsOfAll, idOf, stretchesBehind, stretchesOf, type History } from './history';
import { leadSchema } from './lead-schema';
import type { Forgotten, Schema } from './stores';
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
    noteUnreadable(connection, 'fact', idOf(value));
    return [];
  });
}

/** Stretches of one request; each has at most some 50 facts. */
const stretchesAtOnce = 200;

export async function load(connection: Connection, keys: readonly LeadKey[]): Promise<Map<LeadKey, LeadWithFacts>> {
  const hashes = await hashesFor(connection, keys);
  const transaction = connection.db.transaction(['leads', 'histories', 'forgotten']);
  const forgotten = transaction.objectStore('forgotten');
  const wanted = [...new Set(keys)];
  const read = await readerOf(transaction, wanted);
  const entries = await Promise.all(
    wanted.map(async (key) => {
      const hash = hashes.get(key);
      const [{ stored, stretches }, until] = await Promise.all([
        read(key),
        hash === undefined ? undefined : forgotten.get(hash),
      ]);
      const known = { record: readRecord(connection, stored), facts: readFacts(connection, factsOfAll(stretches)) };
      return [key, { ...known, ...forgottenAs(until) }] as const;
    }),
  );
  return new Map(entries);
}

interface Found {
  readonly stored: LeadRecord | undefined;
  readonly stretches: readonly History[];
}

/** From so many leads on, one question whether they lie together is worth its price. */
const worthAsking = 20;
/** Of so many records that lie between the first and the last, one is asked for: else each is asked for by itself. */
const neighboursEach = 2;

/** Leads that lie together, such as those of one import, are read in three requests: each has a price of its own. */
async function readerOf(
  transaction: IDBPTransaction<Schema, ('leads' | 'histories' | 'forgotten')[]>,
  keys: readonly LeadKey[],
): Promise<(key: LeadKey) => Found | Promise<Found>> {
  const leads = transaction.objectStore('leads');
  const histories = transaction.objectStore('histories');
  const each = async (key: LeadKey): Promise<Found> => {
    const [stored, stretches] = await Promise.all([leads.get(key), histories.getAll(stretchesOf(key))]);
    return { stored, stretches };
  };
  const sorted = keys.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (keys.length < worthAsking || first === undefined || last === undefined) return each;
  const between = IDBKeyRange.bound([first], [last, []]);
  const most = neighboursEach * keys.length;
  if ((await histories.getAllKeys(between, most)).length === most) return each;
  const [records, stretches] = await Promise.all([
    leads.getAll(IDBKeyRange.bound(first, last), most),
    histories.getAll(between, most),
  ]);
  if (records.length === most) return each;
  const recordOf = new Map(records.map((record) => [record.key, record]));
  const stretchesOfLead = Map.groupBy(stretches, ({ lead }) => lead);
  return (key) => ({ stored: recordOf.get(key), stretches: stretchesOfLead.get(key) ?? [] });
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
  const { store } = connection.db.transaction('histories');
  const entries = await Promise.all(
    [...new Set(keys)].map(async (key) => {
      const stretches = await store.getAll(stretchesOf(key));
      return [key, readFacts(connection, factsOfAll(stretches))] as const;
    }),
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
  const transaction = db.transaction(['leads', 'meta', 'snoozes', 'forgotten']);
  const [leads, facts, snoozes, forgotten] = await Promise.all([
    transaction.objectStore('leads').count(),
    transaction.objectStore('meta').get(factsNote),
    transaction.objectStore('snoozes').count(),
    transaction.objectStore('forgotten').count(),
  ]);
  return { leads, facts: facts?.value ?? 0, snoozes, forgotten };
}

/** Each batch is a transaction of its own, so that a slow reader never holds up a write. */
export async function* historiesBetween(
  connection: Connection,
  from: number,
  until: number,
): AsyncGenerator<readonly Fact[], void> {
  // An array sorts before every longer one that begins with it: `[until]` lies before every stretch of that instant.
  const end: [number] = [until];
  let start: [number] | [number, LeadKey, number] = [from];
  if (from >= until) return;
  let more = true;
  while (more) {
    const range = IDBKeyRange.bound(start, end, start.length > 1, true);
    const stretches: History[] = await connection.db.getAllFromIndex('histories', 'newest', range, stretchesAtOnce);
    if (stretches.length > 0) yield readFacts(connection, stretches.flatMap(factsIn));
    const last = stretches.at(-1);
    more = last !== undefined && stretches.length === stretchesAtOnce;
    if (last) start = [last.newest, last.lead, last.part];
  }
}

/** A lead as it lies in the database, unread. */
export interface Stored {
  readonly key: LeadKey;
  readonly record: LeadRecord | undefined;
  readonly facts: readonly Fact[];
}

/** More than any page of leads has; only a lead with as many makes a page longer. */
const stretchesOfPage = 1_000;

/** Leads with their facts in the order of their keys, in two requests a page: each request has a price of its own. */
export async function storedAfter(
  { db }: Connection,
  after: LeadKey | undefined,
  limit: number,
): Promise<Page<Stored>> {
  const transaction = db.transaction(['leads', 'histories']);
  const histories = transaction.objectStore('histories');
  const behind = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
  const records = await transaction.objectStore('leads').getAll(behind, limit);
  const last = records.length < limit ? undefined : records.at(-1)?.key;
  const stretches = await histories.getAll(stretchesBehind(after, last), stretchesOfPage);
  const cut = stretches.length < stretchesOfPage ? undefined : stretches.at(-1)?.lead;
  if (cut === undefined) return pageOf(joined(records, stretches), last);
  // The facts of this lead may go on: the page ends before it, or is it.
  const whole = joined(
    records.filter(({ key }) => key < cut),
    stretches.filter(({ lead }) => lead < cut),
  );
  if (whole.length > 0) return pageOf(whole, whole.at(-1)?.key);
  const alone = records.filter(({ key }) => key === cut);
  return pageOf(joined(alone, await histories.getAll(stretchesOf(cut))), cut);
}

function joined(records: readonly LeadRecord[], stretches: readonly History[]): Stored[] {
  const recordOf = new Map(records.map((record) => [record.key, record]));
  const ofLead = Map.groupBy(stretches, ({ lead }) => lead);
  return [...new Set([...recordOf.keys(), ...ofLead.keys()])]
    .sort()
    .map((key) => ({ key, record: recordOf.get(key), facts: factsOfAll(ofLead.get(key) ?? []) }));
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
