/** The keys: those of every day in one small line, all of them on request. */
import { t } from '../../lib/platform/i18n';
import { sidebarKey } from '../use-sidebar';
import styles from './key-help.module.css';

type Key = readonly [names: readonly string[], words: string];

const daily: readonly Key[] = [
  [['j', 'k'], 'popup_key_move'],
  [['↵'], 'popup_key_open'],
  [['n'], 'popup_key_next'],
  [['s'], 'popup_key_snooze'],
];

const all: readonly Key[] = [
  ...daily,
  [['x'], 'popup_key_select'],
  [['⇧↑', '⇧↓'], 'popup_key_select_more'],
  [['u'], 'popup_key_undo'],
  [['/'], 'popup_key_search'],
  [['1–3'], 'popup_key_filter'],
  [['m'], 'popup_key_mine'],
  [[sidebarKey], 'popup_key_sidebar'],
  [['Esc'], 'popup_key_back'],
];

export interface KeyHelpProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

export function KeyHelp({ open, onOpen }: KeyHelpProps) {
  return (
    <div className={styles.help}>
      <ul className={styles.keys} aria-label={t('popup_keys')}>
        {(open ? all : daily).map(([names, words]) => (
          <li key={words}>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}{' '}
            {t(words)}
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={styles.more}
        aria-expanded={open}
        aria-keyshortcuts="?"
        onClick={() => onOpen(!open)}
      >
        <kbd>?</kbd> {t(open ? 'popup_keys_fewer' : 'popup_keys_all')}
      </button>
    </div>
  );
}
