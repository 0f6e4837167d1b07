/**
 * Dates with a day and often a time: `Jan 19, 2026 4:18 PM GMT+1`, `19.01.2026 16:18`, `2026年1月19日`, `Today 18:34`. Pure.
 * Offset, time and day are taken out of the text one after the other, and what remains must be words that say nothing.
 * So a text is read whole or not at all.
 */
import type { ReadInstant } from './lead';
import { takeClock, takeOffset, type Clock } from './shown-date-clock';
import { epochDay, shownDays, type ShownDay } from './shown-date-day';
import { isForeign, isZoneName, type DateOrder } from './shown-date-locale';
import { takeDayWord } from './shown-date-relative';
import { hasFillers, wordsOf } from './shown-date-text';
import { dayInterval, dayMs, hourMs, localAt, timeInterval, type Place } from './shown-date-zone';

interface AbsoluteContext {
  readonly locale: string | undefined;
  readonly zone: string | undefined;
  readonly seenAt: number;
  readonly order: DateOrder | undefined;
}

/** Reads a date that names its day, or one of the days around today; `undefined` for any other text. */
export function readAbsolute(shown: string, context: AbsoluteContext): ReadInstant | undefined {
  const zoned = takeOffset(shown);
  const timed = zoned && takeClock(zoned.rest);
  if (!zoned || !timed) return undefined;
  const { clock, rest } = timed;
  const place = zoned.offset ?? context.zone;
  if (isForeign(context.locale) && hasFillers(rest)) return undefined;
  const near = takeDayWord(rest);
  if (near) return wordsOf(near.rest)?.length === 0 ? nearToday(near.days, clock, place, context) : undefined;

  const found = new Map<number, ReadInstant>();
  for (const date of shownDays(rest, context))
    for (const day of datesOf(date, clock, context.seenAt)) {
      const interval = intervalOf(day, clock, place, date.others, context);
      if (date.year === undefined) {
        if (!interval || !mayBeMeant(interval, context.seenAt)) continue;
        if (interval.at > context.seenAt) return undefined;
      }
      // A time that the zone left out must not make way for another reading of the same numbers.
      if (!interval) return undefined;
      found.set(day, interval);
    }
  const [only] = found.values();
  return found.size === 1 ? only : undefined;
}

/** The instants of a shown day and time; `others` must be what the zone is called then. */
function intervalOf(
  day: number,
  clock: Clock | undefined,
  place: Place,
  others: readonly string[],
  { zone, locale }: Pick<AbsoluteContext, 'zone' | 'locale'>,
): ReadInstant | undefined {
  if (others.length > 0 && (zone === undefined || !clock)) return undefined;
  if (!clock) return dayInterval(place, day);
  return timeInterval(
    place,
    day * dayMs + clock.ms,
    clock.unit,
    (instant) => others.length === 0 || isZoneName(others, zone ?? 'UTC', instant, locale),
  );
}

/** Days since 1970-01-01 that a shown date can be: one, or one a year where it names none, as far as its weekday allows. */
function datesOf(date: ShownDay, clock: Clock | undefined, seenAt: number): readonly number[] {
  const seenIn = new Date(seenAt).getUTCFullYear();
  // "Jan 19" alone may also be January 2019.
  const years = date.year !== undefined ? [date.year] : clock ? [seenIn - 1, seenIn, seenIn + 1] : [];
  return years.flatMap((year) => {
    const day = epochDay(year, date.month, date.day);
    // The first day of 1970 was a Thursday.
    return day === undefined || (date.weekday !== undefined && date.weekday !== (day + 4) % 7) ? [] : [day];
  });
}

/**
 * Whether a date without a year is to be thought of: it touches the year before it was seen, or the day after. The coming
 * day counts so that a clock that is a little ahead, or a plan, is ambiguous and not a year old.
 */
function mayBeMeant({ at, precision }: ReadInstant, seenAt: number): boolean {
  return at + precision > seenAt - 366 * dayMs && at <= seenAt + dayMs;
}

/** "Today 18:34", or the whole local day without a time. */
function nearToday(
  days: number,
  clock: Clock | undefined,
  place: Place,
  context: AbsoluteContext,
): ReadInstant | undefined {
  const { seenAt } = context;
  if (place !== undefined)
    return intervalOf(Math.floor(localAt(place, seenAt) / dayMs) + days, clock, place, [], context);
  // Wherever it is, today began within the last 24 h; an hour more on both sides for a shift of the clocks.
  const { ms, unit } = clock ?? { ms: 0, unit: dayMs };
  return { at: seenAt + (days - 1) * dayMs + ms - hourMs, precision: dayMs + 2 * hourMs + unit };
}
