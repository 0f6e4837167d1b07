/**
 * What the built-in agreement promises for a lead, worked out by walking through the minutes: on purpose naive and without the
 * product's code, so that both can be compared. Monday to Friday, 09:00 to 18:00 in one zone; the first touch is due after
 * 60 working minutes, and at risk from 45 on. Acceptance, after 240, is never the more urgent of the two.
 */
const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const promisedMinutes = 60;
const warnedMinutes = 45;

export interface Promised {
  readonly state: 'scheduled' | 'running' | 'at-risk' | 'overdue';
  readonly dueAt: number;
  /** When the state changes, or has changed. */
  readonly changes: readonly number[];
}

export function createExpectation(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, boolean>();

  /** Zones shift on quarters of an hour, and hours open on them. */
  function isOpen(at: number): boolean {
    const quarter = Math.floor(at / quarterMs) * quarterMs;
    let open = known.get(quarter);
    if (open === undefined) {
      const parts = format.formatToParts(quarter);
      const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
      const hour = Number(part('hour'));
      open = !['Sat', 'Sun'].includes(part('weekday')) && hour >= 9 && hour < 18;
      known.set(quarter, open);
    }
    return open;
  }

  /** The end of the last of these working minutes. */
  function after(start: number, minutes: number): number {
    let left = minutes * minuteMs;
    let at = start;
    while (left > 0) {
      const step = Math.min(minuteMs - (at % minuteMs), isOpen(at) ? left : minuteMs);
      if (isOpen(at)) left -= step;
      at += step;
    }
    return at;
  }

  /** A new lead's promise as it stands at `now`, if nobody touched it. */
  return function promised(handOff: number, now: number): Promised {
    // The first working millisecond ends one millisecond after the clock begins to run.
    const opensAt = after(handOff, 1 / minuteMs) - 1;
    const [warnAt, dueAt] = [after(handOff, warnedMinutes), after(handOff, promisedMinutes)];
    const state = now > dueAt ? 'overdue' : now >= warnAt ? 'at-risk' : now >= opensAt ? 'running' : 'scheduled';
    return { state, dueAt, changes: [opensAt, warnAt, dueAt] };
  };
}
