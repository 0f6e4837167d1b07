/**
 * Keeps compiled calendars, so that a page of leads compiles each calendar once. Windows are whole years, so that
 * questions about neighbouring leads meet the same one. Holds a few calendars and no more.
 */
import { compileCalendar } from './compile';
import { CalendarError, OutsideWindowError, requireFinite } from './errors';
import type { BusinessCalendar, CalendarSource, CalendarSpec, CalendarWindow } from './types';
import { dayMs } from './zone';

/** A company has a few calendars; eight at about 100 KiB each. */
const maxKept = 8;
/** So that a deadline shortly after the asked stretch is in the same window: the longest usual targets are weeks. */
const marginMs = 60 * dayMs;
/** Windows of one calendar are joined up to this length, beyond it they are kept apart. */
const maxJoinedMs = 20 * 366 * dayMs;
/** How far beyond the asked stretch an answer is looked for. */
const maxReachMs = 20 * 366 * dayMs;

interface Kept {
  readonly key: string;
  readonly calendar: BusinessCalendar;
}

/** A cache of compiled calendars, known by what the spec says and the window. */
export function createCalendarCache(): CalendarSource {
  /** Most recently used first. */
  const kept: Kept[] = [];
  const keys = new WeakMap<CalendarSpec, string>();

  function keyOf(spec: CalendarSpec): string {
    let key = keys.get(spec);
    if (key === undefined) {
      key = contentOf(spec);
      keys.set(spec, key);
    }
    return key;
  }

  function keep(entry: Kept): BusinessCalendar {
    const { from, to } = entry.calendar.window;
    for (let i = kept.length - 1; i >= 0; i--) {
      const other = kept[i]!;
      if (other.key === entry.key && covers({ from, to }, other.calendar.window)) kept.splice(i, 1);
    }
    kept.unshift(entry);
    kept.length = Math.min(kept.length, maxKept);
    return entry.calendar;
  }

  return {
    covering(spec, from, to) {
      checkStretch(from, to);
      const key = keyOf(spec);
      const index = kept.findIndex((entry) => entry.key === key && covers(entry.calendar.window, { from, to }));
      if (index === 0) return kept[0]!.calendar;
      if (index > 0) return keep(kept.splice(index, 1)[0]!);
      const window = joined(
        wholeYears(from, to),
        kept.filter((entry) => entry.key === key).map((entry) => entry.calendar.window),
      );
      return keep({ key, calendar: compileCalendar(spec, window) });
    },
  };
}

/**
 * Asks a calendar that covers `[from, to]`, and again with a window twice as long while the answer lies outside it.
 *
 * @param from epoch ms @param to epoch ms
 * @throws CalendarError `opens-too-rarely` when there is no answer within 20 years of the stretch: the calendar does open,
 *   but not often enough for what was asked. That is no "never", so it is not `null`.
 */
export function withWideningCalendar<T>(
  source: CalendarSource,
  spec: CalendarSpec,
  from: number,
  to: number,
  use: (calendar: BusinessCalendar) => T,
): T {
  checkStretch(from, to);
  const limit = { from: from - maxReachMs, to: to + maxReachMs };
  let stretch = { from, to };
  for (;;) {
    const calendar = source.covering(spec, stretch.from, stretch.to);
    try {
      return use(calendar);
    } catch (error) {
      if (!(error instanceof OutsideWindowError)) throw error;
      const wider = widened(calendar.window, error.side, limit);
      if (wider === null) throw tooRarely(error);
      stretch = wider;
    }
  }
}

/** `null` when the window reaches the limit already. */
function widened(window: CalendarWindow, side: 'before' | 'after', limit: CalendarWindow): CalendarWindow | null {
  const length = window.to - window.from;
  if (side === 'after') {
    return window.to >= limit.to
      ? null
      : { from: Math.max(window.from, limit.from), to: Math.min(window.to + length, limit.to) };
  }
  return window.from <= limit.from
    ? null
    : { from: Math.max(window.from - length, limit.from), to: Math.min(window.to, limit.to) };
}

function tooRarely(cause: OutsideWindowError): CalendarError {
  const message = `no answer within 20 years (${cause.message}): give the calendar more hours, or ask for less time`;
  return new CalendarError('opens-too-rarely', 'weekly', message);
}

function checkStretch(from: number, to: number): void {
  requireFinite(from, 'from');
  requireFinite(to, 'to');
  if (to < from) throw new CalendarError('malformed', 'to', 'it lies before from: swap them');
}

/** The UTC years that hold the stretch and its margins. */
function wholeYears(from: number, to: number): CalendarWindow {
  return { from: startOfYear(from - marginMs, 0), to: startOfYear(to + marginMs, 1) };
}

function startOfYear(instant: number, later: 0 | 1): number {
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() + later, 0, 1);
  return date.setUTCHours(0, 0, 0, 0);
}

/** The window, made to hold the others where that stays short enough: leads then share one calendar and not several. */
function joined(window: CalendarWindow, others: readonly CalendarWindow[]): CalendarWindow {
  const from = Math.min(window.from, ...others.map((other) => other.from));
  const to = Math.max(window.to, ...others.map((other) => other.to));
  return to - from <= maxJoinedMs ? { from, to } : window;
}

function covers(window: CalendarWindow, asked: CalendarWindow): boolean {
  return window.from <= asked.from && window.to >= asked.to;
}

/** What a spec says and nothing else. One that is written in another order is compiled once more, which is harmless. */
function contentOf(spec: CalendarSpec): string {
  return JSON.stringify([spec.timeZone, spec.weekly, spec.breaks, spec.holidays, spec.exceptions]);
}
