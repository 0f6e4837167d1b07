/** Numbers, lengths, dates and ids of the report in words. A value that is not there says why. */
import type { CommitmentId } from '../../lib/agreement/schema';
import { formatLeft } from '../../lib/clock';
import { language, plural, t } from '../../lib/platform/i18n';
import type { ReportWindow } from '../../lib/report';
import type { NoValue, Share } from '../../lib/report/statistics';
import { promiseShort } from '../words';

/** To make a format takes a hundred times as long as to use it, and a report has thousands of numbers. */
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

let spoken: string | null = null;

/** Asked once a task: the browser takes longer to say its language than to write a number in it. */
function locale(): string {
  if (spoken === null) {
    spoken = language();
    queueMicrotask(() => (spoken = null));
  }
  return spoken;
}

function cached<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  name: string,
  make: (own: string) => Format,
): Format {
  const key = `${locale()}|${name}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = make(locale())));
  return known as Format;
}

const number = (name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  cached(`number|${name}`, (own) => new Intl.NumberFormat(own, options));
const date = (name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  cached(`date|${name}|${options.timeZone ?? ''}`, (own) => new Intl.DateTimeFormat(own, options));

export const countWords = (value: number): string => number('count', { maximumFractionDigits: 1 }).format(value);
export const percentWords = (value: number): string =>
  number('percent', { style: 'percent', maximumFractionDigits: 1 }).format(value);
export const moneyWords = (value: number, currency: string): string =>
  number(currency, { style: 'currency', currency, maximumFractionDigits: 2 }).format(value);
export const lengthWords = (ms: number): string => formatLeft(ms, locale());

/** "n = 24, 62 %–91 %". */
export function sureness(share: Share): string {
  if (share.low === null || share.high === null) return t('report_n', countWords(share.of));
  return t('report_n_interval', countWords(share.of), percentWords(share.low), percentWords(share.high));
}

export const whyWords = (why: NoValue): string => t(`report_why_${why.replaceAll('-', '_')}`);
export const partWords = (id: string): string => t(`report_part_${id.replaceAll('-', '_')}`);
export const dimensionWords = (dimension: string): string => t(`report_by_${dimension}`);
/** A text of the CRM; what is not known has words of its own. */
export const textWords = (value: string | null): string => value ?? t('report_not_known');

export const commitmentName = (of: {
  readonly commitment: CommitmentId;
  readonly subject?: 'lead' | 'owner';
  readonly clause?: string | null;
}): string => promiseShort({ subject: 'lead', clause: null, ...of });

export function dateWords(at: number, timeZone: string, style: 'short' | 'long' | 'month' = 'short'): string {
  const options: Intl.DateTimeFormatOptions =
    style === 'month'
      ? { month: 'short', year: '2-digit' }
      : style === 'long'
        ? { dateStyle: 'long' }
        : { day: 'numeric', month: 'short' };
  return date(style, { ...options, timeZone }).format(at);
}

/** "Mar 31, 2026, 09:30": on paper, which is read on another day. */
export const paperInstant = (at: number, timeZone: string): string =>
  date('paper', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(at);

/** "3 Mar 2026", of a local date `YYYY-MM-DD`. */
export const dayWords = (day: string): string =>
  date('day', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day));

/** "March 2026", of a month `YYYY-MM`. */
export const monthWords = (month: string): string =>
  date('long month', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-01T00:00:00Z`));

/** "1 – 31 March 2026": first and last day of a window. */
export function windowWords({ from, to }: ReportWindow, timeZone: string): string {
  return date('long', { dateStyle: 'long', timeZone }).formatRange(from, to - 1);
}

export function weekdayWords(weekday: number, style: 'short' | 'long' = 'short'): string {
  // 5 January 1970 was a Monday.
  return date(`weekday ${style}`, { weekday: style, timeZone: 'UTC' }).format((4 + weekday) * 86_400_000);
}

export const hourWords = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** "1 – 31 Mar": where there is little room. */
export function rangeWords({ from, to }: ReportWindow, timeZone: string): string {
  return date('short', { day: 'numeric', month: 'short', timeZone }).formatRange(from, to - 1);
}

export const leadsWords = (count: number): string => plural('report_leads', count);
