/** Where things of a chart stand: pure sums, no drawing. */

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

/** Round values from 0 up to at least `max`, about four of them. */
export function ticksOf(max: number): number[] {
  const reach = Number.isFinite(max) && max > 0 ? max : 1;
  const rough = reach / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999_999) ?? 10);
  const count = Math.ceil(reach / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Where each column of a stack begins and ends. */
export function tops(series: readonly Series[], length: number) {
  const totals = Array.from({ length }, () => 0);
  const spans = new Map<string, readonly (readonly [number, number])[]>();
  for (const { id, kind, values } of series)
    if (kind === 'bar')
      spans.set(
        id,
        totals.map((low, index) => {
          const high = low + (values[index] ?? 0);
          totals[index] = high;
          return [low, high] as const;
        }),
      );
  return { totals, of: (id: string, index: number): readonly [number, number] => spans.get(id)?.[index] ?? [0, 0] };
}
