/** When a review is due and which period a notice of the report is about. Pure; dates are local, `YYYY-MM-DD`. */
import type { Agreement } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';

type Review = Agreement['review'];

const dayMs = 86_400_000;

/** As a count of days, for arithmetic that no change to summer time disturbs. */
const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOf(dayOf(date) + days);

/** Monday of the week of a date. 1970-01-01 was a Thursday. */
export const mondayOf = (date: string): string => addDays(date, -((dayOf(date) + 3) % 7));

/** The same day of another month, or the last one of a month that is too short for it. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The date of the review that is `count` after the one the agreement names; from that one, so that a 31st stays one. */
function reviewAfter(next: string, cadence: Review['cadence'], count: number): string {
  switch (cadence) {
    case 'week':
      return addDays(next, 7 * count);
    case 'two-weeks':
      return addDays(next, 14 * count);
    case 'month':
      return addMonths(next, count);
    case 'quarter':
      return addMonths(next, 3 * count);
    default:
      return assertNever(cadence);
  }
}

/** No cadence is shorter, so that the search for a date ends. */
const shortestDays = 7;

/** The last review that was due by `today`; `null` where the agreement names no date, or one that lies ahead. */
export function lastReview({ next, cadence }: Review, today: string): string | null {
  if (next === undefined || next > today) return null;
  let [low, high] = [0, Math.floor((dayOf(today) - dayOf(next)) / shortestDays)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (reviewAfter(next, cadence, middle) <= today) low = middle;
    else high = middle - 1;
  }
  return reviewAfter(next, cadence, low);
}

/** The report's address for the period before a review. */
export function reviewQuery(due: string, cadence: Review['cadence']): string {
  const before = reviewAfter(due, cadence, -1);
  return cadence === 'two-weeks'
    ? `?period=custom&from=${before}&until=${addDays(due, -1)}`
    : `?period=${cadence}&from=${before}`;
}

/** The report's address for the week before this Monday. */
export const digestQuery = (monday: string): string => `?period=week&from=${addDays(monday, -7)}`;

export interface ReportTold {
  /** When it first looked: what was due before is no news. */
  readonly since: string;
  /** Due date of the review that was told. */
  readonly review: string | null;
  /** Monday of the week that had its digest. */
  readonly digest: string | null;
}

/** Days that a review is still worth a reminder. */
const newsDays = 6;

export type ReportNotice =
  | { readonly kind: 'review'; readonly due: string; readonly query: string }
  | { readonly kind: 'digest'; readonly monday: string; readonly query: string };

/** What is to be told today; a review says what a digest would. */
export function reportNotice(review: Review, told: ReportTold, today: string): ReportNotice | null {
  const due = lastReview(review, today);
  const isNews = due !== null && due !== told.review && due >= told.since && due >= addDays(today, -newsDays);
  if (isNews) return { kind: 'review', due, query: reviewQuery(due, review.cadence) };
  const monday = mondayOf(today);
  return monday === told.digest ? null : { kind: 'digest', monday, query: digestQuery(monday) };
}
