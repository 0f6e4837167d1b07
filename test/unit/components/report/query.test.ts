/** The question in the address: what is written is read again, and nothing else gets in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chartUnit,
  dateAt,
  firstQuery,
  followed,
  heats,
  readQuery,
  splitFigures,
  splits,
  stepped,
  windowOf,
  writeQuery,
} from '../../../../components/report/query';

const madrid = 'Europe/Madrid';
const now = Date.parse('2026-04-10T09:00:00Z');
const day = 86_400_000;

describe('the question in the address', () => {
  it('is read as it was written, also with values that are not known or look like our mark for it', () => {
    const value = fc.option(fc.string({ minLength: 1, maxLength: 60 }), { nil: null });
    fc.assert(
      fc.property(
        fc.constantFrom('kpi' as const, 'sla' as const),
        fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
        fc.boolean(),
        fc.constantFrom('marketing' as const, 'sales' as const, null),
        fc.uniqueArray(value, { minLength: 1, maxLength: 6 }),
        fc.record({
          split: fc.constantFrom(...splits),
          figures: fc.constantFrom(...splitFigures),
          over: fc.constantFrom(...followed),
          heat: fc.constantFrom(...heats),
        }),
        (tab, unit, compare, side, source, choices) => {
          const asked = { ...firstQuery, tab, unit, compare, side, ...choices };
          const query = { ...asked, from: '2026-03-02', filters: { source, hour: [0, 23] } };
          expect(readQuery(writeQuery(query))).toEqual(query);
        },
      ),
    );
  });

  it('falls back where it can’t be read', () => {
    const nonsense = '&side=nobody&split=mood&figures=7&over=hill&heat=high';
    expect(
      readQuery(`?tab=x&period=aeon&from=2026-13-45&promise=nothing&weekday=9&hour=-1&compare=maybe${nonsense}`),
    ).toEqual(firstQuery);
    expect(readQuery('?from=2026-02-30').from).toBeNull();
    expect(readQuery('?period=custom&from=2026-02-29&until=2026-04-31')).toEqual(firstQuery);
    expect(readQuery('?from=2028-02-29').from).toBe('2028-02-29');
    expect(readQuery('?period=custom&from=2026-03-01').unit).toBe('month');
    expect(readQuery(`?${'source=a&'.repeat(900)}`).filters.source).toHaveLength(500);
    expect(readQuery(`?source=${'x'.repeat(9_999)}`).filters.source?.[0]).toHaveLength(500);
  });

  it('names whole local days: 23 hours on the day that summer time begins', () => {
    const asked = { ...firstQuery, unit: 'custom' as const, from: '2026-03-29', until: '2026-03-29' };
    const window = windowOf(asked, madrid, now);
    expect(window).toEqual({ from: Date.parse('2026-03-28T23:00:00Z'), to: Date.parse('2026-03-29T22:00:00Z') });
    expect(dateAt(window.to - 1, madrid)).toBe('2026-03-29');
  });

  it('takes two dates in either order and never more than two years', () => {
    const asked = { ...firstQuery, unit: 'custom' as const, from: '2026-03-31', until: '2026-03-01' };
    expect(windowOf(asked, madrid, now)).toEqual(
      windowOf({ ...asked, from: '2026-03-01', until: '2026-03-31' }, madrid, now),
    );
    const long = windowOf({ ...asked, from: '1990-01-01', until: '2100-01-01' }, madrid, now);
    expect((long.to - long.from) / day).toBe(732);
  });

  it('steps to the period before and back again', () => {
    for (const unit of ['week', 'month', 'quarter', 'custom'] as const) {
      const asked = { ...firstQuery, unit, from: '2026-03-10', until: unit === 'custom' ? '2026-03-16' : null };
      const window = windowOf(asked, madrid, now);
      const before = stepped(asked, madrid, now, -1);
      expect(windowOf(before, madrid, now).to).toBe(window.from);
      expect(windowOf(stepped(before, madrid, now, 1), madrid, now)).toEqual(window);
    }
  });

  it('cuts the time into few enough points', () => {
    expect([7, 31, 92, 366].map((days) => chartUnit({ from: 0, to: days * day }))).toEqual([
      'day',
      'day',
      'week',
      'month',
    ]);
  });
});
