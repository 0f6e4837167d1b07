/**
 * Local time for many instants: the offset changes of a zone are looked for once, after that an instant costs a comparison.
 * `Intl` is asked a few times a year and never once a lead.
 */
import { dayMs, localTime, offsetAt } from '../calendar/zone';

/** No zone has changed its offset twice within this, so that a probe could miss it (see `lib/calendar/zone`). */
const probeMs = 5 * dayMs;

export interface ZoneTable {
  /** UTC offset in ms, east positive. Quick where the instants come nearly in order. */
  offsetAt(instant: number): number;
  /** First instant of a local date, in days since 1970-01-01. */
  dayStart(day: number): number;
  /** Local date of an instant, in days since 1970-01-01. */
  dayOf(instant: number): number;
}

/** Exact for instants in `[from, to]`; beyond it the offset at that end goes on. */
export function zoneTable(timeZone: string, from: number, to: number): ZoneTable {
  const changes: number[] = [];
  const offsets = [offsetAt(timeZone, from)];
  for (let probe = from; probe < to;) {
    const next = Math.min(probe + probeMs, to);
    if (offsetAt(timeZone, next) === offsets.at(-1)) {
      probe = next;
      continue;
    }
    probe = firstChange(timeZone, probe, next);
    changes.push(probe);
    offsets.push(offsetAt(timeZone, probe));
  }
  let place = 0;
  const offset = (instant: number): number => {
    while (place < changes.length && instant >= changes[place]!) place++;
    while (place > 0 && instant < changes[place - 1]!) place--;
    return offsets[place]!;
  };
  const local = localTime(timeZone, from - 2 * dayMs, to + 2 * dayMs);
  return {
    offsetAt: offset,
    dayStart: (day) => local.instantOf(day * dayMs),
    dayOf: (instant) => Math.floor((instant + offset(instant)) / dayMs),
  };
}

/** First instant in `(from, to]` with another offset than `from`. Changes fall on whole seconds. */
function firstChange(timeZone: string, from: number, to: number): number {
  const before = offsetAt(timeZone, from);
  let [low, high] = [Math.floor(from / 1000), Math.ceil(to / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(timeZone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}
