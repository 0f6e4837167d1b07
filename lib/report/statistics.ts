/**
 * The few formulas that every figure is made of. A division by zero is `null` with its reason and never NaN. Shares carry
 * how many they stand on and the 95 % interval of Wilson, so that a small number says that it is small.
 */
import type { FormulaId } from './formulas';

/** Why a figure has no value. */
export type NoValue =
  | 'no-leads'
  | 'nothing-judged'
  | 'nothing-decided'
  | 'nothing-known'
  | 'nothing-flagged'
  | 'nothing-accepted'
  | 'nothing-measured'
  | 'no-cost'
  | 'cost-not-splittable'
  | 'promise-not-splittable'
  | 'promise-not-yet'
  | 'not-begun'
  | 'no-working-time';

export type Value = { readonly value: number; readonly why: null } | { readonly value: null; readonly why: NoValue };

/** 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

export type Share = Value & {
  readonly formula: FormulaId;
  readonly part: number;
  readonly of: number;
  /** Wilson score interval, 95 %, within `[0, 1]`; `null` where there is no value. */
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * `part ÷ of` with Wilson's score interval `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n)`.
 * Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
 */
export function shareOf(formula: FormulaId, part: number, of: number, why: NoValue): Share {
  if (of === 0) return { formula, part, of, value: null, why, low: null, high: null };
  const value = part / of;
  const middle = value + (z * z) / (2 * of);
  const reach = z * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  // Rounding must not push the interval past the share itself at 0 and 1.
  const low = Math.max(0, Math.min(value, (middle - reach) / scale));
  const high = Math.min(1, Math.max(value, (middle + reach) / scale));
  return { formula, part, of, value, why: null, low, high };
}

export interface Part<Id extends string | null> {
  readonly id: Id;
  readonly count: number;
  /** Of all; `null` where there is none. */
  readonly share: number | null;
}

/** Everything in one of several parts, the unknown among them: the shares add up to 1. */
export interface Breakdown<Id extends string | null> {
  readonly formula: FormulaId;
  readonly of: number;
  readonly parts: readonly Part<Id>[];
}

export function breakdownOf<Id extends string>(
  formula: FormulaId,
  ids: readonly Id[],
  counts: ArrayLike<number>,
): Breakdown<Id> {
  const of = ids.reduce((sum, _, index) => sum + counts[index]!, 0);
  const parts = ids.map((id, index) => ({ id, count: counts[index]!, share: of === 0 ? null : counts[index]! / of }));
  return { formula, of, parts };
}

export type Ratio = Value & { readonly formula: FormulaId; readonly top: number; readonly bottom: number };

export function ratioOf(formula: FormulaId, top: number, bottom: number, why: NoValue): Ratio {
  return bottom === 0
    ? { formula, top, bottom, value: null, why }
    : { formula, top, bottom, value: top / bottom, why: null };
}

/** Nearest-rank percentiles, ms or counts: each is a member of the sample. `null` where the sample is empty. */
export interface Percentiles {
  readonly formula: FormulaId;
  /** Size of the sample. */
  readonly n: number;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
}

/** The smallest member of which at least `p` (0 < p ≤ 1) of the sample is not greater: the one of rank `⌈p·n⌉`. */
export function percentilesOf(formula: FormulaId, sample: readonly number[]): Percentiles {
  const n = sample.length;
  if (n === 0) return { formula, n, median: null, p75: null, p90: null };
  const values = Float64Array.from(sample);
  // In this order each search leaves the rest smaller: what lies left of a found rank is never greater.
  const p90 = selectRank(values, n - 1, rankOf(90, n));
  const p75 = selectRank(values, rankOf(90, n), rankOf(75, n));
  const median = selectRank(values, rankOf(75, n), rankOf(50, n));
  return { formula, n, median, p75, p90 };
}

/** In whole percent, because `0.9 * 10` is no whole number in binary. */
const rankOf = (percent: number, n: number): number => Math.max(0, Math.ceil((percent * n) / 100) - 1);

/** The value of a rank in `values[0..last]`, without sorting all of it (Hoare's quickselect); reorders `values`. */
function selectRank(values: Float64Array, last: number, rank: number): number {
  let [low, high] = [0, last];
  while (low < high) {
    const pivot = values[(low + high) >>> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const value = values[i]!;
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank]!;
}
