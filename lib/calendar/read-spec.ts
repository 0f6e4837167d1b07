/**
 * Reads a written calendar into numbers and says what is wrong with it, with the place and what to write instead. What
 * has no meaning stops a compile; what is surely a mistake (hours of no length, a calendar that never opens) is refused
 * where calendars are written, but has a plain meaning, so that an old agreement never breaks a page. Work is bounded.
 */
import { CalendarError, type CalendarErrorCode } from './errors';
import { normalize, type Spans, subtract } from './spans';
import { type CalendarSpec, type Opening, weekdays } from './types';
import { dayMs, offsetAt } from './zone';

/** A century of fifty dates a year; more is a mistake in a file. */
const maxDates = 5_000;
/** One for every hour of a day. */
const maxOpenings = 24;
/** A page of problems is enough to start mending. */
const maxProblems = 100;

/**
 * Spans are ms since the local midnight that starts their date, up to 48 h, as written: overlapping ones become one only
 * as instants (D7, D11).
 */
export interface ReadCalendar {
  readonly timeZone: string;
  /** By weekday, Monday first. All empty when breaks cover the whole week. */
  readonly weekly: readonly Spans[];
  readonly breaks: readonly Spans[];
  /** Days since 1970-01-01. */
  readonly holidays: ReadonlySet<number>;
  readonly exceptions: ReadonlyMap<number, Spans>;
  /** Whether it opens in an ordinary week, and so again and again. */
  readonly opensWeekly: boolean;
}

/** Takes each problem; throws to stop at the first. */
type Report = (found: CalendarError) => void;

/** Why a written calendar should be refused, in reading order; empty when it is fine. At most 100 problems. */
export function calendarProblems(spec: CalendarSpec): readonly CalendarError[] {
  const problems: CalendarError[] = [];
  const enough = new Error('enough problems');
  const report: Report = (found) => {
    problems.push(found);
    if (problems.length === maxProblems) throw enough;
  };
  try {
    const read = readSpec(spec, report, report);
    if (problems.length === 0 && !read.opensWeekly && [...read.exceptions.values()].every((day) => day.length === 0)) {
      problems.push(problem('never-opens', 'weekly', 'this calendar never opens: give at least one weekday its hours'));
    }
  } catch (error) {
    if (error instanceof CalendarError) problems.push(error);
    else if (error !== enough) throw error;
  }
  return problems;
}

/** @throws CalendarError at the first thing that has no meaning. */
export function readCalendar(spec: CalendarSpec): ReadCalendar {
  return readSpec(
    spec,
    (found) => {
      throw found;
    },
    () => {},
  );
}

function readSpec(spec: CalendarSpec, wrong: Report, mistaken: Report): ReadCalendar {
  if (!isRecord(spec)) {
    throw problem('malformed', 'calendar', `${shown(spec)} is no calendar: give its timeZone and weekly hours`);
  }
  checkZone(spec.timeZone, wrong);
  const weekly = readWeek(spec.weekly, 'weekly', wrong, mistaken);
  const breaks = readWeek(spec.breaks ?? {}, 'breaks', wrong, mistaken);
  const opensWeekly = subtract(wholeWeek(weekly, 0), wholeWeek(breaks, 1)).length > 0;
  return {
    timeZone: spec.timeZone,
    // Where clocks change, a covered week could open for minutes once a year. "Never" has to be never.
    weekly: opensWeekly ? weekly : weekly.map(() => []),
    breaks,
    holidays: readHolidays(spec.holidays ?? [], wrong),
    exceptions: readExceptions(spec.exceptions ?? {}, wrong, mistaken),
    opensWeekly,
  };
}

function checkZone(timeZone: unknown, wrong: Report): void {
  try {
    // Without a name `Intl` would quietly take the zone of the machine.
    if (typeof timeZone === 'string' && Number.isFinite(offsetAt(timeZone, 0))) return;
  } catch {
    // Reported below, as any other zone that is not known.
  }
  wrong(problem('unknown-zone', 'timeZone', `${shown(timeZone)} is no time zone: write one like Europe/Madrid`));
}

function readWeek(week: unknown, path: 'weekly' | 'breaks', wrong: Report, mistaken: Report): Spans[] {
  if (!isRecord(week)) {
    wrong(
      problem(
        'malformed',
        path,
        `${shown(week)} is no week: write hours per weekday, like { "mon": [["09:00", "17:00"]] }`,
      ),
    );
    return weekdays.map(() => []);
  }
  for (const name of Object.keys(week)) {
    if ((weekdays as readonly string[]).includes(name)) continue;
    wrong(problem('not-a-weekday', `${path}.${name}`, `there is no such weekday: write one of ${weekdays.join(', ')}`));
  }
  return weekdays.map((name) => readOpenings(week[name] ?? [], `${path}.${name}`, wrong, mistaken));
}

