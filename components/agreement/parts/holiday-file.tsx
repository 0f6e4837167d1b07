/** Holidays from an iCalendar file: chosen or dropped, read, shown, and taken only then. */
import { useState, type DragEvent } from 'react';
import type { HolidayReading } from '../../../lib/agreement/holiday-file';
import type { Holiday } from '../../../lib/agreement/holiday-file';
import { language, plural, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { Frame, Problem } from '../fields/frame';
import { dateName } from './day-names';
import styles from './parts.module.css';

export interface HolidayFileProps {
  readonly zone: string;
  readonly thisYear: number;
  readonly onTake: (holidays: readonly Holiday[]) => void;
}

/** Characters that are read of a file; the reader refuses a longer one by its length. */
const longest = 10_000_001;
/** Years ahead; a list that is older than that has to be made anew anyway. */
const yearsAhead = 3;

export function HolidayFile({ zone, thisYear, onTake }: HolidayFileProps) {
  const [reading, setReading] = useState<HolidayReading | 'unread' | null>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const { readHolidayFile } = await import('../../../lib/agreement/holiday-file');
    const text = await file.slice(0, longest).text();
    setReading(
      readHolidayFile(text, { from: `${thisYear}-01-01`, to: `${thisYear + yearsAhead}-12-31`, timeZone: zone }),
    );
  };
  const start = (file: File | undefined): void => {
    setReading(null);
    read(file).catch(() => setReading('unread'));
  };
  return (
    <div
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        start(event.dataTransfer.files[0]);
      }}
    >
      <Frame label={t('agreement_holiday_file')} hint={t('agreement_holiday_file_hint')}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".ics,text/calendar"
            onChange={({ target }) => {
              start(target.files?.[0]);
            }}
          />
        )}
      </Frame>
      {reading === 'unread' && <Problem>{t('agreement_holiday_file_unread')}</Problem>}
      {reading && reading !== 'unread' && (
        <Found
          reading={reading}
          thisYear={thisYear}
          onTake={() => {
            onTake(reading.holidays);
            setReading(null);
          }}
        />
      )}
    </div>
  );
}

interface FoundProps {
  readonly reading: HolidayReading;
  readonly thisYear: number;
  readonly onTake: () => void;
}

function Found({ reading: { holidays, problems, partial, isCut }, thisYear, onTake }: FoundProps) {
  const number = new Intl.NumberFormat(language());
  return (
    <div aria-live="polite">
      {problems.map(({ line, code }) => (
        <Problem key={`${line}-${code}`}>
          {t('agreement_line', number.format(line))} {t(`agreement_holiday_fault_${code.replaceAll('-', '_')}`)}
        </Problem>
      ))}
      {partial > 0 && <p className={styles['soft']}>{plural('agreement_holidays_partial', partial)}</p>}
      {isCut && <p className={styles['soft']}>{t('agreement_holidays_cut')}</p>}
      <p>{plural('agreement_holidays_found', holidays.length, String(thisYear), String(thisYear + yearsAhead))}</p>
      {holidays.length > 0 && (
        <>
          <ul className={styles['soft']}>
            {holidays.slice(0, 8).map(({ date, name }) => (
              <li key={date}>
                {dateName(date)} {name}
              </li>
            ))}
            {holidays.length > 8 && <li>{t('agreement_and_more', number.format(holidays.length - 8))}</li>}
          </ul>
          <Action kind="quiet" onAction={onTake}>
            {t('agreement_holidays_take')}
          </Action>
        </>
      )}
    </div>
  );
}
