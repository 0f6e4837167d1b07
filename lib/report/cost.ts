/** What an accepted lead cost, as far as somebody said what its source cost. */
import type { Columns } from './columns';
import { periodAt } from './periods';
import type { Cost, KpiRequest } from './request';
import { select } from './select';
import { ratioOf, type Ratio } from './statistics';
import { acceptedCode } from './tally';
import type { ReportWindow } from './types';

/** What a source cost in a month, as people enter it: `YYYY-MM`, in the one currency of all of them. */
export interface MonthlyCost {
  readonly source: string;
  readonly month: string;
  readonly amount: number;
}

/** Monthly costs with the instants that their months begin and end at. @param timeZone IANA zone of the report. */
export function costsOf(entries: readonly MonthlyCost[], timeZone: string): Cost[] {
  const windows = new Map<string, ReportWindow>();
  return entries.map(({ source, month, amount }) => {
    let window = windows.get(month);
    // The middle of a month is in that month everywhere.
    if (!window) windows.set(month, (window = periodAt('month', Date.parse(`${month}-15T12:00:00Z`), timeZone)));
    return { source, amount, from: window.from, to: window.to };
  });
}

/** What of a cost falls into the window and has passed: half a month has cost half. */
export function costUntilNow(cost: Pick<Cost, 'from' | 'to' | 'amount'>, window: ReportWindow, now: number): number {
  const part = Math.min(cost.to, window.to, now) - Math.max(cost.from, window.from);
  return (cost.amount * Math.max(0, part)) / (cost.to - cost.from);
}

/** A cost belongs to a source as a whole: under any other filter nobody knows which part of it. */
const isSplittable = (filters: NonNullable<KpiRequest['filters']>): boolean =>
  Object.keys(filters).every((dimension) => dimension === 'source');

/** Costs of the sources that are asked for, as far as they touch the window. */
function costsIn({ window, filters = {}, costs = [] }: KpiRequest): Cost[] {
  const wanted = filters.source && new Set(filters.source);
  return costs.filter(
    (cost) =>
      cost.to > window.from && cost.from < window.to && cost.to > cost.from && (!wanted || wanted.has(cost.source)),
  );
}

/**
 * `cost of the sources in the window, up to now ÷ accepted leads of those sources`. Sources without a cost count on neither side. A cost
 * belongs to a source as a whole, so under any other filter there is no value.
 */
export function costPerAccepted(
  columns: Columns,
  rows: Uint32Array,
  { window, filters = {}, costs = [] }: KpiRequest,
): Ratio {
  const formula = 'cost_per_accepted';
  if (!isSplittable(filters)) return { formula, top: 0, bottom: 0, value: null, why: 'cost-not-splittable' };
  const inWindow = costsIn({ window, filters, costs });
  if (inWindow.length === 0) return { formula, top: 0, bottom: 0, value: null, why: 'no-cost' };
  const amount = inWindow.reduce((sum, cost) => sum + costUntilNow(cost, window, columns.now), 0);
  const { codes, values } = columns.texts.source;
  const sources = new Set<string | null>(inWindow.map(({ source }) => source));
  const isCosted = values.map((value) => sources.has(value));
  let accepted = 0;
  for (const row of rows) if (columns.verdict[row] === acceptedCode && isCosted[codes[row]!]) accepted += 1;
  return ratioOf(formula, amount, accepted, 'nothing-accepted');
}

export interface CostRow {
  readonly source: string;
  /** What it cost in the window, up to now. */
  readonly amount: number;
  readonly perAccepted: Ratio;
}

/** The same for each source that has a cost, the dearest first; empty where a filter cuts through them. */
export function costTable(columns: Columns, request: KpiRequest): CostRow[] {
  const { window, filters = {} } = request;
  if (!isSplittable(filters)) return [];
  const sources = [...new Set(costsIn(request).map(({ source }) => source))];
  return sources
    .map((source): CostRow => {
      const own = { ...request, filters: { source: [source] } };
      const perAccepted = costPerAccepted(columns, select(columns, window, own.filters), own);
      return { source, amount: perAccepted.top, perAccepted };
    })
    .sort((a, b) => b.amount - a.amount || (a.source < b.source ? -1 : 1));
}
