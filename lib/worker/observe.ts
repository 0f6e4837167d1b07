/**
 * Observations in, clocks out. One read and at most one write of the ledger for a message; nothing is written when nothing
 * new was learnt. If the ledger can't be written, the answer is still right, and the person is told.
 */
import { statusMeaning } from '../agreement/default';
import type { Clock } from '../clock/types';
import { identify } from '../ledger/fact-id';
import { LedgerFullError, type LeadRecord, type LeadWithFacts } from '../ledger/types';
import { factsFrom } from '../lead/evidence';
import type { Fact } from '../lead/facts';
import { leadKey, type Lead, type LeadKey, type Observation } from '../lead/lead';
import { mergeObservation } from '../lead/merge';
import type { ObserveReply, ObserveRequest } from '../messages/contract';
import type { Sender } from '../messages/router';
import type { AgreementInForce, WorkerContext } from './context';
import { openHours } from './open-hours';
import { project } from './project';

/** Being seen again is worth a write only this often, unless it settles whether a clock was missed. */
const seenAgainMs = 5 * 60_000;

interface Outcome {
  readonly record: LeadRecord;
  readonly added: readonly Fact[];
  readonly changed: boolean;
}

/** @returns the clocks of every observed lead, most urgent first, with what a page needs to tick them. */
export async function observe(request: ObserveRequest, sender: Sender, context: WorkerContext): Promise<ObserveReply> {
  const now = context.now();
  const byLead = new Map<LeadKey, Observation[]>();
  for (const observation of request.observations) {
    // A page speaks for its own origin only, and nothing was seen in the future.
    if (observation.id.origin !== sender.origin || !ownAddress(observation.url, sender.origin)) continue;
    const sane = observation.seenAt > now ? { ...observation, seenAt: now } : observation;
    const key = leadKey(sane.id);
    byLead.set(key, [...(byLead.get(key) ?? []), sane]);
  }
  const inForce = await context.agreement();
  const clocks = await context.alone(() => learn(byLead, inForce, context));
  return {
    asOf: now,
    clocks,
    open: openHours(inForce.agreement, context.calendars, now),
    problems: await context.problems(),
  };
}

function ownAddress(url: string | undefined, origin: string): boolean {
  if (url === undefined) return true;
  try {
    return new URL(url).origin === origin;
  } catch {
    return false;
  }
}

async function learn(
  byLead: ReadonlyMap<LeadKey, readonly Observation[]>,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<Record<LeadKey, readonly Clock[]>> {
  const known = await context
    .withLedger((ledger) => ledger.load([...byLead.keys()]))
    .catch((): Map<LeadKey, LeadWithFacts> => {
      context.report({ code: 'ledger-unavailable', since: context.now(), detail: 'read' });
      return new Map();
    });
  const outcomes = await Promise.all(
    [...byLead].map(([key, observations]) =>
      learnLead(key, observations, known.get(key) ?? { record: undefined, facts: [] }, inForce, context),
    ),
  );
  const changed = outcomes.filter((outcome) => outcome.changed);
  try {
    const durable = await context.withLedger(async (ledger) => {
      await ledger.save(
        changed.map((outcome) => outcome.record),
        changed.flatMap((outcome) => outcome.added),
      );
      return ledger.durable;
    });
    if (changed.length > 0 && durable) {
      context.settle('ledger-full');
      context.settle('ledger-unavailable');
    }
  } catch (error) {
    const code = error instanceof LedgerFullError ? 'ledger-full' : 'ledger-unavailable';
    context.report({ code, since: context.now(), detail: error instanceof Error ? error.name : 'write' });
  }
  return Object.fromEntries(outcomes.map(({ record }) => [record.key, record.clocks]));
}

async function learnLead(
  key: LeadKey,
  observations: readonly Observation[],
  known: LeadWithFacts,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<Outcome> {
  const before = known.record?.lead;
  let lead: Lead | undefined = before;
  const facts = new Map(known.facts.map((fact) => [fact.id, fact]));
  const added: Fact[] = [];
  for (const observation of observations.toSorted((a, b) => a.seenAt - b.seenAt)) {
    const { crm, object } = observation.id;
    const meaningOf = (status: string) => statusMeaning(inForce.agreement, crm, object, status);
    const drafts = factsFrom(observation, key, lead, meaningOf);
    for (const fact of await Promise.all(drafts.map(identify))) {
      if (facts.has(fact.id)) continue;
      facts.set(fact.id, fact);
      added.push(fact);
    }
    lead = mergeObservation(lead, observation);
  }
  const record = project(lead as Lead, [...facts.values()], inForce, context);
  return { record, added, changed: added.length > 0 || worthWriting(known.record, record) };
}

function worthWriting(before: LeadRecord | undefined, after: LeadRecord): boolean {
  if (!before || before.projection !== after.projection) return true;
  if (JSON.stringify(before.lead.fields) !== JSON.stringify(after.lead.fields)) return true;
  if (before.lead.url !== after.lead.url) return true;
  if (after.lead.seenAt - before.lead.seenAt >= seenAgainMs) return true;
  // Seen after the due instant for the first time: that turns "unknown" into "overdue".
  return before.clocks.some(({ dueAt }) => dueAt !== null && before.lead.seenAt <= dueAt && after.lead.seenAt > dueAt);
}
