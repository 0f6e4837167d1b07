/**
 * What every form of an act has: a name, its fields, one button that does it, and the way back. It is sent with Enter, says
 * what is missing instead of refusing silently, and takes the focus when it opens.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Act } from '../../../lib/messages/acts';
import type { OpenHours } from '../../../lib/messages/observing';
import type { PanelWork } from '../../../lib/messages/acts';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import action from '../../ui/action.module.css';
import { KeyCap } from '../../ui/key-cap';
import styles from './form-frame.module.css';

/** What stands around every form. */
export interface FormSetting {
  readonly work: PanelWork;
  readonly open: OpenHours;
  readonly now: number;
  /** An act is on its way. */
  readonly busy: boolean;
  /** And for so long that it should be said. */
  readonly slow: boolean;
  /** Why the last try was refused, as a sentence. */
  readonly trouble: string | null;
  readonly onCancel: () => void;
}

export interface ActFormProps {
  readonly setting: FormSetting;
  readonly onAct: (act: Act) => void;
}

export interface FormFrameProps {
  readonly setting: Pick<FormSetting, 'busy' | 'slow' | 'trouble' | 'onCancel'>;
  readonly title: string;
  /** Words of the button that does it. */
  readonly submit: string;
  /** What is still missing, as a sentence; `null`: it can be sent. */
  readonly missing: string | null;
  readonly onSubmit: () => void;
  readonly children?: ReactNode;
}

/** The group's chosen radio, else the first field: without a selection every radio could take the focus. */
function firstField(form: HTMLFormElement): HTMLElement | null {
  return form.querySelector<HTMLElement>('input:checked, input:not(:disabled), textarea, button');
}

export function FormFrame({ setting, title, submit, missing, onSubmit, children }: FormFrameProps) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (form.current) firstField(form.current)?.focus();
  }, []);
  const trouble = tried && missing !== null ? missing : setting.trouble;
  return (
    <form
      ref={form}
      className={styles.form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing === null && !setting.busy) onSubmit();
      }}
    >
      <h3 className={styles.title}>{title}</h3>
      {children}
      {trouble !== null && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      <div className={styles.buttons}>
        <button type="submit" className={action.main} aria-disabled={setting.busy || undefined}>
          {setting.slow ? t('act_saving') : submit}
        </button>
        <Action kind="plain" onAction={setting.onCancel}>
          {t('act_cancel')} <KeyCap name="Esc" />
        </Action>
      </div>
    </form>
  );
}
