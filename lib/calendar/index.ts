/** The business calendar: compile working hours for a window, then ask it. Pure; instants are epoch ms, lengths are ms. */
export { createCalendarCache, withWideningCalendar } from './cache';
export { compileCalendar } from './compile';
export { CalendarError, OutsideWindowError } from './errors';
export { gapReason } from './gap-reason';
export { calendarProblems } from './read-spec';
export * from './types';
