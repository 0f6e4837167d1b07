/**
 * What is remembered of one kind of page of one CRM, visit by visit, so that "this CRM changed its page" is said of a page
 * that did change and never of a single odd one. Pure: what is stored and when is `health.ts`.
 *
 *   unproven ──20 visits in a row with it──▶ proven ──visit without──▶ missed ──5 in a row, over 10 min──▶ changed
 *       ▲                                      ▲                         │                                   │
 *       │ visit without                        └── (a visit with it starts the proof anew) ◀─────────────────┘
 *
 * A list of leads may be empty, so rows that stay away are a change only where there is always one: on a record's page.
 */
import { z } from 'zod';
import type { PageChange, PageHealth, SurfaceHealth } from '../messages/page-health';
import { named, namesAtMost } from '../messages/schemas';

/** Visits in a row that prove that a page always has something. */
export const provenVisits = 20;
/** Visits in a row without it that are no accident: a page half drawn, a view with other columns. */
export const changedVisits = 5;
/** And they must lie this far apart, ms: five reloads of one broken page are one event. */
export const changedMs = 10 * 60_000;

const instant = z.number().min(-8.64e15).max(8.64e15);
/** Counts stop here instead of ever becoming unreadable. */
const most = 10_000_000;
const count = z.number().int().min(0).max(most);

const trace = z.strictObject({
  matched: count,
  unmatched: count,
  /** Visits in a row with it, before the run without. */
  streak: count,
  /** Visits in a row without it, up to the last. */
  run: count,
  /** First visit of that run. */
  stoppedAt: instant.nullable(),
  /** Last visit that told either. */
  at: instant,
});
type Trace = z.infer<typeof trace>;

export const pageRecordSchema = z.strictObject({
  schema: z.literal(1),
  pages: count,
  emptyPages: count,
  rowsTrace: trace,
  rows: count,
  read: count,
  missing: named(count),
  seen: named(count),
  putBack: count,
  givenUp: count,
  refused: z.array(z.string().max(60)).max(namesAtMost),
  selectors: named(trace),
  fields: named(trace),
  /** Last visit that showed rows, and last visit at all. */
  fullAt: instant,
  lastAt: instant,
});
export type PageRecord = z.infer<typeof pageRecordSchema>;

const noTrace: Trace = { matched: 0, unmatched: 0, streak: 0, run: 0, stoppedAt: null, at: 0 };

export const emptyRecord: PageRecord = {
  schema: 1,
  pages: 0,
  emptyPages: 0,
  rowsTrace: noTrace,
  rows: 0,
  read: 0,
  missing: {},
  seen: {},
  putBack: 0,
  givenUp: 0,
  refused: [],
  selectors: {},
  fields: {},
  fullAt: 0,
  lastAt: 0,
};

const plus = (a: number, b: number): number => Math.min(most, a + b);

function follow(before: Trace, matched: boolean, at: number): Trace {
  if (!matched) {
    // Without a proof there is nothing that could have stopped.
    const streak = before.streak >= provenVisits ? before.streak : 0;
    return {
      ...before,
      unmatched: plus(before.unmatched, 1),
      streak,
      run: plus(before.run, 1),
      stoppedAt: before.stoppedAt ?? at,
      at,
    };
  }
  const streak = before.run > 0 ? 1 : plus(before.streak, 1);
  return { ...before, matched: plus(before.matched, 1), streak, run: 0, stoppedAt: null, at };
}

const entryOf = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

function followAll(
  before: Readonly<Record<string, Trace>>,
  told: Readonly<Record<string, boolean>>,
  at: number,
): Record<string, Trace> {
  const next = new Map(Object.entries(before));
  for (const [name, matched] of Object.entries(told)) next.set(name, follow(next.get(name) ?? noTrace, matched, at));
  // Names of an adapter's older versions make room for today's.
  const newest = [...next].toSorted(([, a], [, b]) => b.at - a.at).slice(0, namesAtMost);
  return Object.fromEntries(newest);
}

function addCounts(
  before: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(more))
    if (sum.has(name) || sum.size < namesAtMost) sum.set(name, plus(sum.get(name) ?? 0, value));
  return Object.fromEntries(sum);
}

/**
 * Whether the page showed a field: one that no row shows and no row misses is not on this view at all, which says nothing.
 */
function fieldsTold({ seen, missing }: PageHealth): Record<string, boolean> {
  const names = [...new Set([...Object.keys(seen), ...Object.keys(missing)])];
  return Object.fromEntries(names.map((name) => [name, (entryOf(seen, name) ?? 0) > 0]));
}

/** The record with one more visit. */
export function addVisit(record: PageRecord, health: PageHealth): PageRecord {
  const { at } = health;
  const common = {
    ...record,
    rowsTrace: follow(record.rowsTrace, health.rows > 0, at),
    refused: [...health.refused],
    lastAt: at,
  };
  // A page without rows tells nothing of what rows hold.
  if (health.rows === 0) return { ...common, emptyPages: plus(record.emptyPages, 1) };
  return {
    ...common,
    pages: plus(record.pages, 1),
    fullAt: at,
    rows: plus(record.rows, health.rows),
    read: plus(record.read, health.read),
    missing: addCounts(record.missing, health.missing),
    seen: addCounts(record.seen, health.seen),
    putBack: plus(record.putBack, health.putBack),
    givenUp: plus(record.givenUp, health.givenUp),
    selectors: followAll(record.selectors, health.selectors, at),
    fields: followAll(record.fields, fieldsTold(health), at),
  };
}

function isChanged({ streak, run, stoppedAt, at }: Trace, toldAt: number): boolean {
  if (streak < provenVisits || run < changedVisits || stoppedAt === null) return false;
  // What the last visit did not tell of is gone from the adapter, not from the page.
  return at === toldAt && at - stoppedAt >= changedMs;
}

/** What these pages always had and no longer have, the longest gone first. */
export function changesOf(record: PageRecord, surface: string): PageChange[] {
  const changes: PageChange[] = [];
  const note = (kind: PageChange['kind'], name: string, one: Trace): void => {
    const toldAt = kind === 'rows' ? record.lastAt : record.fullAt;
    if (isChanged(one, toldAt)) changes.push({ kind, name, since: one.stoppedAt ?? toldAt });
  };
  for (const [name, one] of Object.entries(record.fields)) note('field', name, one);
  for (const [name, one] of Object.entries(record.selectors)) note('selector', name, one);
  if (surface === 'record') note('rows', surface, record.rowsTrace);
  return changes.toSorted((a, b) => a.since - b.since);
}

/** Visits in a row without leads, where there always were some; 0 where a page may well be empty. */
export const emptyRunOf = ({ rowsTrace: { streak, run } }: PageRecord): number => (streak >= provenVisits ? run : 0);

/** What the options page is told of it. */
export function tableRow(adapter: string, surface: SurfaceHealth['surface'], record: PageRecord): SurfaceHealth {
  const { rowsTrace: _rows, selectors, fields: _fields, schema: _schema, fullAt: _fullAt, ...counts } = record;
  return {
    ...counts,
    adapter,
    surface,
    emptyRun: emptyRunOf(record),
    selectors: Object.fromEntries(
      Object.entries(selectors).map(([name, { matched, unmatched }]) => [name, { matched, unmatched }]),
    ),
    changed: changesOf(record, surface),
  };
}
