/** One look at the report: the leads, the question, and the figures that most sections start from. */
import type { CommitmentId } from '../../lib/agreement/schema';
import type { Kpi, ReportWindow } from '../../lib/report';
import type { Behind } from './figure-table';
import type { FigureTools } from './figure';
import type { Gathered } from './gather';
import type { Query } from './query';
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
  /** What the charts of response are about. */
  readonly commitment: CommitmentId;
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

/** The clause of a commitment in the agreement in force; `null` where it has none. */
export function clauseOf({ terms }: Gathered, id: CommitmentId): string | null {
  return terms.agreement.commitments.find((commitment) => commitment.id === id)?.clause ?? null;
}
