/** Types of the business calendar. Pure. Instants are epoch ms, lengths are ms. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** `[open, close]` in local time, `HH:MM`; `24:00` is the next midnight; close before open runs into the next day. */
export type Opening = readonly [string, string];

/** Working hours as they are written in the agreement. */
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

export interface BusinessCalendar {
  add(t: number, ms: number): number | null;
  between(a: number, b: number): number;
  isOpen(t: number): boolean;
  nextOpen(t: number): number | null;
  deadline(t: number, ms: number, pauses: readonly PauseInterval[]): number | null;
  worked(a: number, b: number, pauses: readonly PauseInterval[]): number;
  clock(t: number): number;
  fromClock(v: number): number | null;
  intervals(a: number, b: number): readonly OpenInterval[];
  readonly window: { readonly from: number; readonly to: number };
}
