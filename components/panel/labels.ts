/** What the agreement calls its sides, reasons and details, in the reader's language. Unknown ids stand for themselves. */
import type { Agreement } from '../../lib/agreement/schema';
import { wordsIn, type Words } from '../../lib/agreement/words';
import type { Party } from '../../lib/lead/facts';
import { language, t } from '../../lib/platform/i18n';
import { partyWords, wordsOr } from '../words';

export type Reason = Agreement['taxonomy']['reasons'][number];
export type Sides = Agreement['parties'];

export const agreedWords = (words: Words): string => wordsIn(words, language() === 'es' ? 'es' : 'en');

export function sideLabel(side: Party, sides: Sides): string {
  const { label } = sides[side];
  return label === undefined ? partyWords(side) : agreedWords(label);
}

/** A reason that left the taxonomy while facts name it shows by its id. */
export function reasonLabel(id: string, reasons: readonly Reason[]): string {
  const label = reasons.find((reason) => reason.id === id)?.label;
  return label === undefined ? wordsOr('act_reason', id, id) : agreedWords(label);
}

export const fieldLabel = (field: string): string => wordsOr('popup_field', field, field);

/** Which fit, or which field. */
export const detailLabel = (detail: string): string => wordsOr('act_which', detail, fieldLabel(detail));

/** "Missing or wrong data (phone)". */
export function reasonWithDetail(id: string, detail: string | undefined, reasons: readonly Reason[]): string {
  const label = reasonLabel(id, reasons);
  return detail === undefined ? label : t('fact_with_detail', label, detailLabel(detail));
}

/** What a status means, or the agreement's own name of the stage. */
export const stageWords = (stage: string): string => wordsOr('panel_stage', stage, stage);
