/** Days, weeks (from Monday), months and quarters of a zone; a day of 23 or 25 hours is one day. */
import { dayMs } from '../calendar/zone';
import type { ReportWindow } from './types';
import { zoneTable } from './zone-table';

export const periodUnits = ['day', 'week', 'month', 'quarter'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

export interface Period extends ReportWindow {
  /** Local date of its first day, `YYYY-MM-DD`; that of the whole period, also where the window cuts it. */
  readonly date: string;
  /** The window cuts it, so it is not comparable with a whole one. */
  readonly partial: boolean;
}

/** Five years of days: more is no chart that anyone reads. */
const maxPeriods = 1_830;

const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** First day of the unit that holds `day`, or of the one `ahead` units later. Days since 1970-01-01. */
function startOf(unit: PeriodUnit, day: number, ahead: number): number {
  if (unit === 'day') return day + ahead;
  // 1970-01-01 was a Thursday.
  if (unit === 'week') return day - ((((day + 3) % 7) + 7) % 7) + 7 * ahead;
  const date = new Date(day * dayMs);
  const months = unit === 'month' ? 1 : 3;
  const month = date.getUTCMonth() - (date.getUTCMonth() % months) + months * ahead;
  return Date.UTC(date.getUTCFullYear(), month, 1) / dayMs;
}

/** What a table of the zone must reach so that the periods around a window are whole, ms. */
const quarterMs = 95 * dayMs;

/**
 * The periods of a window, in order and without a gap; the first and the last are cut where the window cuts them.
 * @throws RangeError for more than 1,830 periods: choose a longer unit.
 */
export function periodsOf(unit: PeriodUnit, window: ReportWindow, timeZone: string): Period[] {
  if (!(window.to > window.from)) return [];
  const zone = zoneTable(timeZone, window.from - quarterMs, window.to + quarterMs);
  const periods: Period[] = [];
  let day = startOf(unit, zone.dayOf(window.from), 0);
  for (let start = zone.dayStart(day); start < window.to;) {
    if (periods.length === maxPeriods) throw new RangeError(`more than ${maxPeriods} periods: choose a longer unit`);
    const next = startOf(unit, day, 1);
    const end = zone.dayStart(next);
    const [from, to] = [Math.max(start, window.from), Math.min(end, window.to)];
    // A date that the zone left out, like 2011-12-30 in Apia, has no time in it.
    if (to > from) periods.push({ from, to, date: dateOf(day), partial: from > start || to < end });
    [day, start] = [next, end];
  }
  return periods;
}

/** The whole period that holds an instant, or the one `ahead` units later (negative: earlier). */
export function periodAt(unit: PeriodUnit, at: number, timeZone: string, ahead = 0): ReportWindow {
  const reach = quarterMs * (Math.abs(ahead) + 1);
  const zone = zoneTable(timeZone, at - reach, at + reach);
  const day = zone.dayOf(at);
  return { from: zone.dayStart(startOf(unit, day, ahead)), to: zone.dayStart(startOf(unit, day, ahead + 1)) };
}

/** The window to compare with: the calendar period before where it is one, else as many whole local days, else the same length. */
export function windowBefore(window: ReportWindow, timeZone: string): ReportWindow {
  const { from, to } = window;
  for (const unit of periodUnits) {
    const whole = periodAt(unit, from, timeZone);
    if (whole.from === from && whole.to === to) return periodAt(unit, from, timeZone, -1);
  }
  const zone = zoneTable(timeZone, from - (to - from) - 2 * dayMs, to + 2 * dayMs);
  const [first, end] = [zone.dayOf(from), zone.dayOf(to)];
  // A day of 23 or 25 hours is one day.
  const isWhole = zone.dayStart(first) === from && zone.dayStart(end) === to;
  return { from: isWhole ? zone.dayStart(first - (end - first)) : from - (to - from), to: from };
}
