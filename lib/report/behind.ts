/** The leads behind a number, page by page. It asks the very columns that were counted, so a list is as long as its figure. */
import type { CommitmentId } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import type { Party } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { completeness, readinessParts, type Columns } from './columns';
import { select, type Filters } from './select';
import { disputedCode, isLate, rejectedCode } from './tally';
import { causes, fates, outcomes, results, verdicts } from './types';
import type { Cause, Fate, OutcomePart, ReportWindow, Result, VerdictPart } from './types';

/** One number of the report. */
export type Cell =
  | {
      readonly of:
        | 'hand-offs'
        | 'flagged'
        | 'data-flagged'
        | 'disputed'
        | 'qualified'
        | 'recycled'
        | 'left-behind'
        | 'late';
    }
  | {
      readonly of: 'clock';
      readonly commitment: CommitmentId;
      readonly subject: 'lead' | 'owner';
      readonly owedBy: Party;
      readonly result: Result | 'not-judged';
    }
  | { readonly of: 'verdict'; readonly part: VerdictPart }
  | { readonly of: 'reject-reason' | 'flag-reason'; readonly part: string | null }
  | { readonly of: 'complete'; readonly part: (typeof completeness)[number] }
  | { readonly of: 'readiness'; readonly part: (typeof readinessParts)[number] }
  | { readonly of: 'fate'; readonly part: Fate }
  | { readonly of: 'cause'; readonly part: Cause }
  | { readonly of: 'outcome'; readonly part: OutcomePart };

type Test = (row: number) => boolean;

const equals =
  (codes: ArrayLike<number>, code: number): Test =>
  (row) =>
    codes[row] === code;

function clockTest({ clocks }: Columns, cell: Extract<Cell, { of: 'clock' }>): Test {
  const kind = clocks.kinds.findIndex(
    (one) => one.commitment === cell.commitment && one.subject === cell.subject && one.owedBy === cell.owedBy,
  );
  const wanted = cell.result === 'not-judged' ? null : results.indexOf(cell.result);
  return (row) => {
    for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++)
      if (clocks.kind[at] === kind) return clocks.result[at] === wanted;
    return wanted === null;
  };
}

type FlagTest = (at: number) => boolean;

function someFlag({ flags }: Columns, test: FlagTest): Test {
  return (row) => {
    for (let at = flags.start[row]!; at < flags.start[row + 1]!; at++) if (test(at)) return true;
    return false;
  };
}

function testOf(columns: Columns, cell: Cell, window: ReportWindow): Test {
  const { flags } = columns;
  switch (cell.of) {
    case 'hand-offs':
      return () => true;
    case 'flagged':
      return someFlag(columns, (at) => flags.isFlag[at] === 1);
    case 'data-flagged':
      return someFlag(columns, (at) => flags.isData[at] === 1);
    case 'disputed':
      return someFlag(columns, (at) => flags.answer[at] === disputedCode);
    case 'flag-reason':
      return someFlag(columns, (at) => flags.isFlag[at] === 1 && flags.reasons[flags.reason[at]!] === cell.part);
    case 'qualified':
      return equals(columns.isQualified, 1);
    case 'recycled':
      return (row) => columns.fate[row]! < fates.length;
    case 'left-behind':
      return (row) => columns.cause[row]! < causes.length;
    case 'late':
      return (row) => isLate(columns, row, window.to);
    case 'clock':
      return clockTest(columns, cell);
    case 'verdict':
      return equals(columns.verdict, verdicts.indexOf(cell.part));
    case 'reject-reason': {
      const { codes, values } = columns.verdictReason;
      return (row) => columns.verdict[row] === rejectedCode && values[codes[row]!] === cell.part;
    }
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
  for (const row of select(columns, question.window, question.filters)) {
    if (!test(row)) continue;
    if (total >= offset && leads.length < Math.min(limit, maxPage)) leads.push(columns.keys[row]!);
    total += 1;
  }
  return { total, leads };
}
