/** One click to the lead where acting now is worth most, and the switch for selecting rows. */
import { ListChecks, SkipForward } from 'lucide-react';
import { t } from '../../lib/platform/i18n';
import styles from './next-lead.module.css';

export interface NextLeadProps {
  readonly selecting: boolean;
  readonly onSelecting: (on: boolean) => void;
  readonly onNext: () => void;
}

export function NextLead({ selecting, onSelecting, onNext }: NextLeadProps) {
  return (
    <>
      <button
        type="button"
        className={styles.select}
        aria-label={t('popup_select')}
        title={t('popup_select_title')}
        aria-pressed={selecting}
        aria-keyshortcuts="x"
        onClick={() => onSelecting(!selecting)}
      >
        <ListChecks size={16} aria-hidden="true" focusable="false" />
      </button>
      <button
        type="button"
        className={styles.next}
        title={t('popup_next_title')}
        aria-keyshortcuts="n"
        onClick={onNext}
      >
        <SkipForward size={14} aria-hidden="true" focusable="false" />
        {t('popup_next_lead')}
      </button>
    </>
  );
}
