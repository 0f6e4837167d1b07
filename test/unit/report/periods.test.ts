/** Periods are those of the zone: a day of 23 or 25 hours is a day, and none overlaps or leaves a gap. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodAt, periodsOf, windowBefore } from '../../../lib/report/periods';
import { zoneTable } from '../../../lib/report/zone-table';
import { hour } from './quarter';

const zones = [
  'Europe/Madrid',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Apia',
];
const instant = fc.integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2030, 0, 1) });

describe('periods', () => {
  it('cover a window without a gap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('day', 'week', 'month', 'quarter'),
        instant,
        fc.integer({ min: 1, max: 400 }),
        (zone, unit, from, days) => {
          const window = { from, to: from + days * 24 * hour };
          const periods = periodsOf(unit, window, zone);
          expect(periods[0]?.from).toBe(window.from);
          expect(periods.at(-1)?.to).toBe(window.to);
          periods.slice(1).forEach((period, index) => {
            expect(period.from).toBe(periods[index]!.to);
            const local = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(period.from);
            expect(period.date).toBe(local);
          });
          for (const { from: start, to, partial } of periods) {
            const whole = periodAt(unit, start, zone);
            expect(partial).toBe(start !== whole.from || to !== whole.to);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('know that a week begins on Monday and a day may have 23 or 25 hours', () => {
    const zone = 'Europe/Madrid';
    const spring = Date.parse('2026-03-29T12:00:00Z');
    expect(periodAt('week', spring, zone)).toEqual({
      from: Date.parse('2026-03-22T23:00:00Z'),
      to: Date.parse('2026-03-29T22:00:00Z'),
    });
    const length = ({ from, to }: { from: number; to: number }): number => (to - from) / hour;
    expect(length(periodAt('day', spring, zone))).toBe(23);
    expect(length(periodAt('day', Date.parse('2026-10-25T12:00:00Z'), zone))).toBe(25);
    expect(periodAt('quarter', spring, zone, -1).from).toBe(Date.parse('2025-09-30T22:00:00Z'));
  });

  it('compare a custom window with as many whole days before it, across a change of the clocks', () => {
    const zone = 'Europe/Madrid';
    // 23 March to 5 April, 14 days of which one has 23 hours, after 9 to 22 March, which all have 24.
    const custom = { from: Date.parse('2026-03-22T23:00:00Z'), to: Date.parse('2026-04-05T22:00:00Z') };
    expect(windowBefore(custom, zone)).toEqual({ from: Date.parse('2026-03-08T23:00:00Z'), to: custom.from });
    const after = { from: custom.to, to: Date.parse('2026-04-19T22:00:00Z') };
    expect(windowBefore(after, zone)).toEqual(custom);
    // A window that begins within a day has no whole days to go back by.
    const cut = { from: custom.from + hour, to: custom.to };
    expect(windowBefore(cut, zone)).toEqual({ from: cut.from - (cut.to - cut.from), to: cut.from });
  });

  it('refuse more of them than anyone reads, and give none for an empty window', () => {
    expect(() => periodsOf('day', { from: 0, to: 10 * 366 * 24 * hour }, 'UTC')).toThrow(RangeError);
    expect(periodsOf('day', { from: 5, to: 5 }, 'UTC')).toEqual([]);
  });
});

describe('a table of a zone', () => {
  it('has the offset of every instant, in any order', () => {
    const from = Date.UTC(2025, 11, 1);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(fc.integer({ min: 0, max: 400 * 24 }), { minLength: 1 }),
        (zone, hours) => {
          const table = zoneTable(zone, from, from + 400 * 24 * hour);
          const format = new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            hour: '2-digit',
            minute: '2-digit',
            hourCycle: 'h23',
          });
          for (const after of hours) {
            const at = from + after * hour;
            expect(new Date(at + table.offsetAt(at)).toISOString().slice(11, 16)).toBe(format.format(at));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
