/** The same figures for each part of the leads: by period, by a text of the lead, by weekday or by hour. */
import { noCode, textDimensions, type Columns, type TextDimension } from './columns';
import { costPerAccepted } from './cost';
import { kpiOfRows, kpiOfTally, tallyOptions, type Kpi } from './kpi';
import type { KpiRequest } from './request';
import { periodsOf, type Period, type PeriodUnit } from './periods';
import { clockResultsOf, type ClockResults } from './responsiveness';
import { select } from './select';
import { talliesOf, tallyOf, type Tally, type TallyOptions } from './tally';

export type Dimension = TextDimension | 'weekday' | 'hour';

/** `id` is the text (`null`: not known), or the number of the weekday (0 = Monday) or hour. */
export interface Group<Id = string | number | null> {
  readonly id: Id;
  readonly rows: Uint32Array;
}

const isText = (dimension: Dimension): dimension is TextDimension =>
  (textDimensions as readonly string[]).includes(dimension);

/** Rows by their value, the greatest group first; weekdays and hours in their order. Rows keep theirs. */
export function groupsOf(columns: Columns, rows: Uint32Array, by: Dimension): Group[] {
  const codes = isText(by) ? columns.texts[by].codes : columns[by];
  const sizes = new Uint32Array(isText(by) ? columns.texts[by].values.length : noCode + 1);
  for (const row of rows) sizes[codes[row]!]! += 1;
  const groups = Array.from(sizes, (size) => (size === 0 ? null : new Uint32Array(size)));
  const filled = new Uint32Array(sizes.length);
  for (const row of rows) {
    const code = codes[row]!;
    groups[code]![filled[code]!] = row;
    filled[code]! += 1;
  }
  const found = groups.flatMap((group, code): Group[] =>
    group ? [{ id: isText(by) ? (columns.texts[by].values[code] ?? null) : code, rows: group }] : [],
  );
  return isText(by) ? found.sort((a, b) => b.rows.length - a.rows.length || byName(a.id, b.id)) : found;
}

/** Equal ones by name, the unknown last: the order does not hang on the order of the facts. */
function byName(a: Group['id'], b: Group['id']): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface KpiGroup {
  readonly id: string | number | null;
  readonly kpi: Kpi;
}

/** The figures of each group. */
export function kpisBy(columns: Columns, request: KpiRequest, by: Dimension): KpiGroup[] {
  const rows = select(columns, request.window, request.filters);
  const options = tallyOptions(columns, request.window, request);
  const groups = request.costs?.length ? groupsOf(columns, rows, by) : [];
  const none = new Uint32Array(0);
  return groupTallies(columns, rows, by, options).map(({ id, tally }) => {
    // A group is what a filter on its value would select; the cost of a source knows it by that.
    const own = { ...request, filters: { ...request.filters, [by]: [id] } };
    const cost = costPerAccepted(columns, groups.find((group) => group.id === id)?.rows ?? none, own);
    return { id, kpi: kpiOfTally(tally, columns, request, cost) };
  });
}

export interface GroupTally {
  readonly id: string | number | null;
  readonly tally: Tally;
}

/** In the order of `groupsOf`. */
export function groupTallies(columns: Columns, rows: Uint32Array, by: Dimension, options: TallyOptions): GroupTally[] {
  const codes = isText(by) ? columns.texts[by].codes : columns[by];
  const found: GroupTally[] = [];
  talliesOf(columns, rows, codes, options).forEach((tally, code) => {
    if (tally) found.push({ id: isText(by) ? (columns.texts[by].values[code] ?? null) : code, tally });
  });
  const size = ({ tally }: GroupTally): number => tally.leads;
  return isText(by) ? found.sort((a, b) => size(b) - size(a) || byName(a.id, b.id)) : found;
}

export interface KpiPeriod {
  readonly period: Period;
  readonly kpi: Kpi;
}

/** The figures of each period of the window, in order, empty ones too. */
export function kpisOver(columns: Columns, request: KpiRequest, unit: PeriodUnit): KpiPeriod[] {
  return rowsOver(columns, request, unit).map(({ period, rows }) => ({
    period,
    kpi: kpiOfRows(columns, rows, { ...request, window: period }),
  }));
}

export interface ResultsPeriod {
  readonly period: Period;
  readonly results: readonly ClockResults[];
}

/** How clocks ended in each period: those figures of `kpisOver` that a chart over time shows, at a part of the work. */
export function clockResultsOver(columns: Columns, request: KpiRequest, unit: PeriodUnit): ResultsPeriod[] {
  return rowsOver(columns, request, unit).map(({ period, rows }) => {
    const options = { ...tallyOptions(columns, period, request), countsOnly: true };
    return { period, results: clockResultsOf(tallyOf(columns, rows, options)) };
  });
}

/** The leads that were handed over in each period. */
function rowsOver(
  columns: Columns,
  request: KpiRequest,
  unit: PeriodUnit,
): { readonly period: Period; readonly rows: Uint32Array }[] {
  const rows = select(columns, request.window, request.filters);
  let first = 0;
  return periodsOf(unit, request.window, columns.timeZone).map((period) => {
    let end = first;
    while (end < rows.length && columns.handOff[rows[end]!]! < period.to) end++;
    const own = rows.subarray(first, end);
    first = end;
    return { period, rows: own };
  });
}
