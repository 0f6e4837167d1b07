/** Sums of the charts, and the tables that leave the page. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  box,
  legendPlaces,
  placeScale,
  totalsOf,
  valueScale,
  valueTicks,
} from '../../../../components/report/chart-scale';
import { fileName } from '../../../../components/report/figure';
import { measured, plain, toTable } from '../../../../components/report/figure-table';
import { factTable } from '../../../../components/report/raw-facts';
import { toCsv } from '../../../../lib/report/csv';
import { shareOf } from '../../../../lib/report/statistics';
import { speak } from '../../support/i18n';

beforeEach(() => speak('en'));

describe('the axis', () => {
  it('reaches the greatest value in at most eight even steps from zero', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (max) => {
        const scale = valueScale(max);
        const ticks = scale.ticks(valueTicks);
        expect(ticks[0]).toBe(0);
        expect(scale.domain()[1]).toBeGreaterThanOrEqual(max);
        expect(scale(max)).toBeGreaterThanOrEqual(box.top - 1e-6);
        expect(scale(0)).toBe(box.height - box.bottom);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  it('is there for nothing, too', () => {
    for (const max of [0, Number.NaN, Number.POSITIVE_INFINITY]) expect(valueScale(max).domain()).toEqual([0, 1]);
    expect(placeScale(1).bandwidth()).toBe(box.width - box.right - box.left);
  });

  it('sums columns that stand on each other, what is not known as nothing, and lines not at all', () => {
    const bar = { label: '', kind: 'bar', look: 'solid' } as const;
    expect(
      totalsOf(
        [
          { ...bar, id: 'a', values: [1, null] },
          { ...bar, id: 'b', values: [2, 3] },
          { ...bar, kind: 'line', id: 'c', values: [100, 100] },
        ],
        2,
      ),
    ).toEqual([3, 3]);
  });
});

describe('the legend of a file', () => {
  it('stands in as many rows as it needs, and nothing in it runs into its neighbour or over the edge', () => {
    const label = fc.string({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 8 }), (labels) => {
        const places = legendPlaces(labels, 728);
        places.forEach(({ x, row }, index) => {
          const before = places[index - 1];
          expect(x).toBeGreaterThanOrEqual(0);
          if (before?.row === row) expect(x).toBeGreaterThan(before.x + labels[index - 1]!.length * 6.5);
          else expect([x, row]).toEqual([0, before ? before.row + 1 : 0]);
          if (x > 0) expect(x + labels[index]!.length * 6.5).toBeLessThanOrEqual(728);
        });
      }),
    );
  });
});

describe('a table that leaves the page', () => {
  it('has its intervals in columns of their own and lengths in minutes', () => {
    const table = toTable({
      title: 'x',
      columns: [
        { label: 'Name', kind: 'text' },
        { label: 'Kept', kind: 'measured' },
        { label: 'Median', kind: 'length' },
      ],
      rows: [
        [plain('=1+1'), measured(shareOf('attainment', 3, 4, 'no-leads')), plain(90_000)],
        [plain('b'), plain(null), plain(null)],
      ],
    });
    expect(table.columns.map(({ label }) => label)).toEqual([
      'Name',
      'Kept',
      'Kept: n',
      'Kept: 95 % from',
      'Kept: 95 % to',
      'Median (min)',
    ]);
    expect(table.rows[0]?.slice(0, 3)).toEqual(['=1+1', 0.75, 4]);
    expect(table.rows[0]?.[5]).toBe(1.5);
    expect(table.rows[1]).toEqual(['b', null, null, null, null, null]);
    expect(toCsv(table, { locale: 'en', timeZone: 'UTC' })).toContain("'=1+1");
  });

  it('says of a fact what it states', () => {
    const fact = { id: 'f', lead: 'l', at: 0, author: '@x', evidence: 'person', kind: 'note', text: 'a' } as const;
    const text = toCsv(factTable([fact], 'x'), { locale: 'en', timeZone: 'UTC' });
    expect(text).toContain('1970-01-01 00:00');
    expect(text).toContain("'@x");
    expect(text).toContain('{""text"":""a""}');
  });

  it('has a name that every system takes', () => {
    expect(fileName('Kept in time: First touch · 3.2')).toBe('kept-in-time-first-touch-3-2');
    expect(fileName('…')).toBe('relevo');
    expect(fileName('a'.repeat(500))).toHaveLength(80);
  });
});
