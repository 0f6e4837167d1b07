/** A clock as it stands at `now`, ticked on with the open hours that came with it. */
import { formatLeft, tick } from '../../lib/clock';
import type { Clock, ClockState } from '../../lib/clock/types';
import type { OpenHours } from '../../lib/messages/observing';
import { language } from '../../lib/platform/i18n';
import type { Step } from './use-now';

export interface LiveClock {
  readonly state: ClockState;
  readonly leftMs: number | null;
  /** `leftMs` as short as it gets; `null` where there is no time to show. */
  readonly left: string | null;
}

export function liveClock(clock: Clock, open: OpenHours, now: number): LiveClock {
  const hours = clock.calendar === null ? null : (open[clock.calendar] ?? []);
  const { state, leftMs } = tick(clock, hours, now);
  const left = leftMs === null || isDone(state) ? null : formatLeft(leftMs, language());
  return { state, leftMs, left };
}

/** Nothing runs any more. */
export const isDone = (state: ClockState): boolean => state === 'met' || state === 'missed' || state === 'ended';

/** A stale clock: its due instant passed, and nobody has seen the lead since (rule 12). */
export const isStale = (state: ClockState, clock: Pick<Clock, 'dueAt'>, now: number): boolean =>
  state === 'unknown' && clock.dueAt !== null && clock.dueAt < now;

const hour = 3_600_000;

/** Seconds only while one of these has under an hour left. */
export function stepFor(clocks: readonly LiveClock[]): Step {
  const close = ({ state, leftMs }: LiveClock): boolean =>
    (state === 'running' || state === 'at-risk') && leftMs !== null && leftMs > 0 && leftMs <= hour;
  return clocks.some(close) ? 'second' : 'minute';
}

/** The soonest coming change of these clocks after `asOf`: from then on the answer that they came with is old. */
export function soonestChange(clocks: readonly Clock[], asOf: number): number | null {
  let soonest: number | null = null;
  for (const { nextChangeAt } of clocks)
    if (nextChangeAt !== null && nextChangeAt > asOf && (soonest === null || nextChangeAt < soonest))
      soonest = nextChangeAt;
  return soonest;
}
