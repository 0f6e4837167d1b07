/**
 * What can go wrong with a calendar: its spec (or an argument) is wrong, or an answer lies outside the compiled window.
 * The messages are for logs and developers; a page translates `code`.
 */
import type { CalendarWindow } from './types';

export type CalendarErrorCode =
  | 'malformed'
  | 'unknown-zone'
  | 'not-a-weekday'
  | 'not-a-time'
  | 'empty-opening'
  | 'overlapping-exception'
  | 'no-such-date'
  | 'too-many'
  | 'never-opens'
  | 'opens-too-rarely'
  | 'not-a-number';

/** A calendar, or an argument of a question to it, that cannot be used as it is written. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly code: CalendarErrorCode;
  /** Where it stands, like `weekly.mon[0]`; for an argument its name. */
  readonly path: string;

  constructor(code: CalendarErrorCode, path: string, message: string) {
    super(`${path}: ${message}`);
    this.code = code;
    this.path = path;
  }
}

/** The answer depends on time outside the compiled window: compile a wider one and ask again. */
export class OutsideWindowError extends RangeError {
  override readonly name = 'OutsideWindowError';
  readonly window: CalendarWindow;
  /** Epoch ms of the question. */
  readonly instant: number;
  /** Which way the window is too short. */
  readonly side: 'before' | 'after';

  constructor(window: CalendarWindow, instant: number, side: 'before' | 'after') {
    const edge = side === 'before' ? 'start' : 'end';
    super(
      `the answer for ${isoOf(instant)} lies beyond the ${edge} of the calendar's window, ` +
        `${isoOf(window.from)} to ${isoOf(window.to)}: compile a wider window and ask again`,
    );
    this.window = window;
    this.instant = instant;
    this.side = side;
  }
}

/** A `Date` can hold instants up to 8.64e15 ms from 1970. */
const farthestDate = 8.64e15;

function isoOf(instant: number): string {
  return Math.abs(instant) <= farthestDate ? new Date(instant).toISOString() : `${instant} ms`;
}

/** @throws CalendarError when `value` is NaN or infinite. */
export function requireFinite(value: number, path: string): void {
  if (Number.isFinite(value)) return;
  throw new CalendarError('not-a-number', path, `${String(value)} is no finite number: give epoch or length in ms`);
}
