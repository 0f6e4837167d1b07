/** "Apply to open leads": exactly the leads of the list above, after a second word. The worker makes the list anew and compares. */
import { useState } from 'react';
import type { ApplyReply } from '../../lib/messages/agreements';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Line, Said, Wrong } from '../ui/part';
import type { ProcedureServices } from './services';

export interface ApplyProps {
  readonly list: string;
  readonly leads: number;
  readonly services: ProcedureServices;
}

type Refusal = Extract<ApplyReply, { readonly ok: false }>['code'] | 'no-answer';

export function Apply({ list, leads, services }: ApplyProps) {
  const [step, setStep] = useState<'offer' | 'sure' | 'busy'>('offer');
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const apply = async (): Promise<void> => {
    setStep('busy');
    setRefused(null);
    const reply = await services.applyToOpen({ list }).catch(() => ({ ok: false, code: 'no-answer' }) as const);
    setStep('offer');
    if (reply.ok) setDone(reply.leads);
    else setRefused(reply.code);
  };
  if (done !== null) return <Said>{plural('procedure_applied', done)}</Said>;
  return (
    <>
      {step === 'offer' && (
        <Line>
          <Action onAction={() => setStep('sure')}>{plural('procedure_apply', leads)}</Action>
        </Line>
      )}
      {step !== 'offer' && (
        <>
          <p>{plural('procedure_apply_sure', leads)}</p>
          <Line>
            <Action busy={step === 'busy'} onAction={() => void apply()}>
              {t('procedure_apply_yes')}
            </Action>
            <Action kind="quiet" busy={step === 'busy'} onAction={() => setStep('offer')}>
              {t('procedure_keep')}
            </Action>
          </Line>
        </>
      )}
      {refused !== null && <Wrong>{t(`procedure_apply_${refused.replaceAll('-', '_')}`)}</Wrong>}
    </>
  );
}
