/** Holidays from iCalendar files: rules, exceptions, zones, all-day entries, broken entries, and files that have no end. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHolidayFile, type HolidayQuestion } from '../../../lib/agreement/holiday-file';

const question: HolidayQuestion = { from: '2026-01-01', to: '2028-12-31', timeZone: 'Europe/Madrid' };
const file = (...parts: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//holidays//EN', ...parts, 'END:VCALENDAR', ''].join('\r\n');
const entry = (...lines: readonly string[]): string =>
  ['BEGIN:VEVENT', 'UID:1@a.example', ...lines, 'END:VEVENT'].join('\r\n');
const datesOf = (text: string, change: Partial<HolidayQuestion> = {}): string[] =>
  readHolidayFile(text, { ...question, ...change }).holidays.map(({ date }) => date);

describe('all-day entries', () => {
  it('one day is one date, with its name', () => {
    const text = file(entry('DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226', 'SUMMARY:Navidad\\, y más'));
    expect(readHolidayFile(text, question)).toEqual({
      holidays: [{ date: '2026-12-25', name: 'Navidad, y más' }],
      problems: [],
      partial: 0,
      isCut: false,
    });
  });

  it('the end is not included, and without an end it is one day', () => {
    expect(datesOf(file(entry('DTSTART;VALUE=DATE:20260401', 'DTEND;VALUE=DATE:20260404')))).toEqual([
      '2026-04-01',
      '2026-04-02',
      '2026-04-03',
    ]);
    expect(datesOf(file(entry('DTSTART;VALUE=DATE:20260401')))).toEqual(['2026-04-01']);
  });

  it('what lies outside of the years that were asked for is left out', () => {
    const text = file(
      entry('DTSTART;VALUE=DATE:20251225'),
      entry('DTSTART;VALUE=DATE:20281231'),
      entry('DTSTART;VALUE=DATE:20290101'),
    );
    expect(datesOf(text)).toEqual(['2028-12-31']);
  });

  it('folded lines and lines that end in a line feed alone are read', () => {
    const text = file(entry('DTSTART;VALUE=DATE:20260106', 'SUMMARY:Epi\r\n phany')).replaceAll('\r\n', '\n');
    expect(readHolidayFile(text, question).holidays).toEqual([{ date: '2026-01-06', name: 'Epiphany' }]);
  });
});

describe('rules', () => {
  it('a yearly one reaches from long ago into the years that were asked for', () => {
    expect(datesOf(file(entry('DTSTART;VALUE=DATE:19500101', 'RRULE:FREQ=YEARLY')))).toEqual([
      '2026-01-01',
      '2027-01-01',
      '2028-01-01',
    ]);
  });

  it('EXDATE takes a date out, and RDATE puts one in', () => {
    const text = file(
      entry(
        'DTSTART;VALUE=DATE:20260501',
        'RRULE:FREQ=YEARLY;COUNT=3',
        'EXDATE;VALUE=DATE:20270501',
        'RDATE;VALUE=DATE:20270502',
      ),
    );
    expect(datesOf(text)).toEqual(['2026-05-01', '2027-05-02', '2028-05-01']);
  });

  it('the last Monday of May, by its rule', () => {
    const rule = 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO';
    expect(datesOf(file(entry('DTSTART;VALUE=DATE:20240527', rule)))).toEqual([
      '2026-05-25',
      '2027-05-31',
      '2028-05-29',
    ]);
  });

  it('a repetition that was moved stands where it was moved to', () => {
    const text = file(
      entry('DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=YEARLY;COUNT=2'),
      entry('RECURRENCE-ID;VALUE=DATE:20270601', 'DTSTART;VALUE=DATE:20270602'),
    );
    expect(datesOf(text)).toEqual(['2026-06-01', '2027-06-02']);
  });

  it('what was cancelled closes nothing', () => {
    expect(datesOf(file(entry('DTSTART;VALUE=DATE:20260601', 'STATUS:CANCELLED')))).toEqual([]);
  });

  it('one without an end is cut where the window ends', () => {
    const daily = readHolidayFile(file(entry('DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=DAILY')), question);
    expect(daily.holidays).toHaveLength(1_096);
    expect(daily.isCut).toBe(false);
  });

  const among = (...lines: readonly string[]) =>
    readHolidayFile(
      file(entry('DTSTART;VALUE=DATE:20260106', 'SUMMARY:Epiphany'), entry('DTSTART;VALUE=DATE:20260101', ...lines)),
      question,
    );

  it.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20261231',
    'FREQ=DAILY;BYMONTHDAY=32',
    'FREQ=WEEKLY;BYMONTH=2;BYWEEKNO=40',
    'FREQ=DAILY;INTERVAL=1000000000',
    'FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15',
  ])('%s comes to no date: it is told with its line, and the other entry is read', (rule) => {
    const { holidays, problems } = among(`RRULE:${rule}`);
    expect(holidays).toContainEqual({ date: '2026-01-06', name: 'Epiphany' });
    expect(problems).toEqual([{ line: 9, code: rule.includes('=32') ? 'unreadable-entry' : 'rule-without-dates' }]);
  });

  it.each(['HOURLY', 'MINUTELY', 'SECONDLY'])('one that comes %s is no holiday, and told', (frequency) => {
    const { holidays, problems } = among(`RRULE:FREQ=${frequency};BYMONTH=2;BYMONTHDAY=30`);
    expect(holidays).toEqual([{ date: '2026-01-06', name: 'Epiphany' }]);
    expect(problems).toEqual([{ line: 9, code: 'rule-too-fine' }]);
  });

  it('one with more in it than any list of holidays needs is told, and not worked out', () => {
    const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const days = [1, -1].flatMap((sign) =>
      names.flatMap((name) => Array.from({ length: 53 }, (_, index) => `${sign * (index + 1)}${name}`)),
    );
    expect(among(`RRULE:FREQ=YEARLY;BYDAY=${days.join(',')}`).problems).toEqual([{ line: 9, code: 'entry-too-large' }]);
    const dates = Array.from({ length: 10_001 }, () => '20260101').join(',');
    expect(among(`RDATE;VALUE=DATE:${dates}`).problems).toEqual([{ line: 9, code: 'entry-too-large' }]);
  });

  it('very many rules end, and that not all were worked out is said', () => {
    const slow = Array.from({ length: 60 }, () =>
      entry('DTSTART;VALUE=DATE:19700101', 'RRULE:FREQ=DAILY;INTERVAL=4000;UNTIL=20261231'),
    );
    expect(readHolidayFile(file(...slow.slice(0, 1)), question).isCut).toBe(false);
    expect(readHolidayFile(file(...slow), question).isCut).toBe(true);
  });
});

describe('a repetition that was changed', () => {
  const series = (...lines: readonly string[]): string =>
    entry(
      'DTSTART;TZID=Europe/Madrid:20260601T000000',
      'DTEND;TZID=Europe/Madrid:20260602T000000',
      'RRULE:FREQ=YEARLY;COUNT=3',
      ...lines,
    );

  it('is found by its instant, when it is named in UTC and the series stands in a zone', () => {
    const moved = entry(
      'RECURRENCE-ID:20270531T220000Z',
      'DTSTART;TZID=Europe/Madrid:20270603T000000',
      'DTEND;TZID=Europe/Madrid:20270604T000000',
    );
    expect(datesOf(file(series(), moved))).toEqual(['2026-06-01', '2027-06-03', '2028-06-01']);
  });

  it('is found by its day, when only that is named', () => {
    const moved = entry('RECURRENCE-ID;VALUE=DATE:20270601', 'DTSTART;VALUE=DATE:20270603');
    expect(datesOf(file(series(), moved))).toEqual(['2026-06-01', '2027-06-03', '2028-06-01']);
  });

  it('with all that follow it, they are moved as far as it and last as long', () => {
    const text = file(
      entry('DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=YEARLY;COUNT=3'),
      entry(
        'RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20270601',
        'DTSTART;VALUE=DATE:20270602',
        'DTEND;VALUE=DATE:20270604',
      ),
    );
    expect(datesOf(text)).toEqual(['2026-06-01', '2027-06-02', '2027-06-03', '2028-06-02', '2028-06-03']);
  });

  it('with all that follow it, named in UTC', () => {
    const moved = entry(
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20270531T220000Z',
      'DTSTART;TZID=Europe/Madrid:20270603T000000',
      'DTEND;TZID=Europe/Madrid:20270604T000000',
    );
    expect(datesOf(file(series(), moved))).toEqual(['2026-06-01', '2027-06-03', '2028-06-03']);
  });

  it('cancelled with all that follow it, the series ends there', () => {
    const end = entry('RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20270601', 'DTSTART;VALUE=DATE:20270601');
    const text = file(series(), end.replace('END:VEVENT', 'STATUS:CANCELLED\r\nEND:VEVENT'));
    expect(datesOf(text)).toEqual(['2026-06-01']);
  });
});

describe('times and zones', () => {
  it('an entry from midnight to midnight of the same zone closes the day', () => {
    const times = ['DTSTART;TZID=Europe/Madrid:20260815T000000', 'DTEND;TZID=Europe/Madrid:20260816T000000'];
    expect(datesOf(file(entry(...times)))).toEqual(['2026-08-15']);
  });

  it('one that is a whole day elsewhere closes only what it covers here', () => {
    const times = ['DTSTART;TZID=Asia/Tokyo:20260815T000000', 'DTEND;TZID=Asia/Tokyo:20260818T000000'];
    expect(datesOf(file(entry(...times)))).toEqual(['2026-08-15', '2026-08-16']);
    expect(datesOf(file(entry(...times)), { timeZone: 'Asia/Tokyo' })).toEqual([
      '2026-08-15',
      '2026-08-16',
      '2026-08-17',
    ]);
  });

  it('UTC times are read in the calendar’s zone, across a shift', () => {
    // 29 March 2026 has 23 h in Madrid.
    expect(datesOf(file(entry('DTSTART:20260328T230000Z', 'DTEND:20260329T220000Z')))).toEqual(['2026-03-29']);
  });

  it('a zone of the file’s own is used as it is described', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Head office',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0900',
      'TZOFFSETTO:+0900',
      'END:STANDARD',
      'END:VTIMEZONE',
    ].join('\r\n');
    const times = entry('DTSTART;TZID=Head office:20260815T000000', 'DTEND;TZID=Head office:20260816T000000');
    expect(datesOf(file(zone, times), { timeZone: 'Asia/Tokyo' })).toEqual(['2026-08-15']);
  });

  it('the end is read in its own zone', () => {
    // Midnight in Madrid to midnight in Tokyo, which is seven hours less than a day.
    const short = ['DTSTART;TZID=Europe/Madrid:20260815T000000', 'DTEND;TZID=Asia/Tokyo:20260816T000000'];
    expect(readHolidayFile(file(entry(...short)), question)).toMatchObject({ holidays: [], partial: 1 });
    const whole = ['DTSTART;TZID=Europe/Madrid:20260815T000000', 'DTEND:20260815T220000Z'];
    expect(datesOf(file(entry(...whole)))).toEqual(['2026-08-15']);
  });

  it('a zone of the file whose rules come to no date is unknown, and no other entry is lost', () => {
    const zone = (rule: string): string =>
      [
        'BEGIN:VTIMEZONE',
        'TZID:Head office',
        'BEGIN:STANDARD',
        'DTSTART:20200101T000000',
        `RRULE:${rule}`,
        'TZOFFSETFROM:+0900',
        'TZOFFSETTO:+0900',
        'END:STANDARD',
        'END:VTIMEZONE',
      ].join('\r\n');
    const inZone = entry('DTSTART;TZID=Head office:20260815T000000', 'DTEND;TZID=Head office:20260816T000000');
    for (const rule of ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=SECONDLY']) {
      const { holidays, problems } = readHolidayFile(
        file(zone(rule), inZone, inZone, entry('DTSTART;VALUE=DATE:20260106')),
        question,
      );
      expect(holidays.map(({ date }) => date)).toEqual(['2026-01-06']);
      expect(problems).toEqual([
        { line: 13, code: 'unknown-zone' },
        { line: 18, code: 'unknown-zone' },
      ]);
    }
  });

  it('an entry of a few hours closes nothing, and is counted', () => {
    const text = file(entry('DTSTART:20260701T090000Z', 'DTEND:20260701T120000Z'));
    expect(readHolidayFile(text, question)).toMatchObject({ holidays: [], partial: 1 });
  });
});

describe('what can’t be read', () => {
  it('another kind of file is told', () => {
    expect(readHolidayFile('date,name\n2026-01-01,x', question).problems).toEqual([
      { line: 1, code: 'not-a-calendar' },
    ]);
  });

  it('each broken entry is told with its line, and the others are read', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260101',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'SUMMARY:no start',
      'END:VEVENT',
      'this is no line',
      'BEGIN:VEVENT',
      'DTSTART;TZID=Moon/Base:20260601T000000',
      'DTEND;TZID=Moon/Base:20260602T000000',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:2026',
      'RRULE:FREQ=NEVER',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20260106',
      'END:VCALENDAR',
    ].join('\n');
    const { holidays, problems } = readHolidayFile(text, question);
    expect(holidays.map(({ date }) => date)).toEqual(['2026-01-01']);
    expect(problems).toEqual([
      { line: 5, code: 'no-start' },
      { line: 8, code: 'not-a-line' },
      { line: 9, code: 'unknown-zone' },
      { line: 13, code: 'unreadable-entry' },
      { line: 17, code: 'not-closed' },
    ]);
  });

  it('10,000 entries are read, and what is beyond is cut and said', () => {
    const day = (index: number): string =>
      new Date(Date.UTC(2026, 0, 1 + (index % 1_000))).toISOString().slice(0, 10).replaceAll('-', '');
    const entries = (count: number): string =>
      file(...Array.from({ length: count }, (_, index) => entry(`DTSTART;VALUE=DATE:${day(index)}`)));
    const most = readHolidayFile(entries(10_000), question);
    expect(most.holidays).toHaveLength(1_000);
    expect(most).toMatchObject({ problems: [], isCut: false });
    expect(readHolidayFile(entries(10_001), question).isCut).toBe(true);
  });

  it('10,000 entries with rules, in zones, with single ones moved, are read in bounded time', () => {
    const names = ['Europe/Madrid', 'America/New_York', 'Asia/Tokyo', 'Head office'];
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Head office',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T000000',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ].join('\r\n');
    const entries = Array.from({ length: 10_000 }, (_, index) => {
      const month = String((index % 12) + 1).padStart(2, '0');
      const day = String((index % 28) + 1).padStart(2, '0');
      const name = names[index % names.length]!;
      const times = [`DTSTART;TZID=${name}:2024${month}${day}T000000`, 'DURATION:P2D'];
      return index % 10 === 9
        ? entry('RECURRENCE-ID:20270101T000000Z', ...times).replace('UID:1@', `UID:${index - 1}@`)
        : entry(...times, 'RRULE:FREQ=YEARLY', `SUMMARY:${index}`).replace('UID:1@', `UID:${index}@`);
    });
    const started = performance.now();
    const { holidays, problems, isCut } = readHolidayFile(file(zone, ...entries), question);
    // Four to five seconds on a slow machine; without bounds, or with each zone searched anew, it is minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(problems).toEqual([]);
    expect(isCut).toBe(false);
    expect(holidays.map(({ date }) => date)).toContain('2027-03-03');
  }, 30_000);

  it('it never throws, never stays, and never gives a date outside of what was asked for', () => {
    const part = fc.oneof(
      fc.record({ name: fc.constantFrom('BYMONTH'), value: fc.integer({ min: 1, max: 13 }) }),
      fc.record({ name: fc.constantFrom('BYMONTHDAY'), value: fc.integer({ min: -32, max: 32 }) }),
      fc.record({ name: fc.constantFrom('BYYEARDAY'), value: fc.integer({ min: -367, max: 367 }) }),
      fc.record({ name: fc.constantFrom('BYWEEKNO'), value: fc.integer({ min: -54, max: 54 }) }),
      fc.record({ name: fc.constantFrom('BYDAY'), value: fc.constantFrom('MO', '5MO', '-1SU', '9FR') }),
      fc.record({ name: fc.constantFrom('BYSETPOS', 'BYHOUR'), value: fc.integer({ min: -1, max: 25 }) }),
      fc.record({ name: fc.constantFrom('INTERVAL'), value: fc.constantFrom(0, 2, 12, 1_000_000_000) }),
      fc.record({ name: fc.constantFrom('COUNT'), value: fc.constantFrom(0, 1, 5) }),
      fc.record({ name: fc.constantFrom('UNTIL'), value: fc.constantFrom('20261231', '99991231') }),
    );
    const rule = fc
      .tuple(
        fc.constantFrom('SECONDLY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
        fc.array(part, { maxLength: 4 }),
      )
      .map(([frequency, parts]) =>
        [`RRULE:FREQ=${frequency}`, ...parts.map(({ name, value }) => `${name}=${value}`)].join(';'),
      );
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VTIMEZONE',
        'END:VTIMEZONE',
        'DTSTART:20260101T000000Z',
        'DTSTART;VALUE=DATE:20260101',
        'DTEND;VALUE=DATE:20260103',
        'DTSTART:99999999',
        'RRULE:FREQ=DAILY;COUNT=5',
        'RRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5',
        'RRULE:FREQ=;COUNT=x',
        'EXDATE:20260101',
        'TZID:x',
      ),
      rule,
      fc.string({ maxLength: 20 }),
    );
    const repeated = fc
      .tuple(
        fc.constantFrom('DTSTART;VALUE=DATE:20260131', 'DTSTART:20240229T000000Z'),
        fc.array(rule, { maxLength: 3 }),
      )
      .map(([start, rules]) => entry(start, ...rules));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, repeated), { maxLength: 30 }), (lines) => {
        const { holidays } = readHolidayFile(file(...lines), question);
        for (const { date } of holidays) expect(date >= question.from && date <= question.to).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
