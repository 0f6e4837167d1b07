/** The keys, in one small line. */
import { t } from '../../lib/platform/i18n';
import styles from './key-help.module.css';

const keys: readonly (readonly [keys: readonly string[], words: string])[] = [
  [['j', 'k'], 'popup_key_move'],
  [['↵'], 'popup_key_open'],
  [['/'], 'popup_key_search'],
  [['1–3'], 'popup_key_filter'],
];

export function KeyHelp() {
  return (
    <ul className={styles.help} aria-label={t('popup_keys')}>
      {keys.map(([names, words]) => (
        <li key={words}>
          {names.map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}{' '}
          {t(words)}
        </li>
      ))}
    </ul>
  );
}
