/**
 * The whole local days that one entry of an iCalendar file covers: its times in the zones that they are written in, its repetitions,
 * and what single ones of them, or all from one on, were changed to. Nothing outside of the window is worked out.
 */
import ICAL from 'ical.js';
import { CalendarError } from '../calendar';
import { localTime, offsetAt, type LocalTime } from '../calendar/zone';
import { boundRules } from './bounded-rules';
import { ReadFault } from './holiday-fault';

export interface Entry {
  /** Line of the file that it begins on. */
  readonly line: number;
  readonly event: ICAL.Event;
  readonly component: ICAL.Component;
}

/** What an entry is read against. */
export interface Context {
  /** First and last day that are asked for, as midnight in UTC, in ms. */
  readonly first: number;
  readonly last: number;
  /** Zone of the calendar that gets the holidays. */
  readonly own: string;
  /** The zones that the file brings along; `null` is one that could not be read. */
  readonly zones: Map<string, ICAL.Timezone | null>;
  /** Zones that the browser knows, each made ready once. */
  readonly known: Map<string, LocalTime>;
  /** By the series that they change. */
  readonly changes: Map<string, Changes>;
  /** Spent on all rules so far. */
  steps: number;
  isCut: boolean;
}

interface Changes {
  /** Keys of repetitions that have an entry of their own. */
  readonly moved: Set<string>;
  /** What holds for all repetitions from one on. */
  readonly onwards: Onwards[];
}

interface Onwards {
  readonly from: ICAL.Time;
  readonly fromMs: number;
  readonly entry: Entry;
}

/** Repetitions of one entry; a daily one reaches 27 years. */
const mostRepetitions = 10_000;
/** Steps between two dates of a rule. The 29th of February by a daily rule takes 5,844 across a century without a leap day. */
const mostIdleSteps = 10_000;
/** Steps of all rules together, so that a file of daily rules ends, too; about three seconds. */
const mostSteps = 450_000;
/** A zone's rules begin in 1601 in some files, and take two steps a year. */
const mostZoneSteps = 20_000;
/** Days of one entry; a school year has fewer. */
const longestEntry = 400;
export const dayMs = 86_400_000;

const isoDay = (time: ICAL.Time): number => Date.UTC(time.year, time.month - 1, time.day);
const localMs = (time: ICAL.Time): number => isoDay(time) + ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000;

const textParameter = (component: ICAL.Component, property: string, name: string): string | null => {
  const value = component.getFirstProperty(property)?.getParameter(name);
  return typeof value === 'string' ? value : null;
};

/** A zone that the file describes; its rules end as those of an entry do. */
export function zoneOf(component: ICAL.Component): ICAL.Timezone | null {
  let spent = 0;
  const spend = (steps: number): void => {
    spent += steps;
    if (spent > mostZoneSteps) throw new ReadFault('unknown-zone');
  };
  for (const part of component.getAllSubcomponents()) boundRules(part, spend);
  return new ICAL.Timezone(component);
}

/** Epoch ms of a time with hours: in UTC, in a zone of the file, in one that the browser knows, or in the calendar's own. */
function instantOf(time: ICAL.Time, tzid: string | null, context: Context): number {
  const local = localMs(time);
  if (time.zone === ICAL.Timezone.utcTimezone) return local;
  const brought = tzid === null ? undefined : context.zones.get(tzid);
  if (brought === null) throw new ReadFault('unknown-zone');
  if (brought && tzid !== null)
    try {
      return local - brought.utcOffset(time) * 1_000;
    } catch {
      // Asked again for each entry, it would search again.
      context.zones.set(tzid, null);
      throw new ReadFault('unknown-zone');
    }
  return knownZone(tzid ?? context.own, context).instantOf(local);
}

/** Exact around the window. Outside of it an hour more or less changes no day that is asked for. */
function knownZone(zone: string, context: Context): LocalTime {
  const ready = context.known.get(zone);
  if (ready) return ready;
  try {
    const made = localTime(zone, context.first - longestEntry * dayMs, context.last + longestEntry * dayMs);
    context.known.set(zone, made);
    return made;
  } catch (error) {
    if (error instanceof RangeError || error instanceof CalendarError) throw new ReadFault('unknown-zone');
    throw error;
  }
}

/** Where a repetition of an entry begins and ends, as local time of the calendar that gets the holidays, in ms. */
type SpanOf = (start: ICAL.Time) => readonly [from: number, to: number];

function spanOf({ event, component }: Entry, context: Context): SpanOf {
  const [start, end] = [event.startDate, event.endDate];
  if (start.isDate) {
    const length = Math.max(isoDay(end) - isoDay(start), dayMs);
    return (time) => [isoDay(time), isoDay(time) + length];
  }
  const zone = textParameter(component, 'dtstart', 'tzid');
  const endZone = component.hasProperty('dtend') ? textParameter(component, 'dtend', 'tzid') : zone;
  const here = (instant: number): number => instant + offsetAt(context.own, instant);
  if (endZone === zone && start.zone === end.zone) {
    const { duration } = event;
    return (time) => {
      const until = time.clone();
      until.addDuration(duration);
      return [here(instantOf(time, zone, context)), here(instantOf(until, zone, context))];
    };
  }
  const length = instantOf(end, endZone, context) - instantOf(start, zone, context);
  return (time) => {
    const instant = instantOf(time, zone, context);
    return [here(instant), here(instant + length)];
  };
}

