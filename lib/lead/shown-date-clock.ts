/**
 * Takes the UTC offset and the time of day out of a tidy text. Pure. `undefined` means that the text is to be refused: it has
 * an offset or a time that nobody can mean.
 */
import { without } from './shown-date-text';
import { hourMs, minuteMs } from './shown-date-zone';

/** A time of day and the unit that it is shown to, both ms. */
export interface Clock {
  readonly ms: number;
  readonly unit: number;
}

/** `GMT`, `UTC`, `GMT+1`, `UTC-5:45`, `GMT+0100`; not the beginning of something longer. */
const namedOffset = /\b(?:gmt|utc)(?: ?([+-])(\d{1,2})(?::?(\d\d))?(?![\d:])|(?! ?[+-] ?\d))/u;

/** `Z`, `+01:00`, `-0500` at the end, after a time. */
const bareOffset = /(?<=:\d\d(?:[.,]\d{1,9})?) ?(?:z|([+-])(\d\d)(:?)(\d\d)?)$/u;

const furthestOffsetMs = 14 * hourMs;

export function takeOffset(text: string): { readonly offset?: number; readonly rest: string } | undefined {
  const match = namedOffset.exec(text);
  if (match) return offsetOf(text, match, match[1], match[2], match[3]);
  if (/\b(?:gmt|utc)\b/u.test(text)) return undefined;
  const bare = bareOffset.exec(text);
  if (!bare) return { rest: text };
  // 09:00-10:00 is a range, unless the form is one that only machines write.
  const mayBeRange = bare[1] === '-' && (bare[3] === ':' || bare[4] === undefined);
  if (mayBeRange && !/\dt\d|:\d\d:\d\d/u.test(text)) return undefined;
  return offsetOf(text, bare, bare[1], bare[2], bare[4]);
}

function offsetOf(text: string, match: RegExpExecArray, sign = '+', hours = '0', minutes = '0') {
  const size = Number(hours) * hourMs + Number(minutes) * minuteMs;
  if (size > furthestOffsetMs || Number(minutes) > 59) return undefined;
  return { offset: sign === '-' ? -size : size, rest: without(text, match) };
}

/** An hour without minutes needs a word that makes it one. */
const timeOfDay =
  /(午前|午後)? ?(?<![\d:.])(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?([ap]m)?(?: ?(?:uhr|h)\b)?(?![\d:])|([ap]m)| ?(?:uhr|h)\b)/u;

/** Other ways of writing a time, brought to `16:18` and `4:18pm`. */
function unified(text: string): string {
  return text
    .replace(/ ?時 ?(\d{1,2}) ?分(?: ?(\d{1,2}) ?秒)?/u, (_, ...parts: (string | undefined)[]) =>
      parts
        .slice(0, 2)
        .map((part) => (part === undefined ? '' : `:${part.padStart(2, '0')}`))
        .join(''),
    )
    .replace(/(\d) ?時/u, '$1h ')
    .replace(/(\d)t(?=\d)/u, '$1 ')
    .replace(/(\d) ?([ap])\.? ?m\b\.?/u, '$1$2m')
    .replace(/(\d) ?h ?(?=\d\d\b)/u, '$1:');
}

/** The time of day, if the text has one, and the text without it. */
export function takeClock(text: string): { readonly clock?: Clock; readonly rest: string } | undefined {
  const plain = unified(text);
  const match = timeOfDay.exec(plain);
  if (!match) return { rest: plain };
  const [, before, hour, minute, second, fraction] = match;
  const after = match[6] ?? match[7];
  const isHalved = before !== undefined || after !== undefined;
  const [hours, minutes, seconds] = [Number(hour), Number(minute ?? 0), Number(second ?? 0)];
  if (hours > (isHalved ? 12 : 23) || minutes > 59 || seconds > 59 || (before && after)) return undefined;
  // Noon is 12 PM, and 午後0時 in Japan.
  const ofDay = isHalved ? (hours % 12) + (before === '午後' || after === 'pm' ? 12 : 0) : hours;
  const ms = ofDay * hourMs + minutes * minuteMs + seconds * 1000 + Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  return { clock: { ms, unit: unitOf(minute, second, fraction) }, rest: without(plain, match) };
}

function unitOf(minute: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (fraction !== undefined) return Math.max(10 ** (3 - fraction.length), 1);
  if (second !== undefined) return 1000;
  return minute !== undefined ? minuteMs : hourMs;
}
