/** When a review is due and which period a notice of the report is about. Pure; dates are local, `YYYY-MM-DD`. */
import { addDays, lastReview, reviewAfter, type Reviews } from '../agreement/review';

const dayMs = 86_400_000;

/** Monday of the week of a date. 1970-01-01 was a Thursday. */
export function mondayOf(date: string): string {
  const day = Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
  return addDays(date, -((((day + 3) % 7) + 7) % 7));
}

/** The report's address for the period before a review. */
export function reviewQuery(due: string, cadence: Reviews['cadence']): string {
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
export function reportNotice(reviews: Reviews, told: ReportTold, today: string): ReportNotice | null {
  const due = lastReview(reviews, today);
  const isNews = due !== null && due !== told.review && due >= told.since && due >= addDays(today, -newsDays);
  if (isNews) return { kind: 'review', due, query: reviewQuery(due, reviews.cadence) };
  const monday = mondayOf(today);
  return monday === told.digest ? null : { kind: 'digest', monday, query: digestQuery(monday) };
}
