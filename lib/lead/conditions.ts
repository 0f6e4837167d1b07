/**
 * Whether a lead meets conditions on its text fields. The only place that knows: rules of a commitment, scope, personas,
 * stages and quality rules all ask here, so that one condition never means two things.
 */
import type { Condition, Scope } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import type { LeadFields, TextField } from './lead';

/** The value of a field as conditions compare it: an absent field is an empty text. */
export type ValueOf = (field: TextField) => string;

/** A condition made ready for many leads. */
export type Test = (valueOf: ValueOf) => boolean;

/** People write conditions: neither case nor blanks around a value matter. */
export const normal = (text: string | undefined): string => text?.trim().toLowerCase() ?? '';

/** The values of a lead. @param tier the tier that counts: `fields.tier`, or what facts know; `undefined` is an unknown one. */
export function valuesOf(fields: LeadFields, tier: string | undefined): ValueOf {
  return (field) => normal(field === 'tier' ? tier : fields[field]);
}

/** On an absent field `is`, `in` and `contains` fail, `is-not` and `not-in` hold. */
export function testOf(condition: Condition): Test {
  const { field } = condition;
  switch (condition.operator) {
    case 'present':
      return (valueOf) => valueOf(field) !== '';
    case 'absent':
      return (valueOf) => valueOf(field) === '';
    case 'is':
    case 'is-not': {
      const [value, wanted] = [normal(condition.value), condition.operator === 'is'];
      return (valueOf) => (valueOf(field) === value) === wanted;
    }
    case 'contains': {
      const value = normal(condition.value);
      return (valueOf) => valueOf(field).includes(value);
    }
    case 'in':
    case 'not-in': {
      const [values, wanted] = [new Set(condition.value.map(normal)), condition.operator === 'in'];
      return (valueOf) => values.has(valueOf(field)) === wanted;
    }
    default:
      return assertNever(condition);
  }
}

/** All of them hold; no condition at all is met by every lead. */
export function allOf(conditions: readonly Condition[]): Test {
  const tests = conditions.map(testOf);
  return (valueOf) => tests.every((test) => test(valueOf));
}

/** One of the groups holds, each with all of its conditions; no group at all is met by no lead. */
export function anyGroupOf(groups: readonly (readonly Condition[])[]): Test {
  const tests = groups.map(allOf);
  return (valueOf) => tests.some((test) => test(valueOf));
}

/** Inside the scope: in one of the included groups (or none is written), and excluded by nothing. */
export function scopeTest(scope: Scope): Test {
  const [included, excluded] = [anyGroupOf(scope.include), anyGroupOf(scope.exclude.map(({ when }) => when))];
  const isEverything = scope.include.length === 0;
  return (valueOf) => (isEverything || included(valueOf)) && !excluded(valueOf);
}
