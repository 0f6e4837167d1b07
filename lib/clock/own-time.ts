/** The time that a target is counted in: working time of a calendar, or elapsed time. Instants epoch ms, lengths ms. */
import type { Agreement, Target } from '../agreement/schema';
import { CalendarError, withWideningCalendar } from '../calendar';
import type { BusinessCalendar, CalendarSpec } from '../calendar/types';
import type { CalendarSource } from '../calendar/types';

/** What a clock asks of its time; pauses are sorted and disjoint. A `BusinessCalendar` is one. */
export type OwnTime = Pick<BusinessCalendar, 'nextOpen' | 'deadline' | 'worked' | 'intervals'>;

/** 24 hours on seven days (rule 3). */
export const elapsedTime: OwnTime = {
  nextOpen: (t) => t,
  deadline(t, ms, pauses) {
    let due = t + ms;
    for (const [from, to] of pauses) {
      if (to <= t) continue;
      // Like the calendar's: a pause from the deadline on changes nothing, but nothing is not done while paused.
      if (ms > 0 ? from >= due : from > due) break;
      if (to === Number.POSITIVE_INFINITY) return null;
      due += to - Math.max(from, t);
    }
    return due;
  },
  worked(a, b, pauses) {
    let sum = b - a;
    for (const [from, to] of pauses) if (to > a && from < b) sum -= Math.min(to, b) - Math.max(from, a);
    return sum;
  },
  intervals: (a, b) => (a < b ? [[a, b]] : []),
};

const minute = 60_000;

/** Length of a target in ms of its own time. */
export function targetLength(target: Target): number {
  return Math.max(1, Math.round(('calendar' in target ? target.workingMinutes : target.elapsedMinutes) * minute));
}

/** Calendar id of a target, `null` for elapsed time. */
export const calendarOf = (target: Target): string | null => ('calendar' in target ? target.calendar : null);

/** The calendar of a target as it is written; `null` for elapsed time or where the agreement has none of that name. */
export function calendarSpec(target: Target, agreement: Pick<Agreement, 'calendars'>): CalendarSpec | null {
  const id = calendarOf(target);
  if (id === null || !Object.hasOwn(agreement.calendars, id)) return null;
  return agreement.calendars[id] ?? null;
}

/**
 * Asks the time of a target. `null` when its calendar is missing, wrong or opens too rarely for an answer: a clock then has no
 * due instant, and one bad calendar takes no other clock along.
 * @param from @param to stretch that the question is about; it is widened as needed.
 */
export function inOwnTime<Answer>(
  target: Target,
  agreement: Pick<Agreement, 'calendars'>,
  calendars: CalendarSource,
  from: number,
  to: number,
  ask: (time: OwnTime) => Answer,
): Answer | null {
  if (!('calendar' in target)) return ask(elapsedTime);
  const spec = calendarSpec(target, agreement);
  if (spec === null) return null;
  try {
    return withWideningCalendar(calendars, spec, from, to, ask);
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}
