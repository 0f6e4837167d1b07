/**
 * Times and lengths as people read them, through `Intl`. Pure: no catalogue words, so that the content script, the popup
 * and the pages say the same. Never a bare "day" as a length (rule 3): far lengths are in hours.
 */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** U+2212, as wide as a digit; the hyphen is not. */
const minus = '\u2212';

const formatters = new Map<string, unknown>();

/** Building an `Intl` formatter costs a thousand times its use. */
function cached<Formatter>(key: string, build: () => Formatter): Formatter {
  const known = formatters.get(key);
  if (known !== undefined) return known as Formatter;
  const built = build();
  formatters.set(key, built);
  return built;
}

const digits = (value: number, locale: string): string =>
  cached(
    `number|${locale}`,
    () => new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 0 }),
  ).format(value);

/** From here on minutes say nothing any more, and the badge has no room for them. */
const hoursAlone = 100 * hour;

/**
 * Text of a badge: `45 s`, `42 min`, `3 h`, `3 h 10`, `120 h`, and `−2 h 5` once the due instant has passed.
 * Whole units, rounded towards zero; below a second it says `1 s`, so that it never says 0 while time is left and never −0.
 * @param leftMs ms, negative after the due instant.
 */
export function formatLeft(leftMs: number, locale: string): string {
  const length = Math.abs(leftMs);
  const sign = leftMs < 0 ? minus : '';
  if (length < minute) return `${sign}${digits(length === 0 ? 0 : Math.max(1, Math.floor(length / second)), locale)} s`;
  if (length < hour) return `${sign}${digits(Math.floor(length / minute), locale)} min`;
  const hours = digits(Math.floor(length / hour), locale);
  const minutes = Math.floor((length % hour) / minute);
  if (minutes === 0 || length >= hoursAlone) return `${sign}${hours} h`;
  return `${sign}${hours} h ${digits(minutes, locale)}`;
}

type LengthUnit = 'hour' | 'minute' | 'second';

const inWords = (value: number, unit: LengthUnit, locale: string): string =>
  cached(`${unit}|${locale}`, () => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })).format(
    value,
  );

/**
 * A length in words, without a sign: `3 hours, 10 minutes`, `3 horas y 10 minutos`. Precise when close (seconds below a
 * minute), coarse when far (whole hours from 24 on).
 * @param ms length in ms; the sign is ignored.
 */
export function formatDuration(ms: number, locale: string): string {
  const length = Math.abs(ms);
  if (length < minute) return inWords(length === 0 ? 0 : Math.max(1, Math.floor(length / second)), 'second', locale);
  const hours = Math.floor(length / hour);
  const minutes = Math.floor((length % hour) / minute);
  if (hours === 0) return inWords(minutes, 'minute', locale);
  if (minutes === 0 || length >= day) return inWords(hours, 'hour', locale);
  const list = cached(`list|${locale}`, () => new Intl.ListFormat(locale, { style: 'long', type: 'unit' }));
  return list.format([inWords(hours, 'hour', locale), inWords(minutes, 'minute', locale)]);
}

function dateFormat(
  name: string,
  locale: string,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return cached(
    `${name}|${locale}|${timeZone ?? ''}`,
    () => new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) }),
  );
}

interface LocalDate {
  readonly year: number;
  /** Days since 1970-01-01 of the local calendar date. */
  readonly dayNumber: number;
}

function localDate(at: number, timeZone: string | undefined): LocalDate {
  const format = dateFormat('date', 'en-u-ca-iso8601-nu-latn', timeZone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  let [year, month, date] = [0, 0, 0];
  for (const part of format.formatToParts(at)) {
    if (part.type === 'year') year = Number(part.value);
    else if (part.type === 'month') month = Number(part.value);
    else if (part.type === 'day') date = Number(part.value);
  }
  return { year, dayNumber: Date.UTC(year, month - 1, date) / day };
}

/** From a week away, "Mon" no longer says which Monday. */
const weekdayReach = 6;

/**
 * An instant as people say it: `today 17:05`, `tomorrow 10:00`, `Mon 09:30` up to six days away, then `12 Mar`, and the year
 * where it differs. 24-hour time in every language, as the agreement writes its hours.
 * @param timeZone IANA zone of the reader; absent, that of the process.
 */
export function formatInstant(at: number, now: number, locale: string, timeZone?: string): string {
  const [then, today] = [localDate(at, timeZone), localDate(now, timeZone)];
  const days = then.dayNumber - today.dayNumber;
  if (Math.abs(days) > weekdayReach) {
    const sameYear = then.year === today.year;
    return dateFormat(sameYear ? 'month' : 'year', locale, timeZone, {
      day: 'numeric',
      month: 'short',
      ...(sameYear ? {} : { year: 'numeric' }),
    }).format(at);
  }
  const time = dateFormat('time', locale, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
  const word =
    Math.abs(days) <= 1
      ? cached(`relative|${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(days, 'day')
      : dateFormat('weekday', locale, timeZone, { weekday: 'short' }).format(at);
  return `${word} ${time}`;
}

/** The whole instant with its zone, for the hover text: `Monday, 12 March 2026 at 09:30 Central European Standard Time`. */
export function formatFullInstant(at: number, locale: string, timeZone?: string): string {
  return dateFormat('full', locale, timeZone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'long',
  }).format(at);
}
