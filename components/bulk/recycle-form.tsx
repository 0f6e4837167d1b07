/** Until when the selected leads go back: a date. How often each of them may is the worker's to say. */
import { useState } from 'react';
import { t } from '../../lib/platform/i18n';
import { FormFrame, type FormFrameProps } from '../panel/forms/form-frame';
import { MomentField, type ChosenMoment } from '../panel/forms/moment-field';
import { recycleMoments } from '../panel/moments';
import type { BulkAct } from './use-bulk';

export interface RecycleFormProps {
  readonly now: () => number;
  readonly setting: FormFrameProps['setting'];
  readonly onAct: (act: BulkAct) => void;
}

export function RecycleForm({ now, setting, onAct }: RecycleFormProps) {
  // The choices stay what they were when the form opened.
  const [opened] = useState(() => now());
  const [moments] = useState(() => recycleMoments(opened));
  const [until, setUntil] = useState<ChosenMoment>(undefined);
  const isAhead = typeof until === 'number' && until > opened;
  return (
    <FormFrame
      setting={setting}
      title={t('bulk_recycle_title')}
      submit={t('act_recycle')}
      missing={isAhead ? null : t('act_missing_until')}
      onSubmit={() => {
        if (isAhead) onAct({ do: 'recycle', until });
      }}
    >
      <MomentField label={t('act_until')} moments={moments} onChange={setUntil} from={opened} />
    </FormFrame>
  );
}
