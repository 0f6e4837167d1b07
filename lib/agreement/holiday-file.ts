/**
 * Holidays from an iCalendar file (RFC 5545), read by ical.js. Each entry is read for itself, so that a broken one is named with
 * its line and costs no other. Bounded everywhere, because a rule may repeat for ever. Pure; nothing is kept but dates and names.
 */
import ICAL from 'ical.js';
import { datesOf, isCancelled, noteChange, zoneOf, type Context, type Entry } from './holiday-dates';
import { ReadFault, type HolidayFault } from './holiday-fault';

export interface Holiday {
  /** Local date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly name: string;
}

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
/** What a calendar of the agreement holds. */
const mostDates = 5_000;
const mostProblems = 20;
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

/** The zones that the file brings along, by their name. */
function zonesOf(blocks: readonly Block[]): Map<string, ICAL.Timezone | null> {
  const zones = new Map<string, ICAL.Timezone | null>();
  for (const { text } of blocks.slice(0, 500))
    try {
      const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
      const tzid = component.getFirstPropertyValue('tzid');
      if (typeof tzid === 'string') zones.set(tzid, zoneOf(component));
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

/** Reads a file's text. It never throws for what it is given. */
export function readHolidayFile(text: string, question: HolidayQuestion): HolidayReading {
  const nothing = { holidays: [], partial: 0, isCut: false };
  if (text.length > largestFile) return { ...nothing, problems: [{ line: 1, code: 'too-large' }] };
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR\s*$/im.test(text.slice(0, 2_000)))
    return { ...nothing, problems: [{ line: 1, code: 'not-a-calendar' }] };
  const { events, zones, problems: seen, isCut } = scan(text.replace(/^\uFEFF/, ''));
  const problems = [...seen];
  const told = new Set<number>();
  const note = (line: number, code: HolidayFault): void => {
    if (!told.has(line)) problems.push({ line, code });
    told.add(line);
  };
  const attempt = <T>(line: number, read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      note(line, error instanceof ReadFault ? error.code : 'unreadable-entry');
      return null;
    }
  };
  const entries = events.flatMap((block) => attempt(block.line, () => parseEntry(block)) ?? []);
  const context: Context = {
    first: Date.parse(question.from),
    last: Date.parse(question.to),
    own: question.timeZone,
    zones: zonesOf(zones),
    known: new Map(),
    changes: new Map(),
    steps: 0,
    isCut,
  };
  for (const entry of entries) attempt(entry.line, () => noteChange(entry, context));
  const names = new Map<string, string>();
  let partial = 0;
  for (const entry of entries) {
    if (isCancelled(entry)) continue;
    const found = attempt(entry.line, () => datesOf(entry, context));
    if (!found) continue;
    if (found.isPartial) partial += 1;
    for (const day of found.days) {
      const date = dateOf(day);
      if (!names.has(date)) names.set(date, entry.event.summary ?? '');
    }
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
