/**
 * Holidays from an iCalendar file (RFC 5545), read by ical.js. Each entry is read for itself, so that a broken one is named with
 * its line and costs no other. Bounded everywhere, because a rule may repeat for ever. Pure; nothing is kept but dates and names.
 */
import ICAL from 'ical.js';
import { CalendarError } from '../calendar';
import { localTime, offsetAt } from '../calendar/zone';

export interface Holiday {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly name: string;
}

export type HolidayFault =
  | 'not-a-calendar'
  | 'too-large'
  | 'not-a-line'
  | 'not-closed'
  | 'unreadable-entry'
  | 'unknown-zone'
  | 'no-start';

export interface HolidayProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly code: HolidayFault;
}

export interface HolidayReading {
  /** Sorted by date, each once. */
  readonly holidays: readonly Holiday[];
  /** At most 20, in the order of the file. */
  readonly problems: readonly HolidayProblem[];
  /** Entries that last less than a local day, so they close nothing. */
  readonly partial: number;
  /** There was more than we take: entries, repetitions or dates. */
  readonly isCut: boolean;
}

export interface HolidayQuestion {
  /** Local dates, `YYYY-MM-DD`: what lies outside `[from, to]` is left out. */
  readonly from: string;
  readonly to: string;
  /** Zone of the calendar that gets the holidays. */
  readonly timeZone: string;
}

/** Characters of a file; 10,000 entries with descriptions have about 5 million. */
const largestFile = 10_000_000;
const mostEntries = 10_000;
/** Steps of one entry's rule; a daily one reaches 27 years. */
const mostRepetitions = 10_000;
/** Steps of all rules together, so that a file of daily rules ends, too. */
const mostSteps = 300_000;
/** What a calendar of the agreement holds. */
const mostDates = 5_000;
const mostProblems = 20;
/** Days of one entry; a school year has fewer. */
const longestEntry = 400;
const dayMs = 86_400_000;

interface Block {
  readonly kind: string;
  readonly line: number;
  readonly text: string;
}

interface Scan {
  readonly events: readonly Block[];
  readonly zones: readonly Block[];
  readonly problems: readonly HolidayProblem[];
  readonly isCut: boolean;
}

/** Takes the file apart into its entries, each with the line that it begins on. */
function scan(text: string): Scan {
  const lines = text.split(/\r\n|\n|\r/);
  const events: Block[] = [];
  const zones: Block[] = [];
  const problems: HolidayProblem[] = [];
  let open: { kind: string; line: number; from: number } | null = null;
  let isCut = false;
  for (const [index, line] of lines.entries()) {
    const [, verb, kind] = /^(BEGIN|END):(VEVENT|VTIMEZONE)\s*$/i.exec(line) ?? [];
    if (verb?.toUpperCase() === 'BEGIN' && kind) {
      if (open) problems.push({ line: open.line, code: 'not-closed' });
      open = { kind: kind.toUpperCase(), line: index + 1, from: index };
    } else if (verb && kind && open?.kind === kind.toUpperCase()) {
      const block = { kind: open.kind, line: open.line, text: lines.slice(open.from, index + 1).join('\r\n') };
      if (open.kind === 'VTIMEZONE') zones.push(block);
      else if (events.length < mostEntries) events.push(block);
      else isCut = true;
      open = null;
    } else if (line !== '' && !/^[ \t]|^[A-Za-z0-9-]+[:;]/.test(line))
      problems.push({ line: index + 1, code: 'not-a-line' });
  }
  if (open) problems.push({ line: open.line, code: 'not-closed' });
  return { events, zones, problems, isCut };
}

type Entry = { readonly line: number; readonly event: ICAL.Event; readonly component: ICAL.Component };

class ReadFault extends Error {
  readonly code: HolidayFault;
  constructor(code: HolidayFault) {
    super(code);
    this.code = code;
  }
}

/** The zones that the file brings along, by their name. */
function zonesOf(blocks: readonly Block[]): Map<string, ICAL.Timezone> {
  const zones = new Map<string, ICAL.Timezone>();
  for (const { text } of blocks.slice(0, 500))
    try {
      const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
      const tzid = component.getFirstPropertyValue('tzid');
      if (typeof tzid === 'string') zones.set(tzid, new ICAL.Timezone(component));
    } catch {
      // An entry that needs this zone says so.
    }
  return zones;
}

function parseEntry({ line, text }: Block): Entry {
  const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const event = new ICAL.Event(component);
  if (!(event.startDate instanceof ICAL.Time)) throw new ReadFault('no-start');
  return { line, component, event };
}

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const isoDay = (time: ICAL.Time): number => Date.UTC(time.year, time.month - 1, time.day);
const localMs = (time: ICAL.Time): number => isoDay(time) + ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000;

