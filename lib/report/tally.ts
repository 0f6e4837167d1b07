/**
 * Counts and samples of some leads: what every figure is computed from. Two tallies of disjoint leads are merged by adding
 * them, so the tallies of single days make that of a year, and a figure can't depend on how its leads were cut.
 */
import { clockKinds, type ClockKind } from './clock-columns';
import { completeness, noCode, readinessParts, type Columns } from './columns';
import { answers } from './flag-columns';
import { causes, fates, outcomes, results, verdicts } from './types';

/** Bins of the distribution: a quarter of the target each; the last one holds all that took over three targets. */
export const binsPerTarget = 4;
const binCount = 3 * binsPerTarget + 1;

/** Clocks of one kind. */
export interface ClockTally {
  readonly kind: ClockKind;
  /** That have at least one of them; a lead may have several. */
  leads: number;
  /** By place in `results`. */
  readonly counts: number[];
  /** Missed and still not done. */
  overdue: number;
  readonly elapsed: number[];
  readonly working: number[];
  readonly bins: number[];
  /** Target in ms → how many timed clocks had it. */
  readonly targets: Map<number, number>;
}

/** Of some leads; mutable while it is counted, and read-only for whoever gets it. */
export interface Tally {
  leads: number;
  /** Whose hand-off is not exact. */
  inexact: number;
  readonly versions: Set<number>;
  /** Seen late enough for what the figures say, or closed. */
  observed: number;
  seenFirst: number | null;
  seenLast: number | null;
  /** Leads of which something that happened in the period was learnt after it. */
  late: number;
  /** By place in the columns' `kinds`. */
  readonly clocks: (ClockTally | undefined)[];
  readonly verdicts: number[];
  readonly rejectReasons: Map<string | null, number>;
  readonly flagReasons: Map<string, number>;
  flagged: number;
  dataFlagged: number;
  /** Leads with a flag or a rejection about data. */
  answerable: number;
  disputed: number;
  /** Flags, by place in `answers`. */
  readonly answers: number[];
  readonly answerElapsed: number[];
  readonly answerWorking: number[];
  readonly complete: number[];
  readonly readiness: number[];
  readonly fates: number[];
  readonly causes: number[];
  readonly outcomes: number[];
  qualified: number;
  touchesOfAccepted: number;
  readonly attempts: number[];
  readonly toAccept: number[];
  readonly toAcceptWorking: number[];
  readonly toTouch: number[];
  readonly toTouchWorking: number[];
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);

export function emptyTally(): Tally {
  return {
    leads: 0,
    inexact: 0,
    versions: new Set(),
    observed: 0,
    seenFirst: null,
    seenLast: null,
    late: 0,
    clocks: Array.from(clockKinds, () => undefined),
    verdicts: zeros(verdicts.length),
    rejectReasons: new Map(),
    flagReasons: new Map(),
    flagged: 0,
    dataFlagged: 0,
    answerable: 0,
    disputed: 0,
    answers: zeros(answers.length),
    answerElapsed: [],
    answerWorking: [],
    complete: zeros(completeness.length),
    readiness: zeros(readinessParts.length),
    fates: zeros(fates.length),
    causes: zeros(causes.length),
    outcomes: zeros(outcomes.length),
    qualified: 0,
    touchesOfAccepted: 0,
    attempts: [],
    toAccept: [],
    toAcceptWorking: [],
    toTouch: [],
    toTouchWorking: [],
  };
}

/** What a tally has to know of the question. */
export interface TallyOptions {
  /** End of the period: what was learnt at or after it of what happened before it came late. */
  readonly periodEnd: number;
  /** A lead seen at or after this is observed for all that the figures say. */
  readonly observedFrom: number;
  /** Only what tables of many groups show: verdicts, reasons, outcomes and results of clocks. No times, flags or coverage. */
  readonly countsOnly?: boolean;
}

export const acceptedCode = verdicts.indexOf('accepted');
export const rejectedCode = verdicts.indexOf('rejected');
const openCode = outcomes.indexOf('open');
const missedCode = results.indexOf('missed');
export const disputedCode = answers.indexOf('disputed');

const count = (counts: number[], code: number): void => {
  if (code !== noCode) counts[code]! += 1;
};
const addTo = <Key>(map: Map<Key, number>, key: Key, by = 1): void => {
  map.set(key, (map.get(key) ?? 0) + by);
};
const known = (sample: number[], value: number): void => {
  if (value === value) sample.push(value);
};

/** @param rows places in the columns, none of them twice. */
export function tallyOf(columns: Columns, rows: Uint32Array, options: TallyOptions): Tally {
  const tally = emptyTally();
  for (const row of rows) addLead(tally, columns, row, options);
  return tally;
}

/**
 * The tallies of groups, in one pass: rows of a group lie far apart, and to jump from one to the next costs more than to count.
 * @param groupOf group of each row; groups without a row have no tally.
 */
export function talliesOf(
  columns: Columns,
  rows: Uint32Array,
  groupOf: ArrayLike<number>,
  options: TallyOptions,
): (Tally | undefined)[] {
  const tallies: (Tally | undefined)[] = [];
  for (const row of rows) addLead((tallies[groupOf[row]!] ??= emptyTally()), columns, row, options);
  return tallies;
}

