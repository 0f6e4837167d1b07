/**
 * The rows. A plain list of buttons with one tab stop: measured against a grid widget it saves 100 kB and two renders
 * of 200 rows, and a list of links is what it is.
 */
import { useDeferredValue } from 'react';
import { isStale, type LiveClock } from '../clock/live';
import type { LeadKey } from '../../lib/lead/lead';
import type { QueueRow } from '../../lib/messages/summary';
import { t } from '../../lib/platform/i18n';
import { LeadRow } from './lead-row';
import { useTabStop } from './use-tab-stop';
import type { Selection } from './use-selection';

export interface ListEntry {
  readonly row: QueueRow;
  /** Its clock as it stands now. */
  readonly live: LiveClock;
}

/** More than fit in the popup: these are drawn at once, the others right after the first paint. */
const firstRows = 20;

export interface LeadListProps {
  readonly entries: readonly ListEntry[];
  readonly now: number;
  readonly selection: Selection;
  readonly onOpen: (lead: LeadKey) => void;
  /** Absent: the list of what is due. */
  readonly label?: string;
}

export function LeadList({ entries, now, selection, onOpen, label }: LeadListProps) {
  const shown = useDeferredValue(entries, entries.slice(0, firstRows));
  const stop = useTabStop(shown.map(({ row }) => row.lead));
  const minute = now - (now % 60_000);
  return (
    <ul aria-label={label ?? t('popup_leads')}>
      {shown.map(({ row, live: { state, left } }) => (
        <LeadRow
          key={row.lead}
          row={row}
          state={state}
          left={left}
          stale={isStale(state, row.clock, now)}
          minute={minute}
          selected={selection.stateOf(row)}
          entry={row.lead === stop.id}
          onOpen={onOpen}
          onFocus={stop.onFocus}
          onSelect={selection.toggle}
        />
      ))}
    </ul>
  );
}
