/**
 * Kept bytes to rows again, many parts at once: straight into the columns that all of them make, because tens of thousands of
 * small arrays take longer than all that stands in them. Bytes are untrusted: an older bug or a damaged disk may have left
 * anything, and a figure must never meet a code that stands for nothing. What does not fit together in every detail is none.
 */
import type { LeadKey } from '../lead/lead';
import { clockKinds } from './clock-columns';
import { completeness, noCode, readinessParts, type Coded } from './columns';
import { answers } from './flag-columns';
import {
  checksum,
  greatest,
  headBytes,
  packFormat,
  padded,
  wholeWidth,
  wordsHead,
  type Column,
  type Words,
} from './pack-rows';
import { blankTable, clockColumnKinds, flagColumnKinds, leadColumns, rowTexts } from './rows';
import type { ColumnKinds, Rows, RowText, Table } from './rows';
import { causes, fates, outcomes, results, verdicts } from './types';

/** What `packRows` gave, and the leads of its rows. */
export interface PackedRows {
  readonly keys: readonly LeadKey[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Goes through one part, column by column. @throws RangeError where it ends too early or is none of ours. */
class Reader {
  readonly words: Words;
  readonly size: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at: number;

  constructor({ bytes, keys }: PackedRows) {
    // Typed arrays begin at a multiple of their width.
    this.#bytes = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    this.size = keys.length;
    if (this.#view.getUint32(0, true) !== packFormat) throw new RangeError('another format');
    const end = wordsHead + this.#view.getUint32(4, true);
    if (end > bytes.byteLength) throw new RangeError('cut off');
    if (this.#view.getUint32(8, true) !== checksum(this.#bytes)) throw new RangeError('damaged');
    this.words = readWords(new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(wordsHead, end)));
    this.#at = padded(end);
  }

  /** The next column, `length` entries of it, into another one from `at` on. */
  column(into: Column, at: number, length: number): void {
    const width = this.#view.getUint32(this.#at, true);
    const least = this.#view.getFloat64(this.#at + 8, true);
    if (this.#view.getUint32(this.#at + 4, true) !== length) throw new RangeError('another length');
    const start = this.#bytes.byteOffset + this.#at + headBytes;
    this.#at += headBytes + padded(length * width);
    if (this.#at > this.#bytes.byteLength) throw new RangeError('cut off');
    const { buffer } = this.#bytes;
    if (width === wholeWidth) into.set(new Float64Array(buffer, start, length), at);
    else if (width === 1) widen(new Uint8Array(buffer, start, length), { least, none: greatest[1], into, at });
    else if (width === 2) widen(new Uint16Array(buffer, start, length), { least, none: greatest[2], into, at });
    else if (width === 4) widen(new Uint32Array(buffer, start, length), { least, none: greatest[4], into, at });
    else throw new RangeError('no such width');
  }
}

type Narrow = Uint8Array | Uint16Array | Uint32Array;

interface Widening {
  readonly least: number;
  /** Stands for NaN; there is none in columns of whole numbers. */
  readonly none: number;
  readonly into: Column;
  readonly at: number;
}

function widen(from: Narrow, { least, none, into, at }: Widening): void {
  if (into instanceof Float64Array) {
    for (let entry = 0; entry < from.length; entry++) {
      const value = from[entry]!;
      into[at + entry] = value === none ? Number.NaN : value + least;
    }
    return;
  }
  into.set(from, at);
  if (least !== 0) for (let entry = at; entry < at + from.length; entry++) into[entry]! += least;
}

/** Of all lists of a part: far more than any has. */
const entriesAtMost = 1_000_000;

/** Starts of lists, which begin at 0 and never go back, behind those of the parts before. */
function readStarts(
  readers: readonly Reader[],
  size: number,
): { readonly start: Uint32Array; readonly counts: number[] } {
  const start = new Uint32Array(size + 1);
  const counts: number[] = [];
  let [row, total] = [0, 0];
  for (const reader of readers) {
    const own = new Uint32Array(reader.size + 1);
    reader.column(own, 0, own.length);
    if (own[0] !== 0 || own.at(-1)! > entriesAtMost) throw new RangeError('starts out of bounds');
    for (let place = 1; place < own.length; place++) {
      if (own[place]! < own[place - 1]!) throw new RangeError('starts out of order');
      start[row + place] = total + own[place]!;
    }
    row += reader.size;
    total += own.at(-1)!;
    counts.push(own.at(-1)!);
  }
  return { start, counts };
}

function readColumn<Into extends Column>(readers: readonly Reader[], counts: readonly number[], into: Into): Into {
  let at = 0;
  for (const [part, reader] of readers.entries()) {
    reader.column(into, at, counts[part]!);
    at += counts[part]!;
  }
  return into;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function readTable<Kinds extends ColumnKinds>(
  readers: readonly Reader[],
  counts: readonly number[],
  kinds: Kinds,
): Table<Kinds> {
  const table = blankTable(kinds, sum(counts));
  for (const name of Object.keys(kinds)) readColumn(readers, counts, table[name]!);
  return table;
}

/** Codes of the parts' own dictionaries become those of one. */
function recode<Value extends string | null>(
  codes: Uint32Array,
  counts: readonly number[],
  valuesOf: (part: number) => readonly Value[],
): Value[] {
  const values: Value[] = [];
  const known = new Map<Value, number>();
  let at = 0;
  for (const [part, count] of counts.entries()) {
    const codeOf = valuesOf(part).map((value) => {
      let code = known.get(value);
      if (code === undefined) known.set(value, (code = values.push(value) - 1));
      return code;
    });
    for (const end = at + count; at < end; at++) {
      const code = codeOf[codes[at]!];
      if (code === undefined) throw new RangeError('no such text');
      codes[at] = code;
    }
  }
  return values;
}

function within(column: Uint8Array, end: number, orNone = false): void {
  for (const code of column) if (code >= end && !(orNone && code === noCode)) throw new RangeError('no such code');
}

function check({ leads, clocks, flags }: Rows): void {
  within(leads.verdict, verdicts.length);
  within(leads.complete, completeness.length);
  within(leads.readiness, readinessParts.length);
  within(leads.fate, fates.length, true);
  within(leads.cause, causes.length, true);
  within(leads.outcome, outcomes.length);
  within(leads.isQualified, 2);
  within(clocks.kind, clockKinds.length);
  within(clocks.result, results.length);
  within(clocks.ofOwner, 2);
  within(flags.answer, answers.length);
  for (const handOff of leads.handOff) if (Number.isNaN(handOff)) throw new RangeError('no hand-off');
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

function readWords(text: string): Words {
  const words = JSON.parse(text) as Words;
  const isWhole =
    isTexts(words.reasons) &&
    isTexts(words.promises) &&
    rowTexts.every((name) => {
      const values: unknown = words.texts[name];
      return Array.isArray(values) && values.every((value) => value === null || isText(value));
    });
  if (!isWhole) throw new RangeError('no words');
  return words;
}

function readCovered(readers: readonly Reader[], size: number): Map<string, Uint8Array> {
  const covered = new Map<string, Uint8Array>();
  let at = 0;
  for (const reader of readers) {
    for (const id of reader.words.promises) {
      let column = covered.get(id);
      if (!column) covered.set(id, (column = new Uint8Array(size)));
      reader.column(column, at, reader.size);
    }
    at += reader.size;
  }
  return covered;
}

function read(parts: readonly PackedRows[]): Rows {
  const readers = parts.map((part) => new Reader(part));
  const sizes = readers.map(({ size }) => size);
  const size = sum(sizes);
  const leads = readTable(readers, sizes, leadColumns);
  const texts = rowTexts.map((name): [RowText, Coded] => {
    const codes = readColumn(readers, sizes, new Uint32Array(size));
    return [name, { codes, values: recode(codes, sizes, (part) => readers[part]!.words.texts[name]) }];
  });
  const clockStarts = readStarts(readers, size);
  const clocks = readTable(readers, clockStarts.counts, clockColumnKinds);
  const flagStarts = readStarts(readers, size);
  const flags = readTable(readers, flagStarts.counts, flagColumnKinds);
  const lateStarts = readStarts(readers, size);
  const late = readColumn(readers, lateStarts.counts, new Float64Array(sum(lateStarts.counts)));
  const rows: Rows = {
    size,
    keys: parts.flatMap(({ keys }) => keys),
    leads,
    texts: Object.fromEntries(texts) as Record<RowText, Coded>,
    clocks: { kinds: clockKinds, ...clocks, start: clockStarts.start },
    flags: {
      ...flags,
      start: flagStarts.start,
      reasons: recode(flags.reason, flagStarts.counts, (part) => readers[part]!.words.reasons),
    },
    covered: readCovered(readers, size),
    lateStart: lateStarts.start,
    late,
  };
  check(rows);
  return rows;
}

/** One part behind the other; `null` where any of them is damaged, or is not of these leads. */
export function unpackRows(parts: readonly PackedRows[]): Rows | null {
  try {
    return read(parts);
  } catch {
    return null;
  }
}
