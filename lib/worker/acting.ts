/**
 * What a person may do with a lead, and the fact that it becomes. Pure: the same lead, facts, agreement, person and instant
 * give the same answer. Each rule says why it refuses; nothing is put right silently.
 */
import type { FactDraft } from '../lead/evidence';
import type { Fact } from '../lead/facts';
import type { Offer } from '../messages/acts';
import { actNames, barrierOf, offerBarrier, sideBarrier, strandOf } from './act-barriers';
import { contentOf, refused } from './act-content';
import type { Acting, LeadAct, Refused } from './acting-types';

export type Drafted =
  | { readonly ok: true; readonly draft: FactDraft }
  /** The very same was stated before, as when somebody who got no answer asks again. */
  | { readonly ok: true; readonly repeated: string }
  | Refused;

/** The draft of the fact that an act becomes on one lead. */
export function draftOf(act: LeadAct, acting: Acting): Drafted {
  const { actor, lead, now, facts } = acting;
  if (actor.name === null) return refused('name-unknown');
  const wrongSide = sideBarrier(act.do, acting);
  if (wrongSide) return refused(wrongSide);
  const what = contentOf(act, acting);
  if (!what.ok) return what;
  const draft: FactDraft = {
    lead,
    at: what.at ?? acting.at,
    author: actor.name,
    ...(actor.side === null ? {} : { party: actor.side }),
    evidence: 'person',
    ...what.content,
    ...(what.replaces === undefined ? {} : { replaces: what.replaces }),
  };
  // A retraction is none of the facts that stand.
  const stated = act.do === 'undo' ? facts : acting.situation.facts;
  const before = stated.find((fact) => saysTheSame(fact, draft));
  if (before) return { ok: true, repeated: before.id };
  const barrier = barrierOf(act, acting);
  if (barrier) return refused(barrier);
  return { ok: true, draft: { ...draft, at: freeInstant(draft, acting), recordedAt: now } };

  /** After what it builds on, and apart from what was taken back: the id of a fact is what it states. */
  function freeInstant(wanted: FactDraft, { situation }: Acting): number {
    const strand = strandOf(wanted.kind);
    let at = wanted.at;
    if (strand) for (const fact of situation.facts) if (strand.has(fact.kind)) at = Math.max(at, fact.at + 1);
    const isTaken = (instant: number): boolean => facts.some((fact) => saysTheSame(fact, { ...wanted, at: instant }));
    while (isTaken(at)) at += 1;
    return at;
  }
}

/** Every act, with what stands in its way now. */
export function offersOf(acting: Acting): Offer[] {
  return actNames.map((name) => ({
    do: name,
    refusal: acting.actor.name === null ? 'name-unknown' : (sideBarrier(name, acting) ?? offerBarrier(name, acting)),
  }));
}

/** Whether a fact states exactly what a draft does. When we learnt it is no part of that. */
function saysTheSame(fact: Fact, draft: FactDraft): boolean {
  const { id: _id, recordedAt: _then, ...one } = fact;
  const { recordedAt: _now, ...other } = draft;
  const entries = Object.entries(other).filter(([, value]) => value !== undefined);
  if (one.kind !== draft.kind || one.at !== draft.at || Object.keys(one).length !== entries.length) return false;
  return entries.every(([name, value]) => (one as Readonly<Record<string, unknown>>)[name] === value);
}
