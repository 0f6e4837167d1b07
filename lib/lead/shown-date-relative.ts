/**
 * Relative forms of visible dates: "2 hours ago", "hace 2 horas", "2 時間前", and the words for the days around today. Pure.
 * The words are a table, because libraries print more than `Intl.RelativeTimeFormat` does; a test holds the two together.
 */
import type { ReadInstant } from './lead';
import { without } from './shown-date-text';
import { dayMs, firstFrom, hourMs, localAt, minuteMs } from './shown-date-zone';

interface RelativeContext {
  readonly locale: string | undefined;
  readonly zone: string | undefined;
  readonly seenAt: number;
  readonly rounding: 'down' | 'nearest';
}

/** A unit of elapsed time in ms, or one of the calendar in months. */
type Unit = { readonly ms: number } | { readonly months: number };

/** Units by their tidy words (see `tidyDate`); not `m`, which is a minute to some and a month to others. */
const units: readonly (readonly [words: RegExp, unit: Unit])[] = [
  [/^(?:s|secs?|seconde?s?|seg|segundos?|sek|sekunden?|秒)$/u, { ms: 1000 }],
  [/^(?:mins?|minut[eo][ns]?|分間?)$/u, { ms: minuteMs }],
  [/^(?:h|hrs?|hours?|horas?|heures?|std|stunden?|時間)$/u, { ms: hourMs }],
  [/^(?:d|days?|dias?|tage?n?|j|jours?|日間?)$/u, { ms: dayMs }],
  [/^(?:wk?s?|weeks?|sem|semanas?|semaines?|wo|wochen?|週間?)$/u, { ms: 7 * dayMs }],
  [/^(?:mos?|months?|mes|meses|mois|monate?n?|[かカヶヵケ]月)$/u, { months: 1 }],
  [/^(?:y|yrs?|years?|anos?|ans?|annees?|a|jahre?n?|年)$/u, { months: 12 }],
];

