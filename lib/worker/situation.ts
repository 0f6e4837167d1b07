/**
 * How a lead stands, as far as acts depend on it: told from its facts in the order in which clocks read them, so that what a
 * person may do and what the clocks say never disagree. Pure.
 */
import { inOrder, isExact } from '../clock/story';
import { exactPrecision } from '../lead/evidence';
import type { Fact, FactOf, Readiness } from '../lead/facts';
import { standing } from '../lead/standing';

export type Answerable = FactOf<'flag'> | FactOf<'verdict'>;

export interface Situation {
  /** What stands and has happened by now, oldest first. */
  readonly facts: readonly Fact[];
  /** Earliest instant at which sales can have had it, epoch ms. */
  readonly handedOverAt: number | null;
  readonly closedAt: number | null;
  /** The last word of sales since the lead last came to it. */
  readonly verdict: FactOf<'verdict'> | null;
  readonly isPaused: boolean;
  readonly blocked: FactOf<'blocked'> | null;
  /** Genuine touches that the lead did not begin, since the hand-off. */
  readonly attempts: number;
  /** How often it was recycled. */
  readonly recycles: number;
  readonly readiness: Readiness | null;
  /** Flags and rejections that nobody has answered, oldest first. */
  readonly unanswered: readonly Answerable[];
  readonly answered: ReadonlySet<string>;
}

export const isAnswerable = (fact: Fact): fact is Answerable =>
  fact.kind === 'flag' || (fact.kind === 'verdict' && fact.verdict === 'rejected');

/** @param facts all facts of one lead, in any order. @param now epoch ms; what lies after it has not happened. */
export function situationOf(all: readonly Fact[], now: number): Situation {
  const facts = standing(all)
    .filter(({ at }) => at <= now)
    .toSorted(inOrder);
  let handedOverAt: number | null = null;
  let closedAt: number | null = null;
  let verdict: Situation['verdict'] = null;
  let pauses: FactOf<'pause'>[] = [];
  let blocked: Situation['blocked'] = null;
  let readiness: Readiness | null = null;
  let recycles = 0;
  for (const fact of facts) {
    if (fact.kind === 'hand-off') handedOverAt ??= fact.earliest ?? fact.at;
    if (fact.kind === 'disposition') closedAt ??= fact.at;
    if (fact.kind === 'readiness') readiness = fact.value;
    if (fact.kind === 'blocked') blocked ??= fact;
    if (fact.kind === 'unblocked') blocked = null;
    if (fact.kind === 'pause') pauses.push(fact);
    if (fact.kind === 'resume' || fact.kind === 'reopen') pauses = [];
    if (fact.kind === 'verdict') {
      verdict = fact;
      if (fact.verdict === 'recycled') recycles += 1;
    }
    if (fact.kind === 'reopen') closedAt = null;
    // It comes to sales once more.
    if ((fact.kind === 'reopen' || fact.kind === 'hand-off') && verdict?.verdict !== 'accepted') verdict = null;
  }
  const answered = new Set(facts.flatMap((fact) => (fact.kind === 'flag-answer' ? [fact.answers] : [])));
  return {
    facts,
    handedOverAt,
    closedAt,
    verdict,
    isPaused: pauses.some(({ until = Number.POSITIVE_INFINITY }) => until > now),
    blocked,
    attempts: attemptsSince(handedOverAt, facts),
    recycles,
    readiness,
    unanswered: facts.filter(isAnswerable).filter(({ id }) => !answered.has(id)),
    answered,
  };
}

/** What waits for an answer of marketing: flags and rejections that nobody answered, then that sales is blocked. */
export function questionsOf(facts: readonly Fact[], now: number): readonly Fact[] {
  // Most leads have no questions, and this runs for every lead that is computed.
  if (!facts.some((fact) => isAnswerable(fact) || fact.kind === 'blocked')) return [];
  const { unanswered, blocked } = situationOf(facts, now);
  return blocked?.by === 'sales' ? [...unanswered, blocked] : unanswered;
}

/** A call that a person and the CRM both recorded is one; so is a status without an instant beside a touch that has one. */
function attemptsSince(handedOverAt: number | null, facts: readonly Fact[]): number {
  const from = (handedOverAt ?? Number.NEGATIVE_INFINITY) - exactPrecision;
  const touches = facts.filter((fact) => fact.kind === 'touch' && fact.direction !== 'inbound' && fact.at >= from);
  const exact = touches.filter(isExact);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of exact) {
    if (at - last <= exactPrecision) continue;
    count += 1;
    last = at;
  }
  const shadows = (touch: Fact): boolean =>
    exact.some(({ at }) => at <= touch.at && at >= (touch.earliest ?? touch.at));
  return count + touches.filter((touch) => !isExact(touch) && !shadows(touch)).length;
}
