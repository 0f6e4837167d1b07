/** Which promises per period a lead is part of: those whose condition it meets. Asked once a lead, when its digest is made. */
import type { PeriodPromise } from '../agreement/schema';
import { anyGroupOf, valuesOf, type Test } from '../lead/conditions';
import type { LeadFields } from '../lead/lead';

const none: readonly never[] = [];
const tests = new WeakMap<PeriodPromise, Test>();

function testOf(promise: PeriodPromise): Test {
  let test = tests.get(promise);
  if (!test) tests.set(promise, (test = anyGroupOf(promise.when ?? [])));
  return test;
}

/** A promise without a condition is about every lead, and is not listed. */
export const isForEveryLead = (promise: Pick<PeriodPromise, 'when'>): boolean => (promise.when?.length ?? 0) === 0;

/** Ids of the promises with a condition that this lead meets. */
export function coveredBy(
  promises: readonly PeriodPromise[],
  fields: LeadFields,
  tier: string | null,
): readonly string[] {
  if (promises.every(isForEveryLead)) return none;
  const valueOf = valuesOf(fields, tier ?? undefined);
  return promises.filter((promise) => !isForEveryLead(promise) && testOf(promise)(valueOf)).map(({ id }) => id);
}
