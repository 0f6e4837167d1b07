/** Names of the days of the week, as the reader's language writes them. */
import { weekdays, type Weekday } from '../../../lib/calendar/types';
import { language } from '../../../lib/platform/i18n';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A week's grid asks for a name in each of its cells, and making a format takes longer than all of them. */
function formatOf(style: 'long' | 'short'): Intl.DateTimeFormat {
  const key = `${language()}|${style}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' });
  formats.set(key, known);
  return known;
}

/** 1 January 2024 was a Monday. */
export const dayName = (day: Weekday, style: 'long' | 'short'): string =>
  formatOf(style).format(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));

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
