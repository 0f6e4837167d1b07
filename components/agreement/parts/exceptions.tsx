/** Dates with hours of their own: they replace the week and win over a holiday. */
import { useState } from 'react';
import { fieldsOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { useEditor, useIssues, usePart } from '../editor-context';
import { Frame, Problem } from '../fields/frame';
import { issueWords } from '../issue-words';
import { dateName } from './day-names';
import { HoursField } from './hours';
import styles from './parts.module.css';
import { Section } from './section';
import grid from './week-grid.module.css';

/** Dates that are drawn at once; more are for the JSON view. */
const shownAtOnce = 60;

export function Exceptions({ path }: { readonly path: Path }) {
  const { store } = useEditor();
  const at = [...path, 'exceptions'];
  const exceptions = fieldsOf(usePart(at));
  const own = useIssues(at);
  const [date, setDate] = useState('');
  const dates = Object.keys(exceptions).toSorted();
  const put = (of: string, openings: readonly unknown[] | undefined): void => {
    const { [of]: _old, ...others } = exceptions;
    const next = openings === undefined ? others : { ...exceptions, [of]: openings };
    store.edit(at, Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <Section title={t('agreement_exceptions')} about={t('agreement_exceptions_about')}>
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      <div className={grid['hours']}>
        {dates.slice(0, shownAtOnce).map((of) => (
          <div key={of}>
            <HoursField label={dateName(of)} path={[...at, of]} onWrite={(openings) => put(of, openings)} />
            <Action kind="plain" onAction={() => put(of, undefined)}>
              {t('agreement_remove', dateName(of))}
            </Action>
          </div>
        ))}
      </div>
      {dates.length > shownAtOnce && (
        <p className={styles['soft']}>{t('agreement_exceptions_more', String(dates.length - shownAtOnce))}</p>
      )}
      <div className={styles['adder']}>
        <Frame label={t('agreement_date')}>
          {(control) => (
            <input {...control} type="date" value={date} onChange={({ target }) => setDate(target.value)} />
          )}
        </Frame>
        <Action
          kind="quiet"
          busy={date === '' || Object.hasOwn(exceptions, date)}
          onAction={() => {
            put(date, []);
            setDate('');
          }}
        >
          {t('agreement_exception_add')}
        </Action>
      </div>
    </Section>
  );
}
