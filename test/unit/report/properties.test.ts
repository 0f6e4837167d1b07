/**
 * What holds of every report: a year is the sum of its days, the order and number of facts make no difference, the parts of
 * a whole add up to it, an interval holds its share, and a percentile is one of the values.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAll } from '../../../lib/clock';
import {
  createColumns,
  digestOf,
  groupsOf,
  kpiOf,
  kpiOfTally,
  leadsBehind,
  mergeTallies,
  periodsOf,
  select,
  tallyOf,
  tallyOptions,
  type Cell,
  type Columns,
  type Digest,
  type Kpi,
} from '../../../lib/report';
import { percentilesOf, shareOf, type Breakdown } from '../../../lib/report/statistics';
import * as arbitrary from '../clock/arbitrary';
import { lead as leadOf } from '../clock/build';
import { agreements, calendars, madrid, now, quarter, tellQuarter, timeZone, type Told } from './quarter';

const measure = { spec: madrid, calendars };
const digest = ({ lead, facts, clocks }: Told): Digest => digestOf({ lead, facts, clocks, now, measure });
const columnsOf = (told: readonly Told[]): Columns => createColumns(told.map(digest), { timeZone, now });
const noCost = { formula: 'cost_per_accepted', top: 0, bottom: 0, value: null, why: 'no-cost' } as const;

const stories = fc
  .record({ count: fc.integer({ min: 0, max: 60 }), seed: fc.integer() })
  .map(({ count, seed }) => tellQuarter(count, seed));

const isOnceALead = (commitment: string): boolean => ['accept', 'first-touch', 'resolve'].includes(commitment);

/** Every breakdown of the figures whose parts make a whole. */
function breakdownsOf({ responsiveness, quality, efficiency, outcome }: Kpi): Breakdown<string | null>[] {
  return [
    ...responsiveness.map((one) => one.results),
    quality.verdicts,
    quality.rejectReasons,
    quality.completeness,
    quality.readiness,
    quality.fates,
    quality.answers,
    efficiency.causes,
    outcome.outcomes,
  ];
}

