/** Above the bottom line: how many rows are selected and what can be done with them, the menu, and what came of it. */
import { BellOff, X } from 'lucide-react';
import type { LeadKey } from '../../lib/lead/lead';
import type { OpenHours } from '../../lib/messages/observing';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { KeyCap } from '../ui/key-cap';
import styles from './snooze-bar.module.css';
import { SnoozeMenu } from './snooze-menu';
import type { Selection } from './use-selection';
import type { SnoozeControl } from './use-snooze';

export interface SnoozeBarProps {
  readonly selection: Selection;
  readonly control: SnoozeControl;
  readonly nameOf: (lead: LeadKey) => string | null;
  readonly open: OpenHours;
  readonly now: number;
}

export function SnoozeBar({ selection, control, nameOf, open, now }: SnoozeBarProps) {
  const { menu, said, trouble, undo, busy } = control;
  const [only] = menu ?? [];
  return (
    <>
      {trouble !== null && (
        <p role="alert" className={styles.bar}>
          {trouble}
        </p>
      )}
      {/* Always there: a screen reader hears of what comes into it. */}
      <output className={said === null ? undefined : styles.bar}>
        {said ?? (selection.on && <Hidden>{plural('popup_selected', selection.leads.length)}</Hidden>)}
        {undo !== null && (
          <Action kind="quiet" busy={busy} onAction={() => control.wake(undo)}>
            {t('act_undo')} <KeyCap name="u" />
          </Action>
        )}
      </output>
      {menu !== null && only !== undefined ? (
        <SnoozeMenu
          count={menu.length}
          name={menu.length === 1 ? nameOf(only) : null}
          open={open}
          now={now}
          onChoose={control.snooze}
          onLeave={control.leave}
        />
      ) : (
        selection.on && <SelectedLine selection={selection} onSnooze={() => control.choose(selection.leads)} />
      )}
    </>
  );
}

interface SelectedLineProps {
  readonly selection: Selection;
  readonly onSnooze: () => void;
}

function SelectedLine({ selection, onSnooze }: SelectedLineProps) {
  const { leads, clear } = selection;
  const none = leads.length === 0;
  return (
    <div className={styles.bar}>
      <p aria-hidden="true">{none ? t('popup_select_hint') : plural('popup_selected', leads.length)}</p>
      <Action busy={none} onAction={onSnooze}>
        <span className={styles.words}>
          <BellOff size={14} aria-hidden="true" focusable="false" />
          {t('act_snooze')} <KeyCap name="s" />
        </span>
      </Action>
      <Action kind="plain" onAction={clear}>
        <span className={styles.words}>
          <X size={16} aria-hidden="true" focusable="false" />
          <Hidden>{t('popup_select_end')}</Hidden>
        </span>
      </Action>
    </div>
  );
}
