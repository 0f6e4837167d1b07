/** "Snoozed (3)": one line that opens into the leads whose reminders are silent, and can end it for one or for all. */
import { BellOff, ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import { queueRows, type QueueRow } from '../../lib/messages/summary';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { KeyCap } from '../ui/key-cap';
import styles from './group.module.css';

export interface SnoozedProps {
  readonly rows: readonly QueueRow[];
  readonly onWake: (leads: readonly LeadKey[]) => void;
  readonly children: ReactNode;
}

export function Snoozed({ rows, onWake, children }: SnoozedProps) {
  const [open, setOpen] = useState(false);
  if (rows.length === 0) return null;
  const Chevron = open ? ChevronDown : ChevronRight;
  const number = new Intl.NumberFormat(language()).format(rows.length);
  return (
    <section aria-label={t('popup_snoozed_list')}>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={14} aria-hidden="true" focusable="false" />
        <BellOff size={14} aria-hidden="true" focusable="false" />
        {t('popup_snoozed', rows.length < queueRows ? number : `${number}+`)}
      </button>
      {open && (
        <>
          <div className={styles.end}>
            <p>
              {t('popup_snoozed_hint')} <KeyCap name="s" />
            </p>
            <Action kind="quiet" onAction={() => onWake(rows.map(({ lead }) => lead))}>
              {t('popup_wake_all')}
            </Action>
          </div>
          {children}
        </>
      )}
    </section>
  );
}
