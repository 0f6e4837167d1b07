import type { BusinessCalendar, CalendarSpec } from '../calendar/types';

/** Gives a compiled calendar whose window covers `[from, to]`; `createCalendarCache` of `calendar` is one. */
export interface CalendarSource {
  covering(spec: CalendarSpec, from: number, to: number): BusinessCalendar;
}
