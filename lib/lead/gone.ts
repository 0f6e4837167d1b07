/**
 * A lead that the CRM no longer has: merged into another or deleted, or no longer this person's to see. The CRM states no
 * instant for it and nobody brought the lead to an end, so it is told with bounds, and taken back when the lead is seen again.
 * Pure.
 */
import type { FactDraft } from './evidence';
import type { Fact, FactOf } from './facts';
import type { Lead, LeadKey, Observation } from './lead';
import { standing } from './standing';

/** @param missedAt when the CRM first did not answer for it, epoch ms */
export function goneFact({ key, id, seenAt }: Lead, missedAt: number): FactDraft {
  return {
    lead: key,
    at: missedAt,
    earliest: Math.min(seenAt, missedAt),
    author: `crm:${id.crm}`,
    evidence: 'crm-status',
    kind: 'disposition',
    outcome: 'merged',
  };
}

/** What says that the lead is gone, where nothing has been said of it since. */
function goneBy(facts: readonly Fact[]): FactOf<'disposition'> | null {
  let last: FactOf<'disposition'> | FactOf<'reopen'> | null = null;
  for (const fact of standing(facts))
    if ((fact.kind === 'disposition' || fact.kind === 'reopen') && (last === null || fact.at >= last.at)) last = fact;
  return last?.kind === 'disposition' && last.outcome === 'merged' ? last : null;
}

/** Whatever shows a lead shows that it is there: it goes on from where it stopped (rule 10). */
export function returnOf(
  { id, seenAt }: Observation,
  lead: LeadKey,
  facts: readonly Fact[],
): Extract<FactDraft, { readonly kind: 'reopen' }> | null {
  const gone = facts.length === 0 ? null : goneBy(facts);
  if (!gone || seenAt <= gone.at) return null;
  return { lead, at: seenAt, earliest: gone.at, author: `crm:${id.crm}`, evidence: 'crm-status', kind: 'reopen' };
}
