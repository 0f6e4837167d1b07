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

  it('one without an end is cut where the window ends, and a dense one is bounded and said', () => {
    const daily = readHolidayFile(file(entry('DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=DAILY')), question);
    expect(daily.holidays).toHaveLength(1_096);
    expect(daily.isCut).toBe(false);
    const dense = readHolidayFile(file(entry('DTSTART:19700101T000000Z', 'RRULE:FREQ=SECONDLY')), question);
    expect(dense).toMatchObject({ holidays: [], isCut: true });
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

  it('it never throws, and never gives a date outside of what was asked for', () => {
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
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { holidays } = readHolidayFile(file(...lines), question);
        for (const { date } of holidays) expect(date >= question.from && date <= question.to).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
