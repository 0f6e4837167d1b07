/** What a calendar says about time that it was not compiled for, and how a wider one is got. */
import { describe, expect, test } from 'vitest';
import {
  type CalendarSource,
  type CalendarSpec,
  CalendarError,
  compileCalendar,
  createCalendarCache,
  OutsideWindowError,
  withWideningCalendar,
} from '../../../lib/calendar';
import { at, dayMs, hourMs, iso, nineToFive, workweek } from './specs';

const window = { from: at('2026-06-01T00:00:00Z'), to: at('2026-07-01T00:00:00Z') };
const before = window.from - 1;
const after = window.to + 1;

/** Open once in all, on one morning. */
function onlyOn(date: string): CalendarSpec {
  return { timeZone: 'Europe/Madrid', weekly: {}, exceptions: { [date]: [['09:00', '10:00']] } };
}

describe('outside the window there is no answer', () => {
  const calendar = compileCalendar(nineToFive, window);

  test.each([
    ['add', () => calendar.add(after, 1)],
    ['add that runs off the end', () => calendar.add(window.to - dayMs, 100 * hourMs)],
    ['add that runs off the start', () => calendar.add(window.from + dayMs, -100 * hourMs)],
    ['between, first', () => calendar.between(before, window.to)],
    ['between, second', () => calendar.between(window.from, after)],
    ['isOpen', () => calendar.isOpen(before)],
    ['isOpen at the very end, which the window no longer knows', () => calendar.isOpen(window.to)],
    ['nextOpen', () => calendar.nextOpen(after)],
    ['nextOpen that runs off the end', () => calendar.nextOpen(at('2026-06-30T20:00:00Z'))],
    ['deadline', () => calendar.deadline(before, 1, [])],
    ['deadline behind a pause beyond the end', () => calendar.deadline(window.from, hourMs, [[window.from, after]])],
    ['deadline of nothing, behind such a pause', () => calendar.deadline(window.from, 0, [[window.from, after]])],
    ['worked', () => calendar.worked(window.from, after, [])],
    ['clock', () => calendar.clock(after)],
    ['fromClock, too much', () => calendar.fromClock(1000 * hourMs)],
    ['fromClock, too little', () => calendar.fromClock(-1)],
    ['intervals, first', () => calendar.intervals(before, window.to)],
    ['intervals, second', () => calendar.intervals(window.from, after)],
  ])('%s is a RangeError and not a guess', (_, ask) => {
    expect(ask).toThrow(OutsideWindowError);
    expect(ask).toThrow(RangeError);
  });

  test('the error names the instant, the window, and the side', () => {
    const error = (() => {
      try {
        return calendar.isOpen(at('2027-01-02T03:04:05Z'));
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ instant: at('2027-01-02T03:04:05Z'), window, side: 'after' });
    expect(String(error)).toContain('2027-01-02T03:04:05.000Z');
    expect(String(error)).toContain('2026-06-01T00:00:00.000Z to 2026-07-01T00:00:00.000Z');
  });

  test('a pause beyond the window is no reason to look there, if the answer is in it', () => {
    expect(iso(calendar.deadline(window.from, hourMs, [[after, after + dayMs]]))).toBe('2026-06-01T08:00:00Z');
    expect(iso(calendar.deadline(window.to, -hourMs, [[before - dayMs, before]]))).toBe('2026-06-30T14:00:00Z');
  });

  test('there is nothing between an instant and an earlier one', () => {
    const noon = at('2026-06-02T10:00:00Z');
    expect(calendar.intervals(noon, noon - hourMs)).toEqual([]);
    expect(calendar.intervals(noon, noon)).toEqual([]);
  });

  test('both ends of the window may be asked about', () => {
    expect(calendar.clock(window.from)).toBe(0);
    expect(calendar.between(window.from, window.to)).toBe(22 * 8 * hourMs);
    expect(calendar.fromClock(22 * 8 * hourMs)).toBe(at('2026-06-30T15:00:00Z'));
  });
});

describe('null means never', () => {
  const never = compileCalendar({ timeZone: 'Europe/Madrid', weekly: {}, breaks: nineToFive.weekly }, window);

  test('a calendar without hours never opens', () => {
    expect(never.add(window.from, 1)).toBeNull();
    expect(never.add(window.from, 0)).toBeNull();
    expect(never.add(window.to, -1)).toBeNull();
    expect(never.nextOpen(window.from)).toBeNull();
    expect(never.deadline(window.from, 1, [[window.from, after]])).toBeNull();
    expect(never.deadline(window.from, 0, [])).toBeNull();
    expect(never.fromClock(1)).toBeNull();
    expect(never.between(window.from, window.to)).toBe(0);
    expect(never.isOpen(window.from)).toBe(false);
    expect(never.intervals(window.from, window.to)).toEqual([]);
  });

  test('openings that are over never come again, and those to come were never before', () => {
    const past = compileCalendar(onlyOn('2020-01-07'), window);
    expect(past.nextOpen(window.from)).toBeNull();
    expect(past.add(window.from, 1)).toBeNull();
    expect(() => past.add(window.from, -1)).toThrow(OutsideWindowError);
    const future = compileCalendar(onlyOn('2036-01-07'), window);
    expect(() => future.nextOpen(window.from)).toThrow(OutsideWindowError);
    expect(future.add(window.from, -1)).toBeNull();
  });

  test('the last opening can be used up, and no more than it', () => {
    const once = compileCalendar(onlyOn('2026-06-10'), window);
    expect(iso(once.add(window.from, hourMs))).toBe('2026-06-10T08:00:00Z');
    expect(once.add(window.from, hourMs + 1)).toBeNull();
    expect(once.add(window.to, -hourMs - 1)).toBeNull();
    expect(once.nextOpen(at('2026-06-10T08:00:00Z'))).toBeNull();
    const pause = [at('2026-06-10T07:30:00Z'), after] as const;
    expect(once.deadline(window.from, hourMs, [pause])).toBeNull();
    expect(once.deadline(at('2026-06-10T07:45:00Z'), 0, [pause])).toBeNull();
  });

  test('a pause from before the first opening of all is no reason to look there', () => {
    const once = compileCalendar(onlyOn('2026-06-10'), window);
    const ten = at('2026-06-10T08:00:00Z');
    expect(once.deadline(ten, -1, [[before, ten - hourMs / 2]])).toBe(ten - 1);
    expect(once.deadline(ten, -hourMs, [[before, ten - hourMs / 2]])).toBeNull();
  });

  test('hours that fall into the gap of a clock change come never', () => {
    const spec: CalendarSpec = { ...onlyOn('2027-01-01'), exceptions: { '2027-03-28': [['02:45', '03:15']] } };
    expect(compileCalendar(spec, window).nextOpen(window.from)).toBeNull();
  });

  test('an opening that the window cuts off is not over', () => {
    const cut = compileCalendar(onlyOn('2026-06-10'), { from: window.from, to: at('2026-06-10T07:30:00Z') });
    expect(() => cut.add(window.from, hourMs)).toThrow(OutsideWindowError);
  });

  test('holidays do not make a week that opens one that never does', () => {
    const holidays = Array.from({ length: 30 }, (_, day) => `2026-06-${String(day + 1).padStart(2, '0')}`);
    const calendar = compileCalendar(workweek([['09:00', '17:00']], { holidays }), window);
    expect(() => calendar.nextOpen(window.from)).toThrow(OutsideWindowError);
  });
});

describe('the cache', () => {
  const [from, to] = [at('2026-04-01T00:00:00Z'), at('2026-09-01T00:00:00Z')];

  test('covers the stretch in whole years with room around it', () => {
    const calendar = createCalendarCache().covering(nineToFive, from, to);
    expect(calendar.window).toEqual({ from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) });
    const early = createCalendarCache().covering(nineToFive, at('2026-01-05T00:00:00Z'), to);
    expect(iso(early.window.from)).toBe('2025-01-01T00:00:00Z');
  });

  test('gives the same calendar for the same hours, however they are held', () => {
    const cache = createCalendarCache();
    const calendar = cache.covering(nineToFive, from, to);
    expect(cache.covering(nineToFive, from + dayMs, to - dayMs)).toBe(calendar);
    expect(cache.covering(structuredClone(nineToFive), from, to)).toBe(calendar);
    expect(cache.covering(workweek([['09:00', '17:01']]), from, to)).not.toBe(calendar);
  });

  test('compiles a wider one when asked, which then serves both', () => {
    const cache = createCalendarCache();
    cache.covering(nineToFive, from, to);
    const wider = cache.covering(nineToFive, at('2028-01-01T00:00:00Z'), at('2028-02-01T00:00:00Z'));
    expect(cache.covering(nineToFive, from, to)).toBe(wider);
  });

  test('keeps stretches that are far apart in calendars of their own', () => {
    const cache = createCalendarCache();
    const now = cache.covering(nineToFive, from, to);
    const old = cache.covering(nineToFive, at('1999-05-01T00:00:00Z'), at('1999-06-01T00:00:00Z'));
    expect(old.window.to).toBeLessThan(now.window.from);
    expect(cache.covering(nineToFive, from, to)).toBe(now);
  });

  test('holds the eight calendars used last', () => {
    const cache = createCalendarCache();
    const spec = (minute: number) => workweek([['09:00', `17:${String(minute).padStart(2, '0')}`]]);
    const first = cache.covering(spec(0), from, to);
    const second = cache.covering(spec(1), from, to);
    for (let minute = 2; minute < 8; minute++) cache.covering(spec(minute), from, to);
    expect(cache.covering(spec(0), from, to)).toBe(first);
    cache.covering(spec(8), from, to);
    expect(cache.covering(spec(0), from, to)).toBe(first);
    expect(cache.covering(spec(1), from, to)).not.toBe(second);
  });

  test.each([
    [Number.NaN, to],
    [from, Infinity],
    [to, from],
  ])('refuses a stretch from %s to %s', (start, end) => {
    expect(() => createCalendarCache().covering(nineToFive, start, end)).toThrow(CalendarError);
  });

  test('does not keep what could not be compiled', () => {
    const cache = createCalendarCache();
    const broken = { ...nineToFive, timeZone: 'Europe/Atlantis' };
    expect(() => cache.covering(broken, from, to)).toThrow(CalendarError);
    expect(() => cache.covering(broken, from, to)).toThrow(CalendarError);
  });
});

