/** Which rule of an agreement governs a lead: conditions on its text fields, in written order (rule 16). */
import type { Agreement, Commitment, CommitmentId, Rule, Scope } from '../agreement/schema';
import { allOf, scopeTest, valuesOf, type Test } from '../lead/conditions';
import type { LeadFields } from '../lead/lead';
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

interface ReadRule {
  readonly terms: Terms;
  readonly test: Test;
}

/** An agreement made ready for many leads. */
export interface ReadAgreement {
  readonly agreement: Agreement;
  /** Epoch ms; `-Infinity` for "since always". */
  readonly effectiveFrom: number;
  readonly enforcedFrom: number;
  /** Which leads it is about at all; `null` for every lead. */
  readonly scope: Test | null;
  readonly rules: ReadonlyMap<CommitmentId, readonly ReadRule[]>;
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

/** An agreement that says nothing of its scope is about every lead. */
function scopeOf({ scope }: { readonly scope?: Scope }): Test | null {
  if (!scope || (scope.include.length === 0 && scope.exclude.length === 0)) return null;
  return scopeTest(scope);
}

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
        test: allOf(rule.when ?? []),
      })),
    );
  const result: ReadAgreement = {
    agreement,
    effectiveFrom: instantOf(agreement.effectiveFrom),
    enforcedFrom: instantOf(agreement.enforcedFrom),
    scope: scopeOf(agreement),
    rules,
  };
  read.set(agreement, result);
  return result;
}

/**
 * The first rule of a commitment that this lead meets; `null` when none does, or when the lead is outside the scope, and so
 * nothing is promised.
 */
export function matchRule(
  agreement: ReadAgreement,
  id: CommitmentId,
  fields: LeadFields,
  tier: string | undefined,
): Terms | null {
  const rules = agreement.rules.get(id);
  if (!rules) return null;
  const valueOf = valuesOf(fields, tier);
  if (agreement.scope && !agreement.scope(valueOf)) return null;
  for (const { terms, test } of rules) if (test(valueOf)) return terms;
  return null;
}
