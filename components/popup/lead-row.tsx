/** One lead: state and time left, who it is, what is owed, by whom, until when. Drawn again only when its words change. */
import { memo } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { ClockState } from '../../lib/clock/types';
import type { LeadKey } from '../../lib/lead/lead';
import type { QueueRow } from '../../lib/messages/summary';
import { language, t } from '../../lib/platform/i18n';
import { sinceWords } from '../clock/when';
import { Hidden } from '../ui/hidden';
import { StateBadge } from '../ui/state-badge';
import { partyWords, promiseShort, promiseWords } from '../words';
import { EscalationMark, escalationWords } from './escalation-mark';
import styles from './lead-row.module.css';
import { RowFrame } from './row-frame';

export interface LeadRowProps {
  readonly row: QueueRow;
  readonly state: ClockState;
  readonly left: string | null;
  /** Its due instant passed, and nobody has seen the lead since. */
  readonly stale: boolean;
  /** Start of the current minute: dates are worded against it. */
  readonly minute: number;
  /** `null`: nobody is selecting. */
  readonly selected: boolean | null;
  /** This row is where Tab enters the list. */
  readonly entry: boolean;
  readonly onOpen: (lead: LeadKey) => void;
  readonly onFocus: (lead: LeadKey) => void;
  readonly onSelect: (lead: LeadKey) => void;
}

/** Everything about the row at full length, for its tooltip and for a screen reader. */
function fullWords({ name, company, owner, clock, seenAt, crm, escalated, snoozedUntil }: QueueRow): string {
  const locale = language();
  const lines = [
    company === null ? name : `${name}, ${company}`,
    `${promiseWords(clock)} · ${t('explain_owed_by', partyWords(clock.owedBy))}`,
    clock.dueAt === null ? null : t('explain_due', formatFullInstant(clock.dueAt, locale)),
    owner === null ? null : t('popup_owner', owner),
    escalated === undefined ? null : `${escalationWords(escalated)}: ${formatFullInstant(escalated.since, locale)}`,
    snoozedUntil === undefined ? null : t('popup_silent_until', formatFullInstant(snoozedUntil, locale)),
    t('popup_seen', crm, formatFullInstant(seenAt, locale)),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** What is owed; for a lead whose reminders are silent, until when. */
function owedWords({ clock, seenAt, snoozedUntil }: QueueRow, stale: boolean, minute: number): string {
  if (snoozedUntil !== undefined) return t('popup_until', formatInstant(snoozedUntil, minute, language()));
  if (clock.unknown === 'touches') return t('badge_unknown_touches');
  return stale ? t('popup_not_seen_since', sinceWords(seenAt, minute)) : promiseShort(clock);
}

export const LeadRow = memo(function LeadRow(props: LeadRowProps) {
  const { row, state, left, stale, minute, selected } = props;
  const { clock, escalated } = row;
  const due = clock.dueAt === null ? null : formatInstant(clock.dueAt, minute, language());
  return (
    <RowFrame
      lead={row.lead}
      name={row.name}
      state={state}
      silent={row.snoozedUntil !== undefined}
      title={fullWords(row)}
      selected={selected}
      entry={props.entry}
      onOpen={props.onOpen}
      onFocus={props.onFocus}
      onSelect={props.onSelect}
      badge={<StateBadge state={state} left={left} />}
      words={
        <>
          <span className={styles.owed}>
            {owedWords(row, stale, minute)}
            {row.company !== null && (
              <>
                <Hidden>, </Hidden>
                <span className={styles.company}>{row.company}</span>
              </>
            )}
          </span>
          {escalated && <EscalationMark escalated={escalated} />}
        </>
      }
      when={
        <>
          {due !== null && <Hidden>{t('popup_due_label')} </Hidden>}
          {due ?? '–'}
        </>
      }
      who={row.owner ?? <Hidden>{t('popup_no_owner')}</Hidden>}
    />
  );
});
