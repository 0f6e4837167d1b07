/** What other parts of the draft can be chosen from: calendars, aims, reasons, stages, clauses, promises. */
import { useMemo } from 'react';
import { fieldsOf, listOf, textOf } from '../../lib/agreement/editing';
import type { Path } from '../../lib/agreement/integrity';
import { t } from '../../lib/platform/i18n';
import { commitmentName, measureName, nameOf } from './draft-words';
import { usePart } from './editor-context';
import type { Option } from './fields/inputs';
import { draftWords } from './fields/words-field';

export const calendarsAt: Path = ['services', 'availability', 'calendars'];
export const commitmentsAt: Path = ['services', 'commitments'];
export const promisesAt: Path = ['management', 'promises'];
export const reasonsAt: Path = ['management', 'taxonomy', 'reasons'];

export function calendarName(id: string, spec: unknown): string {
  return textOf(fieldsOf(spec)['label']) || (id === 'office' ? t('agreement_calendar_office') : id);
}

export function useCalendars(): readonly Option[] {
  const calendars = usePart(calendarsAt);
  return useMemo(
    () => Object.entries(fieldsOf(calendars)).map(([id, spec]) => ({ id, label: calendarName(id, spec) })),
    [calendars],
  );
}

/** A measure has no title: it is called by what it measures. */
const formulaName = (item: unknown): string => {
  const formula = textOf(fieldsOf(item)['formula']);
  return formula === '' ? '' : measureName(formula);
};

/** Things with an id, as options. */
export function useOptions(path: Path): readonly Option[] {
  const list = usePart(path);
  return useMemo(
    () =>
      listOf(list).map((item) => ({
        id: textOf(fieldsOf(item)['id']),
        label: draftWords(fieldsOf(item)['text']) || nameOf(item, formulaName(item)),
      })),
    [list],
  );
}

/** Commitments and promises per period. */
export function usePromised(): readonly Option[] {
  const [commitments, promises] = [usePart(commitmentsAt), usePart(promisesAt)];
  return useMemo(
    () => [
      ...listOf(commitments).map((item) => {
        const id = textOf(fieldsOf(item)['id']);
        return { id, label: nameOf(item, commitmentName(id)) };
      }),
      ...listOf(promises).map((item) => ({ id: textOf(fieldsOf(item)['id']), label: nameOf(item) })),
    ],
    [commitments, promises],
  );
}
