/** Asking for many leads at once whether they are there, because each request has a price of its own. */
import type { LeadKey } from '../lead/lead';

/** More than a batch has, with room for those in between that the batch does not name. */
const neighboursAtMost = 2_000;

/**
 * Tells which of these leads are surely not there yet, in one request: a file of ours goes through leads in order.
 * @param between leads that are there from the first to the last, at most so many
 */
export async function absentAmong(
  leads: readonly LeadKey[],
  between: (first: LeadKey, last: LeadKey, atMost: number) => Promise<readonly LeadKey[]>,
): Promise<(lead: LeadKey) => boolean> {
  const sorted = leads.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return () => false;
  const there = await between(first, last, neighboursAtMost);
  if (there.length === neighboursAtMost) return () => false;
  const known = new Set(there);
  return (lead) => !known.has(lead);
}
