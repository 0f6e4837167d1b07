/**
 * Puts rows together that were kept apart, and takes some of them out again. Work is copies of typed arrays and one look at each
 * code: no lead becomes an object on the way.
 */
import type { Coded } from './columns';
import { clockColumnKinds, flagColumnKinds, leadColumns, rowTexts, type ColumnKinds } from './rows';
import { blankTable, type Rows, type RowText, type Table } from './rows';
import { clockKinds } from './clock-columns';

/** Joins texts of several dictionaries; each text gets its code once. */
function joinCoded(parts: readonly Coded[]): Coded {
  const codes = new Uint32Array(parts.reduce((sum, part) => sum + part.codes.length, 0));
  const values: (string | null)[] = [];
  const known = new Map<string | null, number>();
  let at = 0;
  for (const part of parts) {
    const codeOf = Uint32Array.from(part.values, (value) => {
      let code = known.get(value);
      if (code === undefined) known.set(value, (code = values.push(value) - 1));
      return code;
    });
    for (let row = 0; row < part.codes.length; row++) codes[at + row] = codeOf[part.codes[row]!]!;
    at += part.codes.length;
  }
  return { codes, values };
}

function joinTables<Kinds extends ColumnKinds>(kinds: Kinds, parts: readonly Table<Kinds>[], size: number) {
  const joined = blankTable(kinds, size);
  for (const name of Object.keys(kinds)) {
    const into = joined[name]!;
    let at = 0;
    for (const part of parts) {
      into.set(part[name]!, at);
      at += part[name]!.length;
    }
  }
  return joined;
}

/** Starts of lists that follow those of the part before. */
function joinStarts(parts: readonly Uint32Array[], size: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  let [row, before] = [0, 0];
  for (const part of parts) {
    for (let own = 1; own < part.length; own++) starts[row + own] = before + part[own]!;
    row += part.length - 1;
    before += part.at(-1)!;
  }
  return starts;
}

const lastOf = (start: Uint32Array): number => start.at(-1)!;

function joinCovered(parts: readonly Rows[], size: number): Map<string, Uint8Array> {
  const covered = new Map<string, Uint8Array>();
  let at = 0;
  for (const part of parts) {
    for (const [id, own] of part.covered) {
      let column = covered.get(id);
      if (!column) covered.set(id, (column = new Uint8Array(size)));
      column.set(own, at);
    }
    at += part.size;
  }
  return covered;
}

/** One behind the other, in the order that is given. */
function concatenated(parts: readonly Rows[]): Rows {
  const sum = (of: (part: Rows) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const size = sum((part) => part.size);
  const texts = rowTexts.map((name) => [name, joinCoded(parts.map((part) => part.texts[name]))] as const);
  const reasons = joinCoded(parts.map(({ flags }) => ({ codes: flags.reason, values: flags.reasons })));
  const clocks = parts.map((part) => part.clocks);
  const flags = parts.map((part) => part.flags);
  const late = new Float64Array(sum((part) => part.late.length));
  let at = 0;
  for (const part of parts) {
    late.set(part.late, at);
    at += part.late.length;
  }
  return {
    size,
    keys: parts.flatMap((part) => part.keys),
    leads: joinTables(
      leadColumns,
      parts.map((part) => part.leads),
      size,
    ),
    texts: Object.fromEntries(texts) as Record<RowText, Coded>,
    clocks: {
      kinds: clockKinds,
      start: joinStarts(
        clocks.map(({ start }) => start),
        size,
      ),
      ...joinTables(
        clockColumnKinds,
        clocks,
        sum((part) => lastOf(part.clocks.start)),
      ),
    },
    flags: {
      start: joinStarts(
        flags.map(({ start }) => start),
        size,
      ),
      ...joinTables(
        flagColumnKinds,
        flags,
        sum((part) => lastOf(part.flags.start)),
      ),
      reason: reasons.codes,
      reasons: reasons.values as readonly string[],
    },
    covered: joinCovered(parts, size),
    lateStart: joinStarts(
      parts.map((part) => part.lateStart),
      size,
    ),
    late,
  };
}

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array;

// The same loop for each kind of array: one that meets them all is several times slower.
function takenBytes(column: Uint8Array, order: Uint32Array): Uint8Array {
  const into = new Uint8Array(order.length);
  for (let place = 0; place < order.length; place++) into[place] = column[order[place]!]!;
  return into;
}
function takenNumbers(column: Float64Array, order: Uint32Array): Float64Array {
  const into = new Float64Array(order.length);
  for (let place = 0; place < order.length; place++) into[place] = column[order[place]!]!;
  return into;
}
function takenCodes(column: Uint32Array, order: Uint32Array): Uint32Array {
  const into = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) into[place] = column[order[place]!]!;
  return into;
}
function takenCounts(column: Int32Array, order: Uint32Array): Int32Array {
  const into = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) into[place] = column[order[place]!]!;
  return into;
}

function taken(column: Column, order: Uint32Array): Column {
  if (column instanceof Float64Array) return takenNumbers(column, order);
  if (column instanceof Uint8Array) return takenBytes(column, order);
  return column instanceof Uint32Array ? takenCodes(column, order) : takenCounts(column, order);
}

