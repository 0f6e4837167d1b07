/**
 * What a person may do with a lead, and the fact that it becomes. Pure: the same lead, facts, agreement, person and instant
 * give the same answer. Each rule says why it refuses; nothing is put right silently.
 */
import type { Agreement, Reason } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import { exactPrecision, type FactDraft } from '../lead/evidence';
import type { Fact, FactContent, FactKind, Party } from '../lead/facts';
import { instantFields, textFields, type LeadKey } from '../lead/lead';
import { undoMs, type Act, type ActName, type ActRefusal, type Offer } from '../messages/acts';
import { isAnswerable, type Situation } from './situation';

/** Who acts: by the CRM's page or the settings, never by what a message says. */
export interface Actor {
  /** `null` where nobody knows it. */
  readonly name: string | null;
  readonly side: Party | null;
}

export interface Acting {
  readonly lead: LeadKey;
  /** All facts of the lead, also those that stand no more. */
  readonly facts: readonly Fact[];
  readonly situation: Situation;
  readonly agreement: Pick<Agreement, 'taxonomy' | 'attempts' | 'recycles' | 'quality'>;
  readonly actor: Actor;
  /** When the person did it, epoch ms; not after `now`. */
  readonly at: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface Refused {
  readonly ok: false;
  readonly refusal: ActRefusal;
  /** Id of the reason to take instead. */
  readonly successor?: string;
}

export type Drafted =
  | { readonly ok: true; readonly draft: FactDraft }
  /** The very same was stated before, as when somebody who got no answer asks again. */
  | { readonly ok: true; readonly repeated: string }
  | Refused;

type Content = { readonly ok: true; readonly content: FactContent; readonly at?: number; readonly replaces?: string };

const refused = (refusal: ActRefusal): Refused => ({ ok: false, refusal });
const stated = (content: FactContent, more: Omit<Content, 'ok' | 'content'> = {}): Content => ({
  ok: true,
  content,
  ...more,
});

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

/** The draft of the fact that an act becomes on one lead. */
export function draftOf(act: Act, acting: Acting): Drafted {
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
  const before = acting.situation.facts.find((fact) => saysTheSame(fact, draft));
  if (before && act.do !== 'undo') return { ok: true, repeated: before.id };
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

function offerBarrier(name: ActName, acting: Acting): ActRefusal | null {
  const { situation, facts } = acting;
  if (name === 'answer') return situation.unanswered.length > 0 ? null : 'nothing-to-answer';
  if (name === 'undo') return facts.some(({ id }) => undoBarrier(id, acting) === null) ? null : 'too-late-to-undo';
  if (name === 'touch') return isOver(situation, acting.at) ? 'closed' : null;
  // What these say is checked when it is said.
  return stateBarrier(name, acting);
}

function sideBarrier(name: ActName, { actor, situation }: Acting): ActRefusal | null {
  const side = sides[name];
  if (side === 'both') return null;
  if (actor.side === null) return 'side-unknown';
  if (side === 'other') return situation.blocked?.by === actor.side ? 'other-side' : null;
  return side === actor.side ? null : 'other-side';
}

const isOver = ({ closedAt }: Situation, at: number): boolean => closedAt !== null && at > closedAt;

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
function barrierOf(act: Act, acting: Acting): ActRefusal | null {
  const { facts, unanswered, readiness } = acting.situation;
  const byState = stateBarrier(act.do, acting);
  if (byState) return byState;
  let isSaid = false;
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

function contentOf(act: Act, acting: Acting): Content | Refused {
  const { at, now, situation, agreement, actor } = acting;
  switch (act.do) {
    case 'accept':
      return stated({ kind: 'verdict', verdict: 'accepted' });
    case 'reject': {
      const why = reasonOf('reject', act, acting);
      return why.ok ? stated({ kind: 'verdict', verdict: 'rejected', ...why.words }) : why;
    }
    case 'recycle': {
      if (act.until <= now) return refused('not-in-the-past');
      if (act.reason === undefined) return stated({ kind: 'verdict', verdict: 'recycled', until: act.until });
      const why = reasonOf('reject', { reason: act.reason }, acting, true);
      return why.ok
        ? stated({ kind: 'verdict', verdict: 'recycled', until: act.until, reason: why.words.reason })
        : why;
    }
    case 'touch':
      return touchOf(act, acting);
    case 'pause':
      if (act.until !== undefined && act.until <= now) return refused('not-in-the-past');
      return withText(act.reason, (reason) => ({
        kind: 'pause',
        reason,
        ...(act.until === undefined ? {} : { until: act.until }),
      }));
    case 'resume':
      return stated({ kind: 'resume' });
    case 'block':
      return withText(act.needs, (needs) => ({ kind: 'blocked', by: actor.side ?? 'sales', needs }));
    case 'unblock': {
      const answer = detailIn(act.answer);
      return stated({ kind: 'unblocked', ...(answer === undefined ? {} : { answer }) });
    }
    case 'flag': {
      const why = reasonOf('flag', act, acting);
      return why.ok ? stated({ kind: 'flag', axis: why.axis, ...why.words }) : why;
    }
    case 'answer':
      return answerOf(act, situation);
    case 'readiness':
      return stated({ kind: 'readiness', value: act.value });
    case 'note':
      return withText(act.text, (text) => ({ kind: 'note', text }));
    case 'dismiss': {
      const [rule = ''] = act.rule.split('#');
      if (!agreement.quality.some(({ id }) => id === rule)) return refused('reason-unknown');
      return withText(act.reason, (reason) => ({ kind: 'dismissal', rule: act.rule, reason }));
    }
    case 'undo': {
      const barrier = undoBarrier(act.fact, acting);
      return barrier
        ? refused(barrier)
        : stated({ kind: 'retraction', replaces: act.fact }, { at, replaces: act.fact });
    }
    default:
      return assertNever(act);
  }
}

function touchOf(act: Extract<Act, { do: 'touch' }>, { at, now, situation }: Acting): Content | Refused {
  const when = act.at ?? at;
  if (when > now) return refused('not-in-the-future');
  if (situation.handedOverAt !== null && when < situation.handedOverAt - exactPrecision)
    return refused('before-hand-off');
  if (isOver(situation, when)) return refused('closed');
  const direction = act.direction ?? 'outbound';
  return stated({ kind: 'touch', channel: act.channel, direction }, { at: when });
}

function answerOf(act: Extract<Act, { do: 'answer' }>, situation: Situation): Content | Refused {
  const flag = situation.facts.find(({ id }) => id === act.fact);
  if (!flag || !isAnswerable(flag)) return refused('nothing-to-answer');
  const reason = detailIn(act.reason);
  if (act.answer === 'disputed' && reason === undefined) return refused('detail-missing');
  const content = { kind: 'flag-answer', answers: flag.id, answer: act.answer, ...(reason ? { reason } : {}) } as const;
  return situation.answered.has(flag.id) ? refused('already') : stated(content);
}

type Why =
  | {
      readonly ok: true;
      readonly axis: Reason['axis'];
      readonly words: { reason: string; detail?: string; data?: true };
    }
  | Refused;

const fieldNames: ReadonlySet<string> = new Set([...textFields, ...instantFields]);

/** @param bare nothing is asked beside the reason. */
function reasonOf(
  purpose: 'reject' | 'flag',
  said: { readonly reason: string; readonly detail?: string },
  { agreement, situation }: Acting,
  bare = false,
): Why {
  const reason = agreement.taxonomy.reasons.find(({ id }) => id === said.reason);
  if (!reason) return refused('reason-unknown');
  if (reason.retired) {
    const { successor } = reason.retired;
    return { ok: false, refusal: 'reason-retired', ...(successor === undefined ? {} : { successor }) };
  }
  if (!reason.for.includes(purpose)) return refused('reason-unknown');
  const detail = detailIn(said.detail);
  if (!bare) {
    const { asks, options } = reason;
    if (asks === 'which' && (detail === undefined || (options && !options.includes(detail))))
      return refused('detail-missing');
    if (asks === 'field' && (detail === undefined || !fieldNames.has(detail))) return refused('detail-missing');
  }
  if (reason.asks === 'attempts' && situation.attempts < agreement.attempts) return refused('attempts-missing');
  return {
    ok: true,
    axis: reason.axis,
    words: {
      reason: reason.id,
      ...(detail === undefined ? {} : { detail }),
      ...(reason.data === true ? { data: true as const } : {}),
    },
  };
}

const detailIn = (text: string | undefined): string | undefined => text?.trim() || undefined;

function withText(text: string, content: (text: string) => FactContent): Content | Refused {
  const trimmed = detailIn(text);
  return trimmed === undefined ? refused('detail-missing') : stated(content(trimmed));
}

/** Facts that say how one thing went on; each builds on the one before. */
const strands: readonly ReadonlySet<FactKind>[] = [
  new Set(['verdict', 'reopen', 'hand-off']),
  new Set(['pause', 'resume']),
  new Set(['blocked', 'unblocked']),
  new Set(['readiness']),
];
const strandOf = (kind: FactKind): ReadonlySet<FactKind> | undefined => strands.find((strand) => strand.has(kind));

/** Only what one said oneself, within `undoMs`, and while nothing was built on it. */
function undoBarrier(id: string, { facts, situation, actor, now }: Acting): ActRefusal | null {
  const fact = facts.find((one) => one.id === id);
  if (!fact) return 'nothing-to-answer';
  if (fact.evidence !== 'person' || fact.author !== actor.name) return 'not-allowed';
  if (fact.kind === 'retraction' || facts.some(({ replaces }) => replaces === id)) return 'already';
  // A clock that was set back meanwhile is no reason to keep somebody from it.
  if (Math.abs(now - (fact.recordedAt ?? fact.at)) > undoMs) return 'too-late-to-undo';
  return situation.facts.some((other) => buildsOn(other, fact)) ? 'too-late-to-undo' : null;
}

function buildsOn(later: Fact, fact: Fact): boolean {
  if (later.kind === 'flag-answer' && later.answers === fact.id) return true;
  // An attempt that a rejection may have been counted with.
  if (fact.kind === 'touch' && later.kind === 'verdict' && later.verdict === 'rejected' && later.evidence === 'person')
    return (later.recordedAt ?? later.at) >= (fact.recordedAt ?? fact.at);
  const strand = strandOf(fact.kind);
  return later.id !== fact.id && strand !== undefined && strand.has(later.kind) && later.at > fact.at;
}

/** Whether a fact states exactly what a draft does. When we learnt it is no part of that. */
function saysTheSame(fact: Fact, draft: FactDraft): boolean {
  const { id: _id, recordedAt: _then, ...one } = fact;
  const { recordedAt: _now, ...other } = draft;
  const entries = Object.entries(other).filter(([, value]) => value !== undefined);
  if (one.kind !== draft.kind || one.at !== draft.at || Object.keys(one).length !== entries.length) return false;
  return entries.every(([name, value]) => (one as Readonly<Record<string, unknown>>)[name] === value);
}
