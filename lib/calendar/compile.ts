/** Puts a compiled calendar together from what is written: read, expand once over the window, answer from arrays. */
import { openTime } from './compiled';
import { CalendarError, requireFinite } from './errors';
import { openSpans, opensBeyond } from './expand';
import { deadline, worked } from './pauses';
import { readCalendar } from './read-spec';
import type { BusinessCalendar, CalendarSpec, CalendarWindow } from './types';
import { dayMs } from './zone';

/** A lifetime of agreements, compiled in well under a second. */
const maxWindowMs = 100 * 366 * dayMs;
/** What four digits can write, less what a shift and an offset may reach beyond the window. */
const farthestFrom = Date.parse('0001-02-01T00:00:00Z');
const farthestTo = Date.parse('9999-12-01T00:00:00Z');

/**
 * Compiles working hours for a stretch of time.
 *
 * @param window epoch ms; at most 100 years
 * @throws CalendarError for a spec or a window that has no meaning
 */
export function compileCalendar(spec: CalendarSpec, window: CalendarWindow): BusinessCalendar {
  checkWindow(window);
  const read = readCalendar(spec);
  const kept = { from: window.from, to: window.to };
  const time = openTime(openSpans(read, kept), kept, (side) => opensBeyond(read, kept, side));

  return {
    window: kept,
    add(t, ms) {
      requireFinite(ms, 'duration');
      if (ms > 0) return time.earliest(time.clock(t) + ms, t);
      return ms < 0 ? time.latest(time.clock(t) + ms, t) : time.nextOpen(t);
    },
    between: (a, b) => time.clock(b) - time.clock(a),
    isOpen: time.isOpen,
    nextOpen: time.nextOpen,
    deadline: (t, ms, pauses) => deadline(time, t, ms, pauses),
    worked: (a, b, pauses) => worked(time, a, b, pauses),
    clock: time.clock,
    fromClock(v) {
      requireFinite(v, 'clock');
      return time.earliest(v, v < 0 ? kept.from : kept.to);
    },
    intervals: time.intervals,
  };
}

function checkWindow(window: CalendarWindow): void {
  requireFinite(window.from, 'window.from');
  requireFinite(window.to, 'window.to');
  if (window.to <= window.from) {
    throw new CalendarError('malformed', 'window', 'it ends before it starts: give an end after the start');
  }
  if (window.to - window.from > maxWindowMs) {
    throw new CalendarError('malformed', 'window', 'it is longer than 100 years: ask for less');
  }
  if (window.from < farthestFrom || window.to > farthestTo) {
    throw new CalendarError('malformed', 'window', 'it reaches beyond the years 1 to 9999: give epoch ms');
  }
}
