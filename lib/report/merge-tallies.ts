/** Adds tallies of disjoint leads. */
import { emptyTally, type ClockTally, type Tally } from './tally';

const add = (into: number[], from: readonly number[]): void => {
  from.forEach((value, index) => (into[index] = (into[index] ?? 0) + value));
};
const append = (into: number[], from: readonly number[]): void => {
  for (const value of from) into.push(value);
};
const addMap = <Key>(into: Map<Key, number>, from: ReadonlyMap<Key, number>): void => {
  for (const [key, value] of from) into.set(key, (into.get(key) ?? 0) + value);
};

const totals = [
  'leads',
  'inexact',
  'observed',
  'late',
  'flagged',
  'dataFlagged',
  'answerable',
  'disputed',
  'qualified',
  'touchesOfAccepted',
] as const;
const counted = ['verdicts', 'answers', 'complete', 'readiness', 'fates', 'causes', 'outcomes'] as const;
const samples = [
  'answerElapsed',
  'answerWorking',
  'attempts',
  'toAccept',
  'toAcceptWorking',
  'toTouch',
  'toTouchWorking',
] as const;

/** The tally of all leads together; the given ones stay as they are. */
export function mergeTallies(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const name of totals) sum[name] += tally[name];
    for (const name of counted) add(sum[name], tally[name]);
    for (const name of samples) append(sum[name], tally[name]);
    for (const version of tally.versions) sum.versions.add(version);
    addMap(sum.rejectReasons, tally.rejectReasons);
    addMap(sum.flagReasons, tally.flagReasons);
    sum.seenFirst = least(sum.seenFirst, tally.seenFirst, Math.min);
    sum.seenLast = least(sum.seenLast, tally.seenLast, Math.max);
    tally.clocks.forEach((clocks, kind) => {
      if (clocks) mergeClocks(sum.clocks, kind, clocks);
    });
  }
  return sum;
}

const least = (a: number | null, b: number | null, pick: (a: number, b: number) => number): number | null =>
  a === null || b === null ? (a ?? b) : pick(a, b);

function mergeClocks(all: (ClockTally | undefined)[], kind: number, from: ClockTally): void {
  const into = (all[kind] ??= {
    kind: from.kind,
    leads: 0,
    counts: [],
    overdue: 0,
    elapsed: [],
    working: [],
    bins: [],
    targets: new Map(),
  });
  into.leads += from.leads;
  into.overdue += from.overdue;
  add(into.counts, from.counts);
  add(into.bins, from.bins);
  append(into.elapsed, from.elapsed);
  append(into.working, from.working);
  addMap(into.targets, from.targets);
}
