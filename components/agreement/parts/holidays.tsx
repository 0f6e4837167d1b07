/** Days that are closed: by hand, from an iCalendar file, or from a country's list. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { listOf } from '../../../lib/agreement/editing';
import type { Holiday } from '../../../lib/agreement/holiday-file';
import type { Path } from '../../../lib/agreement/integrity';
import { plural, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { Hidden } from '../../ui/hidden';
import { useEditor, useIssues, usePart } from '../editor-context';
import { Frame, Problem } from '../fields/frame';
import { issueWords } from '../issue-words';
import { CountryHolidays } from './country-holidays';
import { dateName } from './day-names';
import { HolidayFile } from './holiday-file';
import styles from './parts.module.css';
import { Section } from './section';

export interface HolidaysProps {
  readonly path: Path;
  /** IANA zone of the calendar. */
  readonly zone: string;
}

export function Holidays({ path, zone }: HolidaysProps) {
  const { store, services } = useEditor();
  const at = [...path, 'holidays'];
  const dates = listOf(usePart(at)).map(String);
  const own = useIssues(at);
  const [date, setDate] = useState('');
  const [said, setSaid] = useState('');
  const years = [...new Set(dates.map((one) => one.slice(0, 4)))].toSorted();
  const thisYear = new Date(services.now()).getFullYear();
  const put = (next: readonly string[]): void =>
    store.edit(at, next.length === 0 ? undefined : [...new Set(next)].toSorted());
  const take = (holidays: readonly Holiday[]): void => {
    const before = new Set(dates);
    const fresh = holidays.filter(({ date: one }) => !before.has(one));
    put([...dates, ...fresh.map(({ date: one }) => one)]);
    setSaid(plural('agreement_holidays_added', fresh.length));
  };
  return (
    <Section title={t('agreement_holidays')} about={t('agreement_holidays_about')}>
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      {dates.length === 0 && <p className={styles['soft']}>{t('agreement_holidays_none')}</p>}
      {years.map((year) => (
        <Year
          key={year}
          year={year}
          isOpen={Number(year) === thisYear}
          dates={dates.filter((one) => one.startsWith(year))}
          onRemove={(gone) => put(dates.filter((one) => !gone.includes(one)))}
        />
      ))}
      <div className={styles['adder']}>
        <Frame label={t('agreement_date')}>
          {(control) => (
            <input {...control} type="date" value={date} onChange={({ target }) => setDate(target.value)} />
          )}
        </Frame>
        <Action
          kind="quiet"
          busy={date === ''}
          onAction={() => {
            put([...dates, date]);
            setDate('');
          }}
        >
          {t('agreement_holiday_add')}
        </Action>
      </div>
      <HolidayFile zone={zone} thisYear={thisYear} onTake={take} />
      <CountryHolidays thisYear={thisYear} onTake={take} />
      <output>{said}</output>
    </Section>
  );
}

interface YearProps {
  readonly year: string;
  readonly dates: readonly string[];
  readonly isOpen: boolean;
  readonly onRemove: (dates: readonly string[]) => void;
}

function Year({ year, dates, isOpen, onRemove }: YearProps) {
  return (
    <details open={isOpen}>
      <summary>{plural('agreement_holidays_year', dates.length, year)}</summary>
      <ul className={styles['dates']}>
        {dates.map((date) => (
          <li key={date} className={styles['date']}>
            {dateName(date)}
            <Action kind="plain" onAction={() => onRemove([date])}>
              <X size={12} aria-hidden="true" focusable="false" />
              <Hidden>{t('agreement_remove', dateName(date))}</Hidden>
            </Action>
          </li>
        ))}
      </ul>
      <Action kind="plain" onAction={() => onRemove(dates)}>
        {t('agreement_holidays_remove_year', year)}
      </Action>
    </details>
  );
}
