/**
 * Reads the day in a tidy text without its time: in numbers, whose order somebody has to settle, or with the month's name.
 * Pure. It returns all days that the text can mean and chooses none.
 */
import { isForeign, isOwnWeekday, named, numericForm, type DateOrder } from './shown-date-locale';
import { without, wordsOf } from './shown-date-text';
import { dayMs } from './shown-date-zone';

/** One meaning of a date, its numbers not checked yet. */
export interface ShownDay {
  readonly year: number | undefined;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 0 (Sunday) to 6, where the text names it. */
  readonly weekday: number | undefined;
  /** Words that are not understood; only a zone's name may be among them. */
  readonly others: readonly string[];
}

interface DayContext {
  readonly locale: string | undefined;
  readonly order: DateOrder | undefined;
  readonly seenAt: number;
}

/** `19.01.2026`, `2026-1-19`, `1/19/26`, `19. 1. 2026`: one separator, no number more. */
const inNumbers = /(?<![\d.,:/-])(\d{1,4}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{1,4})(?![\d:])/u;

/** `19/01`, `1月19日`. */
const withoutYear = /(?<![\d.,:/-])(\d{1,2})([./-])(\d{1,2})(?![\d:])|(\d{1,2}) ?月 ?(\d{1,2}) ?日/u;

/** All days that the text can mean; none where something is left that is no part of a date. */
export function shownDays(text: string, context: DayContext): readonly ShownDay[] {
  const western = text.replace(/(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日/u, '$1/$2/$3 ');
  const full = inNumbers.exec(western);
  if (full) {
    const [, first = '', separator = '', second = '', third = ''] = full;
    return around(without(western, full), ordered([first, second, third], separator, context), context);
  }
  const short = withoutYear.exec(western);
  if (!short) return withName(western, context);
  const [, first, separator = '', second, month, day] = short;
  const order = month !== undefined ? 'mdy' : settledOrder(separator, false, context);
  const dates = order === undefined ? [] : dateFrom([month ?? first ?? '', day ?? second ?? ''], order, context.seenAt);
  return around(without(western, short), dates, context);
}

type Numbers = Pick<ShownDay, 'year' | 'month' | 'day'>;

/** The dates together with what stands beside them: a weekday, unknown words, and no further number. */
function around(rest: string, dates: readonly Numbers[], { locale }: DayContext): readonly ShownDay[] {
  const words = wordsOf(rest);
  if (!words || words.some((word) => /^\d/u.test(word))) return [];
  const beside = withoutWeekday(words, locale);
  return dates.map((date) => ({ ...date, ...beside }));
}

function withoutWeekday(words: readonly string[], locale: string | undefined): Pick<ShownDay, 'weekday' | 'others'> {
  const place = words.findIndex((word) => named('weekday', word, locale) !== undefined);
  const weekday = place < 0 ? undefined : named('weekday', words[place] ?? '', locale);
  return { weekday, others: words.filter((_, index) => index !== place) };
}

/** The dates that three numbers can be: one where the order is settled, else one for every order that is possible. */
function ordered(numbers: readonly string[], separator: string, context: DayContext): readonly Numbers[] {
  const read = (order: string): readonly Numbers[] => dateFrom(numbers, order, context.seenAt);
  const [isFirst, isLast] = [numbers[0]?.length === 4, numbers[2]?.length === 4];
  const hasLongYear = isFirst || isLast;
  // In Thailand 69 is 2026, in Hungary `07. 13. 03` ends with an hour: short years are read in our languages only.
  if (!hasLongYear && isForeign(context.locale)) return [];
  const own = read(settledOrder(separator, isLast, context) ?? '');
  if (own.length > 0 || !hasLongYear) return own;
  // Nobody writes the day second after a year of four digits, whatever order is set elsewhere.
  if (context.order !== undefined && !isFirst) return [];
  return ['dmy', 'mdy', 'ymd'].flatMap(read);
}

/** The order of the numbers, if the CRM states it or the page's locale leaves no other. */
function settledOrder(separator: string, hasLongYear: boolean, { order, locale }: DayContext): string | undefined {
  if (order !== undefined || locale === undefined) return order;
  const form = numericForm(locale);
  return form && (form.separator === separator || (hasLongYear && form.order === 'dmy')) ? form.order : undefined;
}

/** The date that numbers in an order are, if they are one; two of them are a day and a month. */
function dateFrom(numbers: readonly string[], order: string, seenAt: number): readonly Numbers[] {
  const letters = numbers.length === 2 ? order.replace('y', '') : order;
  const [year, month, day] = ['y', 'm', 'd'].map((letter) => numbers[letters.indexOf(letter)]);
  if ((month?.length ?? 3) > 2 || (day?.length ?? 3) > 2) return [];
  const date = { year: fullYear(year, seenAt), month: Number(month), day: Number(day) };
  // A year that is not known may be a leap year.
  return epochDay(date.year ?? 2000, date.month, date.day) === undefined ? [] : [date];
}

/** A year of two digits is the one nearest to when it was seen; of one or three, none. */
function fullYear(digits: string | undefined, seenAt: number): number | undefined {
  if (digits?.length !== 2) return digits === undefined ? undefined : digits.length === 4 ? Number(digits) : Number.NaN;
  const latest = new Date(seenAt).getUTCFullYear() + 49;
  return latest - ((latest - Number(digits)) % 100);
}

/** No CRM is older than the epoch; years of other calendars (2569, 1404) lie outside as well. */
const firstYear = 1970;
const lastYear = 2099;

/** Days since 1970-01-01, if there is such a date. */
export function epochDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && year >= firstYear && year <= lastYear;
  return isReal ? date.getTime() / dayMs : undefined;
}

/** `Jan 19, 2026`, `19 de enero de 2026`, `19. Jan.`: one day, at most one year of four digits, one month's name. */
function withName(text: string, { locale }: DayContext): readonly ShownDay[] {
  const words = wordsOf(text) ?? [];
  const numbers = words.filter((word) => /^\d/u.test(word));
  const [day, ...moreDays] = numbers.filter(({ length }) => length <= 2);
  const [year, ...moreYears] = numbers.filter(({ length }) => length > 2);
  if (day === undefined || moreDays.length + moreYears.length > 0 || (year?.length ?? 4) !== 4) return [];
  const names = words.filter((word) => !/^\d/u.test(word));
  // In "mar, 3 mar 2026" the same letters are Tuesday and March, so each of them is tried.
  return names.flatMap((word, place) => {
    const month = named('month', word, locale);
    if (month === undefined) return [];
    // "mar. 3, 16:18" is a Tuesday in French, and names no month.
    if (year === undefined && words.indexOf(word) < words.indexOf(day) && isOwnWeekday(word, locale)) return [];
    const beside = withoutWeekday(
      names.filter((_, index) => index !== place),
      locale,
    );
    if (beside.others.some((other) => named('month', other, locale) !== undefined)) return [];
    return [{ year: year === undefined ? undefined : Number(year), month, day: Number(day), ...beside }];
  });
}
