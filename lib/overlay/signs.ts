/** What a badge shows of a lead beside its clock: what people and rules said of it, and whether it is selected. Pure. */
import type { LeadMarks } from '../messages/observing';
import type { Words } from './types';

/** The badge has room for two; all of them are in its name and on the card. */
export type Sign = 'outdated' | 'flag' | 'rejected' | 'recycled' | 'auto' | 'accepted';

/** What signs are chosen from. */
export interface Signed {
  readonly marks: LeadMarks;
  /** The CRM changed its page, and what the badge says may be false. */
  readonly outdated: boolean;
}

/** What may be false, what was said of its quality, by a person rather than by a rule, and what sales said. */
export function signsOf({ marks: { flag, verdict, auto }, outdated }: Signed): Sign[] {
  const signs: Sign[] = verdict ? [verdict] : [];
  if (flag !== undefined) signs.unshift('flag');
  else if (auto) signs.unshift('auto');
  if (outdated) signs.unshift('outdated');
  return signs.slice(0, 2);
}

/** Lines of the card. */
export function signLines(
  { flag, verdict, auto }: LeadMarks,
  words: Words,
): (readonly [term: string, value: string])[] {
  const lines: (readonly [string, string])[] = [];
  if (flag !== undefined) lines.push([words.t('badge_card_flag'), flag]);
  if (verdict) lines.push([words.t('badge_card_verdict'), words.t(`badge_${verdict}`)]);
  if (auto) lines.push([words.t('badge_card_auto'), `${auto}`]);
  return lines;
}

/** The same for the badge's name. */
export function signWords(marks: LeadMarks, selected: boolean, words: Words): string {
  const said = signLines(marks, words).map((line) => line.join(': '));
  if (selected) said.push(words.t('badge_selected'));
  return said.map((one) => `. ${one}`).join('');
}