describe('a widening calendar', () => {
  const from = at('2026-06-01T00:00:00Z');

  /** A source without margins that counts what it compiles. */
  function counted(): CalendarSource & { readonly windows: number[] } {
    const windows: number[] = [];
    return {
      windows,
      covering(spec, start, end) {
        windows.push((end - start) / dayMs);
        return compileCalendar(spec, { from: start, to: end });
      },
    };
  }

  test('asks again with twice the window until the answer is in it', () => {
    const source = counted();
    const due = withWideningCalendar(source, nineToFive, from, from + 10 * dayMs, (calendar) =>
      calendar.add(from, 200 * hourMs),
    );
    expect(iso(due)).toBe('2026-07-03T15:00:00Z');
    expect(source.windows).toEqual([10, 20, 40]);
  });

  test('looks back as well', () => {
    const back = withWideningCalendar(counted(), nineToFive, from, from + dayMs, (calendar) =>
      calendar.add(from, -8 * hourMs),
    );
    expect(iso(back)).toBe('2026-05-29T07:00:00Z');
  });

  test('passes on what never is', () => {
    const never = { timeZone: 'Europe/Madrid', weekly: {} };
    expect(
      withWideningCalendar(counted(), never, from, from + dayMs, (calendar) => calendar.nextOpen(from)),
    ).toBeNull();
  });

  test('says after 20 years that the calendar opens too rarely, which is not never', () => {
    const source = counted();
    const ask = (spec: CalendarSpec) =>
      withWideningCalendar(source, spec, from, from + 366 * dayMs, (calendar) => calendar.nextOpen(from));
    expect(() => ask(onlyOn('2090-01-02'))).toThrow(
      expect.objectContaining({ code: 'opens-too-rarely', path: 'weekly' }),
    );
    expect(source.windows.at(-1)).toBe(21 * 366);
    expect(source.windows.length).toBeLessThan(8);
    expect(iso(ask(onlyOn('2044-01-04')))).toBe('2044-01-04T08:00:00Z');
  });

  test('looks back 20 years and no more', () => {
    const source = counted();
    const ask = () =>
      withWideningCalendar(source, onlyOn('1990-01-02'), from, from + 366 * dayMs, (calendar) =>
        calendar.add(from, -1),
      );
    expect(ask).toThrow(expect.objectContaining({ code: 'opens-too-rarely' }));
    expect(source.windows.at(-1)).toBe(21 * 366);
  });

  test('lets other errors through at once', () => {
    const source = counted();
    expect(() =>
      withWideningCalendar(source, nineToFive, from, from + dayMs, (calendar) => calendar.add(from, Number.NaN)),
    ).toThrow(CalendarError);
    expect(source.windows).toEqual([1]);
  });
});
