/** Where things of a chart stand. Scales are visx's; nothing is drawn here. */
import { scaleBand, scaleLinear } from '@visx/scale';

export interface Series {
  readonly id: string;
  readonly label: string;
  /** Columns stand on each other; lines do not. */
  readonly kind: 'bar' | 'line';
  readonly look: 'solid' | 'stripes' | 'dots' | 'dashed';
  /** `null` is not known: a gap. */
  readonly values: readonly (number | null)[];
  /** Interval around each value. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

/** Units of the drawing; the page scales it. */
export const box = { width: 800, height: 260, left: 56, right: 16, top: 20, bottom: 32 } as const;

/** Width of a letter of a name, on average. */
export const letter = 6.5;
/** Height of a row of the legend that a file has. */
export const legendRow = 22;
/** What stands around the words of a legend: its key before, and room after. */
const legendFrame = 46;

/** Where each entry of a legend begins: one after the other, in as many rows as they need. */
export function legendPlaces(labels: readonly string[], width: number): { readonly x: number; readonly row: number }[] {
  let [x, row] = [0, 0];
  return labels.map((label) => {
    const room = label.length * letter + legendFrame;
    if (x > 0 && x + room > width) [x, row] = [0, row + 1];
    const place = { x, row };
    x += room;
    return place;
  });
}

/** What stands on each other in each category, summed. */
export function totalsOf(series: readonly Series[], length: number): number[] {
  const totals = Array.from({ length }, () => 0);
  for (const { kind, values } of series)
    if (kind === 'bar') for (let index = 0; index < length; index += 1) totals[index]! += values[index] ?? 0;
  return totals;
}

/** Upwards, from 0 to a round value that is at least `max`. */
export function valueScale(max: number): ReturnType<typeof scaleLinear<number>> {
  const reach = Number.isFinite(max) && max > 0 ? max : 1;
  return scaleLinear<number>({ domain: [0, reach], range: [box.height - box.bottom, box.top], nice: valueTicks });
}

/** Wanted lines of the grid; the scale decides how many make round values. */
export const valueTicks = 4;

/** From left to right, a band of the same width each. */
export function placeScale(count: number): ReturnType<typeof scaleBand<number>> {
  return scaleBand<number>({
    domain: Array.from({ length: count }, (_, index) => index),
    range: [box.left, box.width - box.right],
  });
}
