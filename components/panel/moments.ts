/**
 * The instants that a person chooses from: in an hour, tomorrow at nine, when work next begins. In the reader's own zone,
 * because they are about the reader's day; deadlines are the worker's.
 */
import { formatDuration, formatInstant } from '../../lib/clock';
import type { OpenHours } from '../../lib/messages/observing';
import { language, t } from '../../lib/platform/i18n';

export interface Moment {
  readonly id: string;
  readonly label: string;
  /** Epoch ms; `null`: no instant, such as "until I resume". */
  readonly at: number | null;
}

const minute = 60_000;
const hour = 60 * minute;
/** Where the agreement's opening hours don't reach: when most people begin. */
const morning = 9;

/** This many local days after `now`, at nine. */
function morningAfter(now: number, days: number): number {
  const then = new Date(now);
  return new Date(then.getFullYear(), then.getMonth(), then.getDate() + days, morning).getTime();
}

function monthsAfter(now: number, months: number): number {
  const then = new Date(now);
  const target = new Date(then.getFullYear(), then.getMonth() + months, 1, morning);
  const days = new Date(target.getFullYear(), target.getMonth() + 1, 0).getDate();
  // The 31st of January and a month is the last of February.
  target.setDate(Math.min(then.getDate(), days));
  return target.getTime();
}

/** The first opening after today that is known, else nine o'clock on the next Monday to Friday. */
export function nextWorkingMoment(open: OpenHours, now: number): number {
  const midnight = morningAfter(now, 1) - morning * hour;
  const starts = Object.values(open).flatMap((intervals) =>
    intervals.flatMap(([from]) => (from >= midnight ? [from] : [])),
  );
  if (starts.length > 0) return Math.min(...starts);
  for (let days = 1; ; days++) {
    const at = morningAfter(now, days);
    const weekday = new Date(at).getDay();
    if (weekday !== 0 && weekday !== 6) return at;
  }
}

const at = (id: string, instant: number, now: number): Moment => ({
  id,
  label: formatInstant(instant, now, language()),
  at: instant,
});

/** "in 2 weeks · 26 Mar" */
function inWords(id: string, count: number, unit: 'week' | 'month', instant: number, now: number): Moment {
  const relative = new Intl.RelativeTimeFormat(language()).format(count, unit);
  return { id, label: `${relative} · ${formatInstant(instant, now, language())}`, at: instant };
}

/** Without those that say the same instant again. */
const once = (moments: readonly Moment[]): readonly Moment[] =>
  moments.filter((moment, index) => moments.findIndex((other) => other.at === moment.at) === index);

export function snoozeMoments(open: OpenHours, now: number): readonly Moment[] {
  return once([
    { id: 'hour', label: t('act_in', formatDuration(hour, language())), at: now + hour },
    at('tomorrow', morningAfter(now, 1), now),
    at('working', nextWorkingMoment(open, now), now),
    inWords('week', 1, 'week', morningAfter(now, 7), now),
  ]);
}

export function pauseMoments(open: OpenHours, now: number): readonly Moment[] {
  return once([
    { id: 'open', label: t('act_no_end'), at: null },
    at('tomorrow', morningAfter(now, 1), now),
    at('working', nextWorkingMoment(open, now), now),
    inWords('week', 1, 'week', morningAfter(now, 7), now),
  ]);
}

export function recycleMoments(now: number): readonly Moment[] {
  return [
    inWords('two-weeks', 2, 'week', morningAfter(now, 14), now),
    inWords('month', 1, 'month', monthsAfter(now, 1), now),
    inWords('quarter', 3, 'month', monthsAfter(now, 3), now),
  ];
}

/** When a touch was. "Now" is no instant: the worker takes its own. */
export function touchMoments(now: number): readonly Moment[] {
  const ago = (id: string, ms: number): Moment => ({
    id,
    label: t('act_ago', formatDuration(ms, language())),
    at: now - ms,
  });
  return [{ id: 'now', label: t('act_now'), at: null }, ago('quarter', 15 * minute), ago('hour', hour)];
}

/** An instant as a `datetime-local` field writes it, in the reader's zone. */
export function fieldValue(instant: number): string {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What such a field says; `null` where it says no instant. */
export function fieldInstant(value: string): number | null {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}
