/** Cases that other SLA products got right, got wrong, or leave open, and zones whose clocks do odd things. */
import { describe, expect, test } from 'vitest';
import { type CalendarSpec, calendarProblems, compileCalendar, type PauseInterval } from '../../../lib/calendar';
import { at, compiledFor, dayMs, everyDay, hourMs, iso, minuteMs, nineToFive, workweek } from './specs';

/** June 2026 starts on a Monday; Madrid is two hours ahead of UTC. */
const june = (day: number, time: string) => at(`2026-06-${String(day).padStart(2, '0')}T${time}:00+02:00`);

function due(spec: CalendarSpec, start: number, hours: number, pauses: readonly PauseInterval[] = []): number | null {
  return compiledFor(spec, 2026).deadline(start, hours * hourMs, pauses);
}

describe('deadlines that users of other products reported', () => {
  const tenToSix = workweek([['10:00', '18:00']]);
  const nineToSix = workweek([['09:00', '18:00']]);

  test.each([
    ['an hour on Friday at 16:30 ends on Monday', nineToFive, june(5, '16:30'), 1, june(8, '09:30')],
    ['two hours stay in the same day', nineToFive, june(3, '10:00'), 2, june(3, '12:00')],
    ['before opening the clock starts at opening', nineToFive, june(3, '07:00'), 2, june(3, '11:00')],
    ['a full day over a weekend', nineToFive, june(5, '16:00'), 8, june(8, '16:00')],
    ['two hours over a weekend', nineToFive, june(5, '16:00'), 2, june(8, '10:00')],
    ['ten hours run into the next day', tenToSix, june(3, '15:00'), 10, june(4, '17:00')],
    ['ten hours from the evening', tenToSix, june(3, '20:00'), 10, june(5, '12:00')],
    ['a long day', workweek([['08:00', '18:00']]), june(5, '17:00'), 4, june(8, '11:00')],
    ['Saturday evening starts on Monday, not a day later', tenToSix, june(6, '20:00'), 1, june(8, '11:00')],
    ['a deadline at closing time stays there', tenToSix, june(5, '17:00'), 1, june(5, '18:00')],
    ['a start at closing time waits for the next opening', tenToSix, june(5, '18:00'), 1, june(8, '11:00')],
    ['24 working hours are three days of eight', nineToFive, june(5, '16:55'), 24, june(10, '16:55')],
    ['eight hours of a nine-hour day', nineToSix, june(1, '16:00'), 8, june(2, '15:00')],
  ])('%s', (_, spec, start, hours, expected) => {
    expect(iso(due(spec, start, hours))).toBe(iso(expected));
  });

  test('a holiday is closed all day, even when the lead comes in on it', () => {
    const spec = workweek([['10:00', '18:00']], { holidays: ['2026-06-08'] });
    expect(iso(due(spec, june(8, '16:30'), 1))).toBe(iso(june(9, '11:00')));
  });

  test('a pause moves the deadline by its working time', () => {
    expect(iso(due(nineToSix, june(1, '16:00'), 8, [[june(1, '17:00'), june(2, '10:00')]]))).toBe(
      iso(june(2, '17:00')),
    );
  });

  test('the same target is due sooner around the clock than in working hours', () => {
    const always = everyDay([['00:00', '24:00']], 'Europe/Madrid');
    expect(iso(due(always, june(5, '16:00'), 2))).toBe(iso(june(5, '18:00')));
    expect(iso(due(nineToFive, june(5, '16:00'), 2))).toBe(iso(june(8, '10:00')));
  });

  test('a new lead has its whole target left, whatever zone the calendar and the viewer are in', () => {
    const riyadh = compiledFor(everyDay([['09:00', '17:00']], 'Asia/Riyadh'), 2026);
    const created = at('2026-06-03T13:00:00+05:30');
    expect(riyadh.between(created, riyadh.add(created, 30 * minuteMs)!)).toBe(30 * minuteMs);
    expect(iso(riyadh.add(created, 30 * minuteMs))).toBe('2026-06-03T08:00:00Z');
  });

  test('a calendar without hours is a problem where it is written, and answers null without a loop', () => {
    const never: CalendarSpec = { timeZone: 'Europe/Madrid', weekly: {} };
    expect(calendarProblems(never).map(({ code }) => code)).toEqual(['never-opens']);
    expect(due(never, june(3, '10:00'), 1)).toBeNull();
  });
});

