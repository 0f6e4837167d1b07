/**
 * Where a lead is worked: the actions with their keys, the form of the one that is open right under them, and the line
 * that says what was done and takes it back.
 */
import { useId } from 'react';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { KeyCap } from '../ui/key-cap';
import { ActionRow } from './action-row';
import { undoKey, type ShownAction } from './actions';
import type { FormSetting } from './forms/form-frame';
import { OpenForm } from './forms/open-form';
import { KeyList } from './key-list';
import { SideChooser } from './side-chooser';
import type { PlaceKey } from './use-panel-keys';
import type { useWork } from './use-work';
import styles from './work-area.module.css';

export interface WorkAreaProps {
  readonly working: ReturnType<typeof useWork>;
  readonly setting: FormSetting;
  readonly actions: readonly ShownAction[];
  /** What is open under the actions: the form of one, `keys`, `side`, `link`, or nothing. */
  readonly open: string | null;
  readonly url: string | undefined;
  readonly placeKeys: readonly PlaceKey[];
  readonly onOpen: (name: string | null) => void;
  readonly onAction: (action: ShownAction) => void;
}

export function WorkArea({ working, setting, actions, open, url, placeKeys, onOpen, onAction }: WorkAreaProps) {
  const formId = useId();
  const { work, busy } = setting;
  const { undoable, trouble, said } = working;
  const formShowsTrouble = actions.some(({ name }) => name === open) || open?.startsWith('dismiss:') === true;
  return (
    <section className={styles.area} aria-label={t('panel_work')}>
      {undoable !== null && (
        <div className={styles.done}>
          <p>{undoable.words}</p>
          <Action kind="quiet" busy={busy} onAction={working.undo}>
            {t('act_undo')} <KeyCap name={undoKey} />
          </Action>
        </div>
      )}
      {trouble !== null && !formShowsTrouble && (
        <p role="alert" className={styles.trouble}>
          {trouble}
        </p>
      )}
      <ActionRow actions={actions} open={open} formId={formId} slow={setting.slow} onAction={onAction} />
      <div id={formId} className={styles.form}>
        <OpenForm
          // A form that is opened again starts anew.
          key={open}
          name={open}
          setting={setting}
          onAct={(act) => void working.act(act)}
          onSnooze={(until) => void working.snooze(until)}
        />
        {open === 'keys' && <KeyList actions={actions} placeKeys={placeKeys} />}
        {open === 'link' && url !== undefined && <ManualLink url={url} />}
      </div>
      <SideChooser
        side={work.side}
        me={work.me}
        sides={work.parties}
        isOpen={open === 'side'}
        busy={busy}
        onOpen={() => onOpen(open === 'side' ? null : 'side')}
        onKeys={() => onOpen(open === 'keys' ? null : 'keys')}
        keysOpen={open === 'keys'}
        onChoose={(side) => void working.introduce({ side })}
        onName={(name) => void working.introduce({ name })}
      />
      <output>
        <Hidden>
          <span key={said.turn}>{said.words}</span>
        </Hidden>
      </output>
    </section>
  );
}

/** The browser did not let us copy: the address, ready to be copied by hand. */
function ManualLink({ url }: { readonly url: string }) {
  const id = useId();
  return (
    <div className={styles.link}>
      <label htmlFor={id}>{t('act_copy_by_hand')}</label>
      <input
        id={id}
        type="text"
        readOnly
        value={url}
        ref={(field) => {
          field?.focus();
          field?.select();
        }}
      />
    </div>
  );
}
