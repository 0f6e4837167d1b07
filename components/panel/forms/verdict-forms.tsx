/** Sales' answers to a hand-off that need more than a key: rejected and recycled. */
import { useState } from 'react';
import { t } from '../../../lib/platform/i18n';
import { recycleMoments } from '../moments';
import { FormFrame, type ActFormProps } from './form-frame';
import styles from './form-frame.module.css';
import { MomentField, type ChosenMoment } from './moment-field';
import { missingReason, noReason, ReasonFields, reasonsFor } from './reason-fields';

export function RejectForm({ setting, onAct }: ActFormProps) {
  const [chosen, setChosen] = useState(noReason);
  const reasons = reasonsFor(setting.work.reasons, 'reject');
  return (
    <FormFrame
      setting={setting}
      title={t('act_reject_title')}
      submit={t('act_reject')}
      missing={missingReason(reasons, chosen)}
      onSubmit={() => {
        const detail = chosen.detail.trim();
        if (chosen.reason !== null)
          onAct({ do: 'reject', reason: chosen.reason, ...(detail === '' ? {} : { detail }) });
      }}
    >
      <ReasonFields reasons={reasons} attempts={setting.work.attempts} value={chosen} onChange={setChosen} />
    </FormFrame>
  );
}

export function RecycleForm({ setting, onAct }: ActFormProps) {
  const { now, work } = setting;
  // The choices stay what they were when the form opened.
  const [moments] = useState(() => recycleMoments(now));
  const [until, setUntil] = useState<ChosenMoment>(undefined);
  const isAhead = until !== undefined && until !== null && until > now;
  return (
    <FormFrame
      setting={setting}
      title={t('act_recycle_title')}
      submit={t('act_recycle')}
      missing={isAhead ? null : t('act_missing_until')}
      onSubmit={() => {
        if (isAhead) onAct({ do: 'recycle', until });
      }}
    >
      <MomentField label={t('act_until')} moments={moments} onChange={setUntil} from={now} />
      <p className={styles.hint}>{t('act_recycles', String(work.recycles.done), String(work.recycles.agreed))}</p>
    </FormFrame>
  );
}
