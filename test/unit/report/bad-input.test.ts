/** Whatever comes, the report says what it knows and never NaN: a figure without a value names its reason. */
import { describe, expect, it } from 'vitest';
import {
  createColumns,
  heatMap,
  kpiOf,
  kpisBy,
  kpisOver,
  leadsBehind,
  slaOf,
  sourcesTable,
  unmeasuredIn,
} from '../../../lib/report';
import { toCsv } from '../../../lib/report/csv';
import { toText } from '../../../lib/report/text';
import { at, call, columnsOf, handOff, type Sketch } from './build';
import { agreements, day, hour, quarter, timeZone } from './quarter';

const now = at('2026-04-10T10:00');

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('the report', () => {
  it('of nothing has no value and says that there are no leads', () => {
    const columns = createColumns([], { timeZone, now });
    const kpi = kpiOf(columns, { window: quarter });
    expect(kpi).toMatchObject({
      handOffs: 0,
      responsiveness: [],
      about: { notes: ['no-leads'], seenLast: null, staleMs: null },
    });
    expect(kpi.outcome.won).toMatchObject({ value: null, why: 'no-leads', low: null, high: null });
    expect(kpi.efficiency.touchesPerAccepted).toMatchObject({ value: null, why: 'nothing-accepted' });
    expect(
      numbersIn([kpi, heatMap(columns, { window: quarter }, { commitment: 'accept', owedBy: 'sales' })]).filter(
        Number.isNaN,
      ),
    ).toEqual([]);
    expect(kpisOver(columns, { window: quarter }, 'month')).toHaveLength(3);
    expect(kpisBy(columns, { window: quarter }, 'source')).toEqual([]);
    expect(slaOf(columns)).toMatchObject({ overdue: 0, next: [] });
    expect(leadsBehind(columns, { window: quarter }, { of: 'hand-offs' })).toEqual({ total: 0, leads: [] });
    expect(unmeasuredIn(kpi, agreements)).toHaveLength(5);
  });

  it('of one fact counts one lead and says that it is few', () => {
    const kpi = kpiOf(columnsOf([{ facts: [['2026-03-02T10:00', handOff]] }], now), { window: quarter });
    expect(kpi.handOffs).toBe(1);
    expect(kpi.about.notes).toContain('small-number');
    expect(kpi.outcome.won).toMatchObject({ value: 0, low: 0 });
    expect(kpi.outcome.won.high).toBeGreaterThan(0.5);
    expect(numbersIn(kpi).filter((value) => !Number.isFinite(value))).toEqual([]);
  });

  it('of leads of which nobody knows anything has its own share for the unknown', () => {
    const unseen: Sketch = { facts: [['2026-03-02T10:00', handOff]], seenAt: at('2026-03-02T10:01') };
    const kpi = kpiOf(columnsOf([unseen, unseen], now), { window: quarter });
    for (const { commitment, attainment, results } of kpi.responsiveness) {
      expect(attainment, commitment).toMatchObject({ value: null, why: 'nothing-judged' });
      expect(results.parts.find(({ id }) => id === 'unknown')?.share).toBe(1);
    }
    expect(kpi.quality.complete).toMatchObject({ value: null, why: 'nothing-known' });
    expect(kpi.about).toMatchObject({ observed: { part: 0, of: 2 } });
    expect(kpi.about.notes).toContain('not-all-observed');
  });

  it('of a lead without a hand-off belongs to no period, and says so', () => {
    const kpi = kpiOf(columnsOf([{ facts: [['2026-03-02T10:00', call]] }], now), { window: quarter });
    expect(kpi).toMatchObject({ handOffs: 0, about: { withoutHandOff: 1 } });
    expect(kpi.about.notes).toContain('no-hand-off');
  });

  it('does not count facts from the future, and says so', () => {
    const columns = columnsOf(
      [
        {
          facts: [
            ['2026-03-02T10:00', handOff],
            [now + day, call],
          ],
        },
        { facts: [[now + hour, handOff]] },
      ],
      now,
    );
    const kpi = kpiOf(columns, { window: { from: quarter.from, to: now + 10 * day } });
    expect(kpi).toMatchObject({ handOffs: 1, times: { toTouch: { n: 0 } }, about: { future: 2, withoutHandOff: 1 } });
    expect(kpi.about.notes).toContain('future-facts');
  });

  it('holds a source with 500 values', () => {
    const sketches = Array.from({ length: 1_000 }, (_, index): Sketch => ({
      facts: [['2026-03-02T10:00', handOff]],
      fields: { source: `source ${index % 500}` },
    }));
    const columns = columnsOf(sketches, now);
    const rows = sourcesTable(columns, { window: quarter });
    expect(rows).toHaveLength(500);
    expect(rows.every(({ handOffs }) => handOffs === 2)).toBe(true);
    expect(kpiOf(columns, { window: quarter, filters: { source: ['source 7', 'nowhere'] } }).handOffs).toBe(2);
    expect(leadsBehind(columns, { window: quarter }, { of: 'hand-offs' }, { limit: 10_000 }).leads).toHaveLength(500);
  });

  it('keeps names of 300 characters from right to left as they are, also on their way out', () => {
    const name = 'א'.repeat(300);
    const columns = columnsOf([{ facts: [['2026-03-02T10:00', handOff]], fields: { source: name } }], now);
    expect(sourcesTable(columns, { window: quarter })[0]?.source).toBe(name);
    const table = {
      title: 'Sources',
      columns: [
        { label: 'Source', kind: 'text' },
        { label: 'Leads', kind: 'number' },
      ],
      rows: [[name, 1]],
    } as const;
    const words = { locale: 'en', timeZone } as const;
    expect(toCsv(table, words)).toContain(`${name},1`);
    expect(toText(table, words)).toBe(`Sources\n\u2068${name}\u2069 · Leads 1`);
  });

  it('holds over two changes of the clocks and two versions of the agreement', () => {
    const year = { from: at('2026-01-01T00:00'), to: at('2027-01-01T00:00') };
    const starts = ['2026-02-02T09:00:00Z', '2026-03-29T10:00:00Z', '2026-10-25T10:00:00Z', '2026-12-01T09:00:00Z'];
    const sketches = starts.map((start): Sketch => ({
      facts: [
        [start, handOff],
        [Date.parse(start) + 30 * 60_000, call],
      ],
    }));
    const columns = columnsOf(sketches, at('2027-02-01T00:00'));
    const kpi = kpiOf(columns, { window: year });
    expect(kpi.about).toMatchObject({ versions: [1, 2], leads: 4 });
    expect(kpi.about.notes).toContain('several-versions');
    const months = kpisOver(columns, { window: year }, 'month');
    expect(months.map(({ kpi: { handOffs } }) => handOffs)).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    expect(months.reduce((sum, { period }) => sum + period.to - period.from, 0)).toBe(365 * day);
    const byHour = kpisBy(columns, { window: year }, 'hour').map(({ id, kpi: { handOffs } }) => [id, handOffs]);
    expect(byHour).toEqual([
      [10, 2],
      [11, 1],
      [12, 1],
    ]);
  });
});
