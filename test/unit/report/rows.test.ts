/**
 * What holds of rows that are kept: bytes give back every number, whatever way leads are cut into parts and put together again
 * makes no difference to a figure, a digest holds for as long as it says, and bytes that are damaged are none.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAll } from '../../../lib/clock';
import {
  columnsOf,
  createColumns,
  digestOf,
  joinRows,
  kpiOf,
  kpisBy,
  leadsBehind,
  packRows,
  rowsOf,
  slaOf,
  takeRows,
  unpackRows,
  type Columns,
  type Digest,
  type Rows,
} from '../../../lib/report';
import * as arbitrary from '../clock/arbitrary';
import { lead as leadOf } from '../clock/build';
import { calendars, madrid, now, quarter, tellQuarter, timeZone, type Told } from './quarter';

const measure = { spec: madrid, calendars };
const promises = [
  {
    id: 'hot-ones',
    owedBy: 'marketing' as const,
    measure: 'hand-offs' as const,
    per: 'month' as const,
    value: 3,
    when: [[{ field: 'tier' as const, operator: 'is' as const, value: 'hot' }]],
  },
];
const digest = ({ lead, facts, clocks }: Told): Digest =>
  digestOf({ lead, facts, clocks, now, measure, promises, complete: facts.length % 2 === 0 });

const stories = fc
  .record({ count: fc.integer({ min: 0, max: 60 }), seed: fc.integer() })
  .map(({ count, seed }) => tellQuarter(count, seed));

/** All that is computed from columns, in which the number of a text is no matter. */
function figuresOf(columns: Columns): unknown {
  const request = { window: quarter };
  return {
    kpi: kpiOf(columns, request),
    sources: kpisBy(columns, request, 'source'),
    reps: kpisBy(columns, request, 'rep'),
    hours: kpisBy(columns, request, 'hour'),
    sla: slaOf(columns),
    keys: leadsBehind(columns, request, { of: 'hand-offs' }),
    names: new Map(columns.texts.rep.values.map((rep, code) => [rep, columns.repNames[code]])),
    covered: [...columns.covered].map(([id, column]) => [id, columns.keys.filter((_, row) => column[row] === 1)]),
  };
}

const repacked = (...parts: readonly Rows[]): Rows =>
  unpackRows(parts.map((rows) => ({ bytes: packRows(rows), keys: rows.keys })))!;

describe('rows that are kept', () => {
  it('come back from bytes as they were', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const rows = rowsOf(told.map(digest));
        expect(repacked(rows)).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });

  it('give the same figures, whatever parts they were kept in and whatever was left out of some and told anew', () => {
    fc.assert(
      fc.property(
        stories,
        fc.array(fc.nat({ max: 4 }), { minLength: 60, maxLength: 60 }),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        (told, partOf, isStale) => {
          const all = told.map(digest);
          const parts = [0, 1, 2, 3, 4].map((part) => {
            const rows = repacked(rowsOf(all.filter((_, index) => partOf[index] === part)));
            const stale = new Set(all.filter((_, index) => isStale[index]).map(({ lead }) => lead));
            return { rows, leaveOut: Uint8Array.from(rows.keys, (key) => Number(stale.has(key))) };
          });
          const anew = { rows: rowsOf(all.filter((_, index) => isStale[index])) };
          const options = { timeZone, now };
          const joined = joinRows([...parts, anew]);
          expect(figuresOf(columnsOf(joined, options))).toEqual(figuresOf(createColumns(all, options)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are of the leads that were taken, and name nobody else', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (told, isWanted) => {
        const rows = rowsOf(told.map(digest));
        const order = Uint32Array.from([...rows.keys.keys()].filter((row) => isWanted[row]));
        const wanted = new Set(Array.from(order, (row) => rows.keys[row]!));
        const alone = rowsOf(told.filter(({ lead }) => wanted.has(lead.key)).map(digest));
        expect(takeRows(rows, order)).toEqual(alone);
      }),
      { numRuns: 60 },
    );
  });

  it('make one again, many at once', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 9 }), (told, size) => {
        const rows = rowsOf(told.map(digest));
        const places = [...rows.keys.keys()];
        const parts = places
          .filter((place) => place % size === 0)
          .map((place) => takeRows(rows, Uint32Array.from(places.slice(place, place + size))));
        expect(figuresOf(columnsOf(repacked(...parts), { timeZone, now }))).toEqual(
          figuresOf(columnsOf(rows, { timeZone, now })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('keep what no whole number says: halves, the infinite, the unknown', () => {
    const [told] = tellQuarter(1, 3);
    const one = rowsOf([digest(told!)]);
    const odd = { ...one, leads: { ...one.leads, seenAt: Float64Array.of(0.5), toTouch: Float64Array.of(1e300) } };
    expect(repacked(odd)).toEqual(odd);
  });

  it('are none where any part of the bytes is damaged, cut off or of other leads', () => {
    const rows = rowsOf(tellQuarter(12, 5).map(digest));
    const bytes = packRows(rows);
    const unpack = (packed: Uint8Array<ArrayBuffer>, keys: readonly string[]) => unpackRows([{ bytes: packed, keys }]);
    expect(unpack(bytes, rows.keys)).toEqual(rows);
    expect(unpack(bytes, rows.keys.slice(1))).toBeNull();
    expect(unpack(bytes.slice(0, bytes.length / 2), rows.keys)).toBeNull();
    expect(unpack(new Uint8Array(0), [])).toBeNull();
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = damaged[at]! ^ change;
        // Four bytes of the head say nothing.
        if (at < 12 || at >= 16) expect(unpack(damaged, rows.keys)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('a digest', () => {
  it('says the same until the instant that it names, if nothing new is learnt', () => {
    fc.assert(
      fc.property(
        arbitrary.facts,
        arbitrary.agreements,
        arbitrary.instant,
        arbitrary.instant,
        fc.option(arbitrary.instant, { nil: undefined }),
        (facts, versions, first, second, until) => {
          const told = facts.map((fact) =>
            fact.kind === 'verdict' && fact.verdict === 'recycled' && until !== undefined ? { ...fact, until } : fact,
          );
          const [early, late] = [Math.min(first, second), Math.max(first, second)];
          const lead = leadOf({ tier: 'hot' }, early);
          const at = (instant: number): Digest => {
            // A version counts from its instant on; who keeps digests makes them anew then.
            const inForce = versions.filter(
              ({ effectiveFrom }) => effectiveFrom === undefined || Date.parse(effectiveFrom) <= early,
            );
            const clocks = evaluateAll(lead, told, inForce, calendars, instant);
            return digestOf({ lead, facts: told, clocks, now: instant, measure });
          };
          const one = at(early);
          const end = one.holdsUntil ?? Number.POSITIVE_INFINITY;
          expect(end).toBeGreaterThan(early);
          const last = Math.min(end - 1, late);
          expect({ ...at(last), asOf: 0, holdsUntil: 0 }).toEqual({ ...one, asOf: 0, holdsUntil: 0 });
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
