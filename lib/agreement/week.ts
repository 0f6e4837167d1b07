/**
 * The week of a calendar as stretches of a day, and as half-hours that a grid shows and toggles. Pure. Hours that run over midnight
 * are cut there, which opens the same time. Times that are on no half-hour stay as they are until that half-hour is toggled.
 */
import { weekdays, type Opening, type Weekday } from '../calendar/types';
import { fieldsOf, listOf } from './editing';

/** `[from, to)` in seconds of the local day, sorted, never touching. */
export type Stretch = readonly [from: number, to: number];
export type WeekStretches = Readonly<Record<Weekday, readonly Stretch[]>>;

export const slotSeconds = 1_800;
export const slotsADay = 48;
const daySeconds = 86_400;

/** `HH:MM` or `HH:MM:SS` in seconds; `null` when it is no time of a day. */
export function secondsOf(time: unknown): number | null {
  const match = /^(\d{2}):([0-5]\d)(?::([0-5]\d))?$/.exec(typeof time === 'string' ? time : '');
  if (!match) return null;
  const seconds = Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return seconds <= daySeconds ? seconds : null;
}

export function timeOf(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[2] === 0 ? parts.slice(0, 2) : parts).map((part) => String(part).padStart(2, '0')).join(':');
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    if (to <= from) continue;
    const last = result.at(-1);
    if (last && from <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

/** What is written for each day, as stretches; what can't be read opens nothing. */
export function weekOf(written: unknown): WeekStretches {
  const days = Object.fromEntries(weekdays.map((day): [Weekday, Stretch[]] => [day, []])) as Record<Weekday, Stretch[]>;
  weekdays.forEach((day, index) => {
    for (const opening of listOf(fieldsOf(written)[day])) {
      const [open, close] = listOf(opening).map(secondsOf);
      if (typeof open !== 'number' || typeof close !== 'number' || open === close) continue;
      if (close > open) days[day].push([open, close]);
      else {
        days[day].push([open, daySeconds]);
        days[weekdays[(index + 1) % 7]!].push([0, close]);
      }
    }
  });
  return Object.fromEntries(weekdays.map((day) => [day, joined(days[day])])) as unknown as WeekStretches;
}

export type WrittenWeek = { readonly [Day in Weekday]?: readonly Opening[] };

/** As the agreement writes it: days that never open are left out. */
export function writtenOf(week: WeekStretches): WrittenWeek {
  return Object.fromEntries(
    weekdays.flatMap((day) =>
      week[day].length === 0 ? [] : [[day, week[day].map(([from, to]): Opening => [timeOf(from), timeOf(to)])]],
    ),
  );
}

export type SlotState = 'none' | 'part' | 'all';

export function slotState(stretches: readonly Stretch[], slot: number): SlotState {
  const [from, to] = [slot * slotSeconds, (slot + 1) * slotSeconds];
  const covered = stretches.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0);
  if (covered === 0) return 'none';
  return covered === slotSeconds ? 'all' : 'part';
}

/** Fills or empties the half-hours `[first, last]` of a day. */
export function withSlots(
  stretches: readonly Stretch[],
  first: number,
  last: number,
  isFilled: boolean,
): readonly Stretch[] {
  const [from, to] = [Math.min(first, last) * slotSeconds, (Math.max(first, last) + 1) * slotSeconds];
  if (isFilled) return joined([...stretches, [from, to]]);
  return joined(
    stretches.flatMap(([a, b]): Stretch[] => [
      [a, Math.min(b, from)],
      [Math.max(a, to), b],
    ]),
  );
}

/** "09:00-13:00, 14:00-18:00" as stretches; `null` where it can't be read. An empty text is a closed day. */
export function readHours(text: string): readonly Opening[] | null {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  const openings: Opening[] = [];
  for (const part of parts) {
    if (part === '') continue;
    const match = /^(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?$/.exec(part);
    if (!match) return null;
    const [open, close] = [
      `${match[1]!.padStart(2, '0')}:${match[2] ?? '00'}`,
      `${match[3]!.padStart(2, '0')}:${match[4] ?? '00'}`,
    ];
    if (secondsOf(open) === null || secondsOf(close) === null || open === close) return null;
    openings.push([open, close]);
  }
  return openings;
}

/** The other way round, as a person reads it. */
export function hoursText(openings: unknown): string {
  return listOf(openings)
    .map((opening) => listOf(opening).map(String).join('–'))
    .join(', ');
}
