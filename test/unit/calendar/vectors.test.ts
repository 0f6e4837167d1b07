import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileCalendar, createCalendarCache, withWideningCalendar } from '../../../lib/calendar';
import type { BusinessCalendar, CalendarSpec, PauseInterval } from '../../../lib/calendar';

interface Vector {
  readonly id: string;
  readonly note: string;
  readonly calendar: CalendarSpec;
  readonly op: 'add' | 'between' | 'isOpen' | 'nextOpen';
  readonly start: string;
  readonly end?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly pauses?: readonly (readonly [string, string | null])[];
  readonly expected: string | number | boolean | null;
}

const file = new URL('../../fixtures/calendar-vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[];
const year = 366 * 86_400_000;

function answer(calendar: BusinessCalendar, vector: Vector): string | number | boolean | null {
  const start = Date.parse(vector.start);
  const ms = Math.round((vector.duration ?? 0) * 1000);
  const pauses = vector.pauses?.map(([from, to]): PauseInterval => [
    Date.parse(from),
    to === null ? Infinity : Date.parse(to),
  ]);
  switch (vector.op) {
    case 'add':
      return iso(pauses ? calendar.deadline(start, ms, pauses) : calendar.add(start, ms));
    case 'between': {
      const end = Date.parse(vector.end ?? '');
      return (pauses ? calendar.worked(start, end, pauses) : calendar.between(start, end)) / 1000;
    }
    case 'isOpen':
      return calendar.isOpen(start);
    case 'nextOpen':
      return iso(calendar.nextOpen(start));
    default:
      throw new Error(`unknown op in ${vector.id}`);
  }
}

function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

function wanted({ op, expected }: Vector): string | number | boolean | null {
  return (op === 'add' || op === 'nextOpen') && typeof expected === 'string' ? iso(Date.parse(expected)) : expected;
}

describe('worked examples', () => {
  test('there are 240 of them', () => {
    expect(vectors).toHaveLength(240);
  });

  test.each(vectors)('$id: $op, $note', (vector) => {
    const start = Date.parse(vector.start);
    const calendar = compileCalendar(vector.calendar, { from: start - year, to: start + year });
    expect(answer(calendar, vector)).toBe(wanted(vector));
  });

  test('each gives the same through the cache and a widening window', () => {
    const cache = createCalendarCache();
    const different = vectors.filter((vector) => {
      const start = Date.parse(vector.start);
      const end = vector.end === undefined ? start : Date.parse(vector.end);
      const [from, to] = [Math.min(start, end), Math.max(start, end)];
      const got = withWideningCalendar(cache, vector.calendar, from, to, (calendar) => answer(calendar, vector));
      return got !== wanted(vector);
    });
    expect(different.map(({ id }) => id)).toEqual([]);
  });
});
