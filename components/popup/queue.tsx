/**
 * Below what is due: what waits for marketing, what comes after today, and what is snoozed. Drawn after the first paint;
 * left out while a figure filters, because nothing here is in any of the three.
 */
import { useDeferredValue, useMemo } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import type { QueueRow, Summary } from '../../lib/messages/summary';
import { t } from '../../lib/platform/i18n';
import { liveClock } from '../clock/live';
import { Group } from './group';
import { LeadList, type ListEntry } from './lead-list';
import { Snoozed } from './snoozed';
import type { Selection } from './use-selection';
import { nothingBeside, type Beside } from './use-beside';
import { WaitingList } from './waiting';

export interface QueueProps {
  readonly beside: Beside;
  readonly open: Summary['open'];
  readonly now: number;
  readonly selection: Selection;
  readonly onOpen: (lead: LeadKey) => void;
  readonly onWake: (leads: readonly LeadKey[]) => void;
}

function useEntries(rows: readonly QueueRow[], open: Summary['open'], now: number): readonly ListEntry[] {
  return useMemo(() => rows.map((row) => ({ row, live: liveClock(row.clock, open, now) })), [rows, open, now]);
}

export function Queue({ beside, open, now, selection, onOpen, onWake }: QueueProps) {
  const { waiting, next, snoozed, terms } = useDeferredValue(beside, nothingBeside);
  const nextEntries = useEntries(next, open, now);
  const snoozedEntries = useEntries(snoozed, open, now);
  const list = { now, selection, onOpen };
  return (
    <>
      <Group title={t('popup_waiting')} rows={waiting}>
        {(rows) => <WaitingList rows={rows} terms={terms} {...list} />}
      </Group>
      <Group title={t('popup_later')} rows={nextEntries}>
        {(entries) => <LeadList entries={entries} label={t('popup_later_list')} {...list} />}
      </Group>
      <Snoozed rows={snoozed} onWake={onWake}>
        <LeadList entries={snoozedEntries} label={t('popup_snoozed_list')} {...list} />
      </Snoozed>
    </>
  );
}
