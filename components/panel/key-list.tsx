/** All keys of the panel, with what each does: those of the actions, and those of the place that it stands in. */
import { t } from '../../lib/platform/i18n';
import { actionWords, helpKey, undoKey, type ShownAction } from './actions';
import type { PlaceKey } from './use-panel-keys';
import styles from './key-list.module.css';

export interface KeyListProps {
  readonly actions: readonly ShownAction[];
  readonly placeKeys: readonly PlaceKey[];
}

export function KeyList({ actions, placeKeys }: KeyListProps) {
  const keys: readonly (readonly [key: string, words: string])[] = [
    ...actions.map(({ key, name }) => [key, actionWords(name)] as const),
    [undoKey, t('act_undo')],
    [helpKey, t('panel_keys')],
    ...placeKeys.map(({ key, words }) => [key, words] as const),
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
