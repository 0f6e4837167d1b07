/** One lead: state and time left, who it is, what is owed, by whom, until when. Drawn again only when its words change. */
import { memo } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { ClockState } from '../../lib/clock/types';
import type { LeadKey } from '../../lib/lead/lead';
import type { SummaryRow } from '../../lib/messages/contract';
import { language, t } from '../../lib/platform/i18n';
import { sinceWords } from '../clock/when';
import { Hidden } from '../ui/hidden';
import { StateBadge } from '../ui/state-badge';
import { partyWords, promiseShort, promiseWords } from '../words';
import styles from './lead-row.module.css';

export interface LeadRowProps {
  readonly row: SummaryRow;
  readonly state: ClockState;
  readonly left: string | null;
  /** Its due instant passed, and nobody has seen the lead since. */
  readonly stale: boolean;
  /** Start of the current minute: dates are worded against it. */
  readonly minute: number;
  /** This row is where Tab enters the list. */
  readonly entry: boolean;
  readonly onOpen: (lead: LeadKey) => void;
  readonly onFocus: (lead: LeadKey) => void;
}

/** Everything about the row at full length, for its tooltip and for a screen reader. */
function fullWords({ name, company, owner, clock, seenAt, crm }: SummaryRow): string {
  const locale = language();
  const lines = [
    company === null ? name : `${name}, ${company}`,
    `${promiseWords(clock)} · ${t('explain_owed_by', partyWords(clock.owedBy))}`,
    clock.dueAt === null ? null : t('explain_due', formatFullInstant(clock.dueAt, locale)),
    owner === null ? null : t('popup_owner', owner),
    t('popup_seen', crm, formatFullInstant(seenAt, locale)),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

export const LeadRow = memo(function LeadRow(props: LeadRowProps) {
  const { row, state, left, stale, minute, entry, onOpen, onFocus } = props;
  const { clock } = row;
  const locale = language();
  const due = clock.dueAt === null ? null : formatInstant(clock.dueAt, minute, locale);
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        data-lead={row.lead}
        data-state={state}
        tabIndex={entry ? 0 : -1}
        title={fullWords(row)}
        onClick={() => onOpen(row.lead)}
        onFocus={() => onFocus(row.lead)}
      >
        <span className={styles.badge}>
          <StateBadge state={state} left={left} />
        </span>
        <Hidden>, </Hidden>
        <span className={styles.lead}>
          <span className={styles.name}>
            <strong>{row.name}</strong>
          </span>
          <Hidden>, </Hidden>
          <span className={styles.owed}>
            {stale ? t('popup_not_seen_since', sinceWords(row.seenAt, minute)) : promiseShort(clock)}
            {row.company !== null && (
              <>
                <Hidden>, </Hidden>
                <span className={styles.company}>{row.company}</span>
              </>
            )}
          </span>
        </span>
        <Hidden>, </Hidden>
        <span className={styles.side}>
          <span className={styles.due}>
            {due !== null && <Hidden>{t('popup_due_label')} </Hidden>}
            {due ?? '–'}
          </span>
          <Hidden>, </Hidden>
          <span className={styles.owner}>{row.owner ?? <Hidden>{t('popup_no_owner')}</Hidden>}</span>
        </span>
      </button>
    </li>
  );
});
