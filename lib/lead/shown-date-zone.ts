/**
 * From a local date and time to the interval that the true instant lies in. Pure. "Local ms" is the local date and time read
 * as if it were UTC. Where the clocks change, nothing is chosen: what came twice is covered, what never was is refused.
 */
import { dayMs, offsetAt } from '../calendar/zone';
import type { ReadInstant } from './lead';

export { dayMs };
export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** Where a local time holds: at a stated UTC offset in ms, in an IANA zone, or somewhere on earth. */
export type Place = number | string | undefined;

/** Local time is ahead of UTC by at most this much (Kiribati), and behind by at most {@link behindMs}. */
const aheadMs = 14 * hourMs;
const behindMs = 12 * hourMs;

/** The zone, if `Intl` knows it. */
export function knownZone(timeZone: string | undefined): string | undefined {
  try {
    if (timeZone === undefined || timeZone === '') return undefined;
    offsetAt(timeZone, 0);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** Local ms of an instant. */
export function localAt(place: number | string, instant: number): number {
  return instant + (typeof place === 'number' ? place : offsetAt(place, instant));
}

/** All instants that a local time stands for, earliest first: none in a gap, two in an overlap. */
function readings(place: number | string, local: number): readonly number[] {
  if (typeof place === 'number') return [local - place];
  const around = [local - aheadMs - hourMs, local + behindMs + hourMs].map((probe) => local - offsetAt(place, probe));
  return [...new Set(around)].filter((instant) => localAt(place, instant) === local).sort((one, other) => one - other);
}

/** The first instant of a local time, or the end of the gap that it lies in. */
export function firstFrom(place: number | string, local: number): number {
  const first = readings(place, local)[0];
  if (first !== undefined) return first;
  let [before, after] = [local - aheadMs - hourMs, local + behindMs + hourMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localAt(place, middle) < local) before = middle;
    else after = middle;
  }
  return after;
}

/**
 * The instants of a local time that is shown to a unit (ms).
 * @param accepts keeps the readings that something else in the text allows, like the name of summer time.
 */
export function timeInterval(
  place: Place,
  local: number,
  unit: number,
  accepts: (instant: number) => boolean = () => true,
): ReadInstant | undefined {
  if (place === undefined) return { at: local - aheadMs, precision: unit + aheadMs + behindMs };
  const first = readings(place, local).find(accepts);
  // The end of an hour may come twice where its beginning does not: Lord Howe goes back from 02:00 to 01:30.
  const last = readings(place, local + unit - 1).findLast(accepts);
  return first === undefined || last === undefined ? undefined : { at: first, precision: last + 1 - first };
}

/** The instants of a local date, in days since 1970-01-01; `undefined` for a date that the zone left out. */
export function dayInterval(place: Place, day: number): ReadInstant | undefined {
  if (place === undefined) return timeInterval(place, day * dayMs, dayMs);
  const next = (day + 1) * dayMs;
  const at = firstFrom(place, day * dayMs);
  const end = readings(place, next).at(-1) ?? firstFrom(place, next);
  return end > at ? { at, precision: end - at } : undefined;
}
