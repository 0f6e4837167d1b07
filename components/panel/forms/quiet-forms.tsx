/** Stopping for a while: a pause stops the clock and needs a reason; a snooze silences reminders and stops nothing. */
import { useState } from 'react';
import { formatInstant } from '../../../lib/clock';
import { language, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { TextEntry } from '../../ui/text-entry';
import { pauseMoments, snoozeMoments } from '../moments';
import { FormFrame, type ActFormProps, type FormSetting } from './form-frame';
import styles from './form-frame.module.css';
import { MomentField, type ChosenMoment } from './moment-field';

export function PauseForm({ setting, onAct }: ActFormProps) {
  const { now, open } = setting;
  const [moments] = useState(() => pauseMoments(open, now));
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<ChosenMoment>(null);
  const why = reason.trim();
  const missing =
    why === ''
      ? t('act_missing_pause')
      : until === undefined || (until !== null && until <= now)
        ? t('act_missing_until')
        : null;
  return (
    <FormFrame
      setting={setting}
      title={t('act_pause_title')}
      submit={t('act_pause')}
      missing={missing}
      onSubmit={() => onAct({ do: 'pause', reason: why, ...(until === null || until === undefined ? {} : { until }) })}
    >
      <TextEntry label={t('act_pause_why')} value={reason} onChange={setReason} maxLength={500} />
      <MomentField label={t('act_until')} moments={moments} first="open" onChange={setUntil} from={now} />
    </FormFrame>
  );
}

export interface SnoozeFormProps {
  readonly setting: FormSetting;
  /** `null` wakes the reminders. */
  readonly onSnooze: (until: number | null) => void;
}

export function SnoozeForm({ setting, onSnooze }: SnoozeFormProps) {
  const { now, open, work } = setting;
  const [moments] = useState(() => snoozeMoments(open, now));
  const [until, setUntil] = useState<ChosenMoment>(moments[0]?.at);
  const isAhead = until !== undefined && until !== null && until > now;
  return (
    <FormFrame
      setting={setting}
      title={t('act_snooze_title')}
      submit={t('act_snooze')}
      missing={isAhead ? null : t('act_missing_until')}
      onSubmit={() => {
        if (isAhead) onSnooze(until);
      }}
    >
      <MomentField label={t('act_until')} moments={moments} first="hour" onChange={setUntil} from={now} />
      <p className={styles.hint}>{t('act_snooze_hint')}</p>
      {work.snoozedUntil !== null && work.snoozedUntil > now && (
        <div className={styles.buttons}>
          <span className={styles.hint}>{t('act_snoozed', formatInstant(work.snoozedUntil, now, language()))}</span>
          <Action kind="quiet" busy={setting.busy} onAction={() => onSnooze(null)}>
            {t('act_wake')}
          </Action>
        </div>
      )}
    </FormFrame>
  );
}