/** Said of the last minute: by `Intl`, and by the libraries that start with "a few seconds". */
const justNow =
  /^(?:(?:just |right )?now|a few seconds ago|(?:ahora|agora)(?: mi?e?smo)?|hace unos segundos|ha (?:alguns|poucos) segundos|jetzt|gerade eben|vor (?:ein paar|wenigen) sekunden|maintenant|a l'instant|il y a quelques secondes|今|たった今|数秒前)$/u;

const amount = new RegExp(
  [
    // When, less than, about, how many, of what, when.
    String.raw`^(?:(hace|vor|il y a|ha|in|en|dentro de|dans|em) |([+-]))?`,
    String.raw`(less than |menos de |weniger als |moins d')?`,
    String.raw`(about |around |approximately |etwa |ungefahr |ca\.? |alrededor de |aproximadamente |cerca de |un[oa]s |environ |約 ?|~ ?)?`,
    String.raw`(?:(\d{1,4}) ?|(?:an?|one|una?|eine[rmn]|une|uma?) )`,
    String.raw`(\p{L}+?)\.?(?: (ago|atras)|([前後]))?$`,
  ].join(''),
  'u',
);

const past: ReadonlySet<string> = new Set(['hace', 'vor', 'il y a', 'ha', '-', 'ago', 'atras', '前']);

/** Where `m` is a minute: these words are English or German, and both write a month otherwise. */
const minuteWords: ReadonlySet<string> = new Set(['ago', 'vor', 'in']);

/** Reads an amount of time before or after `seenAt`; `undefined` for any other text. */
export function readRelative(shown: string, context: RelativeContext): ReadInstant | undefined {
  if (justNow.test(shown)) return { at: context.seenAt - minuteMs + 1, precision: minuteMs };
  const match = amount.exec(shown);
  if (!match) return undefined;
  const [, prefix, sign, less, about, digits, word = '', suffix, ending] = match;
  const directions = [prefix, sign, suffix, ending].filter((each) => each !== undefined);
  const senses = new Set(directions.map((each) => past.has(each)));
  // "2h" alone is an age where people read it so: elsewhere it is also two o'clock.
  const bare = senses.size === 0 && /^\d+[a-z]{1,3}$/u.test(shown) && /^en\b/u.test(context.locale ?? '');
  if (senses.size !== 1 && !bare) return undefined;
  const isMinute = word === 'm' && directions.some((each) => minuteWords.has(each));
  const unit = units.find(([words]) => words.test(isMinute ? 'min' : word))?.[1];
  if (!unit) return undefined;
  const count = Number(digits ?? 1);
  // `Intl` always prints digits; "an hour" comes from libraries, and these round.
  const isRounded = context.rounding === 'nearest' || about !== undefined || digits === undefined;
  const steps = less ? [0, count] : isRounded ? roundedSteps(count, unit) : [count, count + 1];
  const [near = 0, far = 0] = steps.map((step) => awayBy(step * (bare || senses.has(true) ? -1 : 1), unit, context));
  const [slack, edge] = [slackOf(unit, isRounded, context), isRounded ? 1 : 0];
  // A floored amount excludes its far end. In whole milliseconds what follows an excluded instant begins one later.
  const [from, to] =
    near > far ? [far + 1 - edge - slack.far, near + 1 + slack.near] : [near - slack.near, far + edge + slack.far];
  return from >= 0 && to > from ? { at: from, precision: to - from } : undefined;
}

/** Between how many units lies what is rounded to `count`: half a unit to either side, with what date-fns does otherwise. */
function roundedSteps(count: number, unit: Unit): readonly number[] {
  if ('months' in unit) return [Math.max(count - 1, 0), count + 1];
  // Its Japanese calls less than half a minute "about 1 minute"; everything from 24 to 42 h is one day.
  if (count === 1 && unit.ms === minuteMs) return [0, 1.5];
  return [Math.max(count - 0.5, 0), count + (count === 1 && unit.ms === dayMs ? 0.75 : 0.5)];
}

function awayBy(steps: number, unit: Unit, context: RelativeContext): number {
  return 'months' in unit ? monthsAway(steps * unit.months, context) : context.seenAt + steps * unit.ms;
}

/** How far (ms) an amount may be off at its ends. */
function slackOf(
  unit: Unit,
  isRounded: boolean,
  { zone }: RelativeContext,
): { readonly near: number; readonly far: number } {
  if ('months' in unit) {
    // In another zone it may be another month already, and months end up to three days apart.
    const days = zone === undefined ? 3 * dayMs : 0;
    return { near: days, far: days };
  }
  // date-fns rounds to minutes before it rounds to hours or days.
  return { near: isRounded && unit.ms >= hourMs ? minuteMs / 2 : 0, far: 0 };
}

/** The same day of the month and local time so many months away, or the month's last day. */
function monthsAway(months: number, { seenAt, zone }: RelativeContext): number {
  const place = zone ?? 0;
  const local = new Date(localAt(place, seenAt));
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth() + months];
  const day = Math.min(local.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate());
  return firstFrom(place, Date.UTC(year, month, day) + (local.getTime() % dayMs));
}

/** Days from today by their tidy names. Japanese writes no spaces; the other words are ASCII by now, so that `\b` holds. */
const dayWords: readonly (readonly [word: RegExp, days: number])[] = [
  [/\b(?:anteayer|antier|vorgestern|avant-hier|anteontem)\b|一昨日/u, -2],
  [/\b(?:pasado manana|ubermorgen|apres-demain|depois de amanha)\b|明後日/u, 2],
  [/\b(?:yesterday|ayer|gestern|hier|ontem)\b|昨日/u, -1],
  [/\b(?:today|hoy|heute|aujourd'hui|hoje)\b|[今本]日/u, 0],
  [/\b(?:tomorrow|manana|morgen|demain|amanha)\b|明日/u, 1],
];

/** Takes a word for a day near today out of a text; longer words go first, for they hold shorter ones. */
export function takeDayWord(text: string): { readonly days: number; readonly rest: string } | undefined {
  for (const [word, days] of dayWords) {
    const match = word.exec(text);
    if (match) return { days, rest: without(text, match) };
  }
  return undefined;
}
