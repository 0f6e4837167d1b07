/**
 * What an act says, as the content of a fact: reasons by the taxonomy, words that are there, instants that can be. Pure. Nothing is
 * put right silently; whether the act is anybody's to do now is `act-barriers`' to say.
 */
import type { Reason } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import { exactPrecision } from '../lead/evidence';
import type { FactContent } from '../lead/facts';
import { instantFields, textFields } from '../lead/lead';
import type { Act, ActRefusal } from '../messages/acts';
import type { Acting, LeadAct, Refused } from './acting-types';
import { isAnswerable, type Situation } from './situation';

export type Content = {
  readonly ok: true;
  readonly content: FactContent;
  readonly at?: number;
  readonly replaces?: string;
};

export const refused = (refusal: ActRefusal): Refused => ({ ok: false, refusal });
const stated = (content: FactContent, more: Omit<Content, 'ok' | 'content'> = {}): Content => ({
  ok: true,
  content,
  ...more,
});

export function contentOf(act: LeadAct, acting: Acting): Content | Refused {
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
    case 'undo':
      // When it may be is `barrierOf`'s to say.
      return stated({ kind: 'retraction', replaces: act.fact }, { at, replaces: act.fact });
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

/** Whether the lead is over at this instant. */
export const isOver = ({ closedAt }: Situation, at: number): boolean => closedAt !== null && at > closedAt;

function answerOf(act: Extract<Act, { do: 'answer' }>, situation: Situation): Content | Refused {
  const flag = situation.facts.find(({ id }) => id === act.fact);
  if (!flag || !isAnswerable(flag)) return refused('nothing-to-answer');
  const reason = detailIn(act.reason);
  if (act.answer === 'disputed' && reason === undefined) return refused('detail-missing');
  return stated({ kind: 'flag-answer', answers: flag.id, answer: act.answer, ...(reason ? { reason } : {}) });
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

export const detailIn = (text: string | undefined): string | undefined => text?.trim() || undefined;

function withText(text: string, content: (text: string) => FactContent): Content | Refused {
  const trimmed = detailIn(text);
  return trimmed === undefined ? refused('detail-missing') : stated(content(trimmed));
}
