/** The leads behind a number of flags, and of answers to them. A lead with several flags is listed once. */
import { assertNever } from '../clock/assert-never';
import type { Columns } from './columns';
import { answers } from './flag-columns';
import { disputedCode } from './tally';

const flagNumbers = ['flagged', 'data-flagged', 'without-data-flag', 'answerable', 'disputed'] as const;

export type FlagCell =
  | { readonly of: (typeof flagNumbers)[number] }
  | { readonly of: 'answer'; readonly part: (typeof answers)[number] }
  | { readonly of: 'flag-reason'; readonly part: string | null };

type Test = (row: number) => boolean;

export function someFlag({ flags }: Columns, test: (at: number) => boolean): Test {
  return (row) => {
    for (let at = flags.start[row]!; at < flags.start[row + 1]!; at++) if (test(at)) return true;
    return false;
  };
}

export const isFlagCell = (cell: { readonly of: string }): cell is FlagCell =>
  ([...flagNumbers, 'answer', 'flag-reason'] as readonly string[]).includes(cell.of);

export function flagTest(columns: Columns, cell: FlagCell): Test {
  const { flags } = columns;
  const isDataFlagged = someFlag(columns, (at) => flags.isData[at] === 1);
  switch (cell.of) {
    case 'flagged':
      return someFlag(columns, (at) => flags.isFlag[at] === 1);
    case 'data-flagged':
      return isDataFlagged;
    case 'without-data-flag':
      return (row) => !isDataFlagged(row);
    case 'answerable':
      return (row) => flags.start[row]! < flags.start[row + 1]!;
    case 'disputed':
      return someFlag(columns, (at) => flags.answer[at] === disputedCode);
    case 'answer': {
      const wanted = answers.indexOf(cell.part);
      return someFlag(columns, (at) => flags.answer[at] === wanted);
    }
    case 'flag-reason':
      return someFlag(columns, (at) => flags.isFlag[at] === 1 && flags.reasons[flags.reason[at]!] === cell.part);
    default:
      return assertNever(cell);
  }
}
