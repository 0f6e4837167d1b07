/**
 * Which promises per period a lead is part of: those whose condition it meets. Asked once a lead, when its digest is made. What is
 * kept is the condition and not the promise, so that each version's promise finds the leads of its own condition.
 */
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

const conditions = new WeakMap<PeriodPromise, string>();

/** The name that the condition of a promise has in rows. */
export function conditionOf(promise: PeriodPromise): string {
  let condition = conditions.get(promise);
  if (condition === undefined) conditions.set(promise, (condition = JSON.stringify(promise.when)));
  return condition;
}

/** Of the promises of these agreements, one for each condition: what leads are asked about. */
export function conditionalPromises(
  agreements: readonly { readonly promises: readonly PeriodPromise[] }[],
): readonly PeriodPromise[] {
  const byCondition = new Map<string, PeriodPromise>();
  for (const { promises } of agreements)
    for (const promise of promises) if (!isForEveryLead(promise)) byCondition.set(conditionOf(promise), promise);
  return [...byCondition.values()];
}

/** Conditions of promises that this lead meets, each once; see {@link conditionOf}. */
export function coveredBy(
  promises: readonly PeriodPromise[],
  fields: LeadFields,
  tier: string | null,
): readonly string[] {
  if (promises.every(isForEveryLead)) return none;
  const valueOf = valuesOf(fields, tier ?? undefined);
  const met = promises.filter((promise) => !isForEveryLead(promise) && testOf(promise)(valueOf)).map(conditionOf);
  return met.length < 2 ? met : [...new Set(met)];
}
