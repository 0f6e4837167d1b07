/** Names of the days of the week, as the reader's language writes them. */
import { weekdays, type Weekday } from '../../../lib/calendar/types';
import { language } from '../../../lib/platform/i18n';

/** 1 January 2024 was a Monday. */
export function dayName(day: Weekday, style: 'long' | 'short'): string {
  const format = new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' });
  return format.format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));
}

/** "Fri, 25 Dec 2026" for a local date. */
export function dateName(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(language(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}
