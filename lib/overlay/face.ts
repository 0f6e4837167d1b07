/** What a badge says of its clock: the short text, the words for assistive technology, the lines of the card. Pure. */
import { formatDuration, formatFullInstant, formatInstant, formatLeft } from '../clock/format';
import type { Tick } from '../clock/tick';
import type { Clock, ClockState } from '../clock/types';
import type { CardContent } from './card';
import { stateIcons } from './icons';
import type { Words } from './types';

/** The part of a catalogue key that stands for a state or a commitment. */
const keyPart = (id: string): string => id.replaceAll('-', '_');

const stateWord = (state: ClockState, words: Words): string => words.t(`state_${keyPart(state)}`);

/** States that say a word where the others say a time. */
const wordStates: ReadonlySet<ClockState> = new Set(['met', 'missed', 'ended']);

/** Builds the formatters. The first use of `Intl` in a fresh tab takes some 20 ms, which no frame should have to wait for. */
export function warmUp(locale: string): void {
  formatLeft(1, locale);
  formatDuration(90 * 60_000, locale);
  formatFullInstant(0, locale);
}

/** Time left, or the state's word where there is no time to tell. At most a dozen characters. */
export function textOf(at: Tick, words: Words): string {
  if (at.leftMs === null || wordStates.has(at.state)) return stateWord(at.state, words);
  return formatLeft(at.leftMs, words.locale);
}

/** Due instant beside the time left, for a record; empty when there is none to tell. */
export function dueTextOf(clock: Clock, at: Tick, now: number, words: Words): string {
  if (clock.dueAt === null || wordStates.has(at.state)) return '';
  return formatInstant(clock.dueAt, now, words.locale);
}

/** "First touch, clause 3.2". */
function promiseOf(clock: Clock, words: Words): string {
  const name = words.t(`commitment_${keyPart(clock.commitment)}`);
  const promise = clock.subject === 'owner' ? words.t('badge_promise_owner', name) : name;
  return clock.clause === null ? promise : words.t('badge_promise_clause', promise, clock.clause);
}

function unknownInWords(clock: Clock, at: Tick, now: number, words: Words): string | null {
  if (at.state !== 'unknown') return null;
  // A page's own tick turns a clock unknown when its due instant passes: nobody has looked since.
  const why = clock.unknown ?? 'stale';
  if (why !== 'stale') return words.t(`badge_unknown_${keyPart(why)}`);
  return words.t(
    'badge_unknown_stale',
    formatInstant(clock.unknownSince ?? clock.dueAt ?? clock.asOf, now, words.locale),
  );
}

/** The time left as the badge shows it: who speaks to the browser must find what is seen in what is said (WCAG 2.5.3). */
function leftAsShown(at: Tick, words: Words): string | null {
  if (at.leftMs === null || wordStates.has(at.state)) return null;
  const shown = formatLeft(at.leftMs, words.locale);
  return at.leftMs < 0 ? shown : words.t('badge_left', shown);
}

/**
 * State, time left, due instant and promise, in words.
 * @param outdated the CRM changed its page, and part of this may be what it showed before
 */
export function labelOf(clock: Clock, at: Tick, now: number, words: Words, outdated = false): string {
  const parts = [
    stateWord(at.state, words),
    unknownInWords(clock, at, now, words),
    leftAsShown(at, words),
    clock.dueAt === null ? null : words.t('badge_due', formatFullInstant(clock.dueAt, words.locale)),
    promiseOf(clock, words),
    outdated ? words.t('badge_page_changed') : null,
  ];
  return parts.filter((part) => part !== null).join('. ');
}

export function cardOf(
  clock: Clock,
  at: Tick,
  owner: string | undefined,
  now: number,
  words: Words,
  outdated = false,
): CardContent {
  const lines: (readonly [string, string])[] = [];
  const unknown = unknownInWords(clock, at, now, words);
  if (at.leftMs !== null && !wordStates.has(at.state)) {
    const term = at.leftMs < 0 ? 'over' : 'left';
    const kind = clock.calendar === null ? 'elapsed' : 'working';
    lines.push([words.t(`badge_card_${kind}_${term}`), formatDuration(at.leftMs, words.locale)]);
  }
  if (clock.dueAt !== null) lines.push([words.t('badge_card_due'), formatInstant(clock.dueAt, now, words.locale)]);
  if (clock.doneAt !== null) lines.push([words.t('badge_card_done'), formatInstant(clock.doneAt, now, words.locale)]);
  lines.push([words.t('badge_card_promise'), promiseOf(clock, words)]);
  if (owner) lines.push([words.t('badge_card_owner'), owner]);
  if (outdated) lines.push([words.t('badge_card_page'), words.t('badge_page_changed')]);
  return { icon: stateIcons[at.state], title: unknown ?? stateWord(at.state, words), lines };
}
