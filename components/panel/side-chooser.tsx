/** Who this person is: for which side they speak, and by which name. Asked in the place where it first matters, and changed there. */
import { useState } from 'react';
import type { Party } from '../../lib/lead/facts';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { KeyCap } from '../ui/key-cap';
import { TextEntry } from '../ui/text-entry';
import { helpKey } from './actions';
import { sideLabel, type Sides } from './labels';
import styles from './side-chooser.module.css';

const bothSides: readonly Party[] = ['sales', 'marketing'];

export interface SideChooserProps {
  /** `null`: not known, so it is asked. */
  readonly side: Party | null;
  /** `null`: neither the CRM nor the settings say it, so it is asked. */
  readonly me: string | null;
  readonly sides: Sides;
  readonly isOpen: boolean;
  readonly busy: boolean;
  readonly keysOpen: boolean;
  readonly onOpen: () => void;
  readonly onKeys: () => void;
  readonly onChoose: (side: Party) => void;
  readonly onName: (name: string) => void;
}

export function SideChooser(props: SideChooserProps) {
  const { side, me, isOpen, keysOpen, onOpen, onKeys } = props;
  return (
    <div className={styles.side}>
      {me === null && <NameForm busy={props.busy} onName={props.onName} />}
      {(side === null || isOpen) && <Sides {...props} />}
      {side !== null && (
        <p className={styles.who}>
          {me === null
            ? t('panel_side_is', sideLabel(side, props.sides))
            : t('panel_side_is_as', me, sideLabel(side, props.sides))}
        </p>
      )}
      {side !== null && (
        <button
          type="button"
          className={styles.small}
          data-place="side"
          aria-label={t('panel_side_change_label')}
          aria-expanded={isOpen}
          onClick={onOpen}
        >
          {t('panel_side_change')}
        </button>
      )}
      <button
        type="button"
        className={`${styles.small} ${styles.keys}`}
        data-place="keys"
        aria-expanded={keysOpen}
        aria-keyshortcuts={helpKey}
        onClick={onKeys}
      >
        {t('panel_keys')} <KeyCap name={helpKey} />
      </button>
    </div>
  );
}

function Sides({ side, sides, busy, onChoose }: SideChooserProps) {
  return (
    // Not <fieldset>: buttons that act at once, no fields that are sent.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="group" aria-label={t('panel_side_which')} className={styles.ask}>
      <p>{t('panel_side_which')}</p>
      {bothSides.map((choice) => (
        <Action key={choice} kind={choice === side ? 'main' : 'quiet'} busy={busy} onAction={() => onChoose(choice)}>
          {sideLabel(choice, sides)}
        </Action>
      ))}
      <p className={styles.hint}>{t('panel_side_hint')}</p>
    </div>
  );
}

interface NameFormProps {
  readonly busy: boolean;
  readonly onName: (name: string) => void;
}

function NameForm({ busy, onName }: NameFormProps) {
  const [name, setName] = useState('');
  const send = () => {
    if (name.trim() !== '' && !busy) onName(name.trim());
  };
  return (
    <form
      className={styles.ask}
      aria-label={t('panel_name_which')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.name}>
        <TextEntry label={t('panel_name_which')} value={name} onChange={setName} maxLength={200} />
        <Action kind="quiet" busy={busy} onAction={send}>
          {t('panel_name_save')}
        </Action>
      </div>
      <p className={styles.hint}>{t('panel_name_hint')}</p>
    </form>
  );
}
