/**
 * "Log this as a touch?", after a click on a lead's number or address. It never logs by itself and never takes the focus;
 * after a while without either it goes away. Only who owes touches is asked.
 */
import { Mail, Phone } from 'lucide-react';
import { useEffect, useState } from 'react';
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
/** The last word stays so long, ms. */
const saidMs = 2_000;

type Step =
  | { readonly kind: 'asking' }
  | { readonly kind: 'offered' | 'sending' }
  | { readonly kind: 'logged' }
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

  const waitsFor = held || step.kind === 'asking' || step.kind === 'sending' ? null : step.kind;
  useEffect(() => {
    if (waitsFor === null) return undefined;
    const wait = waitsFor === 'logged' ? saidMs : offeredMs;
    const timer = setTimeout(() => services.signal({ relevo: 'close' }), wait);
    return () => clearTimeout(timer);
  }, [waitsFor, services]);

  const log = async (): Promise<void> => {
    if (step.kind !== 'offered' && step.kind !== 'refused') return;
    setStep({ kind: 'sending' });
    const act = { do: 'touch', channel, direction: 'outbound' } as const;
    const asked = services.act({ leads, act, askedAt: askedAt(act, services.now()) });
    const reply = await inTime(asked).catch(() => null);
    if (reply) heard();
    if (!reply?.ok)
      return setStep({ kind: 'refused', why: reply ? refusalSentence(reply.code) : t('refused_no_answer') });
    services.signal({ relevo: 'acted' });
    setStep({ kind: 'logged' });
  };
  useKeys({ Enter: () => void log(), y: () => void log(), n: close, Escape: close });

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
  return (
    <main ref={root} aria-label={t('badge_offer_title')} className={step.kind === 'asking' ? undefined : styles.offer}>
      <output className={styles.said}>
        {step.kind !== 'asking' && <Icon size={14} aria-hidden="true" focusable="false" />}
        {asks && <span>{t(`offer_${channel}`)}</span>}
        {step.kind === 'logged' && <span>{t('offer_logged')}</span>}
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
    </main>
  );
}
