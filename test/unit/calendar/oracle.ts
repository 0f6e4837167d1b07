/**
 * A second, slow calendar to check the real one against. It shares no code with it: it writes down the wall clock of
 * every minute with `Intl`, marks the minutes that are open, and counts them one by one.
 */
import type { CalendarSpec, Opening, PauseInterval } from '../../../lib/calendar';

const minuteMs = 60_000;
const dayMinutes = 1440;
/** Shifts of earlier dates reach into the window; Kwajalein and Apia leave out a date. */
const aroundDays = 4;

/** Ten days in a zone. Small, so that a counterexample can be read. */
export interface Stage {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}

/** The wall clock of every minute of a stage and of the days around it. */
interface Minutes extends Stage {
  readonly start: number;
  readonly walls: readonly string[];
  readonly firstAt: ReadonlyMap<string, number>;
  readonly gaps: readonly number[];
  readonly dates: readonly string[];
}

const known = new Map<string, Minutes>();

/** Ten days around a UTC date. */
export function stageAround(timeZone: string, date: string): Stage {
  const middle = Date.parse(`${date}T00:00:00Z`);
  return { timeZone, from: middle - 5 * dayMinutes * minuteMs, to: middle + 5 * dayMinutes * minuteMs };
}

/** The local dates of a stage that exist. */
export function datesOf(stage: Stage): readonly string[] {
  return minutesOn(stage).dates;
}

function minutesOn(stage: Stage): Minutes {
  const id = `${stage.timeZone} ${stage.from}`;
  const minutes = known.get(id) ?? writeDown(stage);
  known.set(id, minutes);
  return minutes;
}

function writeDown({ timeZone, from, to }: Stage): Minutes {
  const start = from - aroundDays * dayMinutes * minuteMs;
  const minutes = (to - from) / minuteMs + 2 * aroundDays * dayMinutes;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const walls = Array.from({ length: minutes }, (_, index) => format.format(start + index * minuteMs));
  const firstAt = new Map<string, number>();
  walls.forEach((wall, index) => {
    if (!firstAt.has(wall)) firstAt.set(wall, index);
  });
  const gaps = walls.flatMap((wall, index) =>
    index > 0 && minutesOf(wall) - minutesOf(walls[index - 1]!) > 1 ? [index] : [],
  );
  const dates = [...new Set(walls.map((wall) => wall.slice(0, 10)))].slice(1, -2);
  return { timeZone, from, to, start, walls, firstAt, gaps, dates };
}

function minutesOf(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}Z`) / minuteMs;
}

/** D7: in a gap forward by its length, in an overlap the first. */
function minuteAt(stage: Minutes, wall: string): number {
  const found = stage.firstAt.get(wall);
  if (found !== undefined) return found;
  for (const gap of stage.gaps) {
    const last = stage.walls[gap - 1]!;
    if (last < wall && wall < stage.walls[gap]!) return gap + minutesOf(wall) - minutesOf(last) - 1;
  }
  throw new Error(`${wall} lies outside the stage`);
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function mark(stage: Minutes, cells: Uint8Array, date: string, openings: readonly Opening[], value: 0 | 1): void {
  for (const [open, close] of openings) {
    const first = minuteAt(stage, `${date} ${open}`);
    const end = minuteAt(
      stage,
      close === '24:00' ? `${nextDate(date)} 00:00` : `${close < open ? nextDate(date) : date} ${close}`,
    );
    for (let minute = first; minute < end; minute++) cells[minute] = value;
  }
}

/** Whether each minute of the stage is open. */
function openCells(stage: Minutes, spec: CalendarSpec): Uint8Array {
  const cells = new Uint8Array(stage.walls.length);
  const weekday = (date: string) =>
    (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(`${date}T12:00:00Z`).getUTCDay()]!;
  for (const date of stage.dates) {
    if (spec.exceptions?.[date] || spec.holidays?.includes(date)) continue;
    mark(stage, cells, date, spec.weekly[weekday(date)] ?? [], 1);
  }
  for (const date of stage.dates) mark(stage, cells, date, spec.breaks?.[weekday(date)] ?? [], 0);
  for (const date of stage.dates) mark(stage, cells, date, spec.exceptions?.[date] ?? [], 1);
  return cells;
}

export interface SlowCalendar {
  isOpen(t: number): boolean;
  between(a: number, b: number): number;
  /** `undefined` when the answer lies outside the stage's window. */
  add(t: number, ms: number): number | undefined;
}

/** Pauses must start and end on whole minutes. */
export function slowCalendar(on: Stage, spec: CalendarSpec, pauses: readonly PauseInterval[] = []): SlowCalendar {
  const stage = minutesOn(on);
  const cells = openCells(stage, spec);
  for (const [from, to] of pauses) {
    for (let minute = 0; minute < cells.length; minute++) {
      const at = stage.start + minute * minuteMs;
      if (at >= from && at < to) cells[minute] = 0;
    }
  }
  const cellOf = (t: number) => Math.floor((t - stage.start) / minuteMs);
  const startOf = (cell: number) => stage.start + cell * minuteMs;

  function between(a: number, b: number): number {
    if (b < a) return 0 - between(b, a);
    let sum = 0;
    for (let cell = cellOf(a); startOf(cell) < b; cell++) {
      if (cells[cell]) sum += Math.min(b, startOf(cell + 1)) - Math.max(a, startOf(cell));
    }
    return sum;
  }

  function forward(t: number, ms: number): number | undefined {
    let left = ms;
    for (let cell = cellOf(t); startOf(cell) < stage.to; cell++) {
      if (!cells[cell]) continue;
      const begin = Math.max(t, startOf(cell));
      const length = startOf(cell + 1) - begin;
      if (left <= length) return begin + left;
      left -= length;
    }
    return undefined;
  }

  function backward(t: number, ms: number): number | undefined {
    let left = ms;
    for (let cell = cellOf(t - 1); startOf(cell) >= stage.from; cell--) {
      if (!cells[cell]) continue;
      const end = Math.min(t, startOf(cell + 1));
      const length = end - startOf(cell);
      if (left <= length) return end - left;
      left -= length;
    }
    return undefined;
  }

  return {
    isOpen: (t) => cells[cellOf(t)] === 1,
    between,
    add: (t, ms) => (ms < 0 ? backward(t, -ms) : forward(t, ms)),
  };
}
