/** Opening hours and breaks of a calendar: the grid, and the exact times of each day as text. */
import { useState } from 'react';
import { fieldsOf, listOf } from '../../../lib/agreement/editing';
import type { Path } from '../../../lib/agreement/integrity';
import { hoursText, readHours, weekOf } from '../../../lib/agreement/week';
import { weekdays, type Weekday } from '../../../lib/calendar/types';
import { t } from '../../../lib/platform/i18n';
import { Choice } from '../../ui/choice';
import { useEditor, useIssues, usePart } from '../editor-context';
import { Frame, Problem } from '../fields/frame';
import { issueWords } from '../issue-words';
import { dayName } from './day-names';
import { WeekGrid } from './week-grid';
import styles from './week-grid.module.css';

export function Hours({ path }: { readonly path: Path }) {
  const { store } = useEditor();
  const spec = fieldsOf(usePart(path));
  const [draws, setDraws] = useState<'open' | 'breaks'>('open');
  const name = draws === 'open' ? 'weekly' : 'breaks';
  const at = [...path, name];
  const own = useIssues(at);
  const write = (week: object): void =>
    store.edit(at, name === 'breaks' && Object.keys(week).length === 0 ? undefined : week);
  return (
    <>
      <Choice
        label={t('agreement_week_draw')}
        value={draws}
        onChange={setDraws}
        options={[
          { id: 'open', label: t('agreement_week_draw_open') },
          { id: 'breaks', label: t('agreement_week_draw_breaks') },
        ]}
      />
      <WeekGrid open={weekOf(spec['weekly'])} breaks={weekOf(spec['breaks'])} draws={draws} onChange={write} />
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      <div className={styles['hours']}>
        {weekdays.map((day) => (
          <HoursField
            key={`${name}-${day}`}
            label={draws === 'open' ? dayName(day, 'long') : t('agreement_breaks_of', dayName(day, 'long'))}
            path={[...at, day]}
            onWrite={(openings) => {
              const week = fieldsOf(store.at(at)) as { readonly [Day in Weekday]?: unknown };
              const { [day]: _old, ...others } = week;
              write(openings.length === 0 ? others : { ...week, [day]: openings });
            }}
          />
        ))}
      </div>
    </>
  );
}

export interface HoursFieldProps {
  readonly label: string;
  readonly path: Path;
  readonly onWrite: (openings: readonly unknown[]) => void;
  readonly hint?: string;
}

/** "09:00–13:00, 14:00–18:00". What can't be read is said, and the draft keeps what it had. */
export function HoursField({ label, path, onWrite, hint }: HoursFieldProps) {
  const { store } = useEditor();
  const openings = listOf(usePart(path));
  const shown = hoursText(openings);
  const [typed, setTyped] = useState(shown);
  const read = readHours(typed);
  const text = read === null || hoursText(read) === shown ? typed : shown;
  const wrong = listOf(store.issues().filter((issue) => path.every((step, index) => issue.path[index] === step)));
  const count = useIssues(path);
  const first = [...count, ...(wrong as typeof count)][0];
  const problem = read === null ? t('agreement_hours_unread') : first && issueWords(first);
  return (
    <Frame label={label} hint={hint} problem={problem}>
      {(control) => (
        <input
          {...control}
          type="text"
          autoComplete="off"
          placeholder={t('agreement_hours_closed')}
          value={text}
          onChange={({ target }) => {
            setTyped(target.value);
            const next = readHours(target.value);
            if (next !== null) onWrite(next);
          }}
        />
      )}
    </Frame>
  );
}
