/**
 * When both sides look at the numbers together. An agreement that names no date is reviewed all the same: first one cadence after
 * it took effect, then in that rhythm. Pure; dates are local, `YYYY-MM-DD`, and counted in days, so that no change to summer time
 * moves one.
 */
import { dayMs, localDay } from '../calendar/zone';
import { assertNever } from '../clock/assert-never';
import type { Agreement } from './schema';

const dateForm = /^\d{4}-\d\d-\d\d$/;

type Cadence = Agreement['review']['cadence'];

/** Dates of the reviews: the first one, and how often. */
export interface Reviews {
  readonly cadence: Cadence;
  /** `null`: nothing says when the rhythm began. */
  readonly first: string | null;
}

const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOf(dayOf(date) + days);

/** The same day of another month, or the last one of a month that is too short for it. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The date that is `count` cadences after another; from that one, so that a 31st stays one. */
export function reviewAfter(date: string, cadence: Cadence, count: number): string {
  switch (cadence) {
    case 'week':
      return addDays(date, 7 * count);
    case 'two-weeks':
      return addDays(date, 14 * count);
    case 'month':
      return addMonths(date, count);
    case 'quarter':
      return addMonths(date, 3 * count);
    default:
      return assertNever(cadence);
  }
}

/**
 * The rhythm of an agreement: from the date that it names, else from one cadence after the instant it took effect (or, without
 * one, from which leads are judged).
 * @param timeZone in which that instant has its date.
 */
export function reviewsOf(
  { review, effectiveFrom, enforcedFrom }: Pick<Agreement, 'review' | 'effectiveFrom' | 'enforcedFrom'>,
  timeZone: string,
): Reviews {
  const { cadence, next } = review;
  const began = effectiveFrom ?? enforcedFrom;
  if (next !== undefined || began === undefined) return { cadence, first: next ?? null };
  const instant = Date.parse(began);
  const first = reviewAfter(dateOf(localDay(timeZone, instant)), cadence, 1);
  // An instant at the end of year 9999 has no date after it that could be written so.
  return { cadence, first: dateForm.test(first) ? first : null };
}

/** No cadence is shorter, so that the search for a date ends. */
const shortestDays = 7;

/** How many cadences after the first one the last review lies that was due by `today`; -1 where the first lies ahead. */
function countBy(first: string, cadence: Cadence, today: string): number {
  if (first > today) return -1;
  let [low, high] = [0, Math.floor((dayOf(today) - dayOf(first)) / shortestDays)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (reviewAfter(first, cadence, middle) <= today) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The last review that was due by `today`; `null` where the first one lies ahead, or nothing says when it is. */
export function lastReview({ first, cadence }: Reviews, today: string): string | null {
  if (first === null || first > today) return null;
  return reviewAfter(first, cadence, countBy(first, cadence, today));
}

/** The first review that is due on `today` or after it; `null` where nothing says when the rhythm began. */
export function nextReview({ first, cadence }: Reviews, today: string): string | null {
  return first && reviewAfter(first, cadence, countBy(first, cadence, addDays(today, -1)) + 1);
}
