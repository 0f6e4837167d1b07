/** What one version changes in the other, as sentences. Long lists are cut at first and shown whole when asked. */
import { useMemo, useState } from 'react';
import { differences } from '../../lib/agreement/diff';
import type { AgreementDocument } from '../../lib/agreement/document';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { differenceWords } from './diff-words';
import styles from './procedure.module.css';

const shownAtFirst = 30;

export interface DiffListProps {
  readonly before: AgreementDocument;
  readonly after: AgreementDocument;
}

export function DiffList({ before, after }: DiffListProps) {
  const all = useMemo(() => differences(before, after), [before, after]);
  const [isWhole, setWhole] = useState(false);
  if (all.length === 0) return <p>{t('procedure_diff_none')}</p>;
  const shown = isWhole ? all : all.slice(0, shownAtFirst);
  const words = shown.map((one) => ({
    key: `${one.change} ${one.path.join('/')}`,
    said: differenceWords(one, before, after),
  }));
  return (
    <>
      <ul className={styles.diff}>
        {words.map(({ key, said }) => (
          <li key={key}>{said}</li>
        ))}
      </ul>
      {all.length > shown.length && (
        <Action kind="quiet" onAction={() => setWhole(true)}>
          {plural('procedure_diff_more', all.length - shown.length)}
        </Action>
      )}
    </>
  );
}
