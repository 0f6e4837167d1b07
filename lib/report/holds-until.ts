/**
 * How long a digest stays true by itself: time alone judges open clocks, ends a recycling and brings on facts that lie ahead.
 * It may name an instant too early, and never one too late; a property test compares digests across it.
 */
import type { Clock } from '../clock/types';
import type { Fact } from '../lead/facts';

/**
 * @param facts all facts of the lead, corrections and those ahead of `now` included.
 * @returns the first instant, epoch ms, at which the digest may differ; `null` where it never will.
 */
export function holdsUntil(facts: readonly Fact[], clocks: readonly Clock[], now: number): number | null {
  let first = Number.POSITIVE_INFINITY;
  const may = (at: number): void => {
    if (at > now && at < first) first = at;
  };
  for (const clock of clocks) {
    // Whether a pause of which only the status is known excuses it is asked anew at each instant.
    if (clock.doneAt === null && clock.unknown === 'evidence') may(now + 1);
    if (clock.nextChangeAt !== null) may(clock.nextChangeAt);
  }
  for (const fact of facts) {
    may(fact.at);
    // What was recycled is over 1 ms after its instant.
    if (fact.kind === 'verdict' && fact.until !== undefined) may(fact.until + 1);
  }
  return first === Number.POSITIVE_INFINITY ? null : first;
}