function addLead(tally: Tally, columns: Columns, row: number, options: TallyOptions): void {
  const verdict = columns.verdict[row]!;
  tally.leads += 1;
  count(tally.verdicts, verdict);
  if (verdict === rejectedCode) {
    const { codes, values } = columns.verdictReason;
    addTo(tally.rejectReasons, values[codes[row]!] ?? null);
  }
  count(tally.outcomes, columns.outcome[row]!);
  tally.qualified += columns.isQualified[row]!;
  addClocks(tally, columns, row, options.countsOnly === true);
  if (options.countsOnly === true) return;
  addCoverage(tally, columns, row, options);
  if (verdict === acceptedCode) tally.touchesOfAccepted += columns.touches[row]!;
  if (columns.attempts[row]! >= 0) tally.attempts.push(columns.attempts[row]!);
  count(tally.complete, columns.complete[row]!);
  count(tally.readiness, columns.readiness[row]!);
  count(tally.fates, columns.fate[row]!);
  count(tally.causes, columns.cause[row]!);
  known(tally.toAccept, columns.toAccept[row]!);
  known(tally.toAcceptWorking, columns.toAcceptWorking[row]!);
  known(tally.toTouch, columns.toTouch[row]!);
  known(tally.toTouchWorking, columns.toTouchWorking[row]!);
  addFlags(tally, columns, row);
}

function addCoverage(tally: Tally, columns: Columns, row: number, options: TallyOptions): void {
  const seenAt = columns.seenAt[row]!;
  if (columns.isExact[row] === 0) tally.inexact += 1;
  if (isObserved(columns, row, options.observedFrom)) tally.observed += 1;
  tally.seenFirst = tally.seenFirst === null ? seenAt : Math.min(tally.seenFirst, seenAt);
  tally.seenLast = tally.seenLast === null ? seenAt : Math.max(tally.seenLast, seenAt);
  if (isLate(columns, row, options.periodEnd)) tally.late += 1;
}

/** Whether a lead was seen late enough, or is closed, so that nothing more is to be seen of it. */
export function isObserved(columns: Columns, row: number, observedFrom: number): boolean {
  return columns.outcome[row] !== openCode || columns.seenAt[row]! >= observedFrom;
}

/** Whether something happened before `end` and was learnt at or after it. */
export function isLate(columns: Columns, row: number, end: number): boolean {
  for (let at = columns.lateStart[row]!; at < columns.lateStart[row + 1]!; at += 2)
    if (columns.late[at]! < end && columns.late[at + 1]! >= end) return true;
  return false;
}

function emptyClocks(kind: ClockKind): ClockTally {
  return {
    kind,
    leads: 0,
    counts: zeros(results.length),
    overdue: 0,
    elapsed: [],
    working: [],
    bins: zeros(binCount),
    targets: new Map(),
  };
}

function addClocks(tally: Tally, columns: Columns, row: number, countsOnly: boolean): void {
  const { clocks } = columns;
  let version = -1;
  // A bit for each kind that this lead has a clock of; there are fewer kinds than bits.
  let kinds = 0;
  for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++) {
    const kind = clocks.kind[at]!;
    const into = (tally.clocks[kind] ??= emptyClocks(clocks.kinds[kind]!));
    const result = clocks.result[at]!;
    if ((kinds & (1 << kind)) === 0) into.leads += 1;
    kinds |= 1 << kind;
    if (clocks.version[at] !== version) tally.versions.add((version = clocks.version[at]!));
    count(into.counts, result);
    if (result === missedCode && clocks.isOver[at] === 0) into.overdue += 1;
    if (countsOnly) continue;
    known(into.elapsed, clocks.elapsedMs[at]!);
    known(into.working, clocks.workingMs[at]!);
    const own = clocks.ownMs[at]!;
    if (own !== own) continue;
    into.bins[binOf(own, clocks.targetMs[at]!)]! += 1;
    addTo(into.targets, clocks.targetMs[at]!);
  }
}

/** Bins are `(from, to]`, so that what took exactly the target stands left of the target's line, among the met. */
export function binOf(ownMs: number, targetMs: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.ceil((ownMs * binsPerTarget) / targetMs) - 1));
}

function addFlags(tally: Tally, columns: Columns, row: number): void {
  const { flags } = columns;
  const [first, end] = [flags.start[row]!, flags.start[row + 1]!];
  if (first === end) return;
  let [isFlagged, isDataFlagged, isDisputed] = [false, false, false];
  for (let at = first; at < end; at++) {
    if (flags.isFlag[at] === 1) {
      isFlagged = true;
      if (isFirstOfItsReason(flags, first, at)) addTo(tally.flagReasons, flags.reasons[flags.reason[at]!]!);
    }
    if (flags.isData[at] === 1) isDataFlagged = true;
    if (flags.answer[at] === disputedCode) isDisputed = true;
    count(tally.answers, flags.answer[at]!);
    if (flags.isData[at] === 0) continue;
    known(tally.answerElapsed, flags.elapsedMs[at]!);
    known(tally.answerWorking, flags.workingMs[at]!);
  }
  tally.answerable += 1;
  if (isFlagged) tally.flagged += 1;
  if (isDataFlagged) tally.dataFlagged += 1;
  if (isDisputed) tally.disputed += 1;
}

/** A lead with two flags of one reason counts once. */
function isFirstOfItsReason({ isFlag, reason }: Columns['flags'], first: number, at: number): boolean {
  for (let before = first; before < at; before++)
    if (isFlag[before] === 1 && reason[before] === reason[at]) return false;
  return true;
}
