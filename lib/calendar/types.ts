/** Types of the business calendar. Pure. Instants are epoch ms, lengths are ms. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * `[open, close]` in local time, `HH:MM` or `HH:MM:SS`; `24:00` is the next midnight; close before open runs into the
 * next day.
 */
export type Opening = readonly [string, string];

/** Working hours as they are written in the agreement. A spec is never changed in place: the cache knows it by identity. */
export interface CalendarSpec {
  /** IANA time zone. */
  readonly timeZone: string;
  readonly weekly: { readonly [Day in Weekday]?: readonly Opening[] };
  readonly breaks?: { readonly [Day in Weekday]?: readonly Opening[] };
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays?: readonly string[];
  /** Explicit hours of a date; they replace the week and win over a holiday. */
  readonly exceptions?: { readonly [date: string]: readonly Opening[] };
}

/** Half-open `[from, to)`, epoch ms. */
export type OpenInterval = readonly [from: number, to: number];

/** `[from, to)`; a pause that has not ended has `Infinity`. */
export type PauseInterval = readonly [from: number, to: number];

/** Epoch ms. Every question must lie in `[from, to]`; what is open is known in `[from, to)`. */
export interface CalendarWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Compiled working hours. `null` always means "never, by this spec"; an answer that merely lies outside the window is an
 * `OutsideWindowError`. An argument that is no finite number is a `CalendarError`.
 */
export interface BusinessCalendar {
  /**
   * Earliest instant with `ms` of open time since `t`; closing time stays closing time (D2). Zero while closed is the next
   * opening (D3). A negative `ms` looks back and gives the latest such instant (D4).
   */
  add(t: number, ms: number): number | null;
  /** Open ms from `a` to `b`, negative when `b` is earlier (D5). */
  between(a: number, b: number): number;
  isOpen(t: number): boolean;
  /** `t` itself while open (D16). */
  nextOpen(t: number): number | null;
  /** `add` that does not count paused time. A pause from the deadline on changes nothing; an endless one before it gives `null`. */
  deadline(t: number, ms: number, pauses: readonly PauseInterval[]): number | null;
  /** `between` that does not count paused time. */
  worked(a: number, b: number, pauses: readonly PauseInterval[]): number;
  /** Open ms since the window's start. Comparable within one compiled calendar only. */
  clock(t: number): number;
  /** Earliest instant whose `clock` is `v`. */
  fromClock(v: number): number | null;
  /** What is open in `[a, b)`, clipped to it, in order, never touching. */
  intervals(a: number, b: number): readonly OpenInterval[];
  readonly window: CalendarWindow;
}

/** Gives a compiled calendar whose window covers `[from, to]`; `createCalendarCache` makes one. */
export interface CalendarSource {
  covering(spec: CalendarSpec, from: number, to: number): BusinessCalendar;
}

/** Why an instant is closed: outside the week's hours, a holiday, a break, or a date with hours of its own. */
export type GapReason = 'closed' | 'holiday' | 'break' | 'exception';
