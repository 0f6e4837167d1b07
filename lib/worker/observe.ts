/**
 * Observations in, clocks out. One read and at most one write of the ledger for a message; nothing is written when nothing
 * new was learnt. If the ledger can't be written, the answer is still right, and the person is told.
 */
import { statusMeaning } from '../agreement/default';
import { isFromAhead } from '../ledger/ahead';
import { identify } from '../ledger/fact-id';
import { nextTask } from '../ledger/next-task';
import { LedgerFullError, type LeadRecord, type LeadWithFacts } from '../ledger/types';
import { factsFrom, withCorrection } from '../lead/evidence';
import type { Fact } from '../lead/facts';
import { returnOf } from '../lead/gone';
import { leadKey, type Lead, type LeadKey, type Observation } from '../lead/lead';
import { mergeObservation } from '../lead/merge';
import { seenByNow } from '../lead/seen-by-now';
import { viewsAfter, type Views } from '../lead/readable';
import type { ObserveReply, ObserveRequest } from '../messages/observing';
import type { Sender } from '../messages/router';
import type { AgreementInForce, WorkerContext } from './context';
import { openHours } from './open-hours';
import { project } from './project';
import { duplicateKeys } from './quality';
import { learnShownFields } from './shown-fields';
import { marksOf } from './work';

/** Being seen again is worth a write only this often, unless it settles whether a clock was missed. */
const seenAgainMs = 5 * 60_000;

/** Leads that are computed before another task may run: a sweep brings 200 in a message, and all at once take 70 ms. */
const leadsAtOnce = 40;

interface Outcome {
  readonly record: LeadRecord;
  readonly facts: readonly Fact[];
  readonly added: readonly Fact[];
  readonly changed: boolean;
}

/**
 * @param onChange called when something new was learnt.
 * @returns the clocks of every observed lead, most urgent first, with what a page needs to tick them.
 */
export async function observe(
  request: ObserveRequest,
  sender: Sender,
  context: WorkerContext,
  onChange: () => void = () => {},
): Promise<ObserveReply> {
  const now = context.now();
  const { outcomes, inForce } = await learnFrom(request, sender, context);
  if (outcomes.some(({ changed }) => changed)) onChange();
  const marks = await marksOf(outcomes, inForce, context);
  return {
    asOf: now,
    clocks: Object.fromEntries(outcomes.map(({ record }) => [record.key, record.clocks])),
    ...(Object.keys(marks).length > 0 ? { marks } : {}),
    open: openHours(inForce.versions, context.calendars, now),
    problems: await context.problems(),
  };
}

/** Learns from observations that nobody paints. */
export async function learnFrom(
  request: Pick<ObserveRequest, 'observations'>,
  sender: Sender,
  context: WorkerContext,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly inForce: AgreementInForce }> {
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
  await learnShownFields([...byLead.values()].flat(), context);
  return { outcomes: await context.alone(() => learn(byLead, inForce, context)), inForce };
}

function ownAddress(url: string | undefined, origin: string): boolean {
  if (url === undefined) return true;
  try {
    return new URL(url).origin === origin;
  } catch {
    return false;
  }
}

