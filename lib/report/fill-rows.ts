/**
 * From digests to rows: one pass over the digests, because fifty thousand of them lie all over the memory and each further
 * pass costs as much as the first.
 */
import type { LeadKey } from '../lead/lead';
import { clockColumns } from './clock-columns';
import { absent, noCode, readinessParts, type Coded } from './columns';
import { placesOf, type Filling } from './filling';
import { flagColumns } from './flag-columns';
import { blankTable, leadColumns, rowTexts, type Rows, type RowText } from './rows';
import { causes, fates, outcomes, verdicts, type Digest } from './types';

const place = {
  verdict: placesOf(verdicts),
  readiness: placesOf(readinessParts),
  fate: placesOf(fates),
  cause: placesOf(causes),
  outcome: placesOf(outcomes),
};

/** Texts to numbers, in the order of their first appearance. */
export class Dictionary {
  readonly codes: Uint32Array;
  readonly values: (string | null)[] = [];
  readonly #known = new Map<string | null, number>();

  constructor(size: number) {
    this.codes = new Uint32Array(size);
  }

  codeOf(value: string | null): number {
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.values.push(value) - 1;
      this.#known.set(value, code);
    }
    return code;
  }

  set(row: number, value: string | null): void {
    this.codes[row] = this.codeOf(value);
  }

  coded(): Coded {
    return { codes: this.codes, values: this.values };
  }
}

/** Each lead once, the newest digest of it, by hand-off and key: the order of what comes in makes no difference. */
function inOrder(digests: Iterable<Digest>): Digest[] {
  const newest = new Map<LeadKey, Digest>();
  for (const digest of digests) {
    const known = newest.get(digest.lead);
    if (!known || digest.asOf > known.asOf) newest.set(digest.lead, digest);
  }
  const rows = [...newest.values()];
  const starts = Float64Array.from(rows, (digest) => digest.handOff ?? Number.POSITIVE_INFINITY);
  const order = Uint32Array.from(rows, (_, index) => index).sort((a, b) => {
    const [one, other] = [starts[a]!, starts[b]!];
    return one === other ? (rows[a]!.lead < rows[b]!.lead ? -1 : 1) : one - other;
  });
  return Array.from(order, (index) => rows[index]!);
}

function fill(into: Rows['leads'], row: number, digest: Digest): void {
  const { toAccept, toTouch, complete, recycled, leftBehind } = digest;
  into.handOff[row] = digest.handOff ?? Number.POSITIVE_INFINITY;
  into.isExact[row] = digest.handOffExact ? 1 : 0;
  into.seenAt[row] = digest.seenAt;
  into.holdsUntil[row] = digest.holdsUntil ?? absent;
  into.verdict[row] = place.verdict[digest.verdict];
  into.complete[row] = complete === null ? 2 : complete ? 0 : 1;
  into.readiness[row] = place.readiness[digest.readiness ?? 'unknown'];
  into.fate[row] = recycled === null ? noCode : place.fate[recycled];
  into.cause[row] = leftBehind === null ? noCode : place.cause[leftBehind];
  into.outcome[row] = place.outcome[digest.outcome];
  into.isQualified[row] = digest.qualified ? 1 : 0;
  into.touches[row] = digest.touches;
  into.attempts[row] = digest.attempts ?? -1;
  into.toAccept[row] = toAccept?.elapsedMs ?? absent;
  into.toAcceptWorking[row] = toAccept?.workingMs ?? absent;
  into.toTouch[row] = toTouch?.elapsedMs ?? absent;
  into.toTouchWorking[row] = toTouch?.workingMs ?? absent;
  into.future[row] = digest.future;
}

export function rowsOf(digests: Iterable<Digest>): Rows {
  const given = inOrder(digests);
  const size = given.length;
  const leads = blankTable(leadColumns, size);
  const texts = Object.fromEntries(rowTexts.map((name) => [name, new Dictionary(size)])) as Record<RowText, Dictionary>;
  const clocks = clockColumns(given);
  const flags = flagColumns(given);
  const late = lateColumns(given);
  const covered = new Map<string, Uint8Array>();
  given.forEach((digest, row) => {
    fill(leads, row, digest);
    clocks.add(row, digest);
    flags.add(row, digest);
    late.add(row, digest);
    for (const name of rowTexts) texts[name].set(row, digest[name]);
    cover(covered, row, digest, size);
  });
  const coded = Object.fromEntries(rowTexts.map((name) => [name, texts[name].coded()]));
  return {
    size,
    keys: given.map((digest) => digest.lead),
    leads,
    texts: coded as Record<RowText, Coded>,
    clocks: clocks.columns,
    flags: flags.columns,
    covered,
    ...late.columns,
  };
}

function cover(covered: Map<string, Uint8Array>, row: number, { promises }: Digest, size: number): void {
  for (const id of promises) {
    let column = covered.get(id);
    if (!column) covered.set(id, (column = new Uint8Array(size)));
    column[row] = 1;
  }
}

function lateColumns(rows: readonly Digest[]): Filling<Pick<Rows, 'lateStart' | 'late'>> {
  const lateStart = new Uint32Array(rows.length + 1);
  const late = new Float64Array(rows.reduce((sum, digest) => sum + digest.late.length, 0));
  let at = 0;
  return {
    columns: { lateStart, late },
    add(row, digest) {
      for (const instant of digest.late) late[at++] = instant;
      lateStart[row + 1] = at;
    },
  };
}