describe('pauses on and off hours', () => {
  test.each([
    [
      'paused and resumed before opening: nothing changes',
      june(2, '20:00'),
      june(2, '21:00'),
      june(3, '07:00'),
      june(3, '11:00'),
    ],
    [
      'created off hours, paused within hours: moved by the pause',
      june(2, '20:00'),
      june(3, '09:30'),
      june(3, '10:30'),
      june(3, '12:00'),
    ],
    [
      'resumed off hours: only the part within hours counts',
      june(2, '15:00'),
      june(2, '15:30'),
      june(2, '20:00'),
      june(3, '10:30'),
    ],
    [
      'paused off hours, resumed within: only the part within hours counts',
      june(2, '16:00'),
      june(2, '18:00'),
      june(3, '11:00'),
      june(3, '12:00'),
    ],
  ])('%s', (_, created, paused, resumed, expected) => {
    expect(iso(due(nineToFive, created, 2, [[paused, resumed]]))).toBe(iso(expected));
  });

  test('nothing to do within a pause is due when it ends', () => {
    expect(iso(due(nineToFive, june(2, '10:00'), 0, [[june(2, '09:30'), june(2, '11:00')]]))).toBe(
      iso(june(2, '11:00')),
    );
    expect(due(nineToFive, june(2, '10:00'), 0, [[june(2, '09:30'), Infinity]])).toBeNull();
  });

  test('looking back, a pause that ends at the answer does not move it', () => {
    const pause: PauseInterval = [june(2, '10:00'), june(2, '12:00')];
    expect(iso(due(nineToFive, june(2, '13:00'), -1, [pause]))).toBe(iso(june(2, '12:00')));
    expect(iso(due(nineToFive, june(2, '13:00'), -2, [pause]))).toBe(iso(june(2, '09:00')));
  });

  test('an endless pause leaves what was worked before it', () => {
    const calendar = compiledFor(nineToFive, 2026);
    const pauses: readonly PauseInterval[] = [[june(2, '10:00'), Infinity]];
    expect(calendar.worked(june(2, '09:00'), june(9, '12:00'), pauses)).toBe(hourMs);
    expect(calendar.worked(june(9, '12:00'), june(2, '09:00'), pauses)).toBe(-hourMs);
  });

  test('none worked is zero, backwards as well', () => {
    const calendar = compiledFor(nineToFive, 2026);
    expect(calendar.worked(june(7, '12:00'), june(6, '12:00'), [])).toBe(0);
    expect(calendar.between(june(7, '12:00'), june(6, '12:00'))).toBe(0);
  });
});

