/** Whether the draft is safe, in words. The age ticks for the eye only; what went wrong is said aloud. */
import { useEffect, useState } from 'react';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import styles from './agreement-editor.module.css';
import type { SaveState } from './saver';

/** Seconds change often, minutes do not. */
const tickMs = 1_000;

const formatted = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  // English leaves no space before its short units; the rest of the interface does ("2 s").
  new Intl.RelativeTimeFormat(language(), { style: 'narrow' }).format(value, unit).replace(/(\d)(?=[a-z])/, '$1 ');

export function ageWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return formatted(-seconds, 'second');
  if (seconds < 3_600) return formatted(-Math.round(seconds / 60), 'minute');
  return seconds < 86_400
    ? formatted(-Math.round(seconds / 3_600), 'hour')
    : formatted(-Math.round(seconds / 86_400), 'day');
}

export interface SaveStateLineProps {
  readonly state: SaveState;
  readonly now: () => number;
  readonly onRetry: () => void;
  /** Another tab has written the draft meanwhile: this one is kept all the same, or that one is opened. */
  readonly onKeepMine: () => void;
  readonly onReload: () => void;
}

export function SaveStateLine({ state, now, onRetry, onKeepMine, onReload }: SaveStateLineProps) {
  const [, tick] = useState(0);
  const isTicking = state.is === 'saved' && state.at !== null;
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, [isTicking]);
  if (state.is === 'refused')
    return (
      <p className={styles['refused']} role="alert">
        {t(`agreement_not_saved_${state.code.replaceAll('-', '_')}`)}{' '}
        {state.code === 'changed-elsewhere' ? (
          <>
            <Action kind="quiet" onAction={onReload}>
              {t('agreement_open_other')}
            </Action>{' '}
            <Action kind="quiet" onAction={onKeepMine}>
              {t('agreement_keep_mine')}
            </Action>
          </>
        ) : (
          <Action kind="quiet" onAction={onRetry}>
            {t('agreement_save_again')}
          </Action>
        )}
      </p>
    );
  if (state.is === 'waiting') return <p className={styles['soft']}>{t('agreement_saving')}</p>;
  return (
    <p className={styles['soft']}>
      {state.at === null ? t('agreement_no_changes') : t('agreement_saved', ageWords(now() - state.at))}
    </p>
  );
}
