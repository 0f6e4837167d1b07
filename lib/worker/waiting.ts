/** What waits for an answer of marketing: flags and rejections that nobody answered, and sales that says it is blocked. */
import { crmLabel } from '../crm/catalogue';
import type { Fact } from '../lead/facts';
import type { DueLead } from '../ledger/types';
import { queueRows, type WaitingRow } from '../messages/summary';
import type { WorkerContext } from './context';
import type { Due } from './due';

const dayMs = 86_400_000;
/** How far back questions without a clock are looked for: what nobody answered in two weeks is for the review. */
const daysBack = 14;
const leadsAtMost = 200;

function rowsOf({ key, lead, clocks, questions }: DueLead): WaitingRow[] {
  const dueOf = (commitment: string): number | null =>
    clocks.find((clock) => clock.commitment === commitment)?.dueAt ?? null;
  const dueAtOf = (fact: Fact): number | null => {
    if (fact.kind === 'blocked') return dueOf('unblock');
    return 'data' in fact && fact.data ? dueOf('fix-data') : null;
  };
  const { fields, id, url } = lead;
  return questions.map((fact) => ({
    lead: key,
    name: fields.name ?? id.recordId,
    company: fields.company ?? null,
    crm: crmLabel(id.crm),
    url: url ?? null,
    fact,
    dueAt: dueAtOf(fact),
  }));
}

/** The soonest due first, then the oldest. */
export async function waitingFor({ me, candidates, snoozed }: Due, context: WorkerContext): Promise<WaitingRow[]> {
  if (me.person.side !== 'marketing') return [];
  const since = context.now() + 1 - daysBack * dayMs;
  // A question with a clock is found by it, however old it is.
  const urgent = candidates.filter(({ record }) => record.clocks.some(({ owedBy }) => owedBy === 'marketing'));
  const asked = await context.withLedger((ledger) => ledger.askedSince(since, leadsAtMost + snoozed.size));
  const leads = new Map([...urgent.map(({ record }) => record), ...asked].map((lead) => [lead.key, lead]));
  const dueFirst = (a: number | null, b: number | null): number => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE);
  return [...leads.values()]
    .filter(({ key }) => !snoozed.has(key))
    .slice(0, leadsAtMost)
    .flatMap(rowsOf)
    .sort((a, b) => dueFirst(a.dueAt, b.dueAt) || a.fact.at - b.fact.at)
    .slice(0, queueRows);
}
