/** What a badge shows of a lead beside its clock: what people and rules said of it, and whether it is selected. Pure. */
import type { LeadMarks } from '../messages/observing';
import type { Words } from './types';

/** The badge has room for one; all of them are in its name and on the card. */
export type Sign = 'selected' | 'outdated' | 'flag' | 'rejected' | 'recycled' | 'auto' | 'accepted';

/** What a sign is chosen from. */
export interface Signed {
  readonly marks: LeadMarks;
  /** For an act on several leads. */
  readonly selected: boolean;
  /** The CRM changed its page, and what the badge says may be false. */
  readonly outdated: boolean;
}

/** What asks most of a person goes first: an accepted lead needs nobody. */
export function signOf({ marks: { flag, verdict, auto }, selected, outdated }: Signed): Sign | null {
  if (selected) return 'selected';
  if (outdated) return 'outdated';
  if (flag !== undefined) return 'flag';
  if (auto && (!verdict || verdict === 'accepted')) return 'auto';
  return verdict ?? null;
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
