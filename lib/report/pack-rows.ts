/**
 * Rows as bytes, to be kept: first the texts as JSON, then column after column. Each column stands in the narrowest whole numbers
 * that hold all of it above its least one, else as it is: nothing is rounded. `unpack-rows` reads them. A change of the
 * layout, of the lists that codes are places in, or of where an entry is kept is a new `packFormat`.
 */
import { clockColumnKinds, flagColumnKinds, leadColumns, rowTexts } from './rows';
import type { Rows, RowText } from './rows';

export const packFormat = 3;

/** What stands in no column. */
export interface Words {
  readonly texts: Readonly<Record<RowText, readonly (string | null)[]>>;
  readonly reasons: readonly string[];
  readonly promises: readonly string[];
}

export type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

/** By width in bytes; the greatest value of each stands for NaN. */
export const narrow = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
export const wholeWidth = 8;
type Width = keyof typeof narrow | typeof wholeWidth;
export const greatest = { 1: 0xff, 2: 0xffff, 4: 0xffffffff } as const;

/** A column's width and length, and its least value; then its entries, up to a multiple of 8 bytes. */
export const headBytes = 16;
export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Format, length of the words and checksum stand before them. */
export const wordsHead = 16;

/** FNV-1a over all that stands behind the head, four bytes at a time. */
export function checksum(bytes: Uint8Array<ArrayBuffer>): number {
  let hash = 0x811c9dc5;
  const { buffer, byteOffset, byteLength } = bytes;
  const numbers = new Uint32Array(buffer, byteOffset + wordsHead, Math.floor((byteLength - wordsHead) / 4));
  for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193);
  return hash >>> 0;
}

/** Every column, in the order in which they are kept. */
function columnsIn(rows: Rows): Column[] {
  const { leads, texts, clocks, flags, covered, lateStart, late } = rows;
  return [
    ...Object.keys(leadColumns).map((name) => leads[name as keyof typeof leads]),
    ...rowTexts.map((name) => texts[name].codes),
    clocks.start,
    ...Object.keys(clockColumnKinds).map((name) => clocks[name as keyof typeof clockColumnKinds]),
    flags.start,
    ...Object.keys(flagColumnKinds).map((name) => flags[name as keyof typeof flagColumnKinds]),
    lateStart,
    late,
    ...covered.values(),
  ];
}

function measure(column: Column): { readonly width: Width; readonly least: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    if (!Number.isSafeInteger(value)) return { width: wholeWidth, least: 0 };
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return { width: 1, least: 0 };
  for (const width of [1, 2, 4] as const) if (most - least < greatest[width]) return { width, least };
  return { width: wholeWidth, least: 0 };
}

export function packRows(rows: Rows): Uint8Array<ArrayBuffer> {
  const columns = columnsIn(rows).map((column) => {
    const { width, least } = measure(column);
    return { column, width, least };
  });
  const words: Words = {
    texts: Object.fromEntries(rowTexts.map((name) => [name, rows.texts[name].values])) as Words['texts'],
    reasons: rows.flags.reasons,
    promises: [...rows.covered.keys()],
  };
  const text = new TextEncoder().encode(JSON.stringify(words));
  const size = columns.reduce((sum, { column, width }) => sum + headBytes + padded(column.length * width), 0);
  let at = padded(wordsHead + text.length);
  const bytes = new Uint8Array(at + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, packFormat, true);
  view.setUint32(4, text.length, true);
  bytes.set(text, wordsHead);
  for (const { column, width, least } of columns) {
    view.setUint32(at, width, true);
    view.setUint32(at + 4, column.length, true);
    view.setFloat64(at + 8, least, true);
    at += headBytes;
    if (width === wholeWidth) new Float64Array(bytes.buffer, at, column.length).set(column);
    else {
      const into = new narrow[width](bytes.buffer, at, column.length);
      for (let entry = 0; entry < column.length; entry++) {
        const value = column[entry]!;
        into[entry] = Number.isNaN(value) ? greatest[width] : value - least;
      }
    }
    at += padded(column.length * width);
  }
  view.setUint32(8, checksum(bytes), true);
  return bytes;
}
