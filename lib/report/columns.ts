/**
 * A year of digests as columns: texts are numbers of a dictionary, instants and lengths stand in typed arrays, and rows are
 * sorted by hand-off, so that a window is a range and a filter is a loop over integers. Leads without a hand-off come last,
 * at `Infinity`: they are in no window, but their open clocks are still ahead of us.
 */
import type { LeadKey } from '../lead/lead';
import type { ClockColumns } from './clock-columns';
import type { FlagColumns } from './flag-columns';

export const textDimensions = ['source', 'campaign', 'tier', 'stage', 'rep', 'team', 'crm'] as const;
export type TextDimension = (typeof textDimensions)[number];

/** A column of texts: `values[codes[row]]`; `null` is a value of its own, "not known". */
export interface Coded {
  readonly codes: Uint32Array;
  readonly values: readonly (string | null)[];
}

/** What is not there, in a column of lengths. */
export const absent = Number.NaN;
/** What is not there, in a column of small numbers. */
export const noCode = 255;

export const completeness = ['complete', 'incomplete', 'unknown'] as const;
export const readinessParts = ['ready', 'needs-data', 'needs-nurturing', 'unknown'] as const;

export interface Columns {
  readonly size: number;
  /** Rows with a hand-off; they come first. */
  readonly handedOver: number;
  readonly timeZone: string;
  /** The instant that "open" and "over" refer to. */
  readonly now: number;
  readonly keys: readonly LeadKey[];
  readonly texts: Readonly<Record<TextDimension, Coded>>;
  /** Names of the people by their code in `texts.rep`, as the CRM shows them. */
  readonly repNames: readonly (string | null)[];
  readonly handOff: Float64Array;
  readonly isExact: Uint8Array;
  /** Local weekday of the hand-off, 0 = Monday, and hour, 0–23; `noCode` without one. */
  readonly weekday: Uint8Array;
  readonly hour: Uint8Array;
  readonly seenAt: Float64Array;
  readonly verdict: Uint8Array;
  readonly verdictReason: Coded;
  readonly complete: Uint8Array;
  readonly readiness: Uint8Array;
  readonly fate: Uint8Array;
  readonly cause: Uint8Array;
  readonly outcome: Uint8Array;
  readonly isQualified: Uint8Array;
  readonly touches: Uint32Array;
  /** `-1`: the lead never answered. */
  readonly attempts: Int32Array;
  readonly toAccept: Float64Array;
  readonly toAcceptWorking: Float64Array;
  readonly toTouch: Float64Array;
  readonly toTouchWorking: Float64Array;
  readonly clocks: ClockColumns;
  readonly flags: FlagColumns;
  /** By the condition of promises: whether the row meets it. See `conditionOf`. */
  readonly covered: ReadonlyMap<string, Uint8Array>;
  readonly lateStart: Uint32Array;
  readonly late: Float64Array;
  /** Facts dated after their digest's instant, of all leads: not counted anywhere. */
  readonly future: number;
}

export interface ColumnOptions {
  /** IANA zone of weekdays, hours and days. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
}
