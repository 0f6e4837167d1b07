/** A figure next to the one of the period before. */
import type { FormulaId } from './formulas';

/** Which way is good. */
export type Bound = 'at-least' | 'at-most';

export interface Trend {
  readonly formula: FormulaId;
  readonly before: number | null;
  /** `now − before`; `null` where either has no value. */
  readonly change: number | null;
  readonly direction: 'better' | 'worse' | 'same' | null;
}

export function trendOf(now: number | null, before: number | null, bound: Bound): Trend {
  if (now === null || before === null) return { formula: 'trend', before, change: null, direction: null };
  const change = now - before;
  const isUp = bound === 'at-least' ? change > 0 : change < 0;
  return { formula: 'trend', before, change, direction: change === 0 ? 'same' : isUp ? 'better' : 'worse' };
}
