/**
 * Acts of people become facts. One act is one read-modify-write of the ledger, done alone, so that two tabs never act on the
 * same state; it is acknowledged once the facts are on disk, and never when they lie in memory only.
 */
import { identify } from '../ledger/fact-id';
import { LedgerFullError, type Ledger, type LeadRecord, type LeadWithFacts } from '../ledger/types';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { undoMs, type Act, type ActRefusal, type ActReply, type ActRequest } from '../messages/acts';
import type { Sender } from '../messages/router';
import { authorOn, readPerson, type PersonSettings } from '../settings/person';
import { draftOf, type Drafted } from './acting';
import type { Actor, LeadAct } from './acting-types';
import type { AgreementInForce, WorkerContext } from './context';
import { leadsShownIn } from './grants';
import { projectAgain } from './project';
import { situationOf } from './situation';
import { readViewers, type Viewers } from './viewers';

/** An act is repeated for no longer than this, ms. */
const repeatedWithinMs = 60_000;

/** Which leads this sender may speak for. */
async function spokenFor(sender: Sender): Promise<(lead: LeadKey) => boolean> {
  // A content script shares its process with the page.
  if (sender.kind === 'page') return () => false;
  if (sender.kind !== 'panel') return () => true;
  const shown = await leadsShownIn(sender);
  return (lead) => shown.has(lead);
}

export interface ActOutcome {
  readonly reply: ActReply;
  /** Leads that something was written of. */
  readonly changed: readonly LeadKey[];
}

export async function act(request: ActRequest, sender: Sender, context: WorkerContext): Promise<ActOutcome> {
  const leads = [...new Set(request.leads)];
  const refused: Record<LeadKey, ActRefusal> = {};
  const mayActOn = await spokenFor(sender);
  const allowed = leads.filter(mayActOn);
  for (const lead of leads) if (!mayActOn(lead)) refused[lead] = 'not-allowed';
  if (allowed.length === 0) return nothing('not-allowed');
  const [inForce, viewers, { person }] = await Promise.all([context.agreement(), readViewers(), readPerson()]);
  const now = context.now();
  const { askedAt = now } = request;
  const at = askedAt <= now && now - askedAt <= repeatedWithinMs ? askedAt : now;
  const performance: Performance = { request, at, now, inForce, viewers, person, context, written: new Map() };
  const outcome = await context.alone(() =>
    context
      .withLedger((ledger) => perform(ledger, allowed, performance))
      .catch((error: unknown) => failed(error, context)),
  );
  if (typeof outcome === 'string') return nothing(outcome);
  Object.assign(refused, outcome.refused);
  if (outcome.facts.length === 0) {
    const [code = 'no-such-lead'] = Object.values(outcome.refused);
    const { successor } = outcome;
    return { reply: { ok: false, code, ...(successor === undefined ? {} : { successor }) }, changed: [] };
  }
  context.settle('ledger-full');
  const reply = { ok: true, facts: outcome.facts, undoUntil: now + undoMs, refused } as const;
  return { reply, changed: outcome.changed };
}

const nothing = (code: ActRefusal): ActOutcome => ({ reply: { ok: false, code }, changed: [] });

function failed(error: unknown, context: WorkerContext): ActRefusal {
  const code = error instanceof LedgerFullError ? 'ledger-full' : 'ledger-unavailable';
  context.report({ code, since: context.now(), detail: error instanceof Error ? error.name : 'write' });
  return code;
}

interface Performance {
  readonly request: ActRequest;
  readonly at: number;
  readonly now: number;
  readonly inForce: AgreementInForce;
  readonly viewers: Viewers;
  readonly person: PersonSettings;
  readonly context: WorkerContext;
  /** What a first try may have written before the database was closed under it. */
  readonly written: Map<LeadKey, Fact>;
}

interface Performed {
  readonly facts: readonly string[];
  readonly changed: readonly LeadKey[];
  readonly refused: Readonly<Record<LeadKey, ActRefusal>>;
  readonly successor?: string;
}

async function perform(
  ledger: Ledger,
  leads: readonly LeadKey[],
  performance: Performance,
): Promise<Performed | ActRefusal> {
  if (!ledger.durable) return 'ledger-unavailable';
  const known = await ledger.load(leads);
  const refused: Record<LeadKey, ActRefusal> = {};
  const ids: string[] = [];
  const added: Fact[] = [];
  const records: LeadRecord[] = [];
  let successor: string | undefined;
  for (const lead of leads) {
    const { record, facts, erased, forgottenUntil = Number.NEGATIVE_INFINITY } = known.get(lead) ?? noLead;
    const before = performance.written.get(lead);
    if (before && facts.some(({ id }) => id === before.id)) {
      ids.push(before.id);
      continue;
    }
    if (erased || !record) {
      refused[lead] = erased ? 'erased' : 'no-such-lead';
      continue;
    }
    const drafted = draftOn(record, facts, performance);
    if (!drafted.ok) {
      refused[lead] = drafted.refusal;
      successor ??= drafted.successor;
      continue;
    }
    if ('repeated' in drafted) {
      ids.push(drafted.repeated);
      continue;
    }
    const fact = await identify(drafted.draft);
    if (fact.at <= forgottenUntil) {
      refused[lead] = 'forgotten';
      continue;
    }
    added.push(fact);
    performance.written.set(lead, fact);
    records.push(recordWith(record, facts, fact, performance));
  }
  const kept = await ledger.save(records, added);
  for (const { id, lead } of added)
    if (kept.has(id)) ids.push(id);
    else refused[lead] = 'forgotten';
  const changed = records.map(({ key }) => key).filter((key) => !Object.hasOwn(refused, key));
  return { facts: ids, changed, refused, ...(successor === undefined ? {} : { successor }) };
}

const noLead: LeadWithFacts = { record: undefined, facts: [] };

/** Who this person is on the CRM of a lead. */
export function actorOn(record: Pick<LeadRecord, 'lead'>, viewers: Viewers, person: PersonSettings): Actor {
  return { name: authorOn(record.lead, viewers, person), side: person.side };
}

function draftOn(
  record: LeadRecord,
  facts: readonly Fact[],
  { request, at, now, inForce, viewers, person }: Performance,
): Drafted {
  // An act may lie a moment ahead, behind one of the same instant.
  const situation = situationOf(facts, latestOf(facts, now));
  const { agreement } = inForce;
  const actor = actorOn(record, viewers, person);
  return draftOf(actOn(request.act, facts), { lead: record.key, facts, situation, agreement, actor, at, now });
}

/** What an act is for the lead of these facts. */
function actOn(asked: Act, facts: readonly Fact[]): LeadAct {
  if (asked.do !== 'undo') return asked;
  const [first = ''] = asked.facts;
  // One that it does not have is refused.
  return { do: 'undo', fact: facts.find(({ id }) => asked.facts.includes(id))?.id ?? first };
}

/** How far ahead acts of one instant can push each other, ms. */
const crowdMs = 1_000;

/** `now`, or the instant of the last fact that was put a moment behind it. */
export function latestOf(facts: readonly Fact[], now: number): number {
  let latest = now;
  for (const { at } of facts) if (at > latest && at <= now + crowdMs) latest = at;
  return latest;
}

function recordWith(
  record: LeadRecord,
  facts: readonly Fact[],
  fact: Fact,
  { inForce, context, now }: Performance,
): LeadRecord {
  const all = [...facts, fact];
  const calendars = context.calendars;
  return projectAgain(record, all, inForce, { calendars, now: () => latestOf(all, now) });
}
