/** What is refused, where it stands, and that nothing written can hang the calendar. */
import { describe, expect, test } from 'vitest';
import { CalendarError, type CalendarSpec, calendarProblems, compileCalendar } from '../../../lib/calendar';
import { at, compiledFor, nineToFive, workweek } from './specs';

const window = { from: at('2026-01-01T00:00:00Z'), to: at('2027-01-01T00:00:00Z') };
const loose = (spec: unknown) => spec as CalendarSpec;
const nine = [['09:00', '17:00']];

describe('what has no meaning is refused by the compiler, with its place', () => {
  const cases: readonly (readonly [string, unknown, string, string])[] = [
    ['an unknown zone', { timeZone: 'Europe/Atlantis', weekly: {} }, 'timeZone', 'unknown-zone'],
    ['an empty zone', { timeZone: '', weekly: {} }, 'timeZone', 'unknown-zone'],
    ['no zone, which would be the machine\u2019s', { weekly: {} }, 'timeZone', 'unknown-zone'],
    ['the agreement\u2019s stand-in for a zone', { timeZone: 'local', weekly: {} }, 'timeZone', 'unknown-zone'],
    ['a calendar that is none', null, 'calendar', 'malformed'],
    ['a list for a calendar', [], 'calendar', 'malformed'],
    ['no week', { timeZone: 'UTC' }, 'weekly', 'malformed'],
    ['a weekday that is none', { timeZone: 'UTC', weekly: { monday: nine } }, 'weekly.monday', 'not-a-weekday'],
    ['hours that are no list', { timeZone: 'UTC', weekly: { mon: '09:00-17:00' } }, 'weekly.mon', 'malformed'],
    [
      'an opening that is no pair',
      { timeZone: 'UTC', weekly: { mon: [...nine, ['18:00']] } },
      'weekly.mon[1]',
      'malformed',
    ],
    ['25:00', { timeZone: 'UTC', weekly: { mon: [['09:00', '25:00']] } }, 'weekly.mon[0]', 'not-a-time'],
    ['24:01', { timeZone: 'UTC', weekly: { mon: [['09:00', '24:01']] } }, 'weekly.mon[0]', 'not-a-time'],
    ['9:00', { timeZone: 'UTC', weekly: { mon: [['9:00', '17:00']] } }, 'weekly.mon[0]', 'not-a-time'],
    ['NaN for a time', { timeZone: 'UTC', weekly: { mon: [[Number.NaN, '17:00']] } }, 'weekly.mon[0]', 'not-a-time'],
    [
      'a break that is no time',
      { timeZone: 'UTC', weekly: {}, breaks: { fri: [...nine, ['13:00', 'noon']] } },
      'breaks.fri[1]',
      'not-a-time',
    ],
    [
      'a holiday that does not exist',
      { timeZone: 'UTC', weekly: {}, holidays: ['2026-01-01', '2026-02-30'] },
      'holidays[1]',
      'no-such-date',
    ],
    [
      '29 February of no leap year',
      { timeZone: 'UTC', weekly: {}, holidays: ['2026-02-29'] },
      'holidays[0]',
      'no-such-date',
    ],
    [
      'a holiday in another notation',
      { timeZone: 'UTC', weekly: {}, holidays: ['25/12/2026'] },
      'holidays[0]',
      'no-such-date',
    ],
    ['NaN for a holiday', { timeZone: 'UTC', weekly: {}, holidays: [Number.NaN] }, 'holidays[0]', 'no-such-date'],
    ['holidays that are no list', { timeZone: 'UTC', weekly: {}, holidays: '2026-12-25' }, 'holidays', 'malformed'],
    [
      'an exception on no date',
      { timeZone: 'UTC', weekly: {}, exceptions: { '2026-13-01': nine } },
      'exceptions.2026-13-01',
      'no-such-date',
    ],
    ['exceptions that are no record', { timeZone: 'UTC', weekly: {}, exceptions: [] }, 'exceptions', 'malformed'],
    [
      'hours of a date that overlap',
      {
        timeZone: 'UTC',
        weekly: {},
        exceptions: {
          '2026-12-24': [
            ['13:00', '16:00'],
            ['09:00', '14:00'],
          ],
        },
      },
      'exceptions.2026-12-24',
      'overlapping-exception',
    ],
    [
      'hours of a date that overlap past midnight',
      {
        timeZone: 'UTC',
        weekly: {},
        exceptions: {
          '2026-12-24': [
            ['20:00', '02:00'],
            ['23:00', '24:00'],
          ],
        },
      },
      'exceptions.2026-12-24',
      'overlapping-exception',
    ],
    [
      'more than 24 openings a day',
      { timeZone: 'UTC', weekly: { mon: Array.from({ length: 25 }, () => nine[0]) } },
      'weekly.mon',
      'too-many',
    ],
  ];

  test.each(cases)('%s', (_, spec, path, code) => {
    expect(() => compileCalendar(loose(spec), window)).toThrow(CalendarError);
    expect(() => compileCalendar(loose(spec), window)).toThrow(expect.objectContaining({ path, code }));
    expect(calendarProblems(loose(spec))[0]).toMatchObject({ path, code });
  });

  test('100,000 holidays: the message says that 5,000 is the most', () => {
    const holidays = Array.from({ length: 100_000 }, () => '2026-12-25');
    expect(() => compileCalendar(workweek([['09:00', '17:00']], { holidays }), window)).toThrow(
      /holidays: 100000 entries, and 5000/,
    );
  });

  test('5,000 holidays are fine', () => {
    const holidays = Array.from({ length: 5_000 }, (_, day) =>
      new Date(day * 86_400_000 + window.from).toISOString().slice(0, 10),
    );
    expect(calendarProblems(workweek([['09:00', '17:00']], { holidays }))).toEqual([]);
    expect(compiledFor(workweek([['09:00', '17:00']], { holidays }), 2026).between(window.from, window.to)).toBe(0);
  });

  test('hours of a date that touch are fine', () => {
    const spec = workweek([['09:00', '17:00']], {
      exceptions: {
        '2026-12-24': [
          ['09:00', '12:00'],
          ['12:00', '14:00'],
        ],
      },
    });
    expect(calendarProblems(spec)).toEqual([]);
  });
});

