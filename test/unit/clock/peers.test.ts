/** Edge cases on which other products differ or were wrong, each with our decision. */
import { describe, expect, it } from 'vitest';
import type { CalendarSpec } from '../../../lib/calendar/types';
import { tick } from '../../../lib/clock';
import {
  agreement,
  at,
  clocks,
  commitment,
  dueAt,
  elapsed,
  handOff,
  hour,
  iso,
  minute,
  office,
  only,
  pause,
  promising,
  reassignment,
  resume,
  touch,
  week,
  working,
} from './build';

const hours = (open: string, close: string): CalendarSpec => ({ timeZone: 'UTC', weekly: week(open, close) });
const next = (when: Parameters<typeof at>[0]) => iso(at(when, 1));

describe('due instants', () => {
  it.each([
    ['fri 16:30', 60, office, next('mon 09:30')],
    ['wed 10:00', 120, office, iso(at('wed 12:00'))],
    ['wed 07:00', 120, office, iso(at('wed 11:00'))],
    ['fri 16:00', 480, office, next('mon 16:00')],
    ['fri 16:00', 120, office, next('mon 10:00')],
    ['wed 15:00', 600, hours('10:00', '18:00'), iso(at('thu 17:00'))],
    ['wed 20:00', 600, hours('10:00', '18:00'), iso(at('fri 12:00'))],
    ['fri 17:00', 240, hours('08:00', '18:00'), next('mon 11:00')],
    // One peer gives Tuesday 11:00.
    ['sat 20:00', 60, hours('10:00', '18:00'), next('mon 11:00')],
    ['fri 17:00', 60, hours('10:00', '18:00'), iso(at('fri 18:00'))],
    ['fri 18:00', 60, hours('10:00', '18:00'), next('mon 11:00')],
    // "24 working hours" are three days of eight.
    ['fri 16:55', 24 * 60, office, next('wed 16:55')],
  ] as const)('%s + %d working minutes', (start, minutes, calendar, expected) => {
    expect(dueAt(at(start), working(minutes), calendar)).toBe(expected);
  });
  it('a holiday is the whole local date (one peer answers on the holiday)', () => {
    const calendar = { ...hours('10:00', '18:00'), holidays: ['2026-03-02'] };
    expect(dueAt(at('mon 16:30'), working(60), calendar)).toBe(iso(at('tue 11:00')));
  });
  it('9–18: 8 h from Mon 16:00, paused for two working hours', () => {
    expect(dueAt(at('mon 16:00'), working(480), hours('09:00', '18:00'))).toBe(iso(at('tue 15:00')));
    const paused = [pause(at('mon 17:00')), resume(at('tue 10:00'))];
    expect(dueAt(at('mon 16:00'), working(480), hours('09:00', '18:00'), paused)).toBe(iso(at('tue 17:00')));
  });
});

describe('pauses inside and outside the hours', () => {
  const due = (start: Parameters<typeof at>[0], from: Parameters<typeof at>[0], to: Parameters<typeof at>[0]) =>
    dueAt(at(start), working(120), office, [pause(at(from)), resume(at(to))]);
  it('paused and resumed before the opening: no change', () => {
    expect(due('mon 20:00', 'mon 21:00', 'mon 22:00')).toBe(iso(at('tue 11:00')));
  });
  it('created off-hours, held during the hours: later by the hold', () => {
    expect(due('mon 20:00', 'tue 09:30', 'tue 10:30')).toBe(iso(at('tue 12:00')));
  });
  it('paused in the hours, resumed off-hours: the part within the hours counts (the peer’s text says it does not)', () => {
    expect(due('mon 16:00', 'mon 16:30', 'mon 20:00')).toBe(iso(at('tue 10:30')));
  });
  it('paused off-hours, resumed in the hours: only the part within the hours', () => {
    expect(due('mon 16:00', 'mon 20:00', 'tue 09:30')).toBe(iso(at('tue 10:30')));
  });
});

describe('who is on the clock', () => {
  it('a second owner does not inherit a dead clock, and the dead clock does not go away', () => {
    const own = promising('first-touch', working(60));
    const facts = [handOff(at('mon 09:00')), reassignment(at('mon 10:30'), 'grace')];
    const all = clocks({ facts, now: at('mon 10:30'), agreements: [own] });
    expect(all.map((clock) => [clock.subject, iso(clock.dueAt!)])).toEqual([
      ['lead', iso(at('mon 10:00'))],
      ['owner', iso(at('mon 11:30'))],
    ]);
  });
});

describe('which is the more urgent', () => {
  it('two hours of elapsed time on a Friday evening come before two working hours', () => {
    const own = agreement({
      commitments: [commitment('accept', working(120)), commitment('first-touch', elapsed(120))],
    });
    const all = clocks({ facts: [handOff(at('fri 16:00'))], now: at('fri 16:00'), agreements: [own] });
    expect(all.map((clock) => [clock.commitment, clock.leftMs])).toEqual([
      ['first-touch', 2 * hour],
      ['accept', 2 * hour],
    ]);
  });
});

describe('zones', () => {
  it("a 30-minute target has 30 minutes left, whatever zone the calendar's and the reader's are", () => {
    const riyadh: CalendarSpec = { timeZone: 'Asia/Riyadh', weekly: week('09:00', '17:00') };
    const own = agreement({ calendars: { office: riyadh }, commitments: [commitment('first-touch', working(30))] });
    const clock = only({ facts: [handOff(at('mon 08:00'))], now: at('mon 08:00'), agreements: [own] });
    expect(clock).toMatchObject({ leftMs: 30 * minute, dueAt: at('mon 08:30') });
  });
});

describe('evidence', () => {
  it('replies at 10:00 and 09:00 that arrive in this order: the first response was at 09:00', () => {
    const facts = [handOff(at('mon 09:00') - 10 * minute), touch(at('mon 10:00')), touch(at('mon 09:00'))];
    expect(only({ facts, now: at('mon 12:00') })).toMatchObject({ doneAt: at('mon 09:00'), state: 'met' });
  });
  it('a reply at 11:59 for a deadline at 12:00, scanned at 12:01 before it arrived, is no breach', () => {
    const given = { facts: [handOff(at('mon 11:00'))], now: at('mon 12:01'), seenAt: at('mon 11:30') };
    expect(only(given)).toMatchObject({ state: 'unknown', unknown: 'stale', unknownSince: at('mon 11:30') });
    expect(only({ ...given, facts: [...given.facts, touch(at('mon 11:59'))] })).toMatchObject({ state: 'met' });
  });
});

describe('a timer on a page', () => {
  it('tracks a pause by itself (one peer’s does not)', () => {
    const facts = [handOff(at('mon 10:00')), pause(at('mon 10:20'), at('mon 14:00'))];
    const clock = only({ facts, now: at('mon 11:00') });
    const open = [[at('mon 09:00'), at('mon 17:00')]] as const;
    expect(tick(clock, open, at('mon 13:00'))).toEqual({ state: 'paused', leftMs: 40 * minute });
    expect(tick(clock, open, at('mon 14:10'))).toEqual({ state: 'running', leftMs: 30 * minute });
  });
});
