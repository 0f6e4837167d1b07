/**
 * The automatic quality flags of a lead: what the agreement's quality rules find on it, and what to do about each. Pure;
 * flags are derived and never stored. What is not known is not held against a lead: a field that no page or API could have
 * shown is unknown and not missing, and a list that is not at hand silences its rule.
 */
import type { Fact } from './facts';
import type { FieldName, Lead } from './lead';
import { findingsOf } from './quality-checks';
import type { QualityContext } from './quality-context';
import type { QualityCode, QualityFinding, QualityFlag, QualityRule } from './quality-rules';

/** Which of marketing's two axes a finding is on. */
const axes: Readonly<Record<QualityCode, QualityFlag['axis']>> = {
  required: 'readiness',
  // A private address says nothing about the company, so the lead is not ready; a work address would settle it.
  'free-mail': 'readiness',
  'disposable-mail': 'fit',
  'mail-syntax': 'readiness',
  phone: 'readiness',
  duplicate: 'fit',
  persona: 'fit',
  scope: 'fit',
  'scope-excluded': 'fit',
  stale: 'readiness',
};

function fieldOf(finding: QualityFinding): FieldName | undefined {
  if (finding.code === 'required') return finding.field;
  if (finding.code === 'phone') return 'phone';
  return finding.code.endsWith('mail') || finding.code === 'mail-syntax' ? 'email' : undefined;
}

/** FNV-1a, 32 bits. Short on purpose: it tells a changed value from the same one and gives no value away. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * Whether a person found that this flag does not hold. A dismissal that names `rule#fingerprint` holds for the value that
 * the lead had then: how we know that it changed is that the fingerprint did. One that names the rule alone holds until the
 * CRM says that the record was changed later.
 */
function isDismissed({ rule, dismissAs }: QualityFlag, lead: Lead, facts: readonly Fact[]): boolean {
  const { modifiedAt } = lead.fields;
  return facts.some(
    (fact) =>
      fact.kind === 'dismissal' &&
      (fact.rule === dismissAs || (fact.rule === rule && !(modifiedAt && modifiedAt.at > fact.at))),
  );
}

/** What the agreement's rules find on this lead, in their written order, without what a person dismissed. */
export function qualityFlags(
  lead: Lead,
  rules: readonly QualityRule[],
  context: QualityContext,
): readonly QualityFlag[] {
  return rules.flatMap((rule) =>
    findingsOf(rule, lead, context).flatMap(({ finding, about }) => {
      const field = fieldOf(finding);
      const flag: QualityFlag = {
        rule: rule.id,
        kind: rule.rule,
        axis: axes[finding.code],
        ...(field === undefined ? {} : { field }),
        what: finding,
        todo: finding.code,
        dismissAs: `${rule.id}#${fingerprint(`${finding.code}|${about}`)}`,
      };
      return isDismissed(flag, lead, context.facts) ? [] : [flag];
    }),
  );
}
