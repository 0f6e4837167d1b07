/**
 * Local time to instants. The offset changes of a stretch of time are looked for once; after that a boundary costs a
 * comparison and a sum. `Intl` is asked here only, and never with the process's own zone.
 */
export const dayMs = 86_400_000;

/**
 * Two offset changes that cancel out between two probes would be missed. The closest pair in the zone database since
 * 2000 is 7 days apart (Brazil's north-east, October 2000).
 */
const probeMs = 5 * dayMs;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Local date of an instant, in days since 1970-01-01. */
export function localDay(timeZone: string, instant: number): number {
  return Math.floor((instant + offsetAt(timeZone, instant)) / dayMs);
}

/** UTC offset of a zone in ms, east positive. Throws the `RangeError` of `Intl` for an unknown zone. */
export function offsetAt(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const name = format.format(instant);
  return readOffset(name.slice(name.lastIndexOf('GMT') + 3));
}

const readOffsets = new Map<string, number>();

/** `+05:45`, `-00:44:30`, or nothing at all. `tzOffset` of `@date-fns/tz` loses the sign of offsets under an hour. */
function readOffset(text: string): number {
  const known = readOffsets.get(text);
  if (known !== undefined) return known;
  const [hours = 0, minutes = 0, seconds = 0] = text
    .replace(/^[+\-\u2212]/, '')
    .split(':')
    .map(Number);
  const size = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const offset = /^[-\u2212]/.test(text) ? -size : size;
  readOffsets.set(text, offset);
  return offset;
}

/** Resolves local times of one zone in one stretch of time. "Local ms" is the local date and time read as if it were UTC. */
export interface LocalTime {
  /** Instant of a local time. In a gap it moves forward by the gap, in an overlap it is the earlier one (D7). */
  instantOf(local: number): number;
  /** Whether the local date, in days since 1970-01-01, is one that the zone left out, like 2011-12-30 in Apia. */
  skips(day: number): boolean;
}

/** Local time of a zone, exact for instants in `[from, to]`. */
export function localTime(timeZone: string, from: number, to: number): LocalTime {
  const offsets = [offsetAt(timeZone, from)];
  /** From this local time on, `offsets[i + 1]` holds: the later of the two readings of the change. */
  const thresholds: number[] = [];
  const skipped = new Set<number>();
  for (let probe = from; probe < to;) {
    const next = Math.min(probe + probeMs, to);
    const before = offsets.at(-1)!;
    const after = offsetAt(timeZone, next);
    if (after === before) {
      probe = next;
      continue;
    }
    const change = changeBetween(timeZone, probe, next, before);
    const changed = offsetAt(timeZone, change);
    offsets.push(changed);
    thresholds.push(change + Math.max(before, changed));
    for (let day = Math.ceil((change + before) / dayMs); (day + 1) * dayMs <= change + changed; day++) skipped.add(day);
    probe = change;
  }

  // Boundaries come nearly in order, so the place of the last one is nearly always the place of the next.
  let place = 0;
  return {
    instantOf(local) {
      while (place < thresholds.length && local >= thresholds[place]!) place++;
      while (place > 0 && local < thresholds[place - 1]!) place--;
      return local - offsets[place]!;
    },
    skips: (day) => skipped.has(day),
  };
}

/** First instant after `before` whose offset is another one. Changes fall on whole seconds. */
function changeBetween(timeZone: string, from: number, to: number, offset: number): number {
  let before = Math.floor(from / 1000);
  let after = Math.ceil(to / 1000);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle * 1000) === offset) before = middle;
    else after = middle;
  }
  return after * 1000;
}
