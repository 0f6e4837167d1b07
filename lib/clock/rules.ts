/** Which rule of an agreement governs a lead: conditions on its text fields, in written order (rule 16). */
import type { Agreement, Commitment, CommitmentId, Condition, Rule } from '../agreement/schema';
import type { LeadFields, TextField } from '../lead/lead';
import { assertNever } from './assert-never';
import { targetLength } from './own-time';

/** What one rule promises. One object a rule, so that "the same rule as before" is a comparison of references. */
export interface Terms {
  readonly agreement: Agreement;
  readonly commitment: Commitment;
  readonly rule: Rule;
  readonly targetMs: number;
  /** At-risk from when this much or less is left: the share, and at least the floor; never more than the target. */
  readonly warnMs: number;
  /** What a change of tier leaves at least (rule 9). */
  readonly graceMs: number;
}

type Test = (valueOf: (field: TextField) => string) => boolean;

interface ReadRule {
  readonly terms: Terms;
  readonly tests: readonly Test[];
}

/** An agreement made ready for many leads. */
export interface ReadAgreement {
  readonly agreement: Agreement;
  /** Epoch ms; `-Infinity` for "since always". */
  readonly effectiveFrom: number;
  readonly enforcedFrom: number;
  readonly rules: ReadonlyMap<CommitmentId, readonly ReadRule[]>;
}

/** People write conditions: neither case nor blanks around a value matter. */
const normal = (text: string | undefined): string => text?.trim().toLowerCase() ?? '';

/** An absent field is an empty text: `is` and `contains` fail on it, `is-not` and `not-in` hold. */
function testOf(condition: Condition): Test {
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

function termsOf(agreement: Agreement, commitment: Commitment, rule: Rule): Terms {
  const targetMs = targetLength(rule.target);
  const graceMs = Math.round(targetMs * (1 - agreement.atRisk.share));
  const warnMs = Math.min(targetMs, Math.max(graceMs, Math.round(agreement.atRisk.floorMinutes * 60_000)));
  return { agreement, commitment, rule, targetMs, warnMs, graceMs };
}

const instantOf = (text: string | undefined): number => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
};

const read = new WeakMap<Agreement, ReadAgreement>();

/** Agreements are never changed in place, so each is read once. */
export function readAgreement(agreement: Agreement): ReadAgreement {
  const known = read.get(agreement);
  if (known) return known;
  const rules = new Map<CommitmentId, readonly ReadRule[]>();
  for (const commitment of agreement.commitments)
    rules.set(
      commitment.id,
      commitment.rules.map((rule) => ({
        terms: termsOf(agreement, commitment, rule),
        tests: (rule.when ?? []).map(testOf),
      })),
    );
  const result: ReadAgreement = {
    agreement,
    effectiveFrom: instantOf(agreement.effectiveFrom),
    enforcedFrom: instantOf(agreement.enforcedFrom),
    rules,
  };
  read.set(agreement, result);
  return result;
}

/** The first rule of a commitment that this lead meets; `null` when none does, and so nothing is promised. */
export function matchRule(
  agreement: ReadAgreement,
  id: CommitmentId,
  fields: LeadFields,
  tier: string | undefined,
): Terms | null {
  const rules = agreement.rules.get(id);
  if (!rules) return null;
  const valueOf = (field: TextField): string => normal(field === 'tier' ? tier : fields[field]);
  for (const { terms, tests } of rules) if (tests.every((test) => test(valueOf))) return terms;
  return null;
}
