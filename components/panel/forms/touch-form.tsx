/** A contact attempt that a person made: how, who began it, and when. */
import { useState } from 'react';
import type { Channel } from '../../../lib/lead/facts';
import { t } from '../../../lib/platform/i18n';
import { Choice } from '../../ui/choice';
import { touchMoments } from '../moments';
import { FormFrame, type ActFormProps } from './form-frame';
import { MomentField, type ChosenMoment } from './moment-field';

const channels: readonly Channel[] = ['call', 'email', 'meeting', 'message', 'visit', 'other'];
const directions = ['outbound', 'inbound'] as const;

export function TouchForm({ setting, onAct }: ActFormProps) {
  const { now } = setting;
  const [moments] = useState(() => touchMoments(now));
  const [channel, setChannel] = useState<Channel | null>(null);
  const [direction, setDirection] = useState<(typeof directions)[number]>('outbound');
  const [at, setAt] = useState<ChosenMoment>(null);
  const missing =
    channel === null
      ? t('act_missing_channel')
      : at === undefined || (at !== null && at > now)
        ? t('act_missing_past')
        : null;
  return (
    <FormFrame
      setting={setting}
      title={t('act_touch_title')}
      submit={t('act_touch')}
      missing={missing}
      onSubmit={() => {
        if (channel !== null)
          onAct({ do: 'touch', channel, direction, ...(at === null || at === undefined ? {} : { at }) });
      }}
    >
      <Choice
        label={t('act_channel')}
        options={channels.map((id) => ({ id, label: t(`act_channel_${id}`) }))}
        value={channel}
        onChange={setChannel}
      />
      <Choice
        label={t('act_direction')}
        options={directions.map((id) => ({ id, label: t(`act_direction_${id}`) }))}
        value={direction}
        onChange={setDirection}
      />
      <MomentField label={t('act_when')} moments={moments} first="now" onChange={setAt} to={now} />
    </FormFrame>
  );
}
