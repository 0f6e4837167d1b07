/**
 * A row of 52 px as every list of the popup has them: a button that opens its lead, and before it a box to tick while rows
 * are being selected. The box takes no stop of Tab: the key `x` does the same from the row.
 */
import type { ReactNode } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import { t } from '../../lib/platform/i18n';
import { Hidden } from '../ui/hidden';
import styles from './lead-row.module.css';

export interface RowFrameProps {
  readonly lead: LeadKey;
  readonly name: string;
  readonly badge: ReactNode;
  /** The line below the name. */
  readonly words: ReactNode;
  /** Right above: when. */
  readonly when: ReactNode;
  /** Right below. */
  readonly who: ReactNode;
  /** Everything at full length. */
  readonly title: string;
  readonly state?: string;
  /** Its reminders are silent: `s` wakes it instead. */
  readonly silent?: boolean;
  /** `null`: nobody is selecting. */
  readonly selected: boolean | null;
  /** This row is where Tab enters the list. */
  readonly entry: boolean;
  readonly onOpen: (lead: LeadKey) => void;
  readonly onFocus: (lead: LeadKey) => void;
  readonly onSelect?: (lead: LeadKey) => void;
}

export function RowFrame(props: RowFrameProps) {
  const { lead, name, state, silent = false, selected, entry, onOpen, onFocus, onSelect } = props;
  return (
    <li className={styles.item} data-selected={selected || undefined}>
      {selected !== null && onSelect && (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={t('popup_select_row', name)}
          checked={selected}
          tabIndex={-1}
          onChange={() => onSelect(lead)}
        />
      )}
      <button
        type="button"
        className={styles.row}
        data-lead={lead}
        data-state={state}
        data-silent={silent || undefined}
        tabIndex={entry ? 0 : -1}
        title={props.title}
        onClick={() => onOpen(lead)}
        onFocus={() => onFocus(lead)}
      >
        <span className={styles.badge}>{props.badge}</span>
        <Hidden>, </Hidden>
        <span className={styles.lead}>
          <span className={styles.name}>
            <strong>{name}</strong>
          </span>
          <Hidden>, </Hidden>
          <span className={styles.second}>{props.words}</span>
        </span>
        <Hidden>, </Hidden>
        <span className={styles.side}>
          <span className={styles.due}>{props.when}</span>
          <Hidden>, </Hidden>
          <span className={styles.owner}>{props.who}</span>
        </span>
        {selected === true && <Hidden>, {t('popup_selected_mark')}</Hidden>}
      </button>
    </li>
  );
}
