/**
 * The leads behind a number, page by page. It asks the very columns that were counted, so a list is as long as its figure;
 * where clocks or flags are counted, and a lead has several, it holds each lead once.
 */
import { assertNever } from '../clock/assert-never';
import type { LeadKey } from '../lead/lead';
import { clockTest, isClockCell, type ClockCell } from './behind-clocks';
import { flagTest, isFlagCell, someFlag, type FlagCell } from './behind-flags';
import { completeness, readinessParts, type Columns } from './columns';
import { tallyOptions } from './kpi';
import { select, selectAll, type Filters } from './select';
import { isLate, isObserved, rejectedCode } from './tally';
import { causes, fates, outcomes, verdicts } from './types';
import type { Cause, Fate, OutcomePart, ReportWindow, VerdictPart } from './types';

/** One number of the report. */
export type Cell = ClockCell | FlagCell | LeadCell;

type LeadCell =
  | { readonly of: 'hand-offs' | 'qualified' | 'recycled' | 'left-behind' | 'late' | 'lost' | 'attempts' }
  /** What shares are shares of: leads that sales answered, and leads of whose data it is known whether it was there. */
  | { readonly of: 'decided' | 'data-known' }
  /** What figures stand on. */
  | { readonly of: 'inexact' | 'without-hand-off' }
  | { readonly of: 'observed'; readonly staleAfterMs?: number }
  | {
      /** What percentiles of this time are taken from. */
      readonly of: 'wait';
      readonly until: 'accept' | 'touch' | 'answer';
      readonly time: 'working' | 'elapsed';
    }
  | { readonly of: 'verdict'; readonly part: VerdictPart }
  | { readonly of: 'reject-reason'; readonly part: string | null }
  /** Any of several reasons. */
  | { readonly of: 'reject-reasons'; readonly parts: readonly (string | null)[] }
  | { readonly of: 'complete'; readonly part: (typeof completeness)[number] }
  | { readonly of: 'readiness'; readonly part: (typeof readinessParts)[number] }
  | { readonly of: 'fate'; readonly part: Fate }
  | { readonly of: 'cause'; readonly part: Cause }
  | { readonly of: 'outcome'; readonly part: OutcomePart };

type Test = (row: number) => boolean;

const isLostCode = new Set([outcomes.indexOf('lost'), outcomes.indexOf('disqualified')]);

const undecidedCode = verdicts.indexOf('undecided');
const unknownDataCode = completeness.indexOf('unknown');

function rejectedFor(columns: Columns, reasons: readonly (string | null)[]): Test {
  const { codes, values } = columns.verdictReason;
  const isMeant = values.map((value) => reasons.includes(value));
  return (row) => columns.verdict[row] === rejectedCode && isMeant[codes[row]!] === true;
}

const equals =
  (codes: ArrayLike<number>, code: number): Test =>
  (row) =>
    codes[row] === code;

function waitTest(columns: Columns, { until, time }: Extract<LeadCell, { of: 'wait' }>): Test {
  const isWorking = time === 'working';
  if (until === 'answer') {
    const { isData, workingMs, elapsedMs } = columns.flags;
    const lengths = isWorking ? workingMs : elapsedMs;
    return someFlag(columns, (at) => isData[at] === 1 && !Number.isNaN(lengths[at]!));
  }
  const lengths =
    until === 'accept'
      ? columns[isWorking ? 'toAcceptWorking' : 'toAccept']
      : columns[isWorking ? 'toTouchWorking' : 'toTouch'];
  return (row) => !Number.isNaN(lengths[row]!);
}

function testOf(columns: Columns, cell: Cell, window: ReportWindow): Test {
  if (isClockCell(cell)) return clockTest(columns, cell);
  if (isFlagCell(cell)) return flagTest(columns, cell);
  switch (cell.of) {
    case 'hand-offs':
      return () => true;
    case 'qualified':
      return equals(columns.isQualified, 1);
    case 'recycled':
      return (row) => columns.fate[row]! < fates.length;
    case 'left-behind':
      return (row) => columns.cause[row]! < causes.length;
    case 'late':
      return (row) => isLate(columns, row, window.to);
    case 'lost':
      return (row) => isLostCode.has(columns.outcome[row]!);
    case 'attempts':
      return (row) => columns.attempts[row]! >= 0;
    case 'wait':
      return waitTest(columns, cell);
    case 'verdict':
      return equals(columns.verdict, verdicts.indexOf(cell.part));
    case 'decided':
      return (row) => columns.verdict[row] !== undecidedCode;
    case 'data-known':
      return (row) => columns.complete[row] !== unknownDataCode;
    case 'inexact':
      return equals(columns.isExact, 0);
    case 'without-hand-off':
      return (row) => row >= columns.handedOver;
    case 'observed': {
      const { observedFrom } = tallyOptions(columns, window, cell);
      return (row) => isObserved(columns, row, observedFrom);
    }
    case 'reject-reason':
      return rejectedFor(columns, [cell.part]);
    case 'reject-reasons':
      return rejectedFor(columns, cell.parts);
    case 'complete':
      return equals(columns.complete, completeness.indexOf(cell.part));
    case 'readiness':
      return equals(columns.readiness, readinessParts.indexOf(cell.part));
    case 'fate':
      return equals(columns.fate, fates.indexOf(cell.part));
    case 'cause':
      return equals(columns.cause, causes.indexOf(cell.part));
    case 'outcome':
      return equals(columns.outcome, outcomes.indexOf(cell.part));
    default:
      return assertNever(cell);
  }
}

export interface LeadPage {
  readonly total: number;
  readonly leads: readonly LeadKey[];
}

/** A page of a list is never longer than this. */
export const maxPage = 500;

/** What lies ahead is asked of all leads, those without a hand-off included, and in no window; so is who has no hand-off. */
const isOfAnyTime = ({ of }: Cell): boolean => of === 'ahead' || of === 'due' || of === 'without-hand-off';

/** The leads behind a cell, by hand-off. @param offset @param limit of the page; at most 500. */
export function leadsBehind(
  columns: Columns,
  question: { readonly window: ReportWindow; readonly filters?: Filters },
  cell: Cell,
  { offset = 0, limit = 100 }: { readonly offset?: number; readonly limit?: number } = {},
): LeadPage {
  const test = testOf(columns, cell, question.window);
  const leads: LeadKey[] = [];
  let total = 0;
  const { window, filters } = question;
  for (const row of isOfAnyTime(cell) ? selectAll(columns, filters) : select(columns, window, filters)) {
    if (!test(row)) continue;
    if (total >= offset && leads.length < Math.min(limit, maxPage)) leads.push(columns.keys[row]!);
    total += 1;
  }
  return { total, leads };
}
