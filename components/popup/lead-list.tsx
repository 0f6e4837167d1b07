/**
 * The rows. A plain list of buttons with one tab stop: measured against a grid widget it saves 100 kB and two renders
 * of 200 rows, and a list of links is what it is.
 */
import { useDeferredValue, useState } from 'react';
import { isStale, type LiveClock } from '../clock/live';
import type { LeadKey } from '../../lib/lead/lead';
import type { SummaryRow } from '../../lib/messages/contract';
import { t } from '../../lib/platform/i18n';
import { LeadRow } from './lead-row';

interface ListEntry {
  readonly row: SummaryRow;
  /** Its clock as it stands now. */
  readonly live: LiveClock;
}

/** More than fit in the popup: these are drawn at once, the others right after the first paint. */
const firstRows = 20;

export interface LeadListProps {
  readonly entries: readonly ListEntry[];
  readonly now: number;
  readonly onOpen: (lead: LeadKey) => void;
}

export function LeadList({ entries, now, onOpen }: LeadListProps) {
  const [last, setLast] = useState<LeadKey | null>(null);
  const shown = useDeferredValue(entries, entries.slice(0, firstRows));
  const entry = shown.some(({ row }) => row.lead === last) ? last : shown[0]?.row.lead;
  const minute = now - (now % 60_000);
  return (
    <ul aria-label={t('popup_leads')}>
      {shown.map(({ row, live: { state, left } }) => (
        <LeadRow
          key={row.lead}
          row={row}
          state={state}
          left={left}
          stale={isStale(state, row.clock, now)}
          minute={minute}
          entry={row.lead === entry}
          onOpen={onOpen}
          onFocus={setLast}
        />
      ))}
    </ul>
  );
}

const rowsOf = (root: ParentNode): HTMLElement[] => Array.from(root.querySelectorAll<HTMLElement>('button[data-lead]'));

/** Moves the focus by `step` rows; from elsewhere it enters at the first or the last one. `false`: there is no row there. */
export function moveRow(root: ParentNode, step: 1 | -1): boolean {
  const rows = rowsOf(root);
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? rows.at(step === 1 ? 0 : -1) : at + step < 0 ? undefined : rows[at + step];
  next?.focus();
  return next !== undefined;
}
