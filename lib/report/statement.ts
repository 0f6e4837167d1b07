/** What a figure stands on: its window, the agreement versions, which part of the leads was observed and when last. */
import type { Columns } from './columns';
import { shareOf, type Share } from './statistics';
import type { Tally } from './tally';
import type { ReportWindow } from './types';

/** Each is one sentence of the page. */
export type Note =
  | 'no-leads'
  | 'small-number'
  | 'not-over'
  | 'not-all-observed'
  | 'late-evidence'
  | 'several-versions'
  | 'inexact-hand-offs'
  | 'future-facts'
  | 'no-hand-off';

/** Below this, a share of one half has an interval of more than ±17 points: said, and shown all the same. */
export const smallNumber = 30;

export interface Statement {
  readonly window: ReportWindow;
  /** The instant that the figures speak of. */
  readonly asOf: number;
  readonly leads: number;
  /** Versions of the agreement that judged these leads, ascending. */
  readonly versions: readonly number[];
  /** `(leads seen late enough + leads closed) ÷ leads`. */
  readonly observed: Share;
  readonly seenFirst: number | null;
  readonly seenLast: number | null;
  /** Since the newest observation of any of them, ms. */
  readonly staleMs: number | null;
  /** Leads of which something was learnt only after the period. */
  readonly late: number;
  /** Leads whose hand-off is only known to lie before an instant. */
  readonly inexact: number;
  /** Facts of any lead that are dated after `asOf`; not counted. */
  readonly future: number;
  /** Leads without any hand-off, of no period; not counted. */
  readonly withoutHandOff: number;
  readonly notes: readonly Note[];
}

export function statementOf(
  tally: Tally,
  columns: Pick<Columns, 'now' | 'future' | 'size' | 'handedOver'>,
  window: ReportWindow,
): Statement {
  const { leads } = tally;
  const withoutHandOff = columns.size - columns.handedOver;
  const notes: Note[] = [];
  if (leads === 0) notes.push('no-leads');
  else if (leads < smallNumber) notes.push('small-number');
  if (window.to > columns.now) notes.push('not-over');
  if (tally.observed < leads) notes.push('not-all-observed');
  if (tally.late > 0) notes.push('late-evidence');
  if (tally.versions.size > 1) notes.push('several-versions');
  if (tally.inexact > 0) notes.push('inexact-hand-offs');
  if (columns.future > 0) notes.push('future-facts');
  if (withoutHandOff > 0) notes.push('no-hand-off');
  return {
    window,
    asOf: columns.now,
    leads,
    versions: [...tally.versions].sort((a, b) => a - b),
    observed: shareOf('coverage', tally.observed, leads, 'no-leads'),
    seenFirst: tally.seenFirst,
    seenLast: tally.seenLast,
    staleMs: tally.seenLast === null ? null : Math.max(0, columns.now - tally.seenLast),
    late: tally.late,
    inexact: tally.inexact,
    future: columns.future,
    withoutHandOff,
    notes,
  };
}
