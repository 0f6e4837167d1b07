/** Hand-offs against the promised number: the line of what should be there by each day, and where it is heading. */
import { CalendarError } from '../calendar';
import type { BusinessCalendar, CalendarSource, CalendarSpec } from '../calendar/types';
import type { Columns } from './columns';
import type { FormulaId } from './formulas';
import { periodsOf } from './periods';
import { select, type Filters } from './select';
import type { Value } from './statistics';
import type { ReportWindow } from './types';

export interface PaceRequest {
  readonly window: ReportWindow;
  readonly filters?: Filters;
  /** Promised hand-offs in the window; `null` where there is none to hold the result against. */
  readonly promised: number | null;
  /** Its working days carry the line; days are those of its zone. */
  readonly spec: CalendarSpec;
  readonly calendars: CalendarSource;
}

export interface PaceDay extends ReportWindow {
  readonly date: string;
  readonly isWorking: boolean;
  /** `promised × working days up to this one ÷ working days`; `null` where the calendar has none, or nothing is promised. */
  readonly expected: number | null;
  /** Hand-offs up to the end of the day; `null` on days that have not begun. */
  readonly actual: number | null;
}

export interface Pace {
  readonly formula: FormulaId;
  readonly promised: number | null;
  /** Hand-offs so far. */
  readonly actual: number;
  /** `promised × working time passed ÷ working time`. */
  readonly expected: Value;
  /** `hand-offs so far × working time ÷ working time passed`; the number itself once the period is over. */
  readonly forecast: Value;
  readonly days: readonly PaceDay[];
}

export function paceOf(columns: Columns, request: PaceRequest): Pace {
  return paceOfRows(columns, select(columns, request.window, request.filters), request);
}

/** The same for rows that were selected already, all of them handed over in the window. */
export function paceOfRows(columns: Columns, rows: Uint32Array, request: Omit<PaceRequest, 'filters'>): Pace {
  const { window, promised } = request;
  const actual = rows.length;
  const time = calendarOf(request);
  const total = time ? time.between(window.from, window.to) : 0;
  const passed = time ? time.between(window.from, Math.min(Math.max(columns.now, window.from), window.to)) : 0;
  const isOver = columns.now >= window.to;
  return {
    formula: 'pace',
    promised,
    actual,
    expected: expectedOf(promised, passed, total),
    forecast: isOver ? { value: actual, why: null } : forecastOf(actual, passed, total),
    days: daysOf(columns, rows, request, time),
  };
}

function expectedOf(promised: number | null, passed: number, total: number): Value {
  if (promised === null) return { value: null, why: 'promise-not-splittable' };
  return total === 0 ? { value: null, why: 'no-working-time' } : { value: (promised * passed) / total, why: null };
}

function forecastOf(actual: number, passed: number, total: number): Value {
  if (total === 0) return { value: null, why: 'no-working-time' };
  return passed === 0 ? { value: null, why: 'not-begun' } : { value: (actual * total) / passed, why: null };
}

/** `null` for a calendar that is no calendar: the report then says that there is no working time. */
function calendarOf({ calendars, spec, window }: PaceRequest): BusinessCalendar | null {
  try {
    return calendars.covering(spec, window.from, window.to);
  } catch (error) {
    if (error instanceof CalendarError) return null;
    throw error;
  }
}

function daysOf(
  columns: Columns,
  rows: Uint32Array,
  { window, promised, spec }: PaceRequest,
  time: BusinessCalendar | null,
): PaceDay[] {
  if (!time) return [];
  const days = periodsOf('day', window, spec.timeZone);
  const works = days.map((day) => time.intervals(day.from, day.to).length > 0);
  const total = works.filter(Boolean).length;
  let [working, reached] = [0, 0];
  return days.map((day, index) => {
    if (works[index]) working += 1;
    while (reached < rows.length && columns.handOff[rows[reached]!]! < day.to) reached++;
    return {
      from: day.from,
      to: day.to,
      date: day.date,
      isWorking: works[index] === true,
      expected: total === 0 || promised === null ? null : (promised * working) / total,
      actual: day.from > columns.now ? null : reached,
    };
  });
}
