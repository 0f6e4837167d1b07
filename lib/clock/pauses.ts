/** Pauses of a lead as they apply to one clock (rule 6): a union of intervals, each with its reason and author. */
import type { PauseInterval } from '../calendar/types';
import type { ClockPause } from './types';

/** A pause of the lead; it may have begun as early as `earliest`. */
export interface StoryPause extends ClockPause {
  readonly earliest: number;
}

const none: readonly never[] = [];

const endOf = (pause: ClockPause): number => pause.to ?? Number.POSITIVE_INFINITY;

/** In order and disjoint: where two overlap, the earlier one keeps the time. */
export function apart(pauses: readonly StoryPause[]): readonly StoryPause[] {
  if (pauses.length === 0) return none;
  const result: StoryPause[] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const pause of pauses.toSorted((a, b) => a.from - b.from || endOf(a) - endOf(b))) {
    const from = Math.max(pause.from, reached);
    if (endOf(pause) <= from) continue;
    result.push(from === pause.from ? pause : { ...pause, from, earliest: from });
    reached = endOf(pause);
  }
  return result;
}

/**
 * The pauses of a clock that began at `startAt`. One that was over at `overAt` keeps nothing of what came later, so a pause
 * that was still on then is cut there.
 */
export function pausesOf(pauses: readonly StoryPause[], startAt: number, overAt: number | null): readonly StoryPause[] {
  if (pauses.length === 0) return none;
  const result: StoryPause[] = [];
  for (const pause of pauses) {
    if (endOf(pause) <= startAt) continue;
    if (overAt === null) result.push(pause);
    else if (pause.from < overAt) result.push(endOf(pause) > overAt ? { ...pause, to: overAt } : pause);
  }
  return result;
}

/** As the calendar takes them. */
export function intervalsOf(pauses: readonly ClockPause[]): readonly PauseInterval[] {
  return pauses.length === 0 ? none : pauses.map((pause) => [pause.from, endOf(pause)]);
}

/** The same with each pause as early as it may have begun; `null` when that makes no difference. */
export function earliestIntervals(pauses: readonly StoryPause[]): readonly PauseInterval[] | null {
  if (pauses.every((pause) => pause.earliest >= pause.from)) return null;
  let reached = Number.NEGATIVE_INFINITY;
  return pauses.map((pause) => {
    const from = Math.max(pause.earliest, reached);
    reached = endOf(pause);
    return [from, reached];
  });
}

/** As they stand in a clock. */
export function published(pauses: readonly StoryPause[]): readonly ClockPause[] {
  return pauses.length === 0 ? none : pauses.map(({ from, to, reason, author }) => ({ from, to, reason, author }));
}