/** Every number of the figures, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('every report', () => {
  it('is the same from the tallies of its days as from all facts at once', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom('day', 'week', 'month'), (told, unit) => {
        const columns = columnsOf(told);
        const request = { window: quarter };
        const options = tallyOptions(columns, quarter, {});
        const days = periodsOf(unit, quarter, timeZone).map((one) => tallyOf(columns, select(columns, one), options));
        expect(kpiOfTally(mergeTallies(days), columns, request, noCost)).toEqual(kpiOf(columns, request));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same from the tallies of its groups', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom('source', 'rep', 'hour'), (told, by) => {
        const columns = columnsOf(told);
        const options = tallyOptions(columns, quarter, {});
        const rows = select(columns, quarter);
        const parts = groupsOf(columns, rows, by).map((group) => tallyOf(columns, group.rows, options));
        expect(kpiOfTally(mergeTallies(parts), columns, { window: quarter }, noCost)).toEqual(
          kpiOf(columns, { window: quarter }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('does not hang on the order of facts or leads, nor on facts told twice', () => {
    fc.assert(
      fc.property(stories, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (told, chance) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => [chance.next().value, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const again = shuffled(told).map(({ lead, facts }): Told => {
          const mixed = shuffled([...facts, ...facts.slice(0, 3)]);
          return { lead, facts: mixed, clocks: evaluateAll(lead, mixed, agreements, calendars, now) };
        });
        expect(columnsOf([...again, ...again.slice(0, 2)])).toEqual(columnsOf(told));
      }),
      { numRuns: 40 },
    );
  });

  it('counts every lead in exactly one part, the unknown among them', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const kpi = kpiOf(columnsOf(told), { window: quarter });
        for (const { formula, of, parts } of breakdownsOf(kpi)) {
          expect(
            parts.reduce((sum, part) => sum + part.count, 0),
            formula,
          ).toBe(of);
          if (of === 0)
            expect(
              parts.every(({ share }) => share === null),
              formula,
            ).toBe(true);
          else
            expect(
              parts.reduce((sum, { share }) => sum + share!, 0),
              formula,
            ).toBeCloseTo(1, 12);
        }
        // A lead hands over once, and so is judged once for it; whatever comes again is judged each time.
        for (const { commitment, subject, results } of kpi.responsiveness)
          if (subject === 'lead' && isOnceALead(commitment)) expect(results.of).toBe(kpi.handOffs);
          else expect(results.of).toBeGreaterThanOrEqual(kpi.handOffs);
      }),
      { numRuns: 40 },
    );
  });

  it('lists as many leads behind a part as it counts', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const columns = columnsOf(told);
        const kpi = kpiOf(columns, { window: quarter });
        const { responsiveness, times, quality, efficiency, outcome, about, handOffs } = kpi;
        const cells: [Cell, number][] = [
          [{ of: 'hand-offs' }, handOffs],
          [{ of: 'late' }, about.late],
          [{ of: 'flagged' }, quality.flagged.part],
          [{ of: 'data-flagged' }, quality.noDataFlag.of - quality.noDataFlag.part],
          [{ of: 'without-data-flag' }, quality.noDataFlag.part],
          [{ of: 'lost' }, outcome.lost.part],
          [{ of: 'attempts' }, efficiency.attempts.n],
          [{ of: 'wait', until: 'accept', time: 'elapsed' }, times.toAccept.n],
          [{ of: 'wait', until: 'accept', time: 'working' }, times.toAcceptWorking.n],
          [{ of: 'wait', until: 'touch', time: 'elapsed' }, times.toTouch.n],
          [{ of: 'wait', until: 'touch', time: 'working' }, times.toTouchWorking.n],
          [{ of: 'disputed' }, quality.disputed.part],
          [{ of: 'recycled' }, quality.recycled.part],
          [{ of: 'left-behind' }, efficiency.leftBehind.part],
          [{ of: 'qualified' }, outcome.qualified.part],
          ...quality.verdicts.parts.map(({ id, count }): [Cell, number] => [{ of: 'verdict', part: id }, count]),
          ...quality.rejectReasons.parts.map(({ id, count }): [Cell, number] => [
            { of: 'reject-reason', part: id },
            count,
          ]),
          ...quality.flagReasons.parts.map(({ id, count }): [Cell, number] => [{ of: 'flag-reason', part: id }, count]),
          ...quality.completeness.parts.map(({ id, count }): [Cell, number] => [{ of: 'complete', part: id }, count]),
          ...quality.readiness.parts.map(({ id, count }): [Cell, number] => [{ of: 'readiness', part: id }, count]),
          ...quality.fates.parts.map(({ id, count }): [Cell, number] => [{ of: 'fate', part: id }, count]),
          ...efficiency.causes.parts.map(({ id, count }): [Cell, number] => [{ of: 'cause', part: id }, count]),
          ...outcome.outcomes.parts.map(({ id, count }): [Cell, number] => [{ of: 'outcome', part: id }, count]),
        ];
        // A lead with several clocks is listed once.
        const several: [Cell, number][] = [];
        for (const { commitment, subject, owedBy, results, attainment, elapsed, distribution } of responsiveness) {
          const clock = { commitment, subject, owedBy };
          const into = subject === 'lead' && isOnceALead(commitment) ? cells : several;
          for (const { id, count } of results.parts)
            (id === 'not-judged' ? cells : into).push([{ of: 'clock', ...clock, result: id }, count]);
          into.push([{ of: 'judged', ...clock }, attainment.of]);
          into.push([{ of: 'response-time', ...clock, time: 'elapsed' }, elapsed.n]);
          distribution.bins.forEach(({ count }, bin) => into.push([{ of: 'bin', ...clock, bin }, count]));
        }
        for (const [cell, count] of several) {
          const { total } = leadsBehind(columns, { window: quarter }, cell);
          expect(total, JSON.stringify(cell)).toBeLessThanOrEqual(count);
          expect(total > 0, JSON.stringify(cell)).toBe(count > 0);
        }
        for (const [cell, count] of cells)
          expect(leadsBehind(columns, { window: quarter }, cell).total, JSON.stringify(cell)).toBe(count);
      }),
      { numRuns: 25 },
    );
  });

  it('reads any facts of a lead, and its digest survives storage', () => {
    fc.assert(
      fc.property(arbitrary.facts, arbitrary.agreements, arbitrary.instant, (facts, versions, at) => {
        const lead = leadOf({ tier: 'hot' }, at);
        const clocks = evaluateAll(lead, facts, versions, calendars, at);
        const one = digestOf({ lead, facts, clocks, now: at, measure });
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        const kpi = kpiOf(createColumns([one], { timeZone, now: at }), { window: { from: 0, to: at + 1 } });
        expect(kpi.handOffs).toBe(one.handOff === null ? 0 : 1);
        expect(numbersIn(kpi).filter((value) => !Number.isFinite(value))).toEqual([]);
        for (const { elapsed, working } of kpi.responsiveness)
          for (const value of [elapsed.median, working.median]) expect(value ?? 0).toBeGreaterThanOrEqual(0);
        for (const { took, ownMs } of one.clocks) if (took) expect(took.elapsedMs).toBeGreaterThanOrEqual(ownMs!);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a share', () => {
  it('has an interval within 0 and 1 that holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, size) => {
        const { value, low, high } = shareOf('won_share', Math.round(of * size), of, 'no-leads');
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(value!);
        expect(high).toBeGreaterThanOrEqual(value!);
        expect(high! - low!).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a percentile', () => {
  it('is the value of its nearest rank, and so one of the sample', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 300 }), (sample) => {
        const { n, ...ranks } = percentilesOf('percentile', sample);
        const sorted = sample.toSorted((a, b) => a - b);
        expect(n).toBe(sample.length);
        for (const [name, percent] of [
          ['median', 50],
          ['p75', 75],
          ['p90', 90],
        ] as const) {
          expect(sample).toContain(ranks[name]);
          expect(ranks[name], name).toBe(sorted[Math.ceil((percent * n) / 100) - 1]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
