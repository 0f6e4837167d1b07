/**
 * Arithmetic of sorted, half-open spans, kept flat as `[from, to, from, to, …]` so that a year of openings is one array
 * and not a thousand small ones. Numbers only: what they mean is the caller's business.
 */
export type Spans = readonly number[];

/** Sorts by start, drops empty spans, and makes overlapping or touching ones one (D11). Fast on nearly sorted input. */
export function normalize(flat: number[]): number[] {
  for (let i = 2; i < flat.length; i += 2) {
    const from = flat[i]!;
    const to = flat[i + 1]!;
    let at = i;
    for (; at > 0 && flat[at - 2]! > from; at -= 2) {
      flat[at] = flat[at - 2]!;
      flat[at + 1] = flat[at - 1]!;
    }
    flat[at] = from;
    flat[at + 1] = to;
  }
  const merged: number[] = [];
  for (let i = 0; i < flat.length; i += 2) append(merged, flat[i]!, flat[i + 1]!);
  return merged;
}

/** Both inputs normalized; so is the result. */
export function union(a: Spans, b: Spans): number[] {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    if (takeA) {
      append(result, a[i]!, a[i + 1]!);
      i += 2;
    } else {
      append(result, b[j]!, b[j + 1]!);
      j += 2;
    }
  }
  return result;
}

/** What is in `a` and not in `b`. Both inputs normalized; so is the result. */
export function subtract(a: Spans, b: Spans): number[] {
  const result: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i]!;
    const to = a[i + 1]!;
    while (j < b.length && b[j + 1]! <= from) j += 2;
    for (let k = j; k < b.length && b[k]! < to; k += 2) {
      append(result, from, b[k]!);
      from = Math.max(from, b[k + 1]!);
    }
    append(result, from, to);
  }
  return result;
}

/** What lies in `[from, to)`. */
export function clip(spans: Spans, from: number, to: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < spans.length; i += 2) append(result, Math.max(spans[i]!, from), Math.min(spans[i + 1]!, to));
  return result;
}

function append(spans: number[], from: number, to: number): void {
  if (to <= from) return;
  const end = spans.length - 1;
  if (end > 0 && from <= spans[end]!) spans[end] = Math.max(spans[end]!, to);
  else spans.push(from, to);
}
