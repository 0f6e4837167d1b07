/** What the figures above it stand on: window, leads, agreement versions, coverage, age, and what one has to know of them. */
import { Fragment } from 'react';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import { assertNever } from '../../lib/clock/assert-never';
import { language, plural, t } from '../../lib/platform/i18n';
import type { Statement } from '../../lib/report';
import { listWords } from '../words';
import styles from './about.module.css';
import type { Behind } from './figure-table';
import { OpenLeads } from './open-leads';
import page from './report-app.module.css';
import { countWords, leadsWords, lengthWords, paperInstant, percentWords, windowWords } from './report-words';
import { behindOf, type View } from './view';

export interface AboutProps {
  readonly view: View;
  /** Where the notes stand in full on the same page. */
  readonly notesAt?: string;
}

/** The leads that a note counts; facts from the future are no leads, and the rest is about all of them. */
function behindNote(view: View, note: Statement['notes'][number], words: string): Behind | null {
  switch (note) {
    case 'late-evidence':
      return behindOf(view, words, { of: 'late' });
    case 'inexact-hand-offs':
      return behindOf(view, words, { of: 'inexact' });
    case 'no-hand-off':
      // They are counted whatever is filtered.
      return behindOf(view, words, { of: 'without-hand-off' }, { filters: {} });
    case 'not-all-observed':
    case 'future-facts':
    case 'no-leads':
    case 'small-number':
    case 'not-over':
    case 'several-versions':
      return null;
    default:
      return assertNever(note);
  }
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

interface AboutPart {
  readonly words: string;
  /** On paper, which is read on another day. */
  readonly paper?: string;
  readonly behind?: Behind;
}

/** Below that the instant says enough. */
const hourMs = 3_600_000;

const known = new WeakMap<View, readonly AboutPart[]>();

/** Every group of a page says the same, so it is put into words once. */
function partsOf(view: View): readonly AboutPart[] {
  let parts = known.get(view);
  if (!parts) known.set(view, (parts = wordedParts(view)));
  return parts;
}

function wordedParts(view: View): AboutPart[] {
  const { about } = view.kpi;
  const leads = leadsWords(about.leads);
  const parts: AboutPart[] = [
    { words: windowWords(about.window, view.gathered.columns.timeZone) },
    about.leads === 0 ? { words: leads } : { words: leads, behind: behindOf(view, leads, { of: 'hand-offs' }) },
  ];
  if (about.versions.length > 0)
    parts.push({ words: plural('report_versions', about.versions.length, listWords(about.versions.map(countWords))) });
  if (about.observed.value !== null) {
    const words = t('report_observed', percentWords(about.observed.value));
    parts.push({ words, behind: behindOf(view, words, { of: 'observed' }) });
  }
  if (about.seenLast !== null)
    parts.push({
      words: t('report_last_seen', formatInstant(about.seenLast, about.asOf, language())),
      paper: t('report_last_seen', paperInstant(about.seenLast, view.gathered.columns.timeZone)),
    });
  // As old as that is what all of them say of clocks that are open.
  if (about.staleMs !== null && about.staleMs >= hourMs)
    parts.push({ words: t('report_stale', lengthWords(about.staleMs)) });
  return parts;
}

/** The same in one line, with the notes: for text and pictures that leave the page. */
export function aboutWords(view: View): string {
  const { about } = view.kpi;
  const { now, timeZone } = view.gathered.columns;
  const parts = partsOf(view).map(({ words, paper }) => paper ?? words);
  const asOf = t('report_as_of', paperInstant(now, timeZone));
  return [...parts, asOf, ...about.notes.map((note) => noteWords(note, about))].join(' · ');
}

export function About({ view, notesAt }: AboutProps) {
  const { about } = view.kpi;
  const { onBehind } = view.tools;
  return (
    <div className={styles.about}>
      <p title={about.seenLast === null ? undefined : formatFullInstant(about.seenLast, language())}>
        {partsOf(view).map(({ words, paper, behind }, index) => (
          <Fragment key={words}>
            {index > 0 && ' · '}
            {behind ? (
              <OpenLeads behind={behind} words={words} onBehind={onBehind} quiet />
            ) : paper === undefined ? (
              words
            ) : (
              <>
                <span className={page.screen}>{words}</span>
                <span className={page.paper}>{paper}</span>
              </>
            )}
          </Fragment>
        ))}
      </p>
      {about.notes.length > 0 && notesAt !== undefined && (
        <p>
          <a href={`#${notesAt}`}>{plural('report_notes', about.notes.length)}</a>
        </p>
      )}
      {about.notes.length > 0 && notesAt === undefined && (
        <ul>
          {about.notes.map((note) => {
            const words = noteWords(note, about);
            const behind = behindNote(view, note, words);
            return (
              <li key={note}>
                {behind ? <OpenLeads behind={behind} words={words} onBehind={onBehind} quiet /> : words}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