/** Epoch ms of a time with hours: in UTC, in a zone of the file, in one that the browser knows, or in the calendar's own. */
function instantOf(
  time: ICAL.Time,
  tzid: string | null,
  zones: ReadonlyMap<string, ICAL.Timezone>,
  own: string,
): number {
  if (time.zone === ICAL.Timezone.utcTimezone) return localMs(time);
  const brought = tzid === null ? undefined : zones.get(tzid);
  if (brought) return localMs(time) - brought.utcOffset(time) * 1_000;
  const local = localMs(time);
  try {
    return localTime(tzid ?? own, local - 3 * dayMs, local + 3 * dayMs).instantOf(local);
  } catch (error) {
    if (error instanceof RangeError || error instanceof CalendarError) throw new ReadFault('unknown-zone');
    throw error;
  }
}

interface Context extends HolidayQuestion {
  readonly zones: ReadonlyMap<string, ICAL.Timezone>;
  /** What single repetitions were moved or dropped, by `uid|start`. */
  readonly replaced: ReadonlySet<string>;
  steps: number;
  isCut: boolean;
}

const parameter = (component: ICAL.Component, name: string): string | null => {
  const value = component.getFirstProperty(name)?.getParameter('tzid');
  return typeof value === 'string' ? value : null;
};

/** Whole local days that one occurrence covers, as days in ms. */
function daysCovered(start: ICAL.Time, end: ICAL.Time, component: ICAL.Component, context: Context): number[] {
  let [from, to] = [isoDay(start), isoDay(end)];
  if (!start.isDate) {
    const tzid = parameter(component, 'dtstart');
    const [a, b] = [start, end].map((time) => {
      const instant = instantOf(time, tzid, context.zones, context.timeZone);
      return instant + offsetAt(context.timeZone, instant);
    }) as [number, number];
    from = Math.ceil(a / dayMs) * dayMs;
    to = Math.floor(b / dayMs) * dayMs;
  } else if (to <= from) to = from + dayMs;
  const days: number[] = [];
  for (let day = from; day < to && days.length < longestEntry; day += dayMs) days.push(day);
  return days;
}

const occurrenceKey = (uid: string, time: ICAL.Time): string => `${uid}|${time.toString()}`;

/** Dates of an entry within the window. */
function datesOf({ event, component }: Entry, context: Context): string[] {
  const [first, last] = [Date.parse(context.from), Date.parse(context.to)];
  const dates: string[] = [];
  const take = (start: ICAL.Time, end: ICAL.Time): boolean => {
    if (isoDay(start) > last + dayMs) return false;
    for (const day of daysCovered(start, end, component, context))
      if (day >= first && day <= last) dates.push(dateOf(day));
    return true;
  };
  if (!event.isRecurring()) {
    take(event.startDate, event.endDate);
    return dates;
  }
  const duration = event.duration;
  const iterator = event.iterator();
  for (let step = 0; ; step += 1) {
    context.steps += 1;
    if (step >= mostRepetitions || context.steps > mostSteps) {
      context.isCut = true;
      break;
    }
    const start = iterator.next() as ICAL.Time | null;
    if (!start) break;
    if (context.replaced.has(occurrenceKey(event.uid, start))) continue;
    const end = start.clone();
    end.addDuration(duration);
    if (!take(start, end)) break;
  }
  return dates;
}

const isCancelled = (component: ICAL.Component): boolean =>
  String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

/** Reads a file's text. It never throws for what it is given. */
export function readHolidayFile(text: string, question: HolidayQuestion): HolidayReading {
  const nothing = { holidays: [], partial: 0, isCut: false };
  if (text.length > largestFile) return { ...nothing, problems: [{ line: 1, code: 'too-large' }] };
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 2_000)))
    return { ...nothing, problems: [{ line: 1, code: 'not-a-calendar' }] };
  const { events, zones, problems: found, isCut } = scan(text.replace(/^\uFEFF/, ''));
  const problems = [...found];
  const attempt = <T>(line: number, read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      problems.push({ line, code: error instanceof ReadFault ? error.code : 'unreadable-entry' });
      return null;
    }
  };
  const entries = events.flatMap((block) => attempt(block.line, () => parseEntry(block)) ?? []);
  const replaced = new Set(
    entries.flatMap(({ event }) => (event.recurrenceId ? [occurrenceKey(event.uid, event.recurrenceId)] : [])),
  );
  const context: Context = { ...question, zones: zonesOf(zones), replaced, steps: 0, isCut };
  const names = new Map<string, string>();
  let partial = 0;
  for (const entry of entries) {
    if (isCancelled(entry.component)) continue;
    const dates = attempt(entry.line, () => {
      const { event, component } = entry;
      if (daysCovered(event.startDate, event.endDate, component, context).length === 0) partial += 1;
      return datesOf(entry, context);
    });
    if (!dates) continue;
    for (const date of dates) if (!names.has(date)) names.set(date, entry.event.summary ?? '');
  }
  const holidays = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, name]) => ({ date, name: name.slice(0, 200) }));
  return {
    holidays: holidays.slice(0, mostDates),
    problems: problems.sort((a, b) => a.line - b.line).slice(0, mostProblems),
    partial,
    isCut: context.isCut || holidays.length > mostDates,
  };
}
