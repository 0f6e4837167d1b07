/**
 * One reader for the dates that a CRM page shows to people. Pure. An instant is never guessed: what a text leaves open
 * (which of two numbers is the month, which zone, which of two equal hours in autumn) either widens the interval or
 * makes the date absent. It must not throw for any text, for what it is given comes from a page.
 */
import type { ReadInstant } from './lead';
import { readAbsolute } from './shown-date-absolute';
import { knownLocale, type DateOrder } from './shown-date-locale';
import { readRelative } from './shown-date-relative';
import { tidyDate } from './shown-date-text';
import { knownZone } from './shown-date-zone';

/** What is known of the page, or of the CRM's settings, that a shown date is read with. */
export interface ShownDateContext {
  /** BCP 47 of the page or of the CRM's own setting (`en_US` is understood too); absent when not known. */
  readonly locale?: string;
  /** IANA zone of the CRM user; absent when not known. */
  readonly timeZone?: string;
  /** When the text was first seen to say this, epoch ms: relative forms count from it. */
  readonly seenAt: number;
  /** Order of day and month where the CRM states it itself (user format setting), wins over the locale. */
  readonly order?: DateOrder;
  /**
   * How this CRM makes "2 hours ago" of 1 h 40: `down` says "1 hour ago" (the default), `nearest` says "2 hours ago", as
   * date-fns, moment and day.js do. Texts that say it themselves ("about 2 hours ago", "an hour ago") are `nearest`.
   */
  readonly rounding?: 'down' | 'nearest';
}

/** A visible date is short; a longer text is prose, and reading it would cost more than it tells. UTF-16 units. */
const maxLength = 100;

/** Where `Date` ends is no date of a lead; up to here every sum of this reader is exact. Year 2100. */
const lastSeenAt = 4_102_444_800_000;

/**
 * Reads a visible date, or refuses it. The whole text has to be understood: an unknown word, a second time, a weekday
 * that is not that date's, a year outside 1970 to 2099 make it `undefined`. Locales and zones that `Intl` does not know
 * count as not known.
 *
 * - **Order of numbers.** `order` wins, and a date that does not fit it is refused. Else a locale settles it: one that
 *   begins with the day for any separator, another one only for its own separator (`11/04/2026` in `en-US`, but not
 *   `11-04-2026`, which people with another setting see). `en` without a region settles nothing. Else the date is read
 *   only if all orders that give a real date give the same one (`23/11/2026`). A year of two digits is the nearest to
 *   `seenAt`; it needs a settled order, and beside a month's name it is refused.
 * - **Names** are those of the page's locale, then of English, Spanish, German, French, Portuguese and Japanese. In another
 *   language only its own names are read, with no words between them and no year of two digits.
 * - **Zone.** An offset in the text (`GMT+1`, `UTC`, `Z`, `+01:00`) settles it; `-05:00` needs seconds or a `T` before it,
 *   because `09:00-10:00` is a range. A zone's name (`EST`, "Central European Standard Time") is understood only if it is
 *   what the user's own zone is called at that instant. Without any zone the interval begins 14 h earlier and ends 12 h
 *   later; "Today 18:34" then spans a day and 2 h for a shift of the clocks.
 * - **Clock changes.** A time that the zone left out is refused; of one that came twice, both lie inside. A bare date is
 *   the local day, whatever its length.
 * - **No year** ("19 Jan 16:18"). Only with a time, and only if exactly one year puts it into the 12 months before
 *   `seenAt`; what could also be the coming day is refused. The caller must not use it for a field that may lie ahead.
 * - **Relative.** "2 hours ago" is `(seenAt − 3 h, seenAt − 2 h]`, or 1 h 30 to 2 h 30 where it is rounded (30 s nearer from
 *   hours on, for date-fns rounds to minutes first; it also calls up to 42 h one day). Months and years are the calendar's,
 *   rounded ones one unit to either side. "Just now" is the last minute, "yesterday" the local day before. `5m` is minutes
 *   beside English or German words, and refused beside those of languages where it is months. Without "ago" only English
 *   short forms other than `m` are read (`2h`), as past. "Monday 18:34", quarters and "last week" are refused.
 * - **Hour 24** is refused: engines print it for the beginning of a day, people for its end.
 * @returns the true instant lies in `[at, at + precision)`, ms
 */
export function readShownDate(text: string, context: ShownDateContext): ReadInstant | undefined {
  const seenAt = Math.floor(context.seenAt);
  if (text.length > maxLength || !(seenAt >= 0 && seenAt <= lastSeenAt)) return undefined;
  // Compatibility forms can grow: one ligature may stand for a whole phrase.
  const shown = tidyDate(text);
  if (shown === '' || shown.length > maxLength) return undefined;
  const known = {
    locale: knownLocale(context.locale),
    zone: knownZone(context.timeZone),
    seenAt,
    order: context.order,
    rounding: context.rounding ?? 'down',
  };
  return readRelative(shown, known) ?? readAbsolute(shown, known);
}
