/**
 * Clocks of a row as they are now. Where nothing can have changed since they were computed, they only moved on, and a list of
 * hundreds needs no fact of them; where something may have, they are computed anew from the facts.
 */
import { compareUrgency, tick } from '../clock';
import type { Clock } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import type { DueLead } from '../ledger/types';
import type { AgreementInForce, WorkerContext } from './context';
import { allCalendars } from './open-hours';
import { projectAgain } from './project';

type Calendars = ReturnType<typeof allCalendars>;

/** Open time between the two instants; `undefined` where the calendar can't be had. */
function openBetween(calendars: Calendars, clock: Clock, now: number, context: WorkerContext) {
  if (clock.calendar === null) return null;
  const spec = Object.hasOwn(calendars, clock.calendar) ? calendars[clock.calendar] : undefined;
  if (!spec) return undefined;
  try {
    return context.calendars.covering(spec, clock.asOf, now + 1).intervals(clock.asOf, now + 1);
  } catch {
    return undefined;
  }
}

/**
 * The same clock some time later; `null` where that can't be told without the facts: something was to change meanwhile, or a
 * pause may yet blur what was missed.
 */
function movedOn(clock: Clock, calendars: Calendars, now: number, context: WorkerContext): Clock | null {
  if (clock.asOf > now || clock.pauses.length > 0) return null;
  if (clock.nextChangeAt !== null && clock.nextChangeAt <= now) return null;
  const isOver = clock.doneAt !== null || clock.leftMs === null;
  const open = isOver ? null : openBetween(calendars, clock, now, context);
  return open === undefined ? null : { ...clock, leftMs: tick(clock, open, now).leftMs, asOf: now };
}

/** Clocks of each of these leads, the most urgent first. */
export async function clocksNow(
  leads: readonly DueLead[],
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<ReadonlyMap<LeadKey, readonly Clock[]>> {
  const now = context.now();
  const calendars = allCalendars(inForce.versions);
  const found = new Map<LeadKey, readonly Clock[]>();
  const computed = await context.withLedger((ledger) => ledger.clocksOf(leads.map(({ key }) => key)));
  for (const [key, { clocks, projection, nextChangeAt = Number.POSITIVE_INFINITY }] of computed) {
    const holds = projection === inForce.projection && nextChangeAt > now;
    const moved = holds ? clocks.map((one) => movedOn(one, calendars, now, context)) : [];
    if (moved.length > 0 && moved.every((clock) => clock !== null)) found.set(key, moved.sort(compareUrgency));
  }
  const others = leads.flatMap(({ key }) => (found.has(key) ? [] : key));
  if (others.length === 0) return found;
  for (const [key, { record, facts }] of await context.withLedger((ledger) => ledger.load(others))) {
    if (!record) continue;
    const { clocks } = projectAgain(record, facts, inForce, context);
    found.set(key, clocks.length > 0 ? clocks : record.clocks);
  }
  return found;
}
