/**
 * Builds the columns of a year: one pass over the digests, because fifty thousand of them lie all over the memory and each
 * further pass costs as much as the first.
 */
import { dayMs } from '../calendar/zone';
import type { LeadKey } from '../lead/lead';
import { clockColumns } from './clock-columns';
import { absent, noCode, readinessParts, textDimensions } from './columns';
import type { Coded, ColumnOptions, Columns, TextDimension } from './columns';
import { placesOf, type Filling } from './filling';
import { flagColumns } from './flag-columns';
import { causes, fates, outcomes, verdicts, type Digest } from './types';
import { zoneTable } from './zone-table';

const place = {
  verdict: placesOf(verdicts),
  readiness: placesOf(readinessParts),
  fate: placesOf(fates),
  cause: placesOf(causes),
  outcome: placesOf(outcomes),
};

/** Texts to numbers, in the order of their first appearance. */
class Dictionary {
  readonly codes: Uint32Array;
  readonly values: (string | null)[] = [];
  readonly #known = new Map<string | null, number>();

  constructor(size: number) {
    this.codes = new Uint32Array(size);
  }

  set(row: number, value: string | null): void {
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.values.push(value) - 1;
      this.#known.set(value, code);
    }
    this.codes[row] = code;
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

/** Columns of one entry a row, before they are filled. */
function blank(size: number) {
  return {
    handOff: new Float64Array(size),
    isExact: new Uint8Array(size),
    seenAt: new Float64Array(size),
    verdict: new Uint8Array(size),
    complete: new Uint8Array(size),
    readiness: new Uint8Array(size),
    fate: new Uint8Array(size),
    cause: new Uint8Array(size),
    outcome: new Uint8Array(size),
    isQualified: new Uint8Array(size),
    touches: new Uint32Array(size),
    attempts: new Int32Array(size),
    toAccept: new Float64Array(size),
    toAcceptWorking: new Float64Array(size),
    toTouch: new Float64Array(size),
    toTouchWorking: new Float64Array(size),
  };
}

function fill(into: ReturnType<typeof blank>, row: number, digest: Digest): void {
  const { toAccept, toTouch, complete, recycled, leftBehind } = digest;
  into.handOff[row] = digest.handOff ?? Number.POSITIVE_INFINITY;
  into.isExact[row] = digest.handOffExact ? 1 : 0;
  into.seenAt[row] = digest.seenAt;
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
}

export function createColumns(digests: Iterable<Digest>, { timeZone, now, teamOf }: ColumnOptions): Columns {
  const rows = inOrder(digests);
  const size = rows.length;
  const single = blank(size);
  const texts = Object.fromEntries(textDimensions.map((name) => [name, new Dictionary(size)])) as Record<
    TextDimension,
    Dictionary
  >;
  const reasons = new Dictionary(size);
  const names = new Map<string | null, string>();
  const clocks = clockColumns(rows, now);
  const flags = flagColumns(rows);
  const late = lateColumns(rows);
  const covered = new Map<string, Uint8Array>();
  let [future, handedOver] = [0, 0];
  rows.forEach((digest, row) => {
    fill(single, row, digest);
    clocks.add(row, digest);
    flags.add(row, digest);
    late.add(row, digest);
    reasons.set(row, digest.verdictReason);
    const { rep } = digest;
    for (const name of textDimensions)
      if (name !== 'team') texts[name].set(row, digest[name]);
      else texts.team.set(row, rep === null ? null : (teamOf?.(rep) ?? null));
    // The newest name that the CRM showed of each person.
    if (digest.repName !== null) names.set(rep, digest.repName);
    cover(covered, row, digest, size);
    future += digest.future;
    if (digest.handOff !== null) handedOver = row + 1;
  });
  const coded = Object.fromEntries(textDimensions.map((name) => [name, texts[name].coded()]));
  return {
    size,
    handedOver,
    timeZone,
    now,
    keys: rows.map((digest) => digest.lead),
    texts: coded as Record<TextDimension, Coded>,
    repNames: texts.rep.values.map((rep) => names.get(rep) ?? null),
    ...single,
    ...localTimes(single.handOff, handedOver, timeZone),
    verdictReason: reasons.coded(),
    clocks: clocks.columns,
    flags: flags.columns,
    covered,
    ...late.columns,
    future,
  };
}

function cover(covered: Map<string, Uint8Array>, row: number, { promises }: Digest, size: number): void {
  for (const id of promises) {
    let column = covered.get(id);
    if (!column) covered.set(id, (column = new Uint8Array(size)));
    column[row] = 1;
  }
}

function localTimes(handOff: Float64Array, handedOver: number, timeZone: string): Pick<Columns, 'weekday' | 'hour'> {
  const weekday = new Uint8Array(handOff.length).fill(noCode);
  const hour = new Uint8Array(handOff.length).fill(noCode);
  if (handedOver === 0) return { weekday, hour };
  const zone = zoneTable(timeZone, handOff[0]!, handOff[handedOver - 1]!);
  for (let row = 0; row < handedOver; row++) {
    const local = handOff[row]! + zone.offsetAt(handOff[row]!);
    const day = Math.floor(local / dayMs);
    // 1970-01-01 was a Thursday.
    weekday[row] = (((day + 3) % 7) + 7) % 7;
    hour[row] = Math.floor((local - day * dayMs) / 3_600_000);
  }
  return { weekday, hour };
}

function lateColumns(rows: readonly Digest[]): Filling<Pick<Columns, 'lateStart' | 'late'>> {
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