const keyOf = (time: ICAL.Time, tzid: string | null, context: Context): string =>
  time.isDate ? `day ${isoDay(time)}` : `at ${instantOf(time, tzid, context)}`;

/** Notes what an entry changes of a series. The same instant may be written in UTC there and in a zone here. */
export function noteChange(entry: Entry, context: Context): void {
  const { event, component } = entry;
  const from = event.recurrenceId;
  if (!(from instanceof ICAL.Time) || isoDay(from) > context.last + 2 * dayMs) return;
  const tzid = textParameter(component, 'recurrence-id', 'tzid');
  const changes = context.changes.get(event.uid) ?? { moved: new Set(), onwards: [] };
  context.changes.set(event.uid, changes);
  changes.moved.add(keyOf(from, tzid, context));
  if (textParameter(component, 'recurrence-id', 'range')?.toUpperCase() !== 'THISANDFUTURE') return;
  const fromMs = from.isDate ? isoDay(from) : instantOf(from, tzid, context);
  changes.onwards.push({ from, fromMs, entry });
  changes.onwards.sort((a, b) => a.fromMs - b.fromMs);
}

export const isCancelled = ({ component }: Entry): boolean =>
  String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';

/** What a repetition became: itself, another time, or nothing (`null`). */
type Changed = (time: ICAL.Time) => { readonly start: ICAL.Time; readonly span: SpanOf } | null;

function changedBy(entry: Entry, context: Context): Changed {
  const span = spanOf(entry, context);
  const changes = entry.event.recurrenceId ? undefined : context.changes.get(entry.event.uid);
  if (!changes) return (start) => ({ start, span });
  const zone = textParameter(entry.component, 'dtstart', 'tzid');
  const onwards = changes.onwards.map((one) => {
    const [was, is] = [one.from, one.entry.event.startDate];
    // Written in UTC it names the repetition's instant; how far that was moved is told by the two times of one zone.
    const shift = was.zone === is.zone ? localMs(is) - localMs(was) : instantOf(is, zone, context) - one.fromMs;
    return { ...one, shift, span: spanOf(one.entry, context), isEnd: isCancelled(one.entry) };
  });
  return (time) => {
    const day = time.clone();
    day.isDate = true;
    if (changes.moved.has(keyOf(time, zone, context)) || changes.moved.has(keyOf(day, zone, context))) return null;
    const last = onwards.findLast(
      ({ from, fromMs }) => fromMs <= (from.isDate ? localMs(time) : instantOf(time, zone, context)),
    );
    if (!last) return { start: time, span };
    if (last.isEnd) return null;
    const start = time.clone();
    if (start.isDate) start.adjust(last.shift / dayMs, 0, 0, 0);
    else start.adjust(0, 0, 0, last.shift / 1_000);
    return { start, span: last.span };
  };
}

export interface EntryDates {
  /** Local midnights as if in UTC, in ms, within the window. */
  readonly days: readonly number[];
  /** It lasts less than a local day, so it closes nothing. */
  readonly isPartial: boolean;
}

/** @throws {ReadFault} */
export function datesOf(entry: Entry, context: Context): EntryDates {
  const { first, last } = context;
  const changed = changedBy(entry, context);
  const days: number[] = [];
  let isPartial = false;
  const take = (time: ICAL.Time): boolean => {
    // Before all else, because most repetitions of an old entry are long ago, and a zone costs more than a comparison.
    if (isoDay(time) < first - 2 * longestEntry * dayMs) return true;
    const now = changed(time);
    if (!now) return true;
    if (isoDay(now.start) > last + dayMs) return false;
    const [from, to] = now.span(now.start);
    if (to < first) return true;
    const [start, end] = [Math.ceil(from / dayMs) * dayMs, Math.floor(to / dayMs) * dayMs];
    if (end <= start) isPartial = true;
    const stop = Math.min(end, start + longestEntry * dayMs, last + dayMs);
    for (let day = Math.max(start, first); day < stop; day += dayMs) days.push(day);
    return true;
  };
  if (entry.event.isRecurring()) repeat(entry, context, take);
  else take(entry.event.startDate);
  return { days, isPartial: isPartial && days.length === 0 };
}

/** Gives each date of an entry's rules until one is refused. */
function repeat({ event, component }: Entry, context: Context, take: (time: ICAL.Time) => boolean): void {
  let idle = 0;
  boundRules(component, (steps) => {
    idle += steps;
    if (idle > mostIdleSteps) throw new ReadFault('rule-without-dates');
  });
  if (context.steps > mostSteps) {
    context.isCut = true;
    return;
  }
  try {
    const iterator = event.iterator();
    for (let count = 0; ; count += 1) {
      const time = iterator.next() as ICAL.Time | null;
      context.steps += idle + 1;
      idle = 0;
      if (!time || !take(time)) return;
      if (count >= mostRepetitions || context.steps > mostSteps) {
        context.isCut = true;
        return;
      }
    }
  } finally {
    context.steps += Math.min(idle, mostIdleSteps);
  }
}
