/**
 * Which promises hold in the period around an instant, each by the version of the agreement that was in force when the period began:
 * a number that is raised in the middle of a month was not what that month, or the one before, was promised.
 */
import type { Agreement, PeriodPromise } from '../agreement/schema';
import { readAgreement } from '../clock/rules';
import { inForce } from '../clock/terms';
import { periodAt } from './periods';
import type { ReportWindow } from './types';

export interface Promised {
  readonly promise: PeriodPromise;
  /** Of the agreement that makes it. */
  readonly version: number;
  /** The period that it is about. */
  readonly window: ReportWindow;
  /** Made when the period had begun already: it counts from the next one. */
  readonly fromNext: boolean;
}

/** @param at epoch ms; the period of each promise is the one that holds it. @param timeZone IANA zone of the report. */
export function promisesAt(versions: readonly Agreement[], at: number, timeZone: string): Promised[] {
  const known = versions.map(readAgreement);
  const windows = new Map<PeriodPromise['per'], ReportWindow>();
  const windowOf = ({ per }: PeriodPromise): ReportWindow => {
    const window = windows.get(per) ?? periodAt(per, at, timeZone);
    windows.set(per, window);
    return window;
  };
  const holdsFrom = (one: Agreement, promise: PeriodPromise): boolean =>
    inForce(known, windowOf(promise).from)?.agreement === one;
  const latest = inForce(known, at)?.agreement;
  const promisedBy = ({ version }: Agreement, promise: PeriodPromise, fromNext: boolean): Promised => ({
    promise,
    version,
    window: windowOf(promise),
    fromNext,
  });
  const held = versions.flatMap((one) =>
    one.promises.filter((promise) => holdsFrom(one, promise)).map((promise) => promisedBy(one, promise, false)),
  );
  const isHeld = new Set(held.map(({ promise }) => promise.id));
  const added = latest?.promises.filter(({ id }) => !isHeld.has(id)) ?? [];
  // In the order of the agreement that holds now, so that a card does not jump when a version takes over.
  const places = new Map(latest?.promises.map(({ id }, place) => [id, place]));
  const placeOf = ({ promise }: Promised): number => places.get(promise.id) ?? places.size;
  return [...held, ...added.map((promise) => promisedBy(latest!, promise, true))].sort(
    (a, b) => placeOf(a) - placeOf(b),
  );
}
