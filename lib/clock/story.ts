/**
 * The facts of one lead, read once: in order, each once, sorted by what the clocks ask of them. Facts arrive in any order
 * and more than once; whatever order they come in, the story is the same.
 */
import { exactPrecision } from '../lead/evidence';
import type { Fact, FactKind, FactOf } from '../lead/facts';
import { standing } from '../lead/standing';
import { apart, type StoryPause } from './pauses';

/** When something happened: somewhere in `[earliest, at]`. Equal where it is exact. */
export interface Bounds {
  readonly earliest: number;
  readonly at: number;
}

/** A stretch that has not ended: the lead is closed, or was handed back to marketing. */
interface Ending extends Bounds {
  readonly reason: string;
  readonly author: string;
}

export interface Story {
  /** The hand-off; `exact` only when a clock may start from it. `null` without any. */
  readonly handOff: (Bounds & { readonly exact: boolean }) | null;
  readonly touches: readonly Fact[];
  /** What shows that sales has taken the lead: a verdict, a touch, or a disposition that implies a verdict. */
  readonly acceptances: readonly Fact[];
  readonly inbounds: readonly Fact[];
  /** Flags and verdicts with a data reason. */
  readonly dataFlags: readonly Fact[];
  readonly flagAnswers: readonly FactOf<'flag-answer'>[];
  /** `blocked` and `unblocked`. */
  readonly blocks: readonly Fact[];
  readonly reassignments: readonly FactOf<'reassignment'>[];
  /** What may change the terms of a running clock. */
  readonly changes: readonly (FactOf<'tier-change'> | FactOf<'agreement-applied'>)[];
  readonly pauses: readonly StoryPause[];
  /** `pauses`, and the time between a rejection and the next acceptance, which is none of sales' either. */
  readonly pausesOfSales: readonly StoryPause[];
  /** Closed now (rule 14). */
  readonly closed: (Ending & { readonly merged: boolean }) | null;
  /** Handed back to marketing by a rejection, and not taken again since. */
  readonly returned: Ending | null;
}

/**
 * Order of facts of one instant. Minute-precise CRMs make such ties common, so the order is the one that never stops a
 * clock silently: a resume ends a pause of the same instant, a touch answers a message of the same instant.
 */
const rankOfKind: Readonly<Record<FactKind, number>> = {
  'hand-off': 0,
  'agreement-applied': 1,
  'tier-change': 2,
  reassignment: 3,
  reopen: 4,
  blocked: 5,
  inbound: 6,
  touch: 7,
  verdict: 8,
  flag: 9,
  'flag-answer': 10,
  unblocked: 11,
  pause: 12,
  resume: 13,
  disposition: 14,
  acknowledgement: 15,
  readiness: 16,
  note: 17,
  dismissal: 18,
  retraction: 19,
  approval: 20,
};

export function inOrder(a: Fact, b: Fact): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.kind !== b.kind) return rankOfKind[a.kind] - rankOfKind[b.kind];
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Each fact once and in order; the very list that came in where it already is so. */
function sorted(given: readonly Fact[]): readonly Fact[] {
  const facts = standing(given);
  for (let i = 1; i < facts.length; i++)
    if (inOrder(facts[i - 1]!, facts[i]!) >= 0) return facts.toSorted(inOrder).filter(isFirstOfItsId);
  return facts;
}

const isFirstOfItsId = (fact: Fact, index: number, all: readonly Fact[]): boolean =>
  index === 0 || all[index - 1]!.id !== fact.id;

/** Minutes are exact enough: the same tolerance that the reading of facts uses. */
export const isExact = (fact: Fact): boolean =>
  fact.earliest === undefined || fact.at - fact.earliest <= exactPrecision;

export const boundsOf = (fact: Fact): Bounds => ({
  earliest: isExact(fact) ? fact.at : (fact.earliest ?? fact.at),
  at: fact.at,
});

/**
 * Without the inexact facts whose window holds an exact one of their kind: a status seen at noon is the shadow of the call
 * logged at eleven, and must not blur it.
 */
function withoutShadows(facts: readonly Fact[]): readonly Fact[] {
  if (facts.every(isExact)) return facts;
  return facts.filter(
    (fact) =>
      isExact(fact) ||
      !facts.some((other) => other.kind === fact.kind && isExact(other) && within(other.at, boundsOf(fact))),
  );
}

const within = (at: number, bounds: Bounds): boolean => at >= bounds.earliest && at <= bounds.at;

/**
 * The start of the lead's clocks: its earliest hand-off. An inexact one is no usable start, unless an exact one lies in
 * its window and so is the same hand-off, read better.
 */
function handOffOf(handOffs: readonly Fact[]): Story['handOff'] {
  const first = withoutShadows(handOffs)[0];
  return first ? { ...boundsOf(first), exact: isExact(first) } : null;
}

