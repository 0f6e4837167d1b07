/**
 * What stands in the way of an act: whose it is to do, what the lead's state forbids, what was said already, when it can be
 * taken back. Pure. Each barrier is a reason that the person is told; whether words are right is `act-content`'s to say.
 */
import { assertNever } from '../clock/assert-never';
import type { Fact, FactKind, Party } from '../lead/facts';
import { undoMs, type ActName, type ActRefusal } from '../messages/acts';
import { detailIn, isOver } from './act-content';
import type { Acting, LeadAct } from './acting-types';

/** Whose it is to do; `unblock` is the side's that is not blocked. */
const sides: Readonly<Record<ActName, Party | 'both' | 'other'>> = {
  accept: 'sales',
  reject: 'sales',
  recycle: 'sales',
  touch: 'sales',
  pause: 'sales',
  resume: 'sales',
  block: 'sales',
  unblock: 'other',
  flag: 'marketing',
  answer: 'marketing',
  readiness: 'marketing',
  note: 'both',
  dismiss: 'both',
  undo: 'both',
};

export const actNames = Object.keys(sides) as ActName[];

/** What makes no sense on a lead that is over. Touches are judged by when they were. */
const onlyWhileOpen: ReadonlySet<ActName> = new Set([
  'accept',
  'reject',
  'recycle',
  'pause',
  'resume',
  'block',
  'readiness',
]);

export function sideBarrier(name: ActName, { actor, situation }: Acting): ActRefusal | null {
  const side = sides[name];
  if (side === 'both') return null;
  if (actor.side === null) return 'side-unknown';
  if (side === 'other') return situation.blocked?.by === actor.side ? 'other-side' : null;
  return side === actor.side ? null : 'other-side';
}

/** What the lead's state forbids, whatever is said. */
function stateBarrier(name: ActName, { situation, agreement, now }: Acting): ActRefusal | null {
  const { verdict, blocked, isPaused, recycles, closedAt } = situation;
  if (closedAt !== null && onlyWhileOpen.has(name)) return 'closed';
  switch (name) {
    case 'accept':
      return verdict?.verdict === 'accepted' ? 'already' : null;
    case 'reject':
      return verdict?.verdict === 'rejected' ? 'already' : null;
    case 'recycle':
      if (verdict?.verdict === 'recycled' && (verdict.until ?? 0) > now) return 'already';
      return recycles >= agreement.recycles ? 'recycled-too-often' : null;
    case 'pause':
      return isPaused ? 'already' : null;
    case 'resume':
      return isPaused ? null : 'already';
    case 'block':
      return blocked ? 'already' : null;
    case 'unblock':
      return blocked ? null : 'nothing-to-answer';
    case 'touch':
    case 'flag':
    case 'answer':
    case 'readiness':
    case 'note':
    case 'dismiss':
    case 'undo':
      return null;
    default:
      return assertNever(name);
  }
}

/** What this lead's state forbids, and what was said already. */
export function barrierOf(act: LeadAct, acting: Acting): ActRefusal | null {
  if (act.do === 'undo') return undoBarrier(act.fact, acting);
  const { facts, unanswered, answered, readiness } = acting.situation;
  const byState = stateBarrier(act.do, acting);
  if (byState) return byState;
  let isSaid = false;
  if (act.do === 'answer') isSaid = answered.has(act.fact);
  if (act.do === 'readiness') isSaid = readiness === act.value;
  if (act.do === 'flag')
    isSaid = unanswered.some(
      (fact) => fact.kind === 'flag' && fact.reason === act.reason && fact.detail === detailIn(act.detail),
    );
  // A dismissal that names the value stays until that changes, one that names the rule alone until the record does.
  if (act.do === 'dismiss' && act.rule.includes('#'))
    isSaid = facts.some((fact) => fact.kind === 'dismissal' && fact.rule === act.rule);
  return isSaid ? 'already' : null;
}

/** What stands in the way of offering it, before anything is said. */
export function offerBarrier(name: ActName, acting: Acting): ActRefusal | null {
  const { situation, facts } = acting;
  if (name === 'answer') return situation.unanswered.length > 0 ? null : 'nothing-to-answer';
  if (name === 'undo') return facts.some(({ id }) => undoBarrier(id, acting) === null) ? null : 'too-late-to-undo';
  if (name === 'touch') return isOver(situation, acting.at) ? 'closed' : null;
  // What these say is checked when it is said.
  return stateBarrier(name, acting);
}

/** Facts that say how one thing went on; each builds on the one before. */
const strands: readonly ReadonlySet<FactKind>[] = [
  new Set(['verdict', 'reopen', 'hand-off']),
  new Set(['pause', 'resume']),
  new Set(['blocked', 'unblocked']),
  new Set(['readiness']),
];
export const strandOf = (kind: FactKind): ReadonlySet<FactKind> | undefined =>
  strands.find((strand) => strand.has(kind));

/** Only what one said oneself, within `undoMs`, and while nothing was built on it. */
function undoBarrier(id: string, { facts, situation, actor, at }: Acting): ActRefusal | null {
  const fact = facts.find((one) => one.id === id);
  if (!fact) return 'nothing-to-answer';
  if (fact.evidence !== 'person' || fact.author !== actor.name) return 'not-allowed';
  if (fact.kind === 'retraction' || facts.some(({ replaces }) => replaces === id)) return 'already';
  // Of several the last counts as the first, and whoever got no answer and asks again was in time then. A clock that was set
  // back meanwhile is no reason to keep somebody from it.
  if (Math.abs(at - recordedAt(fact)) > undoMs) return 'too-late-to-undo';
  return situation.facts.some((other) => buildsOn(other, fact)) ? 'too-late-to-undo' : null;
}

/** What this person said last and can take back, and until when, epoch ms. */
export function undoableIn(acting: Acting): { readonly fact: Fact; readonly until: number } | null {
  const { situation, now } = acting;
  let last: Fact | null = null;
  for (const fact of situation.facts)
    if (undoBarrier(fact.id, acting) === null && (last === null || recordedAt(fact) >= recordedAt(last))) last = fact;
  // What was recorded in this clock's future, before it was set back, is no longer offered than anything else.
  return last && { fact: last, until: Math.min(recordedAt(last), now) + undoMs };
}

const recordedAt = (fact: Fact): number => fact.recordedAt ?? fact.at;

function buildsOn(later: Fact, fact: Fact): boolean {
  if (later.kind === 'flag-answer' && later.answers === fact.id) return true;
  // An attempt that a rejection may have been counted with.
  if (fact.kind === 'touch' && later.kind === 'verdict' && later.verdict === 'rejected' && later.evidence === 'person')
    return recordedAt(later) >= recordedAt(fact);
  const strand = strandOf(fact.kind);
  return later.id !== fact.id && strand !== undefined && strand.has(later.kind) && later.at > fact.at;
}
