/**
 * What every adapter needs to read a page or an answer: text without tricks, instants without guesses. Pure functions
 * that never throw for what they are given; what cannot be read is `undefined`.
 */
import type { FieldName, LeadFields, ReadInstant } from '../lead/lead';
import type { DatedSelector, Placement } from './types';

/** Longer values are no names, stages or addresses; UTF-16 units. */
const defaultLength = 200;

/** Controls that show nothing but change how text reads: zero-width marks, bidi overrides, soft hyphen, BOM. */
const invisible = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
/** Joiners shape words in Persian, Indic scripts and emoji; at the edge of a word they only hide. */
const strayJoiners = /(?<!\S)[\u200C\u200D]+|[\u200C\u200D]+(?!\S)/gu;

/** Most values have nothing to tidy. Each replacement costs as much as all else that is done for a cell. */
const plain = /^[!-~\u00A1-\u00AC\u00AE-\u024F]+(?: [!-~\u00A1-\u00AC\u00AE-\u024F]+)*$/u;

const tidy = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(strayJoiners, '')
    .replaceAll(/ {2,}/gu, ' ')
    .trim();

/** Trimmed, on one line, without invisible controls, at most `max` long; `undefined` for what is empty or no string. */
export function boundedString(value: unknown, max = defaultLength): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.length <= max && plain.test(value)) return value;
  // The first cut bounds the work, for a cell may hold a whole document; the second may not halve a character.
  const text = tidy(value.slice(0, max * 8 + 1000).toWellFormed());
  const bounded = tidy(text.slice(0, max).replace(/[\uD800-\uDBFF]$/u, ''));
  return bounded === '' ? undefined : bounded;
}

/** The text of an element, as {@link boundedString}. */
export function boundedText(el: Element | null | undefined, max = defaultLength): string | undefined {
  return boundedString(el?.textContent, max);
}

const instantForm =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/u;

/**
 * An API's timestamp: ISO 8601 or `YYYY-MM-DD HH:MM[:SS]`, which is UTC where it names no offset. A date that no calendar
 * has is `undefined`, and so is a bare date.
 * @param precision ms; coarser than asked where the text has no seconds.
 */
export function utcInstant(value: unknown, precision: number): ReadInstant | undefined {
  const found = typeof value === 'string' ? instantForm.exec(value) : null;
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) => Number(found[part] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Math.trunc(Number(`0.${found[7] ?? '0'}`) * 1000);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const [offsetHours, offsetMinutes] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
  // `Date.UTC` carries over (30 February becomes 2 March), so the parts must come out as they went in.
  const real = new Date(local).toISOString().slice(0, 19) === `${isoDate(found)}T${isoTime(found)}`;
  if (!real || offsetHours > 14 || offsetMinutes > 59) return undefined;
  const offset = (found[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes) * 60_000;
  return { at: local - offset, precision: found[6] === undefined ? Math.max(precision, 60_000) : precision };
}

const isoDate = (found: RegExpExecArray): string => `${found[1]}-${found[2]}-${found[3]}`;
const isoTime = (found: RegExpExecArray): string => `${found[4]}:${found[5]}:${found[6] ?? '00'}`;

/** Matches nothing: what a list without alternatives amounts to. */
const nothing = ':not(*)';

/** All alternatives in one selector, as the overlay uses them. */
export const cssOf = (selectors: readonly DatedSelector[]): string =>
  selectors.length === 0 ? nothing : selectors.map(({ css }) => css).join(',');

/** The same, with `{}` in each alternative replaced by a name: `[data-name="{}"]`. The name is ours, never the page's. */
export const cssFor = (selectors: readonly DatedSelector[], name: string): string =>
  cssOf(selectors).replaceAll('{}', name);

/** What the first alternative that matches anything finds first. */
export function firstMatch(root: ParentNode, selectors: readonly DatedSelector[]): Element | null {
  for (const { css } of selectors) {
    const found = root.querySelector(css);
    if (found) return found;
  }
  return null;
}

/** Everything that any alternative matches, in document order. */
export function allMatches(root: ParentNode, selectors: readonly DatedSelector[]): Element[] {
  return [...root.querySelectorAll(cssOf(selectors))];
}

/** The place right after an element, looking past a badge that stands there already. */
export function placeAfter(el: Element): Placement | null {
  const parent = el.parentElement;
  if (!parent) return null;
  let before = el.nextElementSibling;
  while (before?.localName === 'relevo-badge') before = before.nextElementSibling;
  return { parent, before };
}

/** What was read of one row or record, as it is gathered. */
export interface Gathered {
  /** Keeps a value that may be absent. */
  keep(field: FieldName, value: string | ReadInstant | undefined): void;
  /** Keeps a value that belongs here; its absence is news. */
  need(field: FieldName, value: string | ReadInstant | undefined): void;
  /** Says that a field is there and could not be read. */
  miss(field: FieldName): void;
  readonly fields: LeadFields;
  readonly missing: readonly FieldName[];
}

export function gather(): Gathered {
  const fields: Partial<Record<FieldName, string | ReadInstant>> = {};
  const missing: FieldName[] = [];
  const keep: Gathered['keep'] = (field, value) => {
    if (value !== undefined) fields[field] = value;
  };
  const miss: Gathered['miss'] = (field) => {
    if (!missing.includes(field)) missing.push(field);
  };
  return {
    keep,
    miss,
    need: (field, value) => (value === undefined ? miss(field) : keep(field, value)),
    fields: fields as LeadFields,
    missing,
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
