/**
 * Days of the report, kept: what the leads of a day of hand-off came to, packed, so that a year is read without its facts. They
 * are a projection of leads and facts and may be dropped at any time. The rule that keeps them true: in the transaction that
 * changes a lead it is noted as touched, so that every lead stands in a day that was computed after its last change, or among the
 * touched. What the rows say is the report's business and not the ledger's.
 */
import type { LeadKey } from '../lead/lead';
import type { Connection } from './connection';
import { sessionNote, wholeNote, type Stores } from './stores';
import { transact, type Writing } from './transact';

/** Place of an entry: a number of the report's own that goes up with time, and the part of it, from 0. */
export type DayPlace = readonly [day: number, part: number];

/** The leads of one day or of a few, or a part of them. */
export interface KeptDay {
  readonly day: number;
  readonly part: number;
  /** Names all that the rows depend on beside leads and facts. */
  readonly basis: string;
  /** The instant that the rows speak of, epoch ms. */
  readonly asOf: number;
  /** Each row's lead. Indexed. */
  readonly leads: readonly LeadKey[];
  /** What a list says of each lead, as JSON. */
  readonly faces: string;
  readonly rows: Uint8Array<ArrayBuffer>;
}

/** As it lies in the database. */
export interface StoredDay extends KeptDay {
  /** See {@link beginDays}. */
  readonly session: number;
}

export interface DaysChange {
  readonly session: number;
  /** Of all that was kept before, nothing stays: what follows is a beginning, and ends with {@link settleDays}. */
  readonly clear: boolean;
  readonly drop: readonly DayPlace[];
  readonly put: readonly KeptDay[];
}

const stores: Stores = ['days', 'touched', 'meta'];
/** Notes that one transaction looks through. */
const notesAtOnce = 500;

/**
 * Whoever wants to keep days asks first: leads that change from now on are noted with this number, and only its holder may keep
 * any. A later call takes the right away from those before, whose facts may be older.
 */
export function beginDays(connection: Connection): Promise<number> {
  return transact(connection.db, ['meta'], async (transaction) => {
    const session = await nextSession(transaction, connection);
    connection.session = session;
    return session;
  });
}

async function nextSession(transaction: Writing, connection: Connection): Promise<number> {
  const meta = transaction.objectStore('meta');
  const before = (await meta.get(sessionNote))?.value ?? 0;
  const session = Math.max(before, connection.session ?? 0) + 1;
  await meta.put({ name: sessionNote, value: session });
  return session;
}

/** Notes these leads as touched. Call it in the transaction that changes them. */
export async function touch(
  transaction: Writing,
  { session }: Pick<Connection, 'session'>,
  leads: Iterable<LeadKey>,
): Promise<void> {
  if (session === null) return;
  const touched = transaction.objectStore('touched');
  await Promise.all(Array.from(leads, (lead) => touched.put({ lead, session })));
}

/** Removes whatever is kept of these leads, and bars whoever has read them from keeping it again. */
export async function forgetInDays(
  transaction: Writing,
  connection: Connection,
  leads: readonly LeadKey[],
): Promise<void> {
  if (connection.session === null || leads.length === 0) return;
  connection.session = await nextSession(transaction, connection);
  const days = transaction.objectStore('days');
  const holding = await Promise.all(leads.map((lead) => days.index('lead').getAll(lead)));
  const gone = new Set(leads);
  const others = new Set(holding.flatMap((found) => found.flatMap((day) => day.leads)).filter((key) => !gone.has(key)));
  await Promise.all(holding.flatMap((found) => found.map(({ day, part }) => days.delete([day, part]))));
  await touch(transaction, connection, others);
  const touched = transaction.objectStore('touched');
  await Promise.all(leads.map((lead) => touched.delete(lead)));
}

const isCurrent = async (transaction: Writing, session: number): Promise<boolean> =>
  (await transaction.objectStore('meta').get(sessionNote))?.value === session;

/** @returns `false` where somebody else began since, or a lead was erased: then nothing of it was kept. */
export function keepDays(connection: Connection, { session, clear, drop, put }: DaysChange): Promise<boolean> {
  return transact(connection.db, stores, async (transaction) => {
    if (!(await isCurrent(transaction, session))) return false;
    const days = transaction.objectStore('days');
    if (clear) await Promise.all([days.clear(), transaction.objectStore('meta').delete(wholeNote)]);
    const places = [...drop, ...put.map(({ day, part }): DayPlace => [day, part])];
    const before = await Promise.all(places.map(([day, part]) => days.get([day, part])));
    await Promise.all(drop.map(([day, part]) => days.delete([day, part])));
    await Promise.all(put.map((day) => days.put({ ...day, session })));
    const placed = new Set(put.flatMap(({ leads }) => leads));
    // A lead that lost its place and has no other one is computed anew.
    const lost = new Set(before.flatMap((day) => leadsOf(day)).filter((lead) => !placed.has(lead)));
    await touch(transaction, { session }, lost);
    return true;
  });
}

/** Of a damaged day nobody knows the leads; its reader computes all of them anew. */
const leadsOf = (day: StoredDay | undefined): readonly LeadKey[] => (Array.isArray(day?.leads) ? day.leads : []);

/** All days are kept: what was touched before this session began stands in them. @returns as {@link keepDays}. */
export async function settleDays(connection: Connection, session: number): Promise<boolean> {
  let after: LeadKey | null = null;
  do {
    const from: LeadKey | null = after;
    const next = await transact(connection.db, stores, async (transaction) => {
      if (!(await isCurrent(transaction, session))) return false;
      const touched = transaction.objectStore('touched');
      const notes = await touched.getAll(from === null ? null : IDBKeyRange.lowerBound(from, true), notesAtOnce);
      await Promise.all(notes.flatMap((note) => (note.session < session ? touched.delete(note.lead) : [])));
      const last = notes.length < notesAtOnce ? null : (notes.at(-1)?.lead ?? null);
      if (last === null) await transaction.objectStore('meta').put({ name: wholeNote, value: 1 });
      return last;
    });
    if (next === false) return false;
    after = next;
  } while (after !== null);
  return true;
}
