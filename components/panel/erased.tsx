/** The lead was erased here: says that nothing of it is recorded, and lets a person have it recorded again. */
import { Eraser } from 'lucide-react';
import { useState } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Notice } from '../ui/notice';
import { Wrong } from '../ui/part';
import type { WorkServices } from './services';

export interface ErasedProps {
  readonly lead: LeadKey;
  readonly services: Pick<WorkServices, 'recordAgain'>;
}

export function Erased({ lead, services }: ErasedProps) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const record = async (): Promise<void> => {
    setState('busy');
    const ok = await services.recordAgain(lead).catch(() => false);
    // The worker has the page look again, and then whoever shows the lead.
    setState(ok ? 'busy' : 'failed');
  };
  return (
    <Notice icon={Eraser} title={t('panel_refused_erased')} urgent>
      <p>{t('panel_refused_erased_do')}</p>
      <Action busy={state === 'busy'} onAction={() => void record()}>
        {t('panel_record_again')}
      </Action>
      {state === 'failed' && <Wrong>{t('panel_not_recorded_again')}</Wrong>}
    </Notice>
  );
}
