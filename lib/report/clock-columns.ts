/** The clocks of all rows, one after the other; those of a row stand at `start[row] … start[row + 1]`. */
import { commitmentIds } from './commitments';
import { absent } from './columns';
import { placesOf, type Filling } from './filling';
import { blankTable, clockColumnKinds } from './rows';
import { results, type Digest, type DigestClock } from './types';

export interface ClockColumns {
  readonly start: Uint32Array;
  /** Place in `kinds`. */
  readonly kind: Uint8Array;
  readonly kinds: readonly ClockKind[];
  /** Place in `results`. */
  readonly result: Uint8Array;
  /** See `DigestClock.ofOwner`. */
  readonly ofOwner: Uint8Array;
  readonly isOver: Uint8Array;
  readonly version: Uint32Array;
  /** NaN where there is none. */
  readonly dueAt: Float64Array;
  readonly targetMs: Float64Array;
  readonly elapsedMs: Float64Array;
  readonly workingMs: Float64Array;
  readonly ownMs: Float64Array;
}

/** Clocks of one kind are counted together: the same promise of the same side to a lead, or to its new owner. */
export type ClockKind = Pick<DigestClock, 'commitment' | 'subject' | 'owedBy'>;

const subjects = ['lead', 'owner'] as const;
const parties = ['marketing', 'sales'] as const;

/** Every kind there can be, in the order that tables show them. */
export const clockKinds: readonly ClockKind[] = subjects.flatMap((subject) =>
  commitmentIds.flatMap((commitment) => parties.map((owedBy) => ({ commitment, subject, owedBy }))),
);
const place = { commitment: placesOf(commitmentIds), result: placesOf(results) };
const kindOf = ({ commitment, subject, owedBy }: ClockKind): number =>
  ((subject === 'lead' ? 0 : commitmentIds.length) + place.commitment[commitment]) * 2 + (owedBy === 'sales' ? 1 : 0);

export function clockColumns(rows: readonly Digest[]): Filling<ClockColumns> {
  const size = rows.reduce((sum, digest) => sum + digest.clocks.length, 0);
  const columns: ClockColumns = {
    start: new Uint32Array(rows.length + 1),
    kinds: clockKinds,
    ...blankTable(clockColumnKinds, size),
  };
  let at = 0;
  return {
    columns,
    add(row, digest) {
      for (const clock of digest.clocks) {
        columns.kind[at] = kindOf(clock);
        columns.result[at] = place.result[clock.result];
        columns.ofOwner[at] = clock.ofOwner ? 1 : 0;
        columns.isOver[at] = clock.over ? 1 : 0;
        columns.version[at] = clock.version;
        columns.dueAt[at] = clock.dueAt ?? absent;
        columns.targetMs[at] = clock.targetMs;
        columns.elapsedMs[at] = clock.took?.elapsedMs ?? absent;
        columns.workingMs[at] = clock.took?.workingMs ?? absent;
        columns.ownMs[at] = clock.ownMs ?? absent;
        at += 1;
      }
      columns.start[row + 1] = at;
    },
  };
}
