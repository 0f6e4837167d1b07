/**
 * Deadlines and worked time under pauses (D14). Paused time is taken out of the open time between two clock readings, so
 * a pause costs two look-ups however long it is. Order and repetition of pauses make no difference: they are one set.
 */
import type { OpenTime } from './compiled';
import { CalendarError, requireFinite } from './errors';
import type { PauseInterval } from './types';

/** @see BusinessCalendar.deadline */
export function deadline(time: OpenTime, t: number, ms: number, pauses: readonly PauseInterval[]): number | null {
  requireFinite(ms, 'duration');
  const union = unionOf(pauses);
  if (ms > 0) return forward(time, t, ms, union);
  return ms < 0 ? backward(time, t, -ms, union) : firstUnpaused(time, t, union);
}

/** @see BusinessCalendar.worked */
export function worked(time: OpenTime, a: number, b: number, pauses: readonly PauseInterval[]): number {
  // Not a plain minus sign: none worked is 0, never -0.
  if (b < a) return 0 - worked(time, b, a, pauses);
  let sum = time.clock(b) - time.clock(a);
  for (const [from, to] of unionOf(pauses)) {
    if (from < b && to > a) sum -= time.clock(Math.min(to, b)) - time.clock(Math.max(from, a));
  }
  return sum;
}

function forward(time: OpenTime, t: number, ms: number, pauses: readonly PauseInterval[]): number | null {
  let due = time.clock(t) + ms;
  for (const [from, to] of pauses) {
    if (to <= t) continue;
    if (from >= time.window.to) break;
    const before = time.clock(Math.max(from, t));
    if (before >= due) break;
    if (to === Infinity) return null;
    due += clockOrEnd(time, to) - before;
  }
  return time.earliest(due, t);
}

/** The mirror of `forward`: the last instant from which `ms` are worked until `t`. */
function backward(time: OpenTime, t: number, ms: number, pauses: readonly PauseInterval[]): number | null {
  let start = time.clock(t) - ms;
  for (const [from, to] of pauses.toReversed()) {
    if (from >= t) continue;
    if (to <= time.window.from) break;
    const after = time.clock(Math.min(to, t));
    if (after <= start) break;
    start -= after - clockOrStart(time, from);
  }
  return time.latest(start, t);
}

function firstUnpaused(time: OpenTime, t: number, pauses: readonly PauseInterval[]): number | null {
  let open = time.nextOpen(t);
  for (const [from, to] of pauses) {
    if (open === null || from > open) break;
    if (to <= open) continue;
    if (to === Infinity) return null;
    if (to > time.window.to && !time.opens('after')) return null;
    open = time.nextOpen(to);
  }
  return open;
}

/** After the window's end the clock stands still only if the calendar never opens again. */
function clockOrEnd(time: OpenTime, t: number): number {
  return t > time.window.to && !time.opens('after') ? time.total : time.clock(t);
}

function clockOrStart(time: OpenTime, t: number): number {
  return t < time.window.from && !time.opens('before') ? 0 : time.clock(t);
}

/** In order, without overlap. The usual zero or one pause, or a list that is already so, is taken as it is. */
function unionOf(pauses: readonly PauseInterval[]): readonly PauseInterval[] {
  let apart = true;
  let last = -Infinity;
  for (const [from, to] of pauses) {
    requireFinite(from, 'pause');
    if (to !== Infinity) requireFinite(to, 'pause');
    if (to < from) {
      throw new CalendarError(
        'malformed',
        'pause',
        `it ends (${to}) before it starts (${from}): swap them, or leave it out`,
      );
    }
    if (from < last) apart = false;
    last = to;
  }
  if (apart) return pauses;

  const merged: [number, number][] = [];
  for (const [from, to] of pauses.toSorted((one, other) => one[0] - other[0])) {
    const end = merged.at(-1);
    if (end !== undefined && from <= end[1]) end[1] = Math.max(end[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
