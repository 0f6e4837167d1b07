/**
 * Working time for the demo's data, counted minute by minute. On purpose naive and on its own: tests compare the
 * product's calendar with it, so it must not share code with it.
 */

/** Opening hours, the same on each of `days`; minutes of the local day, `[from, to)`. */
export interface OpenHours {
  /** IANA zone. */
  readonly zone: string;
  /** 0 is Sunday. */
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Instants in epoch ms, on whole minutes. */
export interface WorkingMinutes {
  /** The latest minute so that `minutes` working minutes lie between it and now. */
  back(minutes: number): number;
  /** The end of the last of `minutes` working minutes after `from`. */
  forward(from: number, minutes: number): number;
}

export const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export function officeHours(zone: string = Intl.DateTimeFormat().resolvedOptions().timeZone): OpenHours {
  return { zone, days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 };
}

/** Weekday and minute of the local day. */
function localTime(format: Intl.DateTimeFormat, at: number): { day: number; minute: number } {
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
  return {
    day: weekdayNames.indexOf(parts.get('weekday') ?? ''),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/**
 * Looks at each minute from 40 days before `now` to 20 days after it.
 * @throws RangeError when a walk leaves those days.
 */
export function workingMinutes(now: number, hours: OpenHours): WorkingMinutes {
  const present = Math.floor(now / minuteMs) * minuteMs;
  const first = Math.floor((present - 40 * dayMs) / quarterMs) * quarterMs;
  const open = new Uint8Array((60 * dayMs) / minuteMs);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: hours.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // Zones shift on quarters of an hour only, so one look a quarter is enough.
  for (let quarter = 0; quarter < open.length; quarter += 15) {
    const { day, minute } = localTime(format, first + quarter * minuteMs);
    for (let step = 0; step < 15; step += 1)
      open[quarter + step] =
        hours.days.includes(day) && minute + step >= hours.from && minute + step < hours.to ? 1 : 0;
  }

  return {
    back(minutes) {
      let at = (present - first) / minuteMs;
      for (let left = minutes; left > 0;) {
        at -= 1;
        if (at < 0) throw new RangeError('walked back over 40 days');
        left -= open[at] ?? 0;
      }
      return first + at * minuteMs;
    },
    forward(from, minutes) {
      let at = (from - first) / minuteMs;
      if (!Number.isInteger(at) || at < 0) throw new RangeError('starts on no whole minute, or too early');
      for (let left = minutes; left > 0; at += 1) {
        if (at >= open.length) throw new RangeError('walked on over 20 days');
        left -= open[at] ?? 0;
      }
      return first + at * minuteMs;
    },
  };
}
