/** Short words for what a draft says, for closed cards. A draft may be unfinished: what is missing is left out. */
import { fieldsOf, listOf, textOf } from '../../lib/agreement/editing';
import { measureIds, measures, type MeasureId } from '../../lib/agreement/measures';
import { formatDuration } from '../../lib/clock';
import { language, plural, t } from '../../lib/platform/i18n';
import { wordsOr } from '../words';
import { conditionWords } from './fields/conditions';
import { draftWords } from './fields/words-field';

export const commitmentName = (id: string): string => wordsOr('commitment', id, id);
export const measureName = (id: string): string => wordsOr('agreement_measure', id, id);

export const isMeasure = (id: string): id is MeasureId => (measureIds as readonly string[]).includes(id);

/** "1 h working time (Office)". */
export function targetWords(value: unknown, calendarName: (id: string) => string): string {
  const target = fieldsOf(value);
  const [working, elapsed] = [target['workingMinutes'], target['elapsedMinutes']];
  if (typeof working === 'number')
    return t(
      'agreement_target_in_working',
      formatDuration(working * 60_000, language()),
      calendarName(textOf(target['calendar'])),
    );
  return typeof elapsed === 'number'
    ? t('agreement_target_in_elapsed', formatDuration(elapsed * 60_000, language()))
    : '';
}

/** "Source contains demo, Region is north"; words for every lead where there is no condition. */
export function whenWords(value: unknown): string {
  const conditions = listOf(value);
  return conditions.length === 0 ? t('agreement_every_lead') : conditions.map(conditionWords).join(', ');
}

/** "Source contains demo; or Tier is A". */
export function groupsWords(value: unknown): string {
  return listOf(value)
    .map((group) => listOf(group).map(conditionWords).join(', '))
    .join(` ${t('agreement_group_or')} `);
}

/** "At least 80 %, each month". */
export function promisedWords(value: unknown): string {
  const promise = fieldsOf(value);
  const [measure, number, per] = [textOf(promise['measure']), promise['value'], textOf(promise['per'])];
  const known = isMeasure(measure) ? measures[measure] : null;
  if (!known) return '';
  const amount =
    typeof number === 'number'
      ? t(
          known.promised === 'at-least' ? 'agreement_at_least' : 'agreement_at_most',
          new Intl.NumberFormat(language()).format(number),
          t(`agreement_unit_${known.unit}`),
        )
      : '';
  return [amount, per === '' ? '' : t(`agreement_per_${per}`)].filter((part) => part !== '').join(', ');
}

/** The name of a thing with an id: its title or label, or the id. */
export function nameOf(value: unknown, fallback = ''): string {
  const { title, label, id } = fieldsOf(value);
  return draftWords(title) || draftWords(label) || fallback || textOf(id);
}

export const rulesWords = (count: number): string => plural('agreement_rules', count);
