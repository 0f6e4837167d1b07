/**
 * What a locale says of dates: names of months and weekdays, order of day and month, names of zones. Pure. All of it comes
 * from `Intl`; a locale that it does not know is never asked for, because `Intl` would answer with the browser's own.
 */
import { tidyDate, wordsOf } from './shown-date-text';
import { dayMs } from './shown-date-zone';

/** Order of the numbers of a date: d day, m month, y year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** The locale without its extensions, if `Intl` knows it; `es_MX` and `pt_BR.UTF-8` are read as `es-MX` and `pt-BR`. */
export function knownLocale(locale: string | undefined): string | undefined {
  try {
    const { baseName } = new Intl.Locale((locale ?? '').replace(/[.@].*$/u, '').replaceAll('_', '-'));
    return Intl.DateTimeFormat.supportedLocalesOf(baseName)[0];
  } catch {
    return undefined;
  }
}

/** A page decides which locales are asked for, so it must not decide how many are kept. */
const maxKept = 16;

function kept<Value>(make: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const found = values.get(key);
    if (found !== undefined) return found;
    if (values.size >= maxKept) values.clear();
    const value = make(key);
    values.set(key, value);
    return value;
  };
}

function partsOf(locale: string, options: Intl.DateTimeFormatOptions, instant: number): Intl.DateTimeFormatPart[] {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    ...options,
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).formatToParts(instant);
}

/** Whether a locale is one of a language that this reader does not speak: there it trusts names and numbers only. */
export function isForeign(locale: string | undefined): boolean {
  return locale !== undefined && !/^(?:en|es|de|fr|pt|ja)\b/u.test(locale);
}

/** How a locale writes a date in numbers; `null` where it does not tell, as English without a region. */
export const numericForm = kept((locale): { readonly order: string; readonly separator: string } | null => {
  const options = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  // A region that `Intl` has no data for falls back to the language, and that is the United States for English.
  const resolved = new Intl.Locale(new Intl.DateTimeFormat(locale, options).resolvedOptions().locale);
  if (resolved.language === 'en' && resolved.region === undefined) return null;
  const parts = partsOf(locale, options, 0);
  const orderOf = (of: readonly Intl.DateTimeFormatPart[]): string =>
    of.flatMap(({ type }) => /^[dmy]/u.exec(type) ?? []).join('');
  // Puerto Rico puts the month first with a year, and the day first in one form without it: that settles nothing.
  const order = orderOf(parts);
  if (orderOf(partsOf(locale, { month: '2-digit', day: 'numeric' }, 0)) !== order.replace('y', '')) return null;
  return { order, separator: tidyDate(parts.find(({ type }) => type === 'literal')?.value ?? '') };
});

/** Months 1 to 12 and weekdays 0 (Sunday) to 6 by their tidy names; `null` where two languages disagree. */
interface Names {
  readonly month: ReadonlyMap<string, number | null>;
  readonly weekday: ReadonlyMap<string, number | null>;
}

function namesIn(locales: readonly string[]): Names {
  const names = { month: new Map<string, number | null>(), weekday: new Map<string, number | null>() };
  const add = (
    kind: keyof Names,
    value: number,
    options: Intl.DateTimeFormatOptions,
    locale: string,
    at: number,
  ): void => {
    const shown = partsOf(locale, options, at).find(({ type }) => type === kind)?.value ?? '';
    const name = tidyDate(shown).replace(/\.$/u, '');
    if (!/^\p{L}/u.test(name)) return;
    const known = names[kind].get(name);
    names[kind].set(name, known === undefined || known === value ? value : null);
  };
  for (const locale of locales)
    for (const style of ['long', 'short'] as const) {
      for (let month = 0; month < 12; month++)
        // Beside a day many languages use another form of the name.
        for (const beside of [{}, { day: 'numeric' }] as const)
          add('month', month + 1, { month: style, ...beside }, locale, Date.UTC(2026, month, 15));
      // The first day of 1970 was a Thursday.
      for (let day = 3; day < 10; day++) add('weekday', (day + 4) % 7, { weekday: style }, locale, day * dayMs);
    }
  return names;
}

/** Locales whose names are read on every page: an English page may show Spanish dates, and names leave no doubt. */
const everywhere = ['en', 'en-GB', 'es', 'es-MX', 'de', 'fr', 'pt', 'ja'];

const namesOf = kept((locale) => namesIn(locale === '' ? everywhere : [locale]));

/**
 * The month (1 to 12) or weekday (0 to 6) that a tidy word names, first in the page's locale, then in any that we read.
 * A weekday of two letters is read in its own language only: `SA` is before noon in Vietnamese.
 */
export function named(kind: keyof Names, word: string, locale: string | undefined): number | undefined {
  const own = locale === undefined ? undefined : namesOf(locale)[kind].get(word);
  const isOwnOnly = isForeign(locale) || /^[a-z]{2}$/u.test(word);
  return own ?? (isOwnOnly ? undefined : namesOf('')[kind].get(word)) ?? undefined;
}

/** Whether a word names a weekday where the page is written, or anywhere if that is not known. */
export function isOwnWeekday(word: string, locale: string | undefined): boolean {
  return namesOf(locale ?? '').weekday.has(word);
}

/** Whether these words are what the zone is called at that instant, in the page's language or in English. */
export function isZoneName(
  words: readonly string[],
  zone: string,
  instant: number,
  locale: string | undefined,
): boolean {
  return [locale ?? 'en', 'en'].some((language) =>
    (['long', 'short', 'longGeneric', 'shortGeneric'] as const).some((timeZoneName) => {
      const parts = partsOf(language, { timeZone: zone, timeZoneName }, instant);
      const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
      return wordsOf(tidyDate(name))?.join(' ') === words.join(' ');
    }),
  );
}
