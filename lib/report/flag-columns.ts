/** The flags of all rows, one after the other; those of a row stand at `start[row] … start[row + 1]`. */
import { absent } from './columns';
import { placesOf, type Filling } from './filling';
import { blankTable, flagColumnKinds } from './rows';
import type { Digest } from './types';

export const answers = ['fixed', 'disputed', 'agreed', 'unanswered'] as const;

export interface FlagColumns {
  readonly start: Uint32Array;
  readonly reasons: readonly string[];
  readonly reason: Uint32Array;
  readonly isData: Uint8Array;
  /** Whether it is a flag of its own, and not a rejection about data. */
  readonly isFlag: Uint8Array;
  /** Place in `answers`. */
  readonly answer: Uint8Array;
  /** NaN where it has no answer, or not an exact one. */
  readonly elapsedMs: Float64Array;
  readonly workingMs: Float64Array;
}

const placeOfAnswer = placesOf(answers);

export function flagColumns(rows: readonly Digest[]): Filling<FlagColumns> {
  const size = rows.reduce((sum, digest) => sum + digest.flags.length, 0);
  const codes = new Map<string, number>();
  const reasons: string[] = [];
  const columns = {
    start: new Uint32Array(rows.length + 1),
    reasons,
    ...blankTable(flagColumnKinds, size),
  };
  const codeOf = (reason: string): number => {
    let code = codes.get(reason);
    if (code === undefined) codes.set(reason, (code = reasons.push(reason) - 1));
    return code;
  };
  let at = 0;
  return {
    columns,
    add(row, digest) {
      for (const { reason, data, flag, answer, took } of digest.flags) {
        columns.reason[at] = codeOf(reason);
        columns.isData[at] = data ? 1 : 0;
        columns.isFlag[at] = flag ? 1 : 0;
        columns.answer[at] = placeOfAnswer[answer ?? 'unanswered'];
        columns.elapsedMs[at] = took?.elapsedMs ?? absent;
        columns.workingMs[at] = took?.workingMs ?? absent;
        at += 1;
      }
      columns.start[row + 1] = at;
    },
  };
}