/** Reads, computes and writes in one ledger: what one did not give must not be written over in another. */
async function learn(
  byLead: ReadonlyMap<LeadKey, readonly Observation[]>,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<readonly Outcome[]> {
  let outcomes: readonly Outcome[] | null = null;
  try {
    const isKept = await context.withLedger(async (ledger) => {
      outcomes = await learnAll(byLead, await ledger.load([...byLead.keys()]), inForce, context);
      const changed = outcomes.filter((outcome) => outcome.changed);
      await ledger.save(
        changed.map((outcome) => outcome.record),
        changed.flatMap((outcome) => outcome.added),
      );
      return changed.length > 0 && ledger.durable;
    });
    if (isKept) {
      context.settle('ledger-full');
      context.settle('ledger-unavailable');
    }
  } catch (error) {
    const code = error instanceof LedgerFullError ? 'ledger-full' : 'ledger-unavailable';
    context.report({ code, since: context.now(), detail: error instanceof Error ? error.name : 'write' });
  }
  // Where nothing could be read, the page is told what follows from the page itself.
  return outcomes ?? learnAll(byLead, new Map(), inForce, context);
}

const unknown: LeadWithFacts = { record: undefined, facts: [] };

async function learnAll(
  byLead: ReadonlyMap<LeadKey, readonly Observation[]>,
  known: ReadonlyMap<LeadKey, LeadWithFacts>,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const entries = [...byLead];
  for (let from = 0; from < entries.length; from += leadsAtOnce) {
    if (from > 0) await nextTask();
    const some = entries
      .slice(from, from + leadsAtOnce)
      .map(([key, observations]) => learnLead(key, observations, known.get(key) ?? unknown, inForce, context));
    outcomes.push(...(await Promise.all(some)));
  }
  return outcomes;
}

async function learnLead(
  key: LeadKey,
  observations: readonly Observation[],
  known: LeadWithFacts,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<Outcome> {
  const stored = known.record?.lead;
  let lead: Lead | undefined = stored && seenByNow(stored, known.facts, context.now());
  let views: Views | undefined = known.record?.views;
  const facts = new Map(known.facts.map((fact) => [fact.id, fact]));
  const added: Fact[] = [];
  for (const observation of observations.toSorted((a, b) => a.seenAt - b.seenAt)) {
    const { crm, object } = observation.id;
    const meaningOf = (status: string) => statusMeaning(inForce.agreement, crm, object, status);
    const drafts = factsFrom(observation, key, lead, meaningOf).flatMap(
      (draft) => withCorrection(draft, observation, lead, facts.values()) ?? [],
    );
    const returned = returnOf(observation, key, [...facts.values()]);
    if (returned) drafts.push(returned);
    for (const fact of await Promise.all(drafts.map(identify))) {
      if (facts.has(fact.id)) continue;
      facts.set(fact.id, fact);
      // What was forgotten was counted then: it speaks while it is seen, and is not written again.
      if (fact.at > (known.forgottenUntil ?? Number.NEGATIVE_INFINITY))
        added.push({ ...fact, recordedAt: context.now() });
    }
    lead = mergeObservation(lead, observation, (status) => meaningOf(status) !== undefined);
    views = viewsAfter(views, observation);
  }
  const all = [...facts.values()];
  const seen = lead as Lead;
  const record: LeadRecord = {
    ...project(seen, all, inForce, context),
    dupes: await duplicateKeys(seen.fields, inForce, context),
    ...(views === undefined ? {} : { views }),
  };
  // Of an erased lead a page is told what follows from the page itself, and nothing of it is kept.
  if (known.erased) return { record, facts: all, added: [], changed: false };
  return { record, facts: all, added, changed: added.length > 0 || worthWriting(known.record, record, context.now()) };
}

function worthWriting(before: LeadRecord | undefined, after: LeadRecord, now: number): boolean {
  if (!before || before.projection !== after.projection || isFromAhead(before, now)) return true;
  // It is there after all.
  if (before.missedAt !== undefined) return true;
  if (JSON.stringify(before.lead.fields) !== JSON.stringify(after.lead.fields)) return true;
  if (before.lead.url !== after.lead.url || before.lead.touchesUnread !== after.lead.touchesUnread) return true;
  if (JSON.stringify([before.dupes, before.views]) !== JSON.stringify([after.dupes, after.views])) return true;
  if (after.lead.seenAt - before.lead.seenAt >= seenAgainMs) return true;
  // Seen after the due instant for the first time: that turns "unknown" into "overdue".
  return before.clocks.some(({ dueAt }) => dueAt !== null && before.lead.seenAt <= dueAt && after.lead.seenAt > dueAt);
}
