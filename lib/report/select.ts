/** Which leads a figure is about: those handed over in a window and met by every filter. */
import { textDimensions, type Columns, type TextDimension } from './columns';
import type { ReportWindow } from './types';

/** Per dimension the values that pass; `null` is "not known". An absent dimension lets everything pass. */
export type Filters = { readonly [Dimension in TextDimension]?: readonly (string | null)[] } & {
  /** 0 = Monday. */
  readonly weekday?: readonly number[];
  readonly hour?: readonly number[];
};

/** First row that was handed over at or after `instant`. */
function rowAt(columns: Columns, instant: number): number {
  let [low, high] = [0, columns.handedOver];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (columns.handOff[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Test = readonly [codes: ArrayLike<number>, passes: Uint8Array];

function testsOf(columns: Columns, filters: Filters): Test[] {
  const tests: Test[] = [];
  for (const dimension of textDimensions) {
    const wanted = filters[dimension];
    if (wanted === undefined) continue;
    const { codes, values } = columns.texts[dimension];
    const set = new Set(wanted);
    tests.push([codes, Uint8Array.from(values, (value) => Number(set.has(value)))]);
  }
  for (const dimension of ['weekday', 'hour'] as const) {
    const wanted = filters[dimension];
    if (wanted === undefined) continue;
    const passes = new Uint8Array(256);
    for (const code of wanted) passes[code] = 1;
    tests.push([columns[dimension], passes]);
  }
  return tests;
}

function rowsBetween(columns: Columns, first: number, end: number, filters: Filters): Uint32Array {
  const tests = testsOf(columns, filters);
  const rows = new Uint32Array(Math.max(0, end - first));
  let count = 0;
  for (let row = first; row < end; row++) {
    if (tests.every(([codes, passes]) => passes[codes[row]!] === 1)) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Rows handed over in `[from, to)` that meet the filters, by hand-off. */
export function select(columns: Columns, window: ReportWindow, filters: Filters = {}): Uint32Array {
  return rowsBetween(columns, rowAt(columns, window.from), rowAt(columns, window.to), filters);
}

/** Rows of any time that meet the filters, those without a hand-off included: for what lies ahead. */
export function selectAll(columns: Columns, filters: Filters = {}): Uint32Array {
  return rowsBetween(columns, 0, columns.size, filters);
}
