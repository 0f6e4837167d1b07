/**
 * From a lead, its facts and its clocks to its digest. Pure: the same facts in any order, and more than once, give the same
 * digest. Facts that are corrected or dated after `now` do not count.
 */
import type { PeriodPromise } from '../agreement/schema';
import type { Clock } from '../clock/types';
import { boundsOf, isExact, tell, type Story } from '../clock/story';
import { exactPrecision } from '../lead/evidence';
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import { standing } from '../lead/standing';
import { coveredBy } from './covered';
import { digestClock } from './digest-clock';
import { fateOf, flagsOf, lateOf, verdictOf } from './digest-history';
import { holdsUntil } from './holds-until';
import { leftBehindOf } from './left-behind';
import { spentBetween, type Measure } from './spent';
import { digestSchema, type Digest, type OutcomePart, type Spent } from './types';

/** Evidence of a CRM that shows minutes may seem to lie up to a minute before what it answers. */
const tolerance = exactPrecision;

export interface DigestInput {
  readonly lead: Lead;
  /** Facts of this lead, in any order, corrections included. */
  readonly facts: readonly Fact[];
  /** What `evaluateAll` gave for them at `now`, in any order. */
  readonly clocks: readonly Clock[];
  /** Epoch ms. */
  readonly now: number;
  /** Counts working time where no promise names a calendar; `null`: such times are elapsed only. */
  readonly measure: Measure | null;
  /** Whether the quality rules found the agreed data at hand-off; `null` or absent where nobody looked. */
  readonly complete?: boolean | null;
  /** Promises per period of all versions of the agreement. */
  readonly promises?: readonly PeriodPromise[];
}

export function digestOf(input: DigestInput): Digest {
  const { lead, now, measure } = input;
  const { told, future } = once(input.facts, now);
  const story = tell(told, now);
  const { fields } = lead;
  const handOff = story.handOff;
  const outcome = outcomeOf(story, told);
  const verdict = verdictOf(told, story);
  const flags = flagsOf(told, measure);
  const tierChange = told.findLast((fact) => fact.kind === 'tier-change');
  const tier = (tierChange?.kind === 'tier-change' ? tierChange.tier : fields.tier) ?? null;
  const rep = fields.ownerId ?? fields.owner ?? null;
  const touched = attemptsOn(story);
  return {
    schema: digestSchema,
    lead: lead.key,
    crm: lead.id.crm,
    source: fields.source ?? null,
    campaign: fields.campaign ?? null,
    tier,
    stage: fields.status ?? fields.statusLabel ?? null,
    rep,
    repName: fields.owner ?? null,
    handOff: handOff?.at ?? null,
    handOffExact: handOff?.exact ?? false,
    seenAt: lead.seenAt,
    asOf: now,
    clocks: input.clocks.toSorted(inFixedOrder).map((clock) => digestClock(clock, story, measure)),
    verdict: verdict.part,
    verdictReason: verdict.reason,
    toAccept: untilFirst(story, story.acceptances.filter(takesTheLead), measure),
    toTouch: untilFirst(story, story.touches, measure),
    flags,
    // What sales missed at hand-off may have been filled in since.
    complete: flags.some(({ data }) => data) ? false : (input.complete ?? null),
    readiness: readinessOf(told, handOff?.at ?? null),
    recycled: fateOf(told, outcome),
    touches: countTouches(touched),
    attempts: attemptsUntilAnswer(story, touched),
    leftBehind: leftBehindOf({ story, facts: told, clocks: input.clocks, now, rep, outcome, verdict: verdict.part }),
    promises: coveredBy(input.promises ?? [], fields, tier),
    outcome,
    qualified: told.some(
      (fact) => fact.kind === 'disposition' && (fact.outcome === 'won' || fact.outcome === 'converted'),
    ),
    late: lateOf(input.facts, told, now),
    future,
    holdsUntil: holdsUntil(input.facts, input.clocks, now),
  };
}