function readHolidays(dates: unknown, wrong: Report): ReadonlySet<number> {
  const days = new Set<number>();
  if (!Array.isArray(dates)) {
    wrong(problem('malformed', 'holidays', `${shown(dates)} is no list: write dates like ["2026-12-25"]`));
    return days;
  }
  if (tooMany(dates.length, maxDates, 'holidays', 'drop the years that are over', wrong)) return days;
  dates.forEach((date: unknown, index) => {
    const day = readDate(date);
    if (day === null) wrong(noSuchDate(date, `holidays[${index}]`));
    else days.add(day);
  });
  return days;
}

function readExceptions(dates: unknown, wrong: Report, mistaken: Report): ReadonlyMap<number, Spans> {
  const hours = new Map<number, Spans>();
  if (!isRecord(dates)) {
    wrong(
      problem(
        'malformed',
        'exceptions',
        `${shown(dates)} is no list of dates: write { "2026-12-24": [["09:00", "14:00"]] }`,
      ),
    );
    return hours;
  }
  const names = Object.keys(dates).sort();
  if (tooMany(names.length, maxDates, 'exceptions', 'drop the years that are over', wrong)) return hours;
  for (const name of names) {
    const path = `exceptions.${name}`;
    const day = readDate(name);
    if (day === null) wrong(noSuchDate(name, path));
    const flat = readOpenings(dates[name], path, wrong, mistaken);
    refuseOverlap(flat, path, wrong);
    if (day !== null) hours.set(day, flat);
  }
  return hours;
}

/** Hours of a date are literal: two that overlap contradict each other, so the writer has to say which is meant. */
function refuseOverlap(flat: Spans, path: string, wrong: Report): void {
  for (let i = 2; i < flat.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      if (flat[i]! >= flat[j + 1]! || flat[j]! >= flat[i + 1]!) continue;
      wrong(problem('overlapping-exception', path, 'two of these hours overlap: write them as one, or apart'));
      return;
    }
  }
}

function readOpenings(openings: unknown, path: string, wrong: Report, mistaken: Report): number[] {
  const flat: number[] = [];
  if (!Array.isArray(openings)) {
    wrong(
      problem(
        'malformed',
        path,
        `${shown(openings)} is no list of hours: write [["09:00", "17:00"]], or [] for closed`,
      ),
    );
    return flat;
  }
  if (tooMany(openings.length, maxOpenings, path, 'join the ones that touch', wrong)) return flat;
  openings.forEach((opening: unknown, index) => {
    const span = readOpening(opening, `${path}[${index}]`, wrong);
    if (span === null) return;
    if (span[0] < span[1]) flat.push(span[0], span[1]);
    else mistaken(emptyOpening(opening as Opening, `${path}[${index}]`));
  });
  return flat;
}

function readOpening(opening: unknown, path: string, wrong: Report): readonly [number, number] | null {
  if (!Array.isArray(opening) || opening.length !== 2) {
    wrong(
      problem('malformed', path, `${shown(opening)} is no opening: write [opening, closing], like ["09:00", "17:00"]`),
    );
    return null;
  }
  const [open, close] = opening.map(readTime) as [number | null, number | null];
  if (open === null || close === null) {
    const bad: unknown = opening[open === null ? 0 : 1];
    wrong(problem('not-a-time', path, `${shown(bad)} is no time: write it as HH:MM from 00:00 to 24:00, like 09:00`));
    return null;
  }
  return [open, close < open ? close + dayMs : close];
}

function readTime(text: unknown): number | null {
  const match = typeof text === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) : null;
  if (match) return ((Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3] ?? 0)) * 1000;
  return text === '24:00' || text === '24:00:00' ? dayMs : null;
}

/** Days since 1970-01-01, or `null` for what is no date of the calendar. */
function readDate(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // Some engines read 2026-02-30 as 2 March.
  return Number.isFinite(instant) && dateOf(instant / dayMs) === text ? instant / dayMs : null;
}

/** `YYYY-MM-DD` of a day since 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Place of a day's weekday in `weekdays`; 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The days of a week in one row; with `around` 1 also the weeks before and after, for what runs into this one. */
function wholeWeek(days: readonly Spans[], around: number): number[] {
  const flat: number[] = [];
  for (let week = -around; week <= around; week++) {
    days.forEach((day, index) => {
      for (const at of day) flat.push((week * 7 + index) * dayMs + at);
    });
  }
  return normalize(flat);
}

function tooMany(count: number, limit: number, path: string, instead: string, wrong: Report): boolean {
  if (count <= limit) return false;
  wrong(problem('too-many', path, `${count} entries, and ${limit} is the most: ${instead}`));
  return true;
}

function noSuchDate(date: unknown, path: string): CalendarError {
  return problem(
    'no-such-date',
    path,
    `${shown(date)} is no date: write one that exists as YYYY-MM-DD, like 2026-02-28`,
  );
}

function emptyOpening([open]: Opening, path: string): CalendarError {
  return problem(
    'empty-opening',
    path,
    `opens and closes at ${open}: write 00:00 to 24:00 for the whole day, or leave it out`,
  );
}

function problem(code: CalendarErrorCode, path: string, message: string): CalendarError {
  return new CalendarError(code, path, message);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as it was written, short enough for a message. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
