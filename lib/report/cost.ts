/** What an accepted lead cost, as far as somebody said what its source cost. */
import type { Columns } from './columns';
import type { Cost, KpiRequest } from './request';
import { ratioOf, type Ratio } from './statistics';
import { acceptedCode } from './tally';
import type { ReportWindow } from './types';

/** What of a cost falls into the window and has passed: half a month has cost half. */
export function costUntilNow(cost: Pick<Cost, 'from' | 'to' | 'amount'>, window: ReportWindow, now: number): number {
  const part = Math.min(cost.to, window.to, now) - Math.max(cost.from, window.from);
  return (cost.amount * Math.max(0, part)) / (cost.to - cost.from);
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
  const others = Object.keys(filters).some((dimension) => dimension !== 'source');
  if (others) return { formula, top: 0, bottom: 0, value: null, why: 'cost-not-splittable' };
  const wanted = filters.source && new Set(filters.source);
  const inWindow = costs.filter(
    (cost) =>
      cost.to > window.from && cost.from < window.to && cost.to > cost.from && (!wanted || wanted.has(cost.source)),
  );
  if (inWindow.length === 0) return { formula, top: 0, bottom: 0, value: null, why: 'no-cost' };
  const amount = inWindow.reduce((sum, cost) => sum + costUntilNow(cost, window, columns.now), 0);
  const { codes, values } = columns.texts.source;
  const sources = new Set<string | null>(inWindow.map(({ source }) => source));
  const isCosted = values.map((value) => sources.has(value));
  let accepted = 0;
  for (const row of rows) if (columns.verdict[row] === acceptedCode && isCosted[codes[row]!]) accepted += 1;
  return ratioOf(formula, amount, accepted, 'nothing-accepted');
}
