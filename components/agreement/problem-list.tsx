/** What keeps the draft from being proposed: each problem in a sentence, with a way to where it is. */
import { CircleAlert } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { fieldsOf, textOf } from '../../lib/agreement/editing';
import type { Path } from '../../lib/agreement/integrity';
import { language, plural, t } from '../../lib/platform/i18n';
import { commitmentName, nameOf, whenWords } from './draft-words';
import { useEditor } from './editor-context';
import { tabOf } from './editor-tabs';
import { issueWords } from './issue-words';
import styles from './agreement-editor.module.css';
import { ReadyLine } from './ready-line';
import { calendarName } from './use-lists';

/** Sentences that are drawn at once. */
const shownAtOnce = 20;

/** "Who owes what › First touch › 2. Source contains demo". */
export function placeWords(at: (path: Path) => unknown, path: Path): string {
  const names = path.flatMap((_step, index) => {
    const before = path.slice(0, index + 1);
    const parts = fieldsOf(at(before));
    const step = path[index];
    if (path[index - 1] === 'calendars' && typeof step === 'string') return calendarName(step, parts);
    if (typeof step !== 'number') return [];
    if (path[index - 1] === 'rules') return `${step + 1}. ${parts['title'] ? nameOf(parts) : whenWords(parts['when'])}`;
    const id = textOf(parts['id']);
    return nameOf(parts, path[index - 1] === 'commitments' ? commitmentName(id) : '') || String(step + 1);
  });
  return [t(`agreement_tab_${tabOf(path)}`), ...names].join(' › ');
}

export function ProblemList({ onGo }: { readonly onGo: (path: Path) => void }) {
  const { store } = useEditor();
  const issues = useSyncExternalStore(store.subscribe, store.issues);
  if (issues.length === 0) return <ReadyLine onGo={onGo} />;
  return (
    <details className={styles['problems']}>
      <summary>
        <CircleAlert size={16} aria-hidden="true" focusable="false" /> {plural('agreement_not_ready', issues.length)}
      </summary>
      <ul>
        {issues.slice(0, shownAtOnce).map((issue) => (
          <li key={`${issue.path.join('/')}|${issue.code}`}>
            <button type="button" className={styles['link']} onClick={() => onGo(issue.path)}>
              {placeWords(store.at, issue.path)}
            </button>{' '}
            {issueWords(issue)}
          </li>
        ))}
        {issues.length > shownAtOnce && (
          <li>{t('agreement_and_more', new Intl.NumberFormat(language()).format(issues.length - shownAtOnce))}</li>
        )}
      </ul>
    </details>
  );
}
