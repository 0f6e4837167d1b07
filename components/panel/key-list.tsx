/** All keys of the panel, with what each does. */
import { t } from '../../lib/platform/i18n';
import { actionWords, helpKey, undoKey, type ShownAction } from './actions';
import styles from './key-list.module.css';

export function KeyList({ actions }: { readonly actions: readonly ShownAction[] }) {
  const keys: readonly (readonly [key: string, words: string])[] = [
    ...actions.map(({ key, name }) => [key, actionWords(name)] as const),
    [undoKey, t('act_undo')],
    [helpKey, t('panel_keys')],
    ['Esc', t('panel_close')],
  ];
  return (
    <dl className={styles.keys} aria-label={t('panel_keys')}>
      {keys.map(([key, words]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
