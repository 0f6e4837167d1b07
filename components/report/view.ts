/** One look at the report: the leads, the question, and the figures that most sections start from. */
import type { CommitmentId } from '../../lib/agreement/schema';
import type { Party } from '../../lib/lead/facts';
import { promisesAt, type Cell, type Kpi, type Promised, type ReportWindow } from '../../lib/report';
import type { Cost, KpiRequest } from '../../lib/report/request';
import type { Share } from '../../lib/report/statistics';
import { t } from '../../lib/platform/i18n';
import { measured, type Behind, type FigureCell } from './figure-table';
import type { FigureTools } from './figure';
import type { Gathered } from './gather';
import type { Query } from './query';
import type { Costs } from './use-costs';
import type { Ask } from './use-query';

export interface View {
  readonly gathered: Gathered;
  readonly query: Query;
  readonly ask: Ask;
  readonly window: ReportWindow;
  /** The period before; `null` where nothing is compared. */
  readonly before: ReportWindow | null;
  readonly kpi: Kpi;
  readonly kpiBefore: Kpi | null;
  readonly tools: FigureTools;
  /** Whether reports name people. */
  readonly names: 'hidden' | 'shown';
  readonly costs: Costs;
  /** The same as windows of the report's zone, as figures count them. */
  readonly costWindows: readonly Cost[];
  /** What the charts of response are about. */
  readonly commitment: CommitmentId;
  /** Whose. */
  readonly owedBy: Party;
}

export interface SectionProps {
  readonly view: View;
}

/** The leads of a number of this period. */
export function behindOf(
  view: Pick<View, 'window' | 'query'>,
  label: string,
  cell: Behind['cell'],
  more: Partial<Behind> = {},
): Behind {
  return { label, cell, window: view.window, filters: view.query.filters, ...more };
}

/** A share with the leads of its part, and those that it is a share of. */
export function shareCell(
  view: Pick<View, 'window' | 'query'>,
  label: string,
  share: Share,
  [part, of]: readonly [part: Cell, of: Cell],
  more: Partial<Behind> = {},
): FigureCell {
  return measured(share, behindOf(view, label, part, more), behindOf(view, t('report_among', label), of, more));
}

/** What the figures of this look are asked for. */
export const requestOf = ({
  window,
  query,
  costWindows,
}: Pick<View, 'window' | 'query' | 'costWindows'>): KpiRequest => ({
  window,
  filters: query.filters,
  costs: costWindows,
});

/**
 * The clause of a commitment in the versions that judged the leads of this period, or in the one in force where none did; `null` where
 * it has none.
 */
export function clauseOf(
  { gathered: { terms }, kpi }: Pick<View, 'gathered' | 'kpi'>,
  id: CommitmentId,
): string | null {
  const judging = terms.versions.filter(({ version }) => kpi.about.versions.includes(version));
  const clauses = (judging.length > 0 ? judging.toReversed() : [terms.agreement]).flatMap(
    ({ commitments }) => commitments.find((commitment) => commitment.id === id)?.clause ?? [],
  );
  return clauses.length === 0 ? null : [...new Set(clauses)].join(' / ');
}

/** The promises of the periods that the present, or else the end of what is looked at, lies in. */
export function promisesOf({ gathered: { terms, columns }, window }: Pick<View, 'gathered' | 'window'>): Promised[] {
  const at = Math.max(window.from, Math.min(window.to - 1, columns.now));
  return promisesAt(terms.versions.length > 0 ? terms.versions : [terms.agreement], at, columns.timeZone);
}