const takenTable = <Kinds extends ColumnKinds>(kinds: Kinds, table: Table<Kinds>, order: Uint32Array): Table<Kinds> =>
  Object.fromEntries(Object.keys(kinds).map((name) => [name, taken(table[name]!, order)])) as Table<Kinds>;

/** Places of the entries of lists, for the lists that are taken, and where those begin. */
function takenLists(
  start: Uint32Array,
  order: Uint32Array,
): { readonly start: Uint32Array; readonly order: Uint32Array } {
  const starts = new Uint32Array(order.length + 1);
  for (let place = 0; place < order.length; place++)
    starts[place + 1] = starts[place]! + start[order[place]! + 1]! - start[order[place]!]!;
  const entries = new Uint32Array(lastOf(starts));
  let at = 0;
  for (const row of order) for (let entry = start[row]!; entry < start[row + 1]!; entry++) entries[at++] = entry;
  return { start: starts, order: entries };
}

/** With those texts only that are still somewhere: what is kept of a day names nobody else. */
function takenCoded({ codes, values }: Coded, order: Uint32Array): Coded {
  const codeOf = new Map<number, number>();
  const own = takenCodes(codes, order).map((code) => {
    let known = codeOf.get(code);
    if (known === undefined) codeOf.set(code, (known = codeOf.size));
    return known;
  });
  return { codes: own, values: Array.from(codeOf.keys(), (code) => values[code] ?? null) };
}

/** These rows, in this order. */
export function takeRows(rows: Rows, order: Uint32Array): Rows {
  const clocks = takenLists(rows.clocks.start, order);
  const flags = takenLists(rows.flags.start, order);
  const late = takenLists(rows.lateStart, order);
  const reasons = takenCoded({ codes: rows.flags.reason, values: rows.flags.reasons }, flags.order);
  const texts = rowTexts.map((name) => [name, takenCoded(rows.texts[name], order)] as const);
  const covered = [...rows.covered].map(([id, column]) => [id, takenBytes(column, order)] as const);
  return {
    size: order.length,
    keys: Array.from(order, (row) => rows.keys[row]!),
    leads: takenTable(leadColumns, rows.leads, order),
    texts: Object.fromEntries(texts) as Record<RowText, Coded>,
    clocks: { kinds: clockKinds, ...takenTable(clockColumnKinds, rows.clocks, clocks.order), start: clocks.start },
    flags: {
      ...takenTable(flagColumnKinds, rows.flags, flags.order),
      start: flags.start,
      reason: reasons.codes,
      reasons: reasons.values as readonly string[],
    },
    covered: new Map(covered.filter(([, column]) => column.includes(1))),
    lateStart: late.start,
    late: takenNumbers(rows.late, late.order),
  };
}

/** Rows that were kept, and which of them say nothing any more. */
export interface Part {
  readonly rows: Rows;
  /** 1: leave it out. */
  readonly leaveOut?: Uint8Array;
}

const firstOf = ({ rows }: Part): number => rows.leads.handOff[0] ?? Number.POSITIVE_INFINITY;
const byHandOff = (a: Part, b: Part): number => (firstOf(a) === firstOf(b) ? 0 : firstOf(a) - firstOf(b));

/**
 * All of them by hand-off and key. No lead may stand in two parts, unless all but one of its rows are left out. Quick where each
 * part holds a time of its own and nothing is left out.
 */
export function joinRows(parts: readonly Part[]): Rows {
  const sorted = parts.filter(({ rows }) => rows.size > 0).sort(byHandOff);
  const isHandedOver = (part: Part): boolean => firstOf(part) !== Number.POSITIVE_INFINITY;
  // Leads without a hand-off are in no order of time, so theirs is made apart, and the many others stay as they are.
  const others = sorted.filter((part) => !isHandedOver(part));
  const apart = others.length === 0 ? [] : [{ rows: inOrder(others) }];
  return inOrder([...sorted.filter(isHandedOver), ...apart]);
}

function inOrder(parts: readonly Part[]): Rows {
  const [only] = parts;
  const all = only && parts.length === 1 ? only.rows : concatenated(parts.map(({ rows }) => rows));
  const order = new Uint32Array(all.size);
  let [kept, at] = [0, 0];
  for (const { rows, leaveOut } of parts)
    for (let row = 0; row < rows.size; row++, at++) if (leaveOut?.[row] !== 1) order[kept++] = at;
  const rows = order.subarray(0, kept);
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [all.leads.handOff[a]!, all.leads.handOff[b]!];
    return one === other ? all.keys[a]! < all.keys[b]! : one < other;
  };
  let isInOrder = true;
  for (let place = 1; place < kept && isInOrder; place++) isInOrder = isBefore(rows[place - 1]!, rows[place]!);
  if (isInOrder && kept === all.size) return all;
  if (isInOrder) return takeRows(all, rows);
  // A list of numbers sorts in one go where it is nearly in order already; a typed one does not.
  return takeRows(all, Uint32Array.from(Array.from(rows).sort((a, b) => (isBefore(a, b) ? -1 : 1))));
}
