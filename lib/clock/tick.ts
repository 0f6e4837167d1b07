/**
 * What a page shows between two answers of the worker: the same clock, some time later. It is computed from the clock,
 * never decremented, and it invents no news: a clock whose due instant passes becomes `unknown`, never `overdue` (rule 12).
 * Runs for up to 1,000 badges at once, so it allocates nothing but its answer.
 */
import type { OpenInterval } from '../calendar/types';
import type { Clock, ClockState } from './types';

/** What a badge needs to show. */
export interface Tick {
  readonly state: ClockState;
  /** Time of the target left, in the target's own time, ms; negative after the due instant; `null` when not known. */
  readonly leftMs: number | null;
}

/** Open time in `[from, to)`, ms. `open` is sorted and disjoint; `null` stands for elapsed time, which is always open. */
export function openTime(open: readonly OpenInterval[] | null, from: number, to: number): number {
  if (to <= from) return 0;
  if (open === null) return to - from;
  let sum = 0;
  for (const [start, end] of open) {
    if (start >= to) break;
    if (end > from) sum += Math.min(end, to) - Math.max(start, from);
  }
  return sum;
}

/**
 * The clock at `now`, if nothing new happened since `clock.asOf`.
 * @param open open intervals of the clock's calendar that cover `[clock.asOf, now]`; `null` for elapsed time. Time that
 *   they do not cover does not count.
 */
export function tick(clock: Clock, open: readonly OpenInterval[] | null, now: number): Tick {
  let state = clock.state;
  for (const change of clock.upcoming) {
    if (change.at > now) break;
    state = change.state;
  }
  if (clock.leftMs === null || clock.doneAt !== null || now <= clock.asOf) return { state, leftMs: clock.leftMs };

  let passed = openTime(open, clock.asOf, now);
  for (const pause of clock.pauses) {
    const to = pause.to === null ? now : Math.min(pause.to, now);
    passed -= openTime(open, Math.max(pause.from, clock.asOf), to);
  }
  return { state, leftMs: clock.leftMs - passed };
}
