/** The leads behind a number of clocks: how they were judged, how long they took, and what is ahead. One lead may have several. */
import type { CommitmentId } from '../agreement/schema';
import { assertNever } from '../clock/assert-never';
import type { Party } from '../lead/facts';
import { aheadOf } from './ahead';
import type { Columns } from './columns';
import { binOf } from './tally';
import { results, type Result } from './types';

interface OfClock {
  readonly commitment: CommitmentId;
  /** `present-owner`: the clocks, of either, that measure the owner that the lead has now. */
  readonly subject: 'lead' | 'owner' | 'present-owner';
  /** Absent: whoever owed it. */
  readonly owedBy?: Party;
}

export type ClockCell =
  | (OfClock & { readonly of: 'clock'; readonly result: Result | 'not-judged' })
  /** Met or missed: what an attainment is a share of. */
  | (OfClock & { readonly of: 'judged' })
  /** What percentiles of a response time are taken from. */
  | (OfClock & { readonly of: 'response-time'; readonly time: 'working' | 'elapsed' })
  /** A bin of the distribution, by its place. */
  | (OfClock & { readonly of: 'bin'; readonly bin: number })
  | { readonly of: 'ahead'; readonly part: 'overdue' | 'passed' | 'without-due' }
  /** Open clocks that are due in `[from, to)`, epoch ms; `to` may be infinite. */
  | { readonly of: 'due'; readonly from: number; readonly to: number; readonly owedBy?: Party };

type Test = (row: number) => boolean;
type ClockTest = (at: number) => boolean;

function someClock({ clocks }: Columns, test: ClockTest): Test {
  return (row) => {
    for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++) if (test(at)) return true;
    return false;
  };
}

function kindTest({ clocks }: Columns, { commitment, subject, owedBy }: OfClock): ClockTest {
  const isOfOwner = subject === 'present-owner';
  const isMeant = clocks.kinds.map(
    (kind) =>
      kind.commitment === commitment &&
      (isOfOwner || kind.subject === subject) &&
      (owedBy === undefined || kind.owedBy === owedBy),
  );
  return (at) => isMeant[clocks.kind[at]!] === true && (!isOfOwner || clocks.ofOwner[at] === 1);
}

export const isClockCell = (cell: { readonly of: string }): cell is ClockCell =>
  ['clock', 'judged', 'response-time', 'bin', 'ahead', 'due'].includes(cell.of);

export function clockTest(columns: Columns, cell: ClockCell): Test {
  const { clocks } = columns;
  if (cell.of === 'ahead') return someClock(columns, (at) => aheadOf(columns, at) === cell.part);
  if (cell.of === 'due') return dueTest(columns, cell);
  const isMeant = kindTest(columns, cell);
  switch (cell.of) {
    case 'clock': {
      if (cell.result === 'not-judged') {
        const hasOne = someClock(columns, isMeant);
        return (row) => !hasOne(row);
      }
      const wanted = results.indexOf(cell.result);
      return someClock(columns, (at) => isMeant(at) && clocks.result[at] === wanted);
    }
    case 'judged': {
      const wanted = new Set([results.indexOf('met'), results.indexOf('missed')]);
      return someClock(columns, (at) => isMeant(at) && wanted.has(clocks.result[at]!));
    }
    case 'response-time': {
      const lengths = cell.time === 'working' ? clocks.workingMs : clocks.elapsedMs;
      return someClock(columns, (at) => isMeant(at) && !Number.isNaN(lengths[at]!));
    }
    case 'bin':
      return someClock(
        columns,
        (at) =>
          isMeant(at) &&
          !Number.isNaN(clocks.ownMs[at]!) &&
          binOf(clocks.ownMs[at]!, clocks.targetMs[at]!) === cell.bin,
      );
    default:
      return assertNever(cell);
  }
}

function dueTest(columns: Columns, { from, to, owedBy }: Extract<ClockCell, { of: 'due' }>): Test {
  const { clocks } = columns;
  return someClock(columns, (at) => {
    if (aheadOf(columns, at) !== 'due') return false;
    const dueAt = clocks.dueAt[at]!;
    return dueAt >= from && dueAt < to && (owedBy === undefined || clocks.kinds[clocks.kind[at]!]!.owedBy === owedBy);
  });
}
