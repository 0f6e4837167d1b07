/** A number, or words with one in them, that opens the leads behind it. */
import { t } from '../../lib/platform/i18n';
import type { Behind } from './figure-table';
import styles from './open-leads.module.css';

export interface OpenLeadsProps {
  readonly behind: Behind;
  readonly words: string;
  readonly onBehind: (behind: Behind) => void;
  /** Underlined only when it is pointed at. */
  readonly quiet?: boolean;
}

export function OpenLeads({ behind, words, onBehind, quiet = false }: OpenLeadsProps) {
  return (
    <button
      type="button"
      className={quiet ? `${styles.open} ${styles.quiet}` : styles.open}
      aria-label={t('report_open_leads', behind.label, words)}
      onClick={() => onBehind(behind)}
    >
      <bdi>{words}</bdi>
    </button>
  );
}
