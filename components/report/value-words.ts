/** What a value of the leads is called: people and teams by their names, hours and weekdays as people say them. */
import type { Agreement } from '../../lib/agreement/schema';
import { t } from '../../lib/platform/i18n';
import type { Columns } from '../../lib/report';
import type { Dimension } from '../../lib/report/split';
import { agreedWords } from '../panel/labels';
import { hourWords, textWords, weekdayWords } from './report-words';

/** Who knows the names. */
export interface Named {
  readonly columns: Pick<Columns, 'texts' | 'repNames'>;
  readonly teams: Agreement['teams'];
}

export function valueWords({ columns, teams }: Named, dimension: Dimension, value: string | number | null): string {
  if (typeof value === 'number') return dimension === 'weekday' ? weekdayWords(value, 'long') : hourWords(value);
  if (dimension === 'team') {
    if (value === null) return t('report_no_team');
    const team = teams.find(({ id }) => id === value);
    return team ? agreedWords(team.label) : value;
  }
  if (dimension !== 'rep') return textWords(value);
  return value === null ? t('report_nobody') : (columns.repNames[columns.texts.rep.values.indexOf(value)] ?? value);
}

/** Dimensions that tell who somebody is: with names hidden, nobody can be picked out by them. */
export const personal: readonly string[] = ['rep', 'team'];
