/** Reminders on and off, and the hours in which none comes. Switching on asks the browser for its permission, inside the click. */
import { useEffect, useState } from 'react';
import { t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import { Frame, Row } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Soft, Wrong } from '../ui/part';
import type { YouServices } from './services';
import styles from './you.module.css';

type Settings = PersonSettings['reminders'];

export interface RemindersProps {
  readonly reminders: Settings;
  readonly isLocked: boolean;
  readonly services: Pick<YouServices, 'mayNotify' | 'allowNotices'>;
  readonly onChange: (reminders: Settings) => void;
}

/** What most people sleep through; only where to start from. */
const usualNight = { from: '19:00', to: '08:00' };

export function Reminders({ reminders, isLocked, services, onChange }: RemindersProps) {
  const [isRefused, setRefused] = useState(false);
  const [isAllowed, setAllowed] = useState<boolean | null>(null);
  useEffect(() => {
    services.mayNotify().then(setAllowed, () => setAllowed(null));
  }, [services]);

  const turnOn = async (): Promise<void> => {
    setRefused(false);
    // Nothing may be awaited before this: the browser asks only inside the click.
    const granted = await services.allowNotices().catch(() => false);
    setRefused(!granted);
    setAllowed(granted);
    if (granted && !reminders.on) onChange({ ...reminders, on: true });
  };
  const { quiet } = reminders;
  return (
    <>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={reminders.on}
          disabled={isLocked}
          onChange={({ target }) => (target.checked ? void turnOn() : onChange({ ...reminders, on: false }))}
        />
        {t('you_reminders')}
      </label>
      <Soft>{t('you_reminders_hint')}</Soft>
      {isRefused && <Wrong>{t('you_reminders_refused')}</Wrong>}
      {reminders.on && isAllowed === false && !isRefused && (
        <Wrong>
          <p>{t('you_reminders_taken_back')}</p>
          <Action kind="quiet" onAction={() => void turnOn()}>
            {t('you_reminders_ask')}
          </Action>
        </Wrong>
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={quiet !== undefined}
          disabled={isLocked}
          onChange={({ target }) =>
            onChange(target.checked ? { ...reminders, quiet: usualNight } : { on: reminders.on })
          }
        />
        {t('you_quiet')}
      </label>
      {quiet && (
        <Row>
          {(['from', 'to'] as const).map((end) => (
            <Frame key={end} label={t(`you_quiet_${end}`)} narrow>
              {(control) => (
                <input
                  {...control}
                  type="time"
                  value={quiet[end]}
                  disabled={isLocked}
                  onChange={({ target }) => {
                    // While it is being typed it is empty.
                    if (/^\d\d:\d\d$/.test(target.value))
                      onChange({ ...reminders, quiet: { ...quiet, [end]: target.value } });
                  }}
                />
              )}
            </Frame>
          ))}
        </Row>
      )}
    </>
  );
}