describe('whose hours count', () => {
  const nights: CalendarSpec = {
    timeZone: 'Europe/Madrid',
    weekly: { mon: [['22:00', '06:00']], tue: [['22:00', '06:00']] },
  };

  test('an overnight shift that starts before a holiday is finished, the one of the holiday never starts (D8)', () => {
    const calendar = compiledFor({ ...nights, holidays: ['2026-06-02'] }, 2026);
    expect(calendar.isOpen(june(2, '05:59'))).toBe(true);
    expect(calendar.isOpen(june(2, '23:00'))).toBe(false);
    expect(calendar.isOpen(june(3, '02:00'))).toBe(false);
  });

  test('exceptions win over the week and over a holiday, and breaks do not cut them (D9, D10)', () => {
    const spec = workweek([['09:00', '18:00']], {
      breaks: { wed: [['13:00', '14:00']] },
      holidays: ['2026-06-03', '2026-06-10'],
      exceptions: { '2026-06-03': [['12:00', '16:00']], '2026-06-04': [] },
    });
    const calendar = compiledFor(spec, 2026);
    expect(calendar.between(june(3, '00:00'), june(4, '00:00'))).toBe(4 * hourMs);
    expect(calendar.between(june(4, '00:00'), june(5, '00:00'))).toBe(0);
    expect(calendar.between(june(10, '00:00'), june(11, '00:00'))).toBe(0);
    expect(calendar.between(june(17, '00:00'), june(18, '00:00'))).toBe(8 * hourMs);
  });

  test('a break cuts the shift that runs into its date', () => {
    const calendar = compiledFor({ ...nights, breaks: { tue: [['02:00', '02:30']] } }, 2026);
    expect(calendar.isOpen(june(2, '02:10'))).toBe(false);
    expect(calendar.isOpen(june(3, '02:10'))).toBe(true);
  });

  test('breaks that cover every hour leave a calendar that never opens', () => {
    const spec = workweek([['09:00', '17:00']], {
      breaks: workweek([
        ['08:00', '12:00'],
        ['12:00', '18:00'],
      ]).weekly,
    });
    expect(calendarProblems(spec).map(({ code }) => code)).toEqual(['never-opens']);
    expect(due(spec, june(3, '10:00'), 1)).toBeNull();
  });

  test('that holds over the end of the week, and on the night when the clocks change', () => {
    const overSunday: CalendarSpec = {
      timeZone: 'Europe/Madrid',
      weekly: { sun: [['22:00', '02:00']] },
      breaks: { sun: [['22:00', '24:00']], mon: [['00:00', '02:00']] },
    };
    expect(calendarProblems(overSunday).map(({ code }) => code)).toEqual(['never-opens']);
    // On 29 March 02:00 to 02:45 moves to 03:00 to 03:45, and the break to 03:00 to 03:30.
    const night: CalendarSpec = {
      timeZone: 'Europe/Madrid',
      weekly: { sun: [['02:00', '02:45']] },
      breaks: { sun: [['02:00', '03:30']] },
    };
    expect(compiledFor(night, 2026).nextOpen(at('2026-01-01T00:00:00Z'))).toBeNull();
  });

  test('hours up to midnight and on from midnight are one stretch (D11, D12)', () => {
    const spec: CalendarSpec = {
      timeZone: 'Europe/Madrid',
      weekly: { mon: [['20:00', '24:00']], tue: [['00:00', '04:00']] },
    };
    expect(compiledFor(spec, 2026).intervals(june(1, '00:00'), june(3, '00:00'))).toEqual([
      [june(1, '20:00'), june(2, '04:00')],
    ]);
  });

  test('seconds and milliseconds count (D13)', () => {
    const calendar = compiledFor(workweek([['09:00:30', '09:00:31']]), 2026);
    expect(calendar.between(june(1, '00:00'), june(2, '00:00'))).toBe(1000);
    expect(calendar.add(june(1, '00:00'), 1)).toBe(june(1, '09:00') + 30_001);
  });
});

