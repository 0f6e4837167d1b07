/**
 * From written hours to instants: what is open in a window, date by date. Weekly hours lose the week's breaks, then
 * exceptions are added as they stand (D9, D10). A break belongs to its own date, also when that is a holiday or has hours
 * of its own: there it cuts only the shift that runs in from the day before.
 */
import type { ReadCalendar } from './read-spec';
import { weekdayOf } from './read-spec';
import { clip, normalize, type Spans, subtract, union } from './spans';
import type { CalendarWindow } from './types';
import { dayMs, type LocalTime, localTime } from './zone';

/** A shift may start on a date, end up to 48 h later, lie 14 h off UTC and cross a date that the zone left out. */
const reachDays = 5;

/** What is open in the window, in order, never touching; epoch ms. */
export function openSpans(calendar: ReadCalendar, window: CalendarWindow): number[] {
  const first = Math.floor(window.from / dayMs) - reachDays;
  const last = Math.floor(window.to / dayMs) + reachDays;
  const local = localTime(calendar.timeZone, (first - 2) * dayMs, (last + 4) * dayMs);

  const weekly: number[] = [];
  const breaks: number[] = [];
  const exceptions: number[] = [];
  for (let day = first; day <= last; day++) {
    if (local.skips(day)) continue;
    const weekday = weekdayOf(day);
    addHours(breaks, calendar.breaks[weekday]!, day, local);
    const exception = calendar.exceptions.get(day);
    if (exception !== undefined) addHours(exceptions, exception, day, local);
    else if (!calendar.holidays.has(day)) addHours(weekly, calendar.weekly[weekday]!, day, local);
  }
  let open = normalize(weekly);
  if (breaks.length > 0) open = subtract(open, normalize(breaks));
  if (exceptions.length > 0) open = union(open, normalize(exceptions));
  return clip(open, window.from, window.to);
}

/** Whether the calendar opens at all on the given side of the window, by its spec and without any bound. */
export function opensBeyond(calendar: ReadCalendar, window: CalendarWindow, side: 'before' | 'after'): boolean {
  if (calendar.opensWeekly) return true;
  for (const [day, hours] of calendar.exceptions) {
    if (hours.length === 0) continue;
    const start = day * dayMs;
    const mayLieBeyond =
      side === 'after' ? start + reachDays * dayMs > window.to : start - reachDays * dayMs < window.from;
    if (!mayLieBeyond) continue;
    const local = localTime(calendar.timeZone, start - 2 * dayMs, start + 4 * dayMs);
    if (local.skips(day)) continue;
    const spans: number[] = [];
    addHours(spans, hours, day, local);
    for (let i = 0; i < spans.length; i += 2) {
      const [from, to] = [spans[i]!, spans[i + 1]!];
      if (from < to && (side === 'after' ? to > window.to : from < window.from)) return true;
    }
  }
  return false;
}

function addHours(into: number[], hours: Spans, day: number, local: LocalTime): void {
  for (let i = 0; i < hours.length; i++) into.push(local.instantOf(day * dayMs + hours[i]!));
}
