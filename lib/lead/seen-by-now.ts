/**
 * A lead that claims to have been seen in the future. The computer's clock ran ahead when it was read, or the file that it came
 * in was written on such a computer; as it stands, every later look would count as older for as long as the clock was off, and
 * it would bear witness of time that has not come (rule 12). Pure.
 */
import type { Fact } from './facts';
import { instantFields, type Lead, type LeadFields } from './lead';

/** Two clocks that are set by the network may differ by this and mean nothing, ms. */
export const skewMs = 5 * 60_000;

/**
 * The lead as it can have been seen by now: the very same where that is so. When it really was read is not known, but it was
 * not before anything that the CRM said of it then.
 * @param facts of this lead
 * @param now epoch ms
 */
export function seenByNow(lead: Lead, facts: readonly Fact[], now: number): Lead {
  if (lead.seenAt <= now) return lead;
  if (lead.seenAt <= now + skewMs) return { ...lead, seenAt: now };
  const seenAt = Math.max(0, ...stated(lead.fields, facts).filter((at) => at <= now));
  return { ...lead, seenAt, fields: isToldAhead(facts, now) ? withoutStatus(lead.fields) : lead.fields };
}

function stated(fields: LeadFields, facts: readonly Fact[]): number[] {
  const ofFields = instantFields.flatMap((name) => fields[name]?.at ?? []);
  return [...ofFields, ...facts.flatMap(({ evidence, at }) => (evidence === 'person' ? [] : at))];
}

/** What its status proved lies ahead with that look, and counts for nothing until then. */
const isToldAhead = (facts: readonly Fact[], now: number): boolean =>
  facts.some(({ evidence, at }) => evidence === 'crm-status' && at > now);

/** As if it had not been seen: the next look says once more what it proves, with bounds that hold. */
function withoutStatus({ status: _status, statusLabel: _label, ...fields }: LeadFields): LeadFields {
  return fields;
}
