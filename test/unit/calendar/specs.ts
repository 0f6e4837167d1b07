/** Calendars that several tests share, and a way to write instants as people read them. */
import { type BusinessCalendar, type CalendarSpec, compileCalendar, type Opening } from '../../../lib/calendar';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export function workweek(openings: readonly Opening[], rest: Partial<CalendarSpec> = {}): CalendarSpec {
  const weekly = { mon: openings, tue: openings, wed: openings, thu: openings, fri: openings };
  return { timeZone: 'Europe/Madrid', weekly, ...rest };
}

export function everyDay(openings: readonly Opening[], timeZone: string): CalendarSpec {
  return workweek(openings, {
    timeZone,
    weekly: { ...workweek(openings).weekly, sat: openings, sun: openings },
  });
}

export const nineToFive = workweek([['09:00', '17:00']]);

/** Compiled for the given year and a month on either side. */
export function compiledFor(spec: CalendarSpec, year: number): BusinessCalendar {
  return compileCalendar(spec, { from: Date.UTC(year - 1, 11, 1), to: Date.UTC(year + 1, 1, 1) });
}

export const at = (text: string) => Date.parse(text);

export function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString().replace('.000Z', 'Z');
}
