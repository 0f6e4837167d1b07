/** What waits for marketing: what is asked, of which lead, in whose words, until when. */
import { LockOpen, MessageCircleQuestion, Wrench, type LucideIcon } from 'lucide-react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import type { WaitingRow } from '../../lib/messages/summary';
import { language, t } from '../../lib/platform/i18n';
import { factWords } from '../panel/fact-words';
import { Hidden } from '../ui/hidden';
import { stateWords } from '../words';
import { RowFrame } from './row-frame';
import type { Terms } from './use-beside';
import styles from './waiting.module.css';
import type { Selection } from './use-selection';
import { useTabStop } from './use-tab-stop';

type Ask = 'fix' | 'answer' | 'unblock';

const icons: Readonly<Record<Ask, LucideIcon>> = { fix: Wrench, answer: MessageCircleQuestion, unblock: LockOpen };

function askOf({ fact }: WaitingRow): Ask {
  if (fact.kind === 'blocked') return 'unblock';
  return (fact.kind === 'flag' || fact.kind === 'verdict') && fact.data === true ? 'fix' : 'answer';
}

const said = ({ fact }: WaitingRow, { reasons, parties }: Terms, now: number): string =>
  factWords(fact, { reasons, sides: parties, now });

function fullWords(row: WaitingRow, ask: Ask, words: string): string {
  const { name, company, dueAt, fact, crm } = row;
  const locale = language();
  return [
    company === null ? name : `${name}, ${company}`,
    t(`popup_ask_${ask}_long`),
    `${words} (${formatFullInstant(fact.at, locale)})`,
    dueAt === null ? t('popup_waiting_no_due') : t('explain_due', formatFullInstant(dueAt, locale)),
    crm,
  ].join('\n');
}

interface WaitingListProps {
  readonly rows: readonly WaitingRow[];
  readonly terms: Terms;
  readonly now: number;
  readonly selection: Selection;
  readonly onOpen: (lead: LeadKey) => void;
}

export function WaitingList({ rows, terms, now, selection, onOpen }: WaitingListProps) {
  const stop = useTabStop(rows.map(({ fact }) => fact.id));
  return (
    <ul aria-label={t('popup_waiting')}>
      {rows.map((row) => (
        <WaitingItem
          key={row.fact.id}
          row={row}
          terms={terms}
          now={now}
          selected={selection.stateOf(row)}
          entry={row.fact.id === stop.id}
          onOpen={onOpen}
          onFocus={() => stop.onFocus(row.fact.id)}
          onSelect={selection.toggle}
        />
      ))}
    </ul>
  );
}

interface WaitingItemProps {
  readonly row: WaitingRow;
  readonly terms: Terms;
  readonly now: number;
  readonly selected: boolean | null;
  readonly entry: boolean;
  readonly onOpen: (lead: LeadKey) => void;
  readonly onFocus: () => void;
  readonly onSelect: (lead: LeadKey) => void;
}

function WaitingItem({ row, terms, now, selected, entry, onOpen, onFocus, onSelect }: WaitingItemProps) {
  const { dueAt } = row;
  const ask = askOf(row);
  const Icon = icons[ask];
  const words = said(row, terms, now);
  const isLate = dueAt !== null && dueAt < now;
  return (
    <RowFrame
      lead={row.lead}
      name={row.name}
      title={fullWords(row, ask, words)}
      selected={selected}
      entry={entry}
      onOpen={onOpen}
      onFocus={onFocus}
      onSelect={onSelect}
      badge={
        <span className={styles.ask}>
          <Icon size={12} aria-hidden="true" focusable="false" />
          <span className={styles.words}>{t(`popup_ask_${ask}`)}</span>
        </span>
      }
      words={<span className={styles.words}>{words}</span>}
      when={
        dueAt === null ? (
          <Hidden>{t('popup_waiting_no_due')}</Hidden>
        ) : (
          <span className={isLate ? styles.late : undefined}>
            <Hidden>
              {isLate ? `${stateWords('overdue')}, ${t('popup_due_label')} ` : `${t('popup_due_label')} `}
            </Hidden>
            {formatInstant(dueAt, now, language())}
          </span>
        )
      }
      who={row.company}
    />
  );
}
