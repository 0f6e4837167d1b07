/** Numbers, lengths, dates and ids of the report in words. A value that is not there says why. */
import type { CommitmentId } from '../../lib/agreement/schema';
import { formatLeft } from '../../lib/clock';
import { language, plural, t } from '../../lib/platform/i18n';
import type { ReportWindow } from '../../lib/report';
import type { NoValue, Share } from '../../lib/report/statistics';
import { promiseShort } from '../words';

const formats = new Map<string, Intl.NumberFormat>();

function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language()}${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.NumberFormat(language(), options)));
  return known;
}

export const countWords = (value: number): string => number({ maximumFractionDigits: 1 }).format(value);
export const percentWords = (value: number): string =>
  number({ style: 'percent', maximumFractionDigits: 1 }).format(value);
export const moneyWords = (value: number, currency: string): string =>
  number({ style: 'currency', currency, maximumFractionDigits: 2 }).format(value);
export const lengthWords = (ms: number): string => formatLeft(ms, language());

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
  return new Intl.DateTimeFormat(language(), { ...options, timeZone }).format(at);
}

/** "1 – 31 March 2026": first and last day of a window. */
export function windowWords({ from, to }: ReportWindow, timeZone: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone }).formatRange(from, to - 1);
}

export function weekdayWords(weekday: number, style: 'short' | 'long' = 'short'): string {
  // 5 January 1970 was a Monday.
  return new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' }).format((4 + weekday) * 86_400_000);
}

/** "1 – 31 Mar": where there is little room. */
export function rangeWords({ from, to }: ReportWindow, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone };
  return new Intl.DateTimeFormat(language(), options).formatRange(from, to - 1);
}

export const leadsWords = (count: number): string => plural('report_leads', count);
