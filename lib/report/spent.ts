/** How long something took, in elapsed and in working time. */
import { CalendarError, withWideningCalendar } from '../calendar';
import type { CalendarSource, CalendarSpec, PauseInterval } from '../calendar/types';
import type { ClockPause } from '../clock/types';
import type { Spent } from './types';

/** The hours that working time is counted in. */
export interface Measure {
  readonly spec: CalendarSpec;
  readonly calendars: CalendarSource;
}

/** @param from @param to epoch ms, `from ≤ to`. Pauses are in order and disjoint. */
export function spentBetween(from: number, to: number, pauses: readonly ClockPause[], measure: Measure | null): Spent {
  return { elapsedMs: to - from, workingMs: measure && workingBetween(from, to, pauses, measure) };
}

function workingBetween(from: number, to: number, pauses: readonly ClockPause[], measure: Measure): number | null {
  const intervals = pauses.map((pause): PauseInterval => [pause.from, pause.to ?? Number.POSITIVE_INFINITY]);
  try {
    return withWideningCalendar(measure.calendars, measure.spec, from, to, (time) => time.worked(from, to, intervals));
  } catch (error) {
    // One bad calendar takes no other figure along.
    if (error instanceof CalendarError) return null;
    throw error;
  }
}
