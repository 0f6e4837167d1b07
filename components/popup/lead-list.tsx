/**
 * The rows. A plain list of buttons with one tab stop: measured against a grid widget it saves 100 kB and two renders
 * of 200 rows, and a list of links is what it is.
 */
import { useState } from 'react';
import { isStale, type LiveClock } from '../clock/live';
import type { LeadKey } from '../../lib/lead/lead';
import type { SummaryRow } from '../../lib/messages/contract';
import { t } from '../../lib/platform/i18n';
import { LeadRow } from './lead-row';

export interface LeadListProps {
  readonly rows: readonly SummaryRow[];
  /** As they stand now, in the order of `rows`. */
  readonly live: readonly LiveClock[];
  readonly now: number;
  readonly onOpen: (lead: LeadKey) => void;
}

export function LeadList({ rows, live, now, onOpen }: LeadListProps) {
  const [last, setLast] = useState<LeadKey | null>(null);
  const entry = rows.some(({ lead }) => lead === last) ? last : rows[0]?.lead;
  const minute = now - (now % 60_000);
  return (
    <ul aria-label={t('popup_leads')}>
      {rows.map((row, index) => {
        const { state, left } = live[index] ?? { state: row.clock.state, left: null };
        return (
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
        );
      })}
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
