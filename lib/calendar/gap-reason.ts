/** Says in one word why an instant is closed, for the explanation of a deadline. It decides nothing about the deadline. */
import { requireFinite } from './errors';
import { openSpans } from './expand';
import { type ReadCalendar, readCalendar, weekdayOf } from './read-spec';
import type { CalendarSpec, GapReason } from './types';
import { dayMs, localDay, localTime } from './zone';

const readSpecs = new WeakMap<CalendarSpec, ReadCalendar>();

/**
 * Why the calendar is closed at an instant (epoch ms), or `null` when it is open.
 *
 * Inside the week's hours it is whatever took them away, on the date on which the shift starts: hours of that date's own,
 * its holiday, or a break. Outside of them the whole of a holiday, and of a date closed by an exception, says so; the rest
 * is `closed`.
 *
 * @throws CalendarError for a spec that has no meaning, or an instant that is no number
 */
export function gapReason(spec: CalendarSpec, at: number): GapReason | null {
  requireFinite(at, 'instant');
  let calendar = readSpecs.get(spec);
  if (calendar === undefined) {
    calendar = readCalendar(spec);
    readSpecs.set(spec, calendar);
  }
  if (openSpans(calendar, { from: at, to: at + 1 }).length > 0) return null;

  const today = localDay(calendar.timeZone, at);
  const start = startOfShift(calendar, at, today);
  if (start !== null) {
    if (calendar.exceptions.has(start)) return 'exception';
    return calendar.holidays.has(start) ? 'holiday' : 'break';
  }
  const exception = calendar.exceptions.get(today);
  if (exception !== undefined) return exception.length === 0 ? 'exception' : 'closed';
  return calendar.holidays.has(today) ? 'holiday' : 'closed';
}

/** Date of the weekly shift that would have the instant, were it not for holidays, exceptions and breaks. */
function startOfShift(calendar: ReadCalendar, at: number, today: number): number | null {
  const local = localTime(calendar.timeZone, (today - 4) * dayMs, (today + 4) * dayMs);
  for (let day = today; day >= today - 2; day--) {
    if (local.skips(day)) continue;
    const hours = calendar.weekly[weekdayOf(day)]!;
    for (let i = 0; i < hours.length; i += 2) {
      if (at < local.instantOf(day * dayMs + hours[i]!) || at >= local.instantOf(day * dayMs + hours[i + 1]!)) continue;
      return day;
    }
  }
  return null;
}
