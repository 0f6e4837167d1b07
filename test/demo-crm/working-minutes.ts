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

interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

const formats = new Map<string, (at: number) => LocalTime>();

/** Weekday and minute of the local day. An instant is looked up once: each demo CRM of a test run asks for nearly the same. */
function localTimeIn(zone: string): (at: number) => LocalTime {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const times = new Map<number, LocalTime>();
  const localTime = (at: number): LocalTime => {
    const seen = times.get(at);
    if (seen) return seen;
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
    const time = {
      day: weekdayNames.indexOf(parts.get('weekday') ?? ''),
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
    times.set(at, time);
    return time;
  };
  formats.set(zone, localTime);
  return localTime;
}

/**
 * Looks at each minute from 40 days before `now` to 20 days after it.
 * @throws RangeError when a walk leaves those days.
 */
export function workingMinutes(now: number, hours: OpenHours): WorkingMinutes {
  const present = Math.floor(now / minuteMs) * minuteMs;
  const first = Math.floor((present - 40 * dayMs) / quarterMs) * quarterMs;
  const length = (60 * dayMs) / minuteMs;
  const localTime = localTimeIn(hours.zone);
  /** The open minutes in order, and how many of them lie before each minute. */
  const open: number[] = [];
  const before = new Uint32Array(length);
  // Zones shift on quarters of an hour only, so one look a quarter is enough.
  for (let quarter = 0; quarter < length; quarter += 15) {
    const { day, minute } = localTime(first + quarter * minuteMs);
    for (let step = 0; step < 15; step += 1) {
      before[quarter + step] = open.length;
      if (hours.days.includes(day) && minute + step >= hours.from && minute + step < hours.to)
        open.push(quarter + step);
    }
  }

  return {
    back(minutes) {
      if (minutes <= 0) return present;
      const at = open[(before[(present - first) / minuteMs] ?? 0) - minutes];
      if (at === undefined) throw new RangeError('walked back over 40 days');
      return first + at * minuteMs;
    },
    forward(from, minutes) {
      const start = (from - first) / minuteMs;
      if (!Number.isInteger(start) || start < 0) throw new RangeError('starts on no whole minute, or too early');
      if (minutes <= 0) return from;
      const at = open[(before[start] ?? open.length) + minutes - 1];
      if (at === undefined) throw new RangeError('walked on over 20 days');
      return first + (at + 1) * minuteMs;
    },
  };
}
