/**
 * Which rules no lead can ever come to: their own conditions contradict each other, an earlier rule takes all their leads, or
 * all their leads are out of scope. Says so only where it is certain: conditions whose overlap depends on what people write in a
 * field are left alone.
 */
import { assertNever } from '../clock/assert-never';
import { normal, testOf } from '../lead/conditions';
import type { TextField } from '../lead/lead';
import type { Condition } from './schema';

type Conditions = readonly Condition[];

/** What all conditions on one field leave possible: a list of values where one is known, else the conditions themselves. */
interface Possible {
  readonly values: readonly string[] | null;
  readonly conditions: Conditions;
}

function byField(conditions: Conditions): ReadonlyMap<TextField, Possible> {
  const grouped = Map.groupBy(conditions, ({ field }) => field);
  return new Map([...grouped].map(([field, own]) => [field, { values: valuesLeft(own), conditions: own }]));
}

/** The finite list of values that one condition allows, `null` where any text may do. */
function valuesOf(condition: Condition): readonly string[] | null {
  switch (condition.operator) {
    case 'is':
      return [normal(condition.value)];
    case 'in':
      return condition.value.map(normal);
    case 'absent':
      return [''];
    case 'is-not':
    case 'not-in':
    case 'contains':
    case 'present':
      return null;
    default:
      return assertNever(condition);
  }
}

function valuesLeft(conditions: Conditions): readonly string[] | null {
  const lists = conditions.flatMap((one) => valuesOf(one) ?? []);
  if (!conditions.some((one) => valuesOf(one) !== null)) return null;
  return [...new Set(lists)].filter((value) => conditions.every((one) => testOf(one)(() => value)));
}

/** No lead can meet all of these. */
export function isImpossible(conditions: Conditions): boolean {
  return [...byField(conditions).values()].some(({ values }) => values?.length === 0);
}

/**
 * Made ready for many questions: does every lead that meets all of these conditions meet all of those, for certain?
 */
export function consequencesOf(these: Conditions): (those: Conditions) => boolean {
  const possible = byField(these);
  const follows = (wanted: Condition): boolean => {
    const own = possible.get(wanted.field);
    if (!own) return false;
    if (!own.values) return own.conditions.some((given) => impliesOne(given, wanted));
    const test = testOf(wanted);
    return own.values.every((value) => test(() => value));
  };
  return (those) => those.every(follows);
}

/** Where neither allows a finite list of values. */
function impliesOne(given: Condition, wanted: Condition): boolean {
  switch (wanted.operator) {
    case 'is-not':
      return excludes(given, normal(wanted.value));
    case 'not-in':
      return wanted.value.every((value) => excludes(given, normal(value)));
    case 'contains':
      return given.operator === 'contains' && normal(given.value).includes(normal(wanted.value));
    case 'present':
      return excludes(given, '');
    case 'is':
    case 'in':
    case 'absent':
      return false;
    default:
      return assertNever(wanted);
  }
}

/** A field with this value does not meet the condition. */
const excludes = (condition: Condition, value: string): boolean => !testOf(condition)(() => value);
