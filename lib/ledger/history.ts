/**
 * Facts as they lie in the database: a lead's together, in stretches of a bounded number. A database takes time for each thing
 * that it reads or writes and hardly any for its length, and nearly whoever asks for a fact asks for all of its lead. What can't
 * be read stays in its place like everything else.
 */
import { unwrap } from 'idb';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { absentAmong } from './absent';
import type { Writing } from './transact';

/** A stretch of a lead's facts, in the order in which they were learnt. Nothing in it is read. */
export interface History {
  readonly lead: LeadKey;
  /** From 0; only the last one grows. */
  readonly part: number;
  /** Instant of its newest fact, epoch ms. */
  readonly newest: number;
  readonly facts: readonly Fact[];
}

/** Little to write again for one more fact, and few stretches for a lead with a long history. */
export const factsOfStretch = 50;
/** Name of the note with the number of all facts: counting them would be reading them. */
export const factsNote = 'facts';
/** From so many leads on, one question which of them have any facts is worth its price. */
const worthAsking = 8;

/** All stretches of a lead: a list sorts behind every number. */
export const stretchesOf = (lead: LeadKey): IDBKeyRange => IDBKeyRange.bound([lead], [lead, []]);

/** All stretches of the leads behind `after`, up to and with `last`. */
export function stretchesBehind(after: LeadKey | undefined, last: LeadKey | undefined): IDBKeyRange | null {
  const from: IDBValidKey | undefined = after === undefined ? undefined : [after, []];
  if (last !== undefined) return IDBKeyRange.bound(from ?? [], [last, []], true);
  return from === undefined ? null : IDBKeyRange.lowerBound(from, true);
}

/** A damaged stretch holds nothing that could be read. */
export const factsIn = ({ facts }: Pick<History, 'facts'>): readonly Fact[] => (Array.isArray(facts) ? facts : []);

/** Among the facts of a damaged stretch there may be anything. */
export const idOf = (fact: Fact | null): string => String(fact?.id);

/** Facts of stretches of one lead, by id: the same on every computer, whoever learnt them in which order. */
export function factsOfAll(stretches: readonly History[]): Fact[] {
  return stretches.flatMap(factsIn).sort((one, other) => {
    const [a, b] = [idOf(one), idOf(other)];
    return a < b ? -1 : Number(a > b);
  });
}

function newestOf(facts: readonly Fact[], before = 0): number {
  return facts.reduce((newest, { at }) => (Number.isFinite(at) && at > newest ? at : newest), before);
}

/** The stretches that have to be written for a lead to have these facts, too. */
export function continued(lead: LeadKey, last: History | undefined, facts: readonly Fact[]): History[] {
  const isOpen = last !== undefined && Array.isArray(last.facts) && last.facts.length < factsOfStretch;
  const written: History[] = [];
  let part = isOpen ? last.part : (last?.part ?? -1) + 1;
  let before = isOpen ? last : undefined;
  for (let start = 0; start < facts.length; part += 1) {
    const room = factsOfStretch - (before?.facts.length ?? 0);
    const more = facts.slice(start, start + room);
    const newest = newestOf(more, before && Number.isFinite(before.newest) ? before.newest : 0);
    written.push({ lead, part, newest, facts: [...(before?.facts ?? []), ...more] });
    start += room;
    before = undefined;
  }
  return written;
}

/** Leads from the first to the last that have facts, each as often as it has stretches. */
const withFacts =
  (transaction: Writing) =>
  async (first: LeadKey, last: LeadKey, atMost: number): Promise<LeadKey[]> => {
    const keys = await transaction.objectStore('histories').getAllKeys(IDBKeyRange.bound([first], [last, []]), atMost);
    return keys.map(([lead]) => lead);
  };

/**
 * Adds facts to the histories of their leads; one that is there stays as it is.
 * @param facts each once
 * @returns ids of those that were there.
 */
export async function addFacts(transaction: Writing, facts: readonly Fact[]): Promise<ReadonlySet<string>> {
  if (facts.length === 0) return new Set();
  const store = transaction.objectStore('histories');
  // Without a promise for each: where one fails, the transaction does, and its end says so.
  const raw = unwrap(store);
  const byLead = Map.groupBy(facts, ({ lead }) => lead);
  const isNew = byLead.size < worthAsking ? () => false : await absentAmong([...byLead.keys()], withFacts(transaction));
  const known = new Set<string>();
  await Promise.all(
    [...byLead].map(async ([lead, ofLead]) => {
      const stretches = isNew(lead) ? [] : await store.getAll(stretchesOf(lead));
      const there = new Set(stretches.flatMap((one) => factsIn(one).map(idOf)));
      const added = ofLead.filter(({ id }) => !there.has(id));
      for (const { id } of ofLead) if (there.has(id)) known.add(id);
      for (const stretch of continued(lead, stretches.at(-1), added)) raw.put(stretch);
    }),
  );
  await countFacts(transaction, facts.length - known.size);
  return known;
}

/** Call it once in the transaction that adds or removes so many. */
export async function countFacts(transaction: Writing, more: number): Promise<void> {
  if (more === 0) return;
  const meta = transaction.objectStore('meta');
  const before = (await meta.get(factsNote))?.value ?? 0;
  await meta.put({ name: factsNote, value: Math.max(0, before + more) });
}
