/** The actions as buttons, each with its key. One that can't be done now stays in its place and says why when it is pressed. */
import { t } from '../../lib/platform/i18n';
import { KeyCap } from '../ui/key-cap';
import { actionWords, type ShownAction } from './actions';
import styles from './action-row.module.css';

export interface ActionRowProps {
  readonly actions: readonly ShownAction[];
  /** Name of the form that is open. */
  readonly open: string | null;
  readonly formId: string;
  /** An act is on its way for so long that it should be seen: a quick one must not make the row flicker. */
  readonly slow: boolean;
  readonly onAction: (action: ShownAction) => void;
}

export function ActionRow({ actions, open, formId, slow, onAction }: ActionRowProps) {
  return (
    <ul className={styles.row} aria-label={t('panel_actions')}>
      {actions.map((action) => {
        const { name, key, icon: Icon, atOnce, refusal } = action;
        const isOpen = open === name;
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.action}
              // The place, not the action: after a pause the focus is on "Resume", which stands in the same place.
              data-place={key}
              data-open={isOpen || undefined}
              aria-keyshortcuts={key}
              aria-disabled={slow || refusal !== null || undefined}
              aria-expanded={atOnce ? undefined : isOpen}
              aria-controls={isOpen ? formId : undefined}
              title={refusal ?? undefined}
              onClick={() => onAction(action)}
            >
              <Icon size={14} aria-hidden="true" focusable="false" />
              <span>{actionWords(name)}</span>
              <KeyCap name={key} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
