/** Which clock needs a person first (rule 16). Pure; a total order, so that a list never jumps between two renderings. */
import type { Clock, ClockState } from './types';

const rankOfState: Readonly<Record<ClockState, number>> = {
  overdue: 0,
  'at-risk': 2,
  running: 3,
  scheduled: 4,
  paused: 5,
  unknown: 6,
  missed: 7,
  ended: 8,
  met: 9,
};
/** Its due instant has passed as far as anyone knows, and nobody could see whether in vain (rule 12). */
export const isPerhapsLate = ({ unknown }: Pick<Clock, 'unknown'>): boolean =>
  unknown === 'stale' || unknown === 'touches';

/** Next to the overdue ones, after those that are certain. */
const rankOfPerhapsLate = 1;
const rankOfAtRisk = rankOfState['at-risk'];

function rank(clock: Clock): number {
  return isPerhapsLate(clock) ? rankOfPerhapsLate : rankOfState[clock.state];
}

const byNumber = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
const byText = byNumber as unknown as (a: string, b: string) => number;
/** What is not known comes last. */
const byKnown = (a: number | null, b: number | null): number =>
  byNumber(a ?? Number.POSITIVE_INFINITY, b ?? Number.POSITIVE_INFINITY);

/**
 * Negative when `a` is more urgent: overdue (most overdue time first), passed but not judged, at-risk (least time left first),
 * running and scheduled (by due instant: two hours of elapsed time on a Friday evening come before two working hours),
 * paused, unknown, then what is over: missed, ended, met, because a closed lead is first of all closed. Ties by due
 * instant, commitment, subject and lead.
 */
export function compareUrgency(a: Clock, b: Clock): number {
  const ranks = rank(a);
  const first = byNumber(ranks, rank(b));
  if (first !== 0) return first;
  const byLeft = ranks <= rankOfAtRisk ? byKnown(a.leftMs, b.leftMs) : 0;
  return (
    byLeft ||
    byKnown(a.dueAt, b.dueAt) ||
    byText(a.commitment, b.commitment) ||
    byText(a.subject, b.subject) ||
    byText(a.lead, b.lead) ||
    byKnown(a.startAt, b.startAt)
  );
}
