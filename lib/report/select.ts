/** Which leads a figure is about: those handed over in a window and met by every filter. */
import { textDimensions, type Columns, type TextDimension } from './columns';
import type { ReportWindow } from './types';

/** Per dimension the values that pass; `null` is "not known". An absent dimension lets everything pass. */
export type Filters = { readonly [Dimension in TextDimension]?: readonly (string | null)[] } & {
  /** 0 = Monday. */
  readonly weekday?: readonly number[];
  readonly hour?: readonly number[];
};

type Test = readonly [codes: Uint8Array | Uint32Array, passes: Uint8Array];

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

const everything: Filters = {};

/**
 * Rows that meet the filters, by columns and filters: a page asks for the same ones some twenty times, each time in another
 * window. Both are never changed, and go together with whoever holds them.
 */
const found = new WeakMap<Columns, WeakMap<Filters, Uint32Array>>();

/** Rows of any time that meet the filters, those without a hand-off included: for what lies ahead. */
export function selectAll(columns: Columns, filters: Filters = everything): Uint32Array {
  let known = found.get(columns);
  if (!known) found.set(columns, (known = new WeakMap()));
  let rows = known.get(filters);
  if (!rows) known.set(filters, (rows = filtered(columns, filters)));
  return rows;
}

function filtered(columns: Columns, filters: Filters): Uint32Array {
  const rows = new Uint32Array(columns.size);
  const [first, ...others] = testsOf(columns, filters);
  let count = 0;
  for (let row = 0; row < columns.size; row++)
    if (first === undefined || first[1][first[0][row]!] === 1) rows[count++] = row;
  // One filter after the other: a loop over one column is quick, and the next one has fewer rows to look at.
  for (const [codes, passes] of others) {
    const before = count;
    count = 0;
    for (let place = 0; place < before; place++) {
      const row = rows[place]!;
      if (passes[codes[row]!] === 1) rows[count++] = row;
    }
  }
  return rows.subarray(0, count);
}

/** How many of the rows, which are in order, were handed over before `instant`. */
function countBefore({ handOff }: Columns, rows: Uint32Array, instant: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (handOff[rows[middle]!]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows handed over in `[from, to)` that meet the filters, by hand-off. */
export function select(columns: Columns, window: ReportWindow, filters: Filters = everything): Uint32Array {
  const rows = selectAll(columns, filters);
  const [first, end] = [window.from, window.to].map((instant) => countBefore(columns, rows, instant));
  return rows.subarray(first, Math.max(first!, end!));
}
