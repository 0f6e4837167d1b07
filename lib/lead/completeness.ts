/**
 * Whether a lead has the data that both sides agreed on for every lead. Pure. It is known only where each of these fields could
 * have been read: were leads counted as soon as nothing is missing, a page without a phone column would make all complete.
 */
import type { Fact } from './facts';
import type { Lead } from './lead';
import { qualityFlags } from './quality';
import type { QualityContext } from './quality-context';
import type { QualityRule } from './quality-rules';

type RequiredRule = Extract<QualityRule, { rule: 'required' }>;

/** Rules about every lead; what is asked from a later stage on was not owed at hand-off. */
const isOwedAtHandOff = (rule: QualityRule): rule is RequiredRule =>
  rule.rule === 'required' && rule.stage === undefined;

/** What a rule about fields is asked with, and never looks at. */
const unasked: Pick<QualityContext, 'stages' | 'personas' | 'scope' | 'matches' | 'sharing'> = {
  stages: [],
  personas: [],
  scope: { include: [], exclude: [] },
  matches: () => false,
  sharing: new Map(),
};

/**
 * `null`: the agreement requires nothing, or not all of it could be read. What a person dismissed counts as there.
 * @param facts of this lead, those that stand.
 * @param now epoch ms.
 */
export function isComplete(
  lead: Lead,
  rules: readonly QualityRule[],
  { facts, readable, now }: { readonly facts: readonly Fact[] } & Pick<QualityContext, 'readable' | 'now'>,
): boolean | null {
  const owed = rules.filter(isOwedAtHandOff);
  if (owed.length === 0 || owed.some(({ fields }) => fields.some((field) => !readable.has(field)))) return null;
  return qualityFlags(lead, owed, { ...unasked, facts, readable, now }).length === 0;
}
