/**
 * A calendar in typed arrays: openings, closings and the open time before each, with a hint per stretch of time where to
 * start looking. A question costs a hint and a short binary search, and allocates nothing. It knows nothing of zones or
 * weeks: what is open was decided before.
 */
import { OutsideWindowError, requireFinite } from './errors';
import type { Spans } from './spans';
import type { CalendarWindow, OpenInterval } from './types';

/** The questions that pauses are built upon; all of them check their arguments. */
export interface OpenTime {
  readonly window: CalendarWindow;
  /** Open ms in the whole window. */
  readonly total: number;
  readonly clock: (t: number) => number;
  readonly isOpen: (t: number) => boolean;
  readonly nextOpen: (t: number) => number | null;
  /** Earliest instant whose clock is `v`; `asked` is the instant that an error names. */
  readonly earliest: (v: number, asked: number) => number | null;
  /** Latest instant whose clock is `v`. */
  readonly latest: (v: number, asked: number) => number | null;
  readonly intervals: (a: number, b: number) => readonly OpenInterval[];
  /** Whether the calendar opens at all beyond that side of the window. */
  readonly opens: (side: 'before' | 'after') => boolean;
}

/**
 * @param spans what is open in the window, in order and never touching; epoch ms
 * @param opensBeyond whether the calendar opens on that side of the window; asked at most once a side
 */
export function openTime(
  spans: Spans,
  window: CalendarWindow,
  opensBeyond: (side: 'before' | 'after') => boolean,
): OpenTime {
  const { from, to } = window;
  const count = spans.length / 2;
  const opens = new Float64Array(count);
  const closes = new Float64Array(count);
  /** Open ms of the window up to the end of each interval. */
  const done = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    opens[i] = spans[2 * i]!;
    closes[i] = spans[2 * i + 1]!;
    total += closes[i]! - opens[i]!;
    done[i] = total;
  }
  const closing = hints(closes, from, to - from);
  const filling = hints(done, 0, total);
  const beyond: { before?: boolean; after?: boolean } = {};

  const opensOn = (side: 'before' | 'after') => (beyond[side] ??= opensBeyond(side));
  const outside = (asked: number, side: 'before' | 'after') => new OutsideWindowError(window, asked, side);

  /** Answers "not in this window": never, if the spec says so, else ask again with a wider one. */
  function runOff(asked: number, side: 'before' | 'after'): null {
    if (opensOn(side)) throw outside(asked, side);
    return null;
  }

  function refuse(t: number): never {
    requireFinite(t, 'instant');
    throw outside(t, t < from ? 'before' : 'after');
  }

  /** First interval that closes after `t`; `count` when there is none. */
  function intervalAt(t: number): number {
    if (!(t >= from && t <= to)) refuse(t);
    const bucket = Math.floor((t - from) * closing.scale);
    let low = closing.first[bucket]!;
    let high = closing.first[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (closes[middle]! > t) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** First interval whose end is reached with (`reached`) or after `v` ms of open time. */
  function intervalFor(v: number, reached: boolean): number {
    const bucket = Math.floor(v * filling.scale);
    let low = filling.first[bucket]!;
    let high = filling.first[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const end = done[middle]!;
      if (end > v || (reached && end === v)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function clock(t: number): number {
    const i = intervalAt(t);
    if (i === count) return total;
    const open = opens[i]!;
    return done[i]! - (closes[i]! - (t > open ? t : open));
  }

  return {
    window,
    total,
    clock,
    isOpen(t) {
      const i = intervalAt(t);
      if (t === to) refuse(t);
      return i < count && opens[i]! <= t;
    },
    nextOpen(t) {
      const i = intervalAt(t);
      if (i === count) return runOff(t, 'after');
      const open = opens[i]!;
      return t > open ? t : open;
    },
    earliest(v, asked) {
      if (v > total) return runOff(asked, 'after');
      if (v < 0) return runOff(asked, 'before');
      if (v === 0) return from;
      const i = intervalFor(v, true);
      return closes[i]! - (done[i]! - v);
    },
    latest(v, asked) {
      if (v < 0) return runOff(asked, 'before');
      if (v >= total) return to;
      const i = intervalFor(v, false);
      return closes[i]! - (done[i]! - v);
    },
    intervals(a, b) {
      requireFinite(b, 'instant');
      const found: OpenInterval[] = [];
      let i = intervalAt(a);
      if (b > to || b < from) refuse(b);
      if (b <= a) return found;
      for (; i < count && opens[i]! < b; i++) found.push([Math.max(opens[i]!, a), Math.min(closes[i]!, b)]);
      return found;
    },
    opens: opensOn,
  };
}

interface Hints {
  /** Buckets per unit of the axis. */
  readonly scale: number;
  /** First entry that falls into this bucket or a later one. */
  readonly first: Uint32Array;
}

/** About one entry a bucket. The look-up uses the same product, so rounding can't lead past the entry that is sought. */
function hints(ends: Float64Array, start: number, length: number): Hints {
  const buckets = Math.max(1, ends.length);
  const scale = length > 0 ? buckets / length : 0;
  const first = new Uint32Array(buckets + 3).fill(ends.length);
  for (let i = ends.length - 1; i >= 0; i--) first[Math.floor((ends[i]! - start) * scale)] = i;
  for (let bucket = buckets + 1; bucket >= 0; bucket--) {
    if (first[bucket]! > first[bucket + 1]!) first[bucket] = first[bucket + 1]!;
  }
  return { scale, first };
}
