/** What does not work right now, in words, as a calm bar. A problem that page and worker both report shows once. */
import { TriangleAlert } from 'lucide-react';
import { formatInstant } from '../../lib/clock';
import type { Problem } from '../../lib/messages/problems';
import { language, t } from '../../lib/platform/i18n';
import { problemWords } from '../words';
import styles from './problems.module.css';

export interface ProblemsProps {
  readonly problems: readonly Problem[];
  readonly now: number;
}

export function Problems({ problems, now }: ProblemsProps) {
  const once = problems.filter(({ code }, index) => problems.findIndex((other) => other.code === code) === index);
  if (once.length === 0) return null;
  return (
    <section className={styles.bar} aria-label={t('popup_problems')}>
      <TriangleAlert size={16} aria-hidden="true" focusable="false" />
      <ul className={styles.list}>
        {once.map(({ code, since }) => (
          <li key={code} title={t('popup_since', formatInstant(since, now, language()))}>
            {problemWords(code)}
          </li>
        ))}
      </ul>
    </section>
  );
}
