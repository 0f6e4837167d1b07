/**
 * Leads as rows of typed arrays: what digests become before anybody asks for a period, a zone or a filter. Rows say nothing that
 * the instant of asking would change, so they can be kept (`pack-rows`) and put together again (`join-rows`).
 */
import type { LeadKey } from '../lead/lead';
import type { ClockColumns } from './clock-columns';
import type { Coded } from './columns';
import type { FlagColumns } from './flag-columns';

/** Texts of a lead that a figure counts by or names. */
export const rowTexts = ['source', 'campaign', 'tier', 'stage', 'rep', 'crm', 'repName', 'verdictReason'] as const;
export type RowText = (typeof rowTexts)[number];

/** Columns of one entry a lead. What they hold is said in `Columns`. */
export const leadColumns = {
  handOff: Float64Array,
  isExact: Uint8Array,
  seenAt: Float64Array,
  /** Epoch ms, see `Digest.holdsUntil`; NaN: for good. */
  holdsUntil: Float64Array,
  verdict: Uint8Array,
  complete: Uint8Array,
  readiness: Uint8Array,
  fate: Uint8Array,
  cause: Uint8Array,
  outcome: Uint8Array,
  isQualified: Uint8Array,
  touches: Uint32Array,
  attempts: Int32Array,
  toAccept: Float64Array,
  toAcceptWorking: Float64Array,
  toTouch: Float64Array,
  toTouchWorking: Float64Array,
  /** Facts dated after the digest's instant. */
  future: Uint32Array,
} as const;

export const clockColumnKinds = {
  kind: Uint8Array,
  result: Uint8Array,
  ofOwner: Uint8Array,
  isOver: Uint8Array,
  version: Uint32Array,
  dueAt: Float64Array,
  targetMs: Float64Array,
  elapsedMs: Float64Array,
  workingMs: Float64Array,
  ownMs: Float64Array,
} as const;

export const flagColumnKinds = {
  reason: Uint32Array,
  isData: Uint8Array,
  isFlag: Uint8Array,
  answer: Uint8Array,
  elapsedMs: Float64Array,
  workingMs: Float64Array,
} as const;

export type ColumnKinds = Readonly<
  Record<string, Uint8ArrayConstructor | Uint32ArrayConstructor | Int32ArrayConstructor | Float64ArrayConstructor>
>;
/** Whatever buffer they lie on. */
type Plain<Column> = Column extends Uint8Array
  ? Uint8Array
  : Column extends Uint32Array
    ? Uint32Array
    : Column extends Int32Array
      ? Int32Array
      : Float64Array;
/** One typed array a name, all of one length. */
export type Table<Kinds extends ColumnKinds> = {
  readonly [Name in keyof Kinds]: Plain<InstanceType<Kinds[Name]>>;
};

export function blankTable<Kinds extends ColumnKinds>(kinds: Kinds, size: number): Table<Kinds> {
  return Object.fromEntries(Object.entries(kinds).map(([name, Kind]) => [name, new Kind(size)])) as Table<Kinds>;
}

export interface Rows {
  readonly size: number;
  readonly keys: readonly LeadKey[];
  readonly leads: Table<typeof leadColumns>;
  readonly texts: Readonly<Record<RowText, Coded>>;
  readonly clocks: ClockColumns;
  readonly flags: FlagColumns;
  /** See `Columns.covered`. */
  readonly covered: ReadonlyMap<string, Uint8Array>;
  readonly lateStart: Uint32Array;
  readonly late: Float64Array;
}
