/** What waits for an answer of marketing: flags and rejections that nobody answered, and sales that says it is blocked. */
import { crmLabel } from '../crm/catalogue';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { LeadRecord, LeadWithFacts } from '../ledger/types';
import { queueRows, type WaitingRow } from '../messages/contract';
import type { WorkerContext } from './context';
import type { Due } from './due';
import { isAnswerable, situationOf } from './situation';

const dayMs = 86_400_000;
/** How far back questions without a clock are looked for: what nobody answered in two weeks is for the review. */
const daysBack = 14;
/** Facts that one look reads, about; a summary must open at once. */
const factsAtMost = 3_000;
const leadsAtMost = 200;

/** The newest first. */
async function leadsAskedAbout(context: WorkerContext): Promise<Set<LeadKey>> {
  const end = context.now() + 1;
  return context.withLedger(async (ledger) => {
    const keys = new Set<LeadKey>();
    let read = 0;
    for (let day = 0; day < daysBack && read < factsAtMost; day += 1)
      for await (const facts of ledger.factsBetween(end - (day + 1) * dayMs, end - day * dayMs)) {
        for (const fact of facts) if (isAnswerable(fact) || fact.kind === 'blocked') keys.add(fact.lead);
        read += facts.length;
      }
    return keys;
  });
}

const dueOf = (record: LeadRecord, commitment: string): number | null =>
  record.clocks.find((clock) => clock.commitment === commitment && clock.doneAt === null)?.dueAt ?? null;

function rowsOf({ record, facts }: LeadWithFacts, now: number): WaitingRow[] {
  if (!record) return [];
  const { unanswered, blocked } = situationOf(facts, now);
  const { fields, id, url } = record.lead;
  const row = (fact: Fact, dueAt: number | null): WaitingRow => ({
    lead: record.key,
    name: fields.name ?? id.recordId,
    company: fields.company ?? null,
    crm: crmLabel(id.crm),
    url: url ?? null,
    fact,
    dueAt,
  });
  const questions = unanswered.map((fact) => row(fact, fact.data === true ? dueOf(record, 'fix-data') : null));
  return blocked?.by === 'sales' ? [...questions, row(blocked, dueOf(record, 'unblock'))] : questions;
}

/** The soonest due first, then the oldest. */
export async function waitingFor({ me, candidates, snoozed }: Due, context: WorkerContext): Promise<WaitingRow[]> {
  if (me.person.side !== 'marketing') return [];
  const now = context.now();
  // A question with a clock is found by it, however old it is.
  const urgent = candidates.filter(({ record }) => record.clocks.some(({ owedBy }) => owedBy === 'marketing'));
  const keys = new Set([...urgent.map(({ record }) => record.key), ...(await leadsAskedAbout(context))]);
  const silent = [...keys].filter((key) => !snoozed.has(key)).slice(0, leadsAtMost);
  const known = await context.withLedger((ledger) => ledger.load(silent));
  const dueFirst = (a: number | null, b: number | null): number => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE);
  return [...known.values()]
    .flatMap((lead) => rowsOf(lead, now))
    .sort((a, b) => dueFirst(a.dueAt, b.dueAt) || a.fact.at - b.fact.at)
    .slice(0, queueRows);
}
