/** What a fact states, as a sentence. What a person just did is said with the same words. */
import { formatInstant } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import type { FactContent } from '../../lib/lead/facts';
import type { Act } from '../../lib/messages/acts';
import { language, t } from '../../lib/platform/i18n';
import { reasonWithDetail, sideLabel, type Reason, type Sides } from './labels';

export interface Speech {
  readonly reasons: readonly Reason[];
  readonly sides: Sides;
  readonly now: number;
}

type Spoken<Kind extends FactContent['kind']> = Extract<FactContent, { readonly kind: Kind }>;

/** `key` alone, or `<key>_why` with what stands behind the colon. */
const withWhy = (key: string, why: string | undefined): string =>
  why === undefined || why === '' ? t(key) : t(`${key}_why`, why);

function verdictWords({ verdict, reason, detail, until }: Spoken<'verdict'>, { reasons, now }: Speech): string {
  const why = reason === undefined ? undefined : reasonWithDetail(reason, detail, reasons);
  if (until === undefined) return withWhy(`fact_${verdict}`, why);
  const then = formatInstant(until, now, language());
  return why === undefined ? t(`fact_${verdict}_until`, then) : t(`fact_${verdict}_until_why`, then, why);
}

function flagWords({ axis, reason, detail }: Spoken<'flag'>, { reasons }: Speech): string {
  const why = reasonWithDetail(reason, detail, reasons);
  return axis === undefined ? t('fact_flag', why) : t(`fact_flag_${axis}`, why);
}

export function factWords(fact: FactContent, speech: Speech): string {
  switch (fact.kind) {
    case 'hand-off':
      return t('fact_hand_off', sideLabel('sales', speech.sides));
    case 'touch': {
      const channel = t(`act_channel_${fact.channel}`);
      return t(fact.direction === 'inbound' ? 'fact_touch_inbound' : 'fact_touch', channel);
    }
    case 'inbound':
      return t('fact_inbound', t(`act_channel_${fact.channel}`));
    case 'verdict':
      return verdictWords(fact, speech);
    case 'flag':
      return flagWords(fact, speech);
    case 'flag-answer':
      return withWhy(`fact_answer_${fact.answer}`, fact.reason);
    case 'readiness':
      return t('fact_readiness', t(`readiness_${fact.value.replaceAll('-', '_')}`));
    case 'pause':
      return fact.until === undefined
        ? t('fact_pause', fact.reason)
        : t('fact_pause_until', formatInstant(fact.until, speech.now, language()), fact.reason);
    case 'resume':
      return t('fact_resume');
    case 'blocked':
      return t('fact_blocked', fact.needs);
    case 'unblocked':
      return withWhy('fact_unblocked', fact.answer);
    case 'reassignment':
      return t('fact_reassignment', fact.owner);
    case 'tier-change':
      return t('fact_tier_change', fact.tier);
    case 'disposition':
      return t(`fact_outcome_${fact.outcome}`);
    case 'reopen':
      return t('fact_reopen');
    case 'note':
      return t('fact_note', fact.text);
    case 'dismissal':
      return t('fact_dismissal', fact.reason);
    case 'retraction':
      return t('fact_retraction');
    case 'approval':
      return t('fact_approval', String(fact.version));
    case 'acknowledgement':
      return t('fact_acknowledgement', String(fact.version));
    case 'agreement-applied':
      return t('fact_agreement_applied', String(fact.version));
    default:
      return assertNever(fact);
  }
}

/** What an act states, before the worker has made a fact of it; `null` for one that states nothing. */
function contentOf(act: Act): FactContent | null {
  switch (act.do) {
    case 'accept':
      return { kind: 'verdict', verdict: 'accepted' };
    case 'reject':
      return { kind: 'verdict', verdict: 'rejected', ...pick(act, 'reason', 'detail') };
    case 'recycle':
      return { kind: 'verdict', verdict: 'recycled', ...pick(act, 'reason', 'until') };
    case 'touch':
      return { kind: 'touch', ...pick(act, 'channel', 'direction') };
    case 'pause':
      return { kind: 'pause', ...pick(act, 'reason', 'until') };
    case 'resume':
      return { kind: 'resume' };
    case 'block':
      return { kind: 'blocked', by: 'sales', needs: act.needs };
    case 'unblock':
      return { kind: 'unblocked', ...pick(act, 'answer') };
    case 'flag':
      return { kind: 'flag', ...pick(act, 'axis', 'reason', 'detail') };
    case 'answer':
      return { kind: 'flag-answer', answers: act.fact, ...pick(act, 'answer', 'reason') };
    case 'readiness':
      return { kind: 'readiness', value: act.value };
    case 'note':
      return { kind: 'note', text: act.text };
    case 'dismiss':
      return { kind: 'dismissal', ...pick(act, 'rule', 'reason') };
    case 'undo':
      return null;
    default:
      return assertNever(act);
  }
}

function pick<From extends object, Name extends keyof From>(from: From, ...names: readonly Name[]): Pick<From, Name> {
  return Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : []))) as Pick<From, Name>;
}

export function actWords(act: Act, speech: Speech): string {
  const content = contentOf(act);
  return content === null ? t('fact_retraction') : factWords(content, speech);
}
