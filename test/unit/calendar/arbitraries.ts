/** Random calendars, instants and pauses for the properties. */
import * as fc from 'fast-check';
import type { CalendarSpec, Opening, PauseInterval, Weekday } from '../../../lib/calendar';
import { weekdays } from '../../../lib/calendar';
import { datesOf, type Stage, stageAround } from './oracle';

/** Zones with the dates on which their clocks do something. */
const places = [
  ['Etc/UTC', '2026-06-15'],
  ['Europe/Madrid', '2026-03-29'],
  ['Europe/Madrid', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['Asia/Kolkata', '2026-05-01'],
  ['Asia/Kathmandu', '2026-05-01'],
  ['Pacific/Chatham', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Asuncion', '2023-10-01'],
  ['America/Asuncion', '2024-03-24'],
  ['Asia/Beirut', '2024-03-31'],
  ['Asia/Beirut', '2024-10-27'],
  ['America/Havana', '2026-03-08'],
  ['America/Havana', '2026-11-01'],
  ['America/St_Johns', '2006-04-02'],
  ['Africa/Casablanca', '2026-02-15'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kwajalein', '1993-08-21'],
] as const;

export const stage: fc.Arbitrary<Stage> = fc
  .constantFrom(...places)
  .map(([timeZone, date]) => stageAround(timeZone, date));

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Quarter hours mostly, so that boundaries meet; any minute sometimes. The small hours, where clocks change, often. */
const minute = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1439 }) },
);

const opening: fc.Arbitrary<Opening> = fc
  .tuple(minute, fc.oneof({ weight: 6, arbitrary: minute }, { weight: 1, arbitrary: fc.constant(1440) }))
  .filter(([open, close]) => open !== close)
  .map(([open, close]): Opening => [clockTime(open), clockTime(close)]);

const apart: fc.Arbitrary<readonly Opening[]> = fc
  .uniqueArray(minute, { minLength: 0, maxLength: 4 })
  .map((minutes) => {
    const times = minutes.sort((one, other) => one - other).map(clockTime);
    return Array.from({ length: Math.floor(times.length / 2) }, (_, i): Opening => [times[2 * i]!, times[2 * i + 1]!]);
  });

function week(days: readonly Weekday[], maxLength: number): fc.Arbitrary<CalendarSpec['weekly']> {
  const hours = fc.array(opening, { maxLength });
  return fc.record(Object.fromEntries(days.map((day) => [day, hours])), { requiredKeys: [] });
}

/** A calendar for a stage. Where it has breaks it also has hours that they can't cover, so that it opens every week. */
export function calendarOn(on: Stage): fc.Arbitrary<CalendarSpec> {
  const { timeZone } = on;
  const date = fc.constantFrom(...datesOf(on));
  return fc
    .record({
      weekly: week(weekdays, 2),
      breaks: fc.oneof(fc.constant({}), week(['mon', 'tue', 'wed', 'sat', 'sun'], 2)),
      holidays: fc.uniqueArray(date, { maxLength: 3 }),
      exceptions: fc.dictionary(date, apart, { maxKeys: 2, noNullPrototype: true }),
    })
    .map(({ weekly, breaks, holidays, exceptions }): CalendarSpec => {
      const uncut: Opening = ['10:15', '11:00'];
      const opens = Object.keys(breaks).length > 0 ? { ...weekly, fri: [...(weekly.fri ?? []), uncut] } : weekly;
      return { timeZone, weekly: opens, breaks, holidays, exceptions };
    });
}

/** Any millisecond of the window; whole minutes more often than chance would have it. */
export function instantOn({ from, to }: Stage): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: from, max: to - 1 }),
    fc.integer({ min: 0, max: (to - from) / 900_000 - 1 }).map((quarter) => from + quarter * 900_000),
  );
}

/** Pauses on whole minutes, some of which overlap, are empty, or begin before the window. */
export function pausesOn({ from, to }: Stage): fc.Arbitrary<readonly PauseInterval[]> {
  const minutes = (to - from) / 60_000;
  return fc.array(
    fc
      .tuple(fc.integer({ min: -600, max: minutes }), fc.integer({ min: 0, max: 2000 }))
      .map(([start, length]): PauseInterval => [
        from + start * 60_000,
        from + Math.min(start + length, minutes) * 60_000,
      ])
      .filter(([start, end]) => start <= end),
    { maxLength: 4 },
  );
}

/** Up to three days of open time, either way. */
export const duration = fc.oneof(
  fc.integer({ min: -259_200_000, max: 259_200_000 }),
  fc.integer({ min: -288, max: 288 }).map((quarter) => quarter * 900_000),
);
