/** Open intervals that a page needs to tick its clocks without asking again. */
import type { Agreement } from '../agreement/schema';
import type { CalendarSource } from '../calendar/types';
import type { OpenHours } from '../messages/observing';

/** How far ahead a page can tick on one answer; it asks again long before. */
const ahead = 36 * 3_600_000;

/** Every calendar that a clock may name; versions that mean other hours have other names for them. */
export const allCalendars = (versions: readonly Pick<Agreement, 'calendars'>[]): Agreement['calendars'] =>
  Object.assign({}, ...versions.map((version) => version.calendars).toReversed()) as Agreement['calendars'];

/** Open intervals of every calendar of these versions in `[from, from + 36 h)`. */
export function openHours(
  versions: readonly Pick<Agreement, 'calendars'>[],
  calendars: CalendarSource,
  from: number,
): OpenHours {
  return Object.fromEntries(
    Object.entries(allCalendars(versions)).map(([id, spec]) => {
      try {
        return [id, calendars.covering(spec, from, from + ahead).intervals(from, from + ahead)];
      } catch {
        // A calendar that passed the schema but can't be compiled: its clocks say "unknown" by themselves.
        return [id, []];
      }
    }),
  );
}
