/** What the figures above it stand on: window, leads, agreement versions, coverage, age, and what one has to know of them. */
import { formatFullInstant, formatInstant } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import { language, plural, t } from '../../lib/platform/i18n';
import type { Statement } from '../../lib/report';
import { listWords } from '../words';
import styles from './about.module.css';
import { countWords, leadsWords, percentWords, windowWords } from './report-words';

export interface AboutProps {
  readonly about: Statement;
  readonly timeZone: string;
  /** Where the notes stand in full on the same page. */
  readonly notesAt?: string;
}

function noteWords(note: Statement['notes'][number], about: Statement): string {
  const key = `report_note_${note.replaceAll('-', '_')}`;
  switch (note) {
    case 'late-evidence':
      return plural(key, about.late);
    case 'inexact-hand-offs':
      return plural(key, about.inexact);
    case 'future-facts':
      return plural(key, about.future);
    case 'no-hand-off':
      return plural(key, about.withoutHandOff);
    case 'no-leads':
    case 'small-number':
    case 'not-over':
    case 'not-all-observed':
    case 'several-versions':
      return t(key);
    default:
      return assertNever(note);
  }
}

export function aboutWords(about: Statement, timeZone: string): string {
  const parts = [windowWords(about.window, timeZone), leadsWords(about.leads)];
  if (about.versions.length > 0)
    parts.push(plural('report_versions', about.versions.length, listWords(about.versions.map(countWords))));
  if (about.observed.value !== null) parts.push(t('report_observed', percentWords(about.observed.value)));
  if (about.seenLast !== null) parts.push(t('report_last_seen', formatInstant(about.seenLast, about.asOf, language())));
  return parts.join(' · ');
}

export function About({ about, timeZone, notesAt }: AboutProps) {
  return (
    <div className={styles.about}>
      <p title={about.seenLast === null ? undefined : formatFullInstant(about.seenLast, language())}>
        {aboutWords(about, timeZone)}
      </p>
      {about.notes.length > 0 && notesAt !== undefined && (
        <p>
          <a href={`#${notesAt}`}>{plural('report_notes', about.notes.length)}</a>
        </p>
      )}
      {about.notes.length > 0 && notesAt === undefined && (
        <ul>
          {about.notes.map((note) => (
            <li key={note}>{noteWords(note, about)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
