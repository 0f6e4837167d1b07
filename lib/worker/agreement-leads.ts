/**
 * What the agreement's editor asks of the leads that are known here: how many a condition takes, and which statuses they have. One
 * bounded walk over the ledger for each question; nothing is kept and nothing leaves but counts and the CRM's own words.
 */
import type { Condition } from '../agreement/schema';
import { anyGroupOf, valuesOf } from '../lead/conditions';
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import type { LeadCount, SeenStatus } from '../messages/agreements';
import type { WorkerContext } from './context';

/** Leads of one look; a ledger of 10,000 is read whole. */
const leadsAtMost = 50_000;
const pageSize = 500;
/** Statuses that are told; a field that holds free text has no end of them. */
const statusesAtMost = 500;

async function eachLead(
  context: WorkerContext,
  look: (lead: Lead, facts: readonly Fact[]) => void,
  begin: () => void,
): Promise<void> {
  await context.withLedger(async (ledger) => {
    begin();
    let after: string | undefined;
    let seen = 0;
    do {
      const page = await ledger.knownAfter(after, pageSize);
      for (const { lead, facts } of page.items) if (lead) look(lead, facts);
      seen += page.items.length;
      after = page.next;
    } while (after !== undefined && seen < leadsAtMost);
  });
}

/** The tier that counts is the one that facts know last. */
function tierOf(lead: Lead, facts: readonly Fact[]): string | undefined {
  let last: { readonly at: number; readonly tier: string } | undefined;
  for (const fact of facts) if (fact.kind === 'tier-change' && (!last || fact.at >= last.at)) last = fact;
  return last?.tier ?? lead.fields.tier;
}

/** How many of the known leads meet one of the groups; no group at all is every lead. */
export async function countLeads(
  groups: readonly (readonly Condition[])[],
  context: WorkerContext,
): Promise<LeadCount> {
  const test = groups.length === 0 ? () => true : anyGroupOf(groups);
  let [matching, known] = [0, 0];
  await eachLead(
    context,
    (lead, facts) => {
      known += 1;
      if (test(valuesOf(lead.fields, tierOf(lead, facts)))) matching += 1;
    },
    () => {
      [matching, known] = [0, 0];
    },
  );
  return { matching, known };
}

/** The statuses that leads have now, those of most leads first. */
export async function seenStatuses(context: WorkerContext): Promise<readonly SeenStatus[]> {
  const seen = new Map<string, SeenStatus>();
  await eachLead(
    context,
    ({ id: { crm, object }, fields }) => {
      const status = fields.status ?? fields.statusLabel;
      if (status === undefined) return;
      const key = JSON.stringify([crm, object, status]);
      const before = seen.get(key);
      if (!before && seen.size >= statusesAtMost) return;
      const label = fields.statusLabel ?? before?.label;
      seen.set(key, {
        crm,
        object,
        status,
        ...(label === undefined ? {} : { label }),
        leads: (before?.leads ?? 0) + 1,
      });
    },
    () => seen.clear(),
  );
  return [...seen.values()].toSorted((a, b) => b.leads - a.leads);
}
