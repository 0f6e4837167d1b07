/** One clock of the lead: state and promise always, and behind the fold why it is due when it is due. */
import { ChevronRight } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { formatDuration, formatFullInstant } from '../../lib/clock';
import type { PanelClock, PanelReply } from '../../lib/messages/panel';
import { language, t } from '../../lib/platform/i18n';
import { dueSentences, leftSentence } from '../clock/clock-sentences';
import type { LiveClock } from '../clock/live';
import { ownZone } from '../clock/when';
import { StateBadge } from '../ui/state-badge';
import { partyWords, promiseName } from '../words';
import styles from './clock-card.module.css';
import { Explanation } from './explanation';
import { TimeLine } from './time-line';

export type Shown = Extract<PanelReply, { readonly ok: true }>;

export interface ClockCardProps {
  readonly entry: PanelClock;
  readonly live: LiveClock;
  readonly shown: Shown;
  readonly now: number;
  readonly startsOpen: boolean;
}

/** "60 minutes of working time, calendar “Office hours”". */
function targetWords({ target }: PanelClock['clock'], calendars: Shown['calendars']): string {
  const say = (minutes: number): string => formatDuration(minutes * 60_000, language());
  if ('elapsedMinutes' in target) return t('explain_target_elapsed', say(target.elapsedMinutes));
  const calendar = calendars[target.calendar];
  return t('explain_target_working', say(target.workingMinutes), calendar?.label ?? target.calendar);
}

export function ClockCard({ entry, live, shown, now, startsOpen }: ClockCardProps) {
  const { clock, steps } = entry;
  const zone = clock.calendar === null ? undefined : shown.calendars[clock.calendar]?.timeZone;
  const clause = clock.clause === null ? null : t('explain_clause', clock.clause);
  const owed = t('explain_owed_by', partyWords(clock.owedBy));
  const left = leftSentence(clock, live);
  const due = dueSentences(clock, live, now, shown.lead.seenAt);
  return (
    <Disclosure className={styles.card ?? ''} defaultExpanded={startsOpen} data-state={live.state}>
      <Heading level={2}>
        <Button slot="trigger" className={styles.trigger ?? ''}>
          <ChevronRight size={16} aria-hidden="true" focusable="false" className={styles.chevron} />
          <span className={styles.promise}>
            <span className={styles.name}>{promiseName(clock)}</span>{' '}
            <span className={styles.owed}>{clause === null ? owed : `${clause} · ${owed}`}</span>
          </span>{' '}
          <StateBadge state={live.state} left={live.left} />
        </Button>
      </Heading>
      <div className={styles.sum}>
        {left !== null && <p className={styles.left}>{left}</p>}
        {due.map((sentence) => (
          <p key={sentence} title={clock.dueAt === null ? undefined : formatFullInstant(clock.dueAt, language())}>
            {sentence}
          </p>
        ))}
      </div>
      <DisclosurePanel className={styles.more ?? ''}>
        {clock.dueAt !== null && <p className={styles.full}>{formatFullInstant(clock.dueAt, language())}</p>}
        <TimeLine steps={steps} clock={clock} now={now} timeZone={zone} />
        <h3 className={styles.why}>{t('explain_why')}</h3>
        <p className={styles.target}>{targetWords(clock, shown.calendars)}</p>
        <Explanation steps={steps} crmLabel={shown.crmLabel} timeZone={zone} />
        {zone !== undefined && zone !== ownZone() && <p className={styles.target}>{t('explain_zone', zone)}</p>}
      </DisclosurePanel>
    </Disclosure>
  );
}