/** Clocks come by urgency, which time changes; a digest says the same until something does. */
function inFixedOrder(a: Clock, b: Clock): number {
  const [one, other] = [a.dueAt ?? Number.MAX_VALUE, b.dueAt ?? Number.MAX_VALUE];
  if (one !== other) return one - other;
  if (a.commitment !== b.commitment) return a.commitment < b.commitment ? -1 : 1;
  if (a.subject !== b.subject) return a.subject === 'lead' ? -1 : 1;
  return (a.startAt ?? 0) - (b.startAt ?? 0);
}

/** Each standing fact once, in order of time; those after `now` are only counted. */
function once(facts: readonly Fact[], now: number): { told: readonly Fact[]; future: number } {
  const ids = new Set<string>();
  const told: Fact[] = [];
  let future = 0;
  for (const fact of standing(facts)) {
    if (ids.has(fact.id)) continue;
    ids.add(fact.id);
    if (fact.at > now) future += 1;
    else told.push(fact);
  }
  told.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return { told, future };
}

/** The outcome that stands: the last disposition of a lead that is closed now. */
function outcomeOf(story: Story, told: readonly Fact[]): OutcomePart {
  if (story.closed === null) return 'open';
  const last = told.findLast((fact) => fact.kind === 'disposition');
  return last?.kind === 'disposition' ? last.outcome : 'open';
}

/** What shows that sales took the lead. A rejection answers the hand-off and takes nothing. */
function takesTheLead(fact: Fact): boolean {
  if (fact.kind === 'verdict') return fact.verdict === 'accepted';
  if (fact.kind === 'disposition')
    return fact.outcome === 'won' || fact.outcome === 'lost' || fact.outcome === 'converted';
  return fact.kind === 'touch';
}

/** From the hand-off to the first of these facts; `null` where either instant is not exact. */
function untilFirst(story: Story, evidence: readonly Fact[], measure: Measure | null): Spent | null {
  const start = story.handOff;
  if (!start?.exact) return null;
  let [earliest, at] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const fact of evidence) {
    if (fact.at < start.at - tolerance) continue;
    const bounds = boundsOf(fact);
    earliest = Math.min(earliest, bounds.earliest);
    at = Math.min(at, bounds.at);
  }
  // Something that may have happened before the first exact instant leaves the length open.
  if (at === Number.POSITIVE_INFINITY || earliest < at) return null;
  return spentBetween(start.at, Math.max(at, start.at), story.pausesOfSales, measure);
}

function readinessOf(told: readonly Fact[], handOff: number | null): Digest['readiness'] {
  if (handOff === null) return null;
  const last = told.findLast((fact) => fact.kind === 'readiness' && fact.at <= handOff);
  return last?.kind === 'readiness' ? last.value : null;
}

/** An attempt of ours, not a call that the lead made. */
const isOurs = (fact: Fact): boolean => fact.kind === 'touch' && fact.direction !== 'inbound';

/** Our touches since the lead may have been handed over; what came before belongs to nobody's promise. */
function attemptsOn(story: Story): readonly Fact[] {
  const from = (story.handOff?.earliest ?? Number.NEGATIVE_INFINITY) - tolerance;
  return story.touches.filter((fact) => isOurs(fact) && fact.at >= from);
}

/**
 * One call that a person and the CRM both recorded is one touch. Touches without an instant can't be told apart, so they
 * are one, and only where nothing better is known.
 */
function countTouches(touches: readonly Fact[]): number {
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const fact of touches) {
    if (!isExact(fact) || fact.at - last <= tolerance) continue;
    last = fact.at;
    count += 1;
  }
  return count === 0 && touches.length > 0 ? 1 : count;
}

function attemptsUntilAnswer(story: Story, touched: readonly Fact[]): number | null {
  const from = story.handOff?.at ?? Number.NEGATIVE_INFINITY;
  const answers = [...story.inbounds, ...story.touches].filter((fact) => fact.at >= from && !isOurs(fact));
  if (answers.length === 0) return null;
  const answeredAt = Math.min(...answers.map(({ at }) => at));
  return countTouches(touched.filter((fact) => fact.at < answeredAt));
}