describe('what is surely a mistake is refused where it is written, but still has a meaning', () => {
  test('hours that open and close at once are no hours (D12)', () => {
    const spec = workweek([
      ['09:00', '17:00'],
      ['18:00', '18:00'],
    ]);
    expect(calendarProblems(spec)[0]).toMatchObject({ path: 'weekly.mon[1]', code: 'empty-opening' });
    expect(calendarProblems(spec)[0]?.message).toContain('write 00:00 to 24:00 for the whole day');
    expect(compiledFor(spec, 2026).between(window.from, window.to)).toBe(
      compiledFor(nineToFive, 2026).between(window.from, window.to),
    );
  });

  test('a calendar that never opens is one, a calendar that opens on one date is none', () => {
    expect(calendarProblems({ timeZone: 'UTC', weekly: { mon: [] } })).toMatchObject([
      { path: 'weekly', code: 'never-opens' },
    ]);
    expect(calendarProblems({ timeZone: 'UTC', weekly: {}, exceptions: { '2026-12-24': [] } })).toMatchObject([
      { code: 'never-opens' },
    ]);
    expect(
      calendarProblems({ timeZone: 'UTC', weekly: {}, exceptions: { '2026-12-24': [['09:00', '14:00']] } }),
    ).toEqual([]);
  });

  test('all problems are told, up to a hundred', () => {
    const holidays = Array.from({ length: 500 }, () => '2026-02-30');
    const spec = {
      timeZone: 'Nowhere',
      weekly: { mon: [['9', '17:00']] as const, tue: [['08:00', '08:00']] as const },
      holidays,
    };
    const problems = calendarProblems(loose(spec));
    expect(problems.slice(0, 4).map(({ path }) => path)).toEqual([
      'timeZone',
      'weekly.mon[0]',
      'weekly.tue[0]',
      'holidays[0]',
    ]);
    expect(problems).toHaveLength(100);
  });

  test('every message starts with the place and says what to write', () => {
    for (const { path, message } of calendarProblems(
      loose({ timeZone: 7, weekly: { xyz: [], mon: [['a', 'b']] }, holidays: ['x'] }),
    )) {
      expect(message.startsWith(`${path}: `)).toBe(true);
      expect(message).toMatch(/write/);
    }
  });
});

describe('an argument that is no number is an error, never a silent zero', () => {
  const calendar = compileCalendar(nineToFive, window);
  const t = window.from;

  test.each([Number.NaN, Infinity, -Infinity])('%s', (bad) => {
    const asked = [
      () => calendar.add(bad, 1),
      () => calendar.add(t, bad),
      () => calendar.between(bad, t),
      () => calendar.between(t, bad),
      () => calendar.isOpen(bad),
      () => calendar.nextOpen(bad),
      () => calendar.deadline(bad, 1, []),
      () => calendar.deadline(t, bad, []),
      () => calendar.deadline(t, 1, [[bad, t]]),
      () => calendar.worked(bad, t, []),
      () => calendar.worked(t, bad, []),
      () => calendar.worked(t, t, [[bad, t]]),
      () => calendar.clock(bad),
      () => calendar.fromClock(bad),
      () => calendar.intervals(bad, t),
      () => calendar.intervals(t, bad),
      () => compileCalendar(nineToFive, { from: bad, to: window.to }),
      () => compileCalendar(nineToFive, { from: t, to: bad }),
    ];
    for (const ask of asked) expect(ask, ask.toString()).toThrow(CalendarError);
  });

  test('a pause may end at Infinity only', () => {
    expect(() => calendar.deadline(t, 1, [[t, Number.NaN]])).toThrow(CalendarError);
    expect(() => calendar.deadline(t, 1, [[t, -Infinity]])).toThrow(CalendarError);
    expect(calendar.deadline(t, 1, [[t, Infinity]])).toBeNull();
  });

  test('a pause that ends before it starts is refused', () => {
    expect(() => calendar.worked(t, t, [[t + 1, t]])).toThrow(/pause: it ends/);
  });

  test.each([
    [window.to, window.from],
    [window.from, window.from],
    [at('1800-01-01T00:00:00Z'), at('2100-01-01T00:00:00Z')],
    [-1e15, -1e15 + 1],
    [1e15, 1e15 + 1],
  ])('a window from %s to %s is refused', (from, to) => {
    expect(() => compileCalendar(nineToFive, { from, to })).toThrow(expect.objectContaining({ path: 'window' }));
  });
});
