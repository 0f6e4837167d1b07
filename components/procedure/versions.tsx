/** Every version that is known here, newest first: who signed it, who has read it, and what it changed. */
import { useState } from 'react';
import { formatInstant } from '../../lib/clock';
import type { AgreementState, VersionRow } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { SetMark, Soft } from '../ui/part';
import { listWords } from '../words';
import { effectiveWords, sideName, versionName } from './agreed-words';
import { agreedWords } from '../panel/labels';
import { DiffList } from './diff-list';
import styles from './procedure.module.css';

const shownAtFirst = 5;

export function Versions({ state }: { readonly state: AgreementState }) {
  const [isWhole, setWhole] = useState(false);
  const { versions, asOf } = state;
  if (versions.length === 0) return <Soft>{t('procedure_versions_none')}</Soft>;
  const shown = isWhole ? versions : versions.slice(0, shownAtFirst);
  return (
    <>
      <ol className={styles.versions}>
        {shown.map((row, index) => (
          <Version
            key={`${row.document.id} ${row.document.version} ${row.source}`}
            row={row}
            before={versions[index + 1]}
            now={asOf}
          />
        ))}
      </ol>
      {versions.length > shown.length && (
        <Action kind="quiet" onAction={() => setWhole(true)}>
          {t('procedure_versions_all', new Intl.NumberFormat(language()).format(versions.length))}
        </Action>
      )}
    </>
  );
}

interface VersionProps {
  readonly row: VersionRow;
  readonly before: VersionRow | undefined;
  readonly now: number;
}

function Version({ row: { document, source, stage, isSigned, acknowledged }, before, now }: VersionProps) {
  const from = effectiveWords(document, now);
  const signatures = document.approval?.signatures ?? [];
  return (
    <li className={styles.version}>
      <p className={styles.versionHead}>
        <span className={styles.strong}>{versionName(document)}</span>
        <span>{t(`procedure_stage_${stage}`)}</span>
        {from !== null && <span className={styles.soft}>{t('procedure_from', from)}</span>}
        {(source === 'policy' || source === 'team') && <SetMark words={t(`procedure_by_${source}`)} />}
      </p>
      {document.notes !== undefined && <p>{t('procedure_why', agreedWords(document.notes))}</p>}
      <p>
        {isSigned
          ? t(
              'procedure_signatures',
              listWords(
                signatures.map(
                  ({ by, party, at }) => `${by} (${sideName(party, document)}, ${formatInstant(at, now, language())})`,
                ),
              ),
            )
          : t('procedure_unsigned')}
      </p>
      <p>
        {acknowledged.length === 0
          ? t('procedure_read_none')
          : t(
              'procedure_read_by',
              listWords(acknowledged.map(({ by, at }) => `${by} (${formatInstant(at, now, language())})`)),
            )}
      </p>
      {before && (
        <details className={styles.details}>
          <summary>{t('procedure_changes', versionName(before.document))}</summary>
          <DiffList before={before.document} after={document} />
        </details>
      )}
    </li>
  );
}
