/** What the results are asked for: a window, filters, and what the caller knows besides the facts. */
import type { Filters } from './select';
import type { ReportWindow } from './types';

/** What a source cost in `[from, to)`, in the money that the agreement names; spread evenly over that time. */
export interface Cost {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

export interface KpiRequest {
  readonly window: ReportWindow;
  readonly filters?: Filters;
  /** What sources cost; without any, the cost per accepted lead has no value. */
  readonly costs?: readonly Cost[];
  /** A lead seen this long before the period's end still counts as observed; default 24 h. */
  readonly staleAfterMs?: number;
}
