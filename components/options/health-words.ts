/** What page health says in words: what is missing, what the CRM changed, and how one kind of page is read. */
import { formatInstant } from '../../lib/clock';
import type { PageChange, SurfaceHealth } from '../../lib/messages/page-health';
import { language, plural, t } from '../../lib/platform/i18n';
import { changeName, emptyRunAtLeast, listWords, wordsOr } from '../words';

/** "status (3), owner (1)", the most frequent first; empty where nothing is missing. */
export function missingWords(missing: SurfaceHealth['missing']): string {
  const number = new Intl.NumberFormat(language());
  return listWords(
    Object.entries(missing)
      .toSorted(([, a], [, b]) => b - a)
      .map(([field, count]) => `${wordsOr('popup_field', field, field)} (${number.format(count)})`),
  );
}

const changeWords = (changed: readonly PageChange[]): string => listWords(changed.map(changeName));

export type Standing = 'changed' | 'doubtful' | 'partly' | 'well' | 'empty';

export interface SurfaceWords {
  readonly standing: Standing;
  readonly sentence: string;
}

/** How this kind of page is read, in one sentence. */
export function surfaceWords(health: SurfaceHealth, now: number): SurfaceWords {
  const { changed, emptyRun, refused, rows, read, missing, pages } = health;
  const [first] = changed;
  if (first)
    return {
      standing: 'changed',
      sentence: t('options_health_changed', changeWords(changed), formatInstant(first.since, now, language())),
    };
  if (health.surface !== 'record' && emptyRun >= emptyRunAtLeast)
    return { standing: 'doubtful', sentence: plural('options_health_empty_run', emptyRun) };
  if (refused.length > 0) return { standing: 'partly', sentence: t('options_health_refused', listWords(refused)) };
  if (pages === 0) return { standing: 'empty', sentence: t('options_health_no_leads') };
  if (read < rows) return { standing: 'partly', sentence: plural('options_health_unread', rows - read) };
  if (Object.keys(missing).length > 0) return { standing: 'partly', sentence: t('options_health_partly') };
  return { standing: 'well', sentence: t('options_health_well') };
}