describe('zones with odd clocks', () => {
  test.each([
    ['Asia/Kolkata', '2026-06-03T03:30:00Z'],
    ['Asia/Kathmandu', '2026-06-03T03:15:00Z'],
    ['Australia/Lord_Howe', '2026-06-02T22:30:00Z'],
    ['America/St_Johns', '2026-06-03T11:30:00Z'],
    ['Pacific/Chatham', '2026-06-02T20:15:00Z'],
  ])('%s opens at its own nine o\u2019clock', (timeZone, expected) => {
    const calendar = compiledFor(everyDay([['09:00', '17:00']], timeZone), 2026);
    expect(iso(calendar.nextOpen(at(expected) - hourMs))).toBe(expected);
  });

  test('Lord Howe\u2019s half-hour change makes its night half an hour shorter and longer', () => {
    const calendar = compiledFor(everyDay([['00:00', '08:00']], 'Australia/Lord_Howe'), 2026);
    const day = (date: string) =>
      calendar.between(at(`${date}T00:00:00+10:45`) - 6 * hourMs, at(`${date}T00:00:00+10:45`) + 12 * hourMs);
    expect(day('2026-10-04')).toBe(7.5 * hourMs);
    expect(day('2026-04-05')).toBe(8.5 * hourMs);
  });

  test.each([
    ['America/Asuncion', 2023, '2023-10-01T03:00:00Z', '2023-10-01T04:00:00Z'],
    ['Asia/Beirut', 2024, '2024-03-30T21:00:00Z', '2024-03-30T22:00:00Z'],
    ['America/Havana', 2026, '2026-03-08T04:00:00Z', '2026-03-08T05:00:00Z'],
  ])(
    'in %s midnight is left out once a year, and a day around the clock has 23 hours',
    (timeZone, year, before, change) => {
      const calendar = compiledFor(everyDay([['00:00', '24:00']], timeZone), year);
      expect(calendar.isOpen(at(before))).toBe(true);
      const nights = compiledFor(everyDay([['00:00', '01:00']], timeZone), year);
      // 00:00 moves to 01:00, where the hour would end: nothing is left of it.
      expect(nights.between(at(before), at(change) + 12 * hourMs)).toBe(0);
      const mornings = compiledFor(everyDay([['00:00', '02:00']], timeZone), year);
      expect(iso(mornings.nextOpen(at(before)))).toBe(change);
      expect(mornings.between(at(before), at(change) + 12 * hourMs)).toBe(hourMs);
    },
  );

  test('Apia never had 30 December 2011: its hours, exception and breaks are nowhere', () => {
    const window = { from: at('2011-12-01T00:00:00Z'), to: at('2012-02-01T00:00:00Z') };
    const span = [at('2011-12-29T00:00:00-10:00'), at('2012-01-01T00:00:00+14:00')] as const;
    const days = compileCalendar(everyDay([['09:00', '17:00']], 'Pacific/Apia'), window);
    expect(days.between(...span)).toBe(16 * hourMs);
    const only = { timeZone: 'Pacific/Apia', weekly: {}, exceptions: { '2011-12-30': [['09:00', '17:00']] } } as const;
    expect(compileCalendar(only, window).nextOpen(window.from)).toBeNull();
    const night = compileCalendar({ timeZone: 'Pacific/Apia', weekly: { thu: [['22:00', '06:00']] } }, window);
    expect(night.between(...span)).toBe(8 * hourMs);
    expect(iso(night.add(span[0], 8 * hourMs))).toBe(iso(at('2011-12-31T06:00:00+14:00')));
  });

  test('offsets of under an hour and with seconds keep their sign', () => {
    const monrovia = compiledFor(everyDay([['09:00', '10:00']], 'Africa/Monrovia'), 1960);
    expect(iso(monrovia.nextOpen(at('1960-06-01T00:00:00Z')))).toBe('1960-06-01T09:44:30Z');
  });

  test('a hundred years around the clock are their elapsed time', () => {
    const [from, to] = [at('1950-01-01T00:00:00Z'), at('2049-12-01T00:00:00Z')];
    const calendar = compileCalendar(everyDay([['00:00', '24:00']], 'Europe/Dublin'), { from, to });
    expect(calendar.between(from, to)).toBe(to - from);
    expect(to - from).toBeGreaterThan(99 * 365 * dayMs);
  });
});

test('the zone of the machine makes no difference', () => {
  const zone = process.env.TZ;
  const ask = () => {
    const calendar = compiledFor(workweek([['09:00', '18:00']], { holidays: ['2026-06-04'] }), 2026);
    return [
      calendar.clock(june(30, '12:00')),
      calendar.add(june(3, '17:00'), 10 * hourMs),
      calendar.intervals(june(1, '00:00'), june(9, '00:00')),
    ];
  };
  try {
    const offsets = new Set<number>();
    const answers = ['UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/Madrid'].map((name) => {
      process.env.TZ = name;
      offsets.add(new Date(june(1, '00:00')).getTimezoneOffset());
      return JSON.stringify(ask());
    });
    expect(offsets.size).toBe(5);
    expect(new Set(answers).size).toBe(1);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});
