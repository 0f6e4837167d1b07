/** The three figures on top; each one filters the list. */
import { AlarmClock, CalendarClock, CircleAlert, type LucideIcon } from 'lucide-react';
import type { Summary, SummaryGroup } from '../../lib/messages/summary';
import { language, t } from '../../lib/platform/i18n';
import styles from './figures.module.css';

/** In the order of their keys 1, 2, 3. */
export const groups: readonly SummaryGroup[] = ['overdue', 'at-risk', 'today'];

const icons: Readonly<Record<SummaryGroup, LucideIcon>> = {
  overdue: CircleAlert,
  'at-risk': AlarmClock,
  today: CalendarClock,
};

const groupWords = (group: SummaryGroup): string => t(`popup_group_${group.replaceAll('-', '_')}`);

export interface FiguresProps {
  /** `null` until the first answer. */
  readonly counts: Summary['counts'] | null;
  readonly group: SummaryGroup | null;
  readonly onGroup: (group: SummaryGroup | null) => void;
}

export function Figures({ counts, group, onGroup }: FiguresProps) {
  const number = new Intl.NumberFormat(language());
  return (
    <fieldset aria-label={t('popup_figures')} className={styles.figures}>
      {groups.map((name, index) => {
        const Icon = icons[name];
        const pressed = name === group;
        return (
          <button
            key={name}
            type="button"
            className={styles.figure}
            data-group={name}
            data-some={(counts?.[name] ?? 0) > 0 || undefined}
            aria-pressed={pressed}
            title={t('popup_figure_title', groupWords(name), String(index + 1))}
            onClick={() => onGroup(pressed ? null : name)}
          >
            <span className={styles.number}>
              {counts === null ? '–' : number.format(counts[name])}
              <Icon size={16} aria-hidden="true" focusable="false" />
            </span>{' '}
            <span className={styles.label}>{groupWords(name)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
