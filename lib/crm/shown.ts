/**
 * A date that a page shows, read with all that is known of how this CRM shows dates: what the page itself tells, and then
 * what the person said of the site (zone, order of day and month). Never guesses, never throws.
 */
import type { ReadInstant } from '../lead/lead';
import { readShownDate, type ShownDateContext } from '../lead/shown-date';
import type { Page, Site } from './types';

/** What the page itself tells of its dates; it knows better than the person. */
export type ToldByPage = Omit<ShownDateContext, 'seenAt'>;

/** By page: what was read. Rows are read again whenever something near them changes. */
const readBefore = new WeakMap<Document, Map<string, ReadInstant | undefined>>();
const mostKept = 2000;

/**
 * Also what shows seconds counts as read to the minute: it is somebody's word for a zone, and must never take the place
 * of what the CRM's API says exactly.
 */
const finestMs = 60_000;

/** The language that the page is in, for CRMs where that is the person's own. */
export function languageOf({ doc }: Site): ToldByPage {
  const locale = doc.documentElement.lang.slice(0, 40);
  return locale === '' ? {} : { locale };
}

/**
 * @param of the record that the text is about. What counts from now ("Today 18:34", "2 hours ago") is read once, when it
 *   is first seen of this record: later the same words would say another instant.
 */
export function shownInstant(text: string, page: Page, of: string, told: ToldByPage = {}): ReadInstant | undefined {
  const context = { ...page.dates?.(), ...told };
  const known = readBefore.get(page.doc) ?? new Map<string, ReadInstant | undefined>();
  readBefore.set(page.doc, known);
  const year = /\d{4}/u.test(text);
  const key = JSON.stringify([year ? '' : of, text, context.timeZone, context.order, context.locale]);
  if (known.has(key)) return known.get(key);
  const read = readShownDate(text, { ...context, seenAt: page.now() });
  const instant = read && { at: read.at, precision: Math.max(read.precision, finestMs) };
  if (known.size >= mostKept) known.clear();
  known.set(key, instant);
  return instant;
}
