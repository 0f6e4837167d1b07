/**
 * "Log this as a touch?", after a click on a lead's number or address. It never logs by itself and never takes the focus;
 * after a while without either it goes away. Only who owes touches is asked.
 */
import { Mail, Phone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Act, ActReply } from '../../lib/messages/acts';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { KeyCap } from '../ui/key-cap';
import { inTime } from '../use-answer';
import { useAsking } from '../use-asking';
import { useKeys } from './keys';
import type { BulkServices, OfferedChannel } from './services';
import styles from './touch-offer.module.css';
import { refusalSentence } from './use-bulk';
import { useHeight } from './use-height';

/** Without the pointer or the focus it is gone after this long, ms. */
const offeredMs = 8_000;
/** The last word stays so long, where there is nothing to take back, ms. */
const saidMs = 2_000;

type Step =
  | { readonly kind: 'asking' }
  | { readonly kind: 'offered' | 'sending' }
  | { readonly kind: 'logged' | 'undoing'; readonly facts: readonly string[]; readonly until: number }
  | { readonly kind: 'undone' }
  | { readonly kind: 'refused'; readonly why: string };

export interface TouchOfferProps {
  readonly services: BulkServices;
  readonly channel: OfferedChannel;
}

export function TouchOffer({ services, channel }: TouchOfferProps) {
  const root = useHeight(services.signal);
  const [step, setStep] = useState<Step>({ kind: 'asking' });
  const [leads, setLeads] = useState<readonly string[]>([]);
  const [held, setHeld] = useState(false);
  /** Why it was not taken back. */
  const [trouble, setTrouble] = useState<string | null>(null);
  const { askedAt, heard } = useAsking();
  const close = (): void => services.signal({ relevo: 'close' });

  useEffect(() => {
    const ask = async (): Promise<void> => {
      const work = await inTime(services.work()).catch(() => null);
      if (!work?.ok || work.side !== 'sales') return services.signal({ relevo: 'close' });
      setLeads(work.leads);
      setStep({ kind: 'offered' });
    };
    void ask();
  }, [services]);

  useEffect(() => {
    if (held || step.kind === 'asking' || step.kind === 'sending' || step.kind === 'undoing') return undefined;
    const left = step.kind === 'logged' ? step.until - services.now() : step.kind === 'undone' ? saidMs : offeredMs;
    const timer = setTimeout(() => services.signal({ relevo: 'close' }), Math.max(left, saidMs));
    return () => clearTimeout(timer);
  }, [held, step, services]);

  /** One question to its end, repeated as of the same instant where it is not answered. */
  const ask = async (act: Act): Promise<ActReply | null> => {
    const asked = services.act({ leads, act, askedAt: askedAt(act, services.now()) });
    const reply = await inTime(asked).catch(() => null);
    if (reply) heard();
    return reply;
  };
  const whyNot = (reply: Exclude<ActReply, { readonly ok: true }> | null): string =>
    reply ? refusalSentence(reply.code) : t('refused_no_answer');

  const log = async (): Promise<void> => {
    if (step.kind !== 'offered' && step.kind !== 'refused') return;
    setStep({ kind: 'sending' });
    const reply = await ask({ do: 'touch', channel, direction: 'outbound' });
    if (!reply?.ok) return setStep({ kind: 'refused', why: whyNot(reply) });
    services.signal({ relevo: 'acted' });
    setStep({ kind: 'logged', facts: reply.facts, until: reply.undoUntil });
  };
  const undo = async (): Promise<void> => {
    if (step.kind !== 'logged') return;
    setTrouble(null);
    setStep({ ...step, kind: 'undoing' });
    const reply = await ask({ do: 'undo', facts: step.facts });
    if (!reply?.ok) {
      setTrouble(whyNot(reply));
      return setStep(step);
    }
    services.signal({ relevo: 'undone' });
    setStep({ kind: 'undone' });
  };
  useKeys({ Enter: () => void log(), y: () => void log(), n: close, Escape: close, u: () => void undo() });

  useEffect(() => {
    const hold = (): void => setHeld(true);
    const letGo = (): void => setHeld(false);
    window.addEventListener('focus', hold);
    window.addEventListener('blur', letGo);
    document.documentElement.addEventListener('pointerenter', hold);
    document.documentElement.addEventListener('pointerleave', letGo);
    return () => {
      window.removeEventListener('focus', hold);
      window.removeEventListener('blur', letGo);
      document.documentElement.removeEventListener('pointerenter', hold);
      document.documentElement.removeEventListener('pointerleave', letGo);
    };
  }, []);

  const Icon = channel === 'call' ? Phone : Mail;
  const asks = step.kind === 'offered' || step.kind === 'sending';
  const isLogged = step.kind === 'logged' || step.kind === 'undoing';
  return (
    <main ref={root} aria-label={t('badge_offer_title')} className={step.kind === 'asking' ? undefined : styles.offer}>
      <output className={styles.said}>
        {step.kind !== 'asking' && <Icon size={14} aria-hidden="true" focusable="false" />}
        {asks && <span>{t(`offer_${channel}`)}</span>}
        {isLogged && <span>{t('offer_logged')}</span>}
        {step.kind === 'undone' && <span>{t('offer_undone')}</span>}
        {step.kind === 'refused' && <span>{step.why}</span>}
      </output>
      {asks && (
        <div className={styles.buttons}>
          <Action busy={step.kind === 'sending'} onAction={() => void log()}>
            {t('offer_yes')} <KeyCap name="y" />
          </Action>
          <Action kind="plain" onAction={close}>
            {t('offer_no')} <KeyCap name="n" />
          </Action>
        </div>
      )}
      {trouble !== null && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      {isLogged && (
        <div className={styles.buttons}>
          <Action kind="quiet" busy={step.kind === 'undoing'} onAction={() => void undo()}>
            {t('act_undo')} <KeyCap name="u" />
          </Action>
        </div>
      )}
    </main>
  );
}