/** Outcomes that nobody reaches without having taken the lead. A merged or merely closed lead may never have been seen. */
const impliesVerdict = new Set(['won', 'lost', 'converted', 'disqualified']);

/** @param facts the facts of one lead, in any order, also more than once; those after `now` are not told yet. */
export function tell(facts: readonly Fact[], now: number): Story {
  const handOffs: Fact[] = [];
  const touches: Fact[] = [];
  const acceptances: Fact[] = [];
  const inbounds: Fact[] = [];
  const dataFlags: Fact[] = [];
  const flagAnswers: FactOf<'flag-answer'>[] = [];
  const blocks: Fact[] = [];
  const reassignments: FactOf<'reassignment'>[] = [];
  const changes: (FactOf<'tier-change'> | FactOf<'agreement-applied'>)[] = [];
  const pauses: StoryPause[] = [];
  const returns: StoryPause[] = [];
  let closed: Story['closed'] = null;
  let returned: Story['returned'] = null;

  const takeBack = (at: number): void => {
    if (returned) returns.push(pauseOf(returned, at));
    returned = null;
  };
  const resume = (at: number): void => {
    for (const [index, pause] of pauses.entries())
      if (pause.to === null || pause.to > at) pauses[index] = { ...pause, to: at };
  };

  for (const fact of sorted(facts)) {
    if (fact.at > now) break;
    switch (fact.kind) {
      case 'hand-off':
        handOffs.push(fact);
        takeBack(fact.at);
        break;
      case 'touch':
        touches.push(fact);
        acceptances.push(fact);
        break;
      case 'inbound':
        inbounds.push(fact);
        break;
      case 'verdict':
        acceptances.push(fact);
        if (fact.data === true) dataFlags.push(fact);
        if (fact.verdict === 'accepted') takeBack(fact.at);
        else returned ??= { ...boundsOf(fact), reason: fact.verdict, author: fact.author };
        break;
      case 'flag':
        if (fact.data === true) dataFlags.push(fact);
        break;
      case 'flag-answer':
        flagAnswers.push(fact);
        break;
      case 'blocked':
      case 'unblocked':
        blocks.push(fact);
        break;
      case 'reassignment':
        // The same owner seen again is no new owner.
        if (!isSameOwner(reassignments.at(-1), fact)) reassignments.push(fact);
        break;
      case 'tier-change':
      case 'agreement-applied':
        changes.push(fact);
        break;
      case 'pause':
        if (fact.until === undefined || fact.until > fact.at)
          pauses.push({
            from: fact.at,
            to: fact.until ?? null,
            reason: fact.reason,
            author: fact.author,
            earliest: boundsOf(fact).earliest,
          });
        break;
      case 'resume':
        resume(fact.at);
        break;
      case 'disposition':
        if (impliesVerdict.has(fact.outcome)) acceptances.push(fact);
        closed = closedBy(closed, fact);
        break;
      case 'reopen':
        // Whoever reopens a lead wants it worked: pauses from before do not go on (rule 10).
        resume(fact.at);
        takeBack(fact.at);
        if (closed) pauses.push(pauseOf(closed, fact.at));
        closed = null;
        break;
      case 'approval':
      case 'acknowledgement':
      case 'note':
      case 'readiness':
      case 'dismissal':
      case 'retraction':
        break;
    }
  }

  return {
    handOff: handOffOf(handOffs),
    touches: withoutShadows(touches),
    acceptances: withoutShadows(acceptances),
    inbounds: withoutShadows(inbounds),
    dataFlags,
    flagAnswers,
    blocks,
    reassignments,
    changes,
    pauses: apart(pauses),
    pausesOfSales: apart(returns.length === 0 ? pauses : [...pauses, ...returns]),
    closed,
    returned,
  };
}

/** Rule 10: the time between close and reopen is a pause. */
const pauseOf = (ending: Ending, to: number): StoryPause => ({
  from: ending.at,
  to,
  reason: ending.reason,
  author: ending.author,
  earliest: ending.earliest,
});

/** A lead that is closed already stays closed from its first closing; a second report can only blur when that was. */
function closedBy(closed: Story['closed'], fact: FactOf<'disposition'>): Story['closed'] {
  const bounds = boundsOf(fact);
  if (closed === null) return { ...bounds, reason: 'closed', author: fact.author, merged: fact.outcome === 'merged' };
  const isShadow = closed.earliest === closed.at && within(closed.at, bounds);
  return isShadow ? closed : { ...closed, earliest: Math.min(closed.earliest, bounds.earliest) };
}

function isSameOwner(before: FactOf<'reassignment'> | undefined, fact: FactOf<'reassignment'>): boolean {
  if (!before) return false;
  return before.ownerId !== undefined && fact.ownerId !== undefined
    ? before.ownerId === fact.ownerId
    : before.owner === fact.owner;
}
