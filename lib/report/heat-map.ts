/** When leads come and when promises are kept: local weekday × hour of the hand-off. Always 168 cells, empty ones too. */
import type { ClockKind } from './clock-columns';
import { noCode, type Columns } from './columns';
import type { KpiRequest } from './request';
import { select } from './select';
import { shareOf, type Share } from './statistics';
import { results } from './types';

export interface HeatCell {
  /** 0 = Monday. */
  readonly weekday: number;
  /** 0–23, local. */
  readonly hour: number;
  readonly handOffs: number;
  /** Of the asked commitment, on the leads' own clocks. */
  readonly attainment: Share;
}

const [metCode, missedCode] = [results.indexOf('met'), results.indexOf('missed')];

/** Cells by weekday, then hour. */
export function heatMap(
  columns: Columns,
  { window, filters }: Pick<KpiRequest, 'window' | 'filters'>,
  { commitment, owedBy }: Pick<ClockKind, 'commitment' | 'owedBy'>,
): HeatCell[] {
  const size = 7 * 24;
  const [handOffs, met, missed] = [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)];
  const { clocks } = columns;
  const isAsked = clocks.kinds.map(
    (kind) => kind.commitment === commitment && kind.owedBy === owedBy && kind.subject === 'lead',
  );
  for (const row of select(columns, window, filters)) {
    const weekday = columns.weekday[row]!;
    if (weekday === noCode) continue;
    const cell = weekday * 24 + columns.hour[row]!;
    handOffs[cell]! += 1;
    for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++) {
      if (!isAsked[clocks.kind[at]!]) continue;
      if (clocks.result[at] === metCode) met[cell]! += 1;
      else if (clocks.result[at] === missedCode) missed[cell]! += 1;
    }
  }
  return Array.from(handOffs, (count, cell) => ({
    weekday: Math.floor(cell / 24),
    hour: cell % 24,
    handOffs: count,
    attainment: shareOf('attainment', met[cell]!, met[cell]! + missed[cell]!, 'nothing-judged'),
  }));
}
