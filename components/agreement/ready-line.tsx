/**
 * What a draft without a fault still needs before it can be proposed, and the way on from here. The procedure refuses the same; here it is
 * said where it can be written.
 */
import { CircleCheck } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { listOf, textOf, valueAt } from '../../lib/agreement/editing';
import type { Path } from '../../lib/agreement/integrity';
import { parties } from '../../lib/agreement/parts';
import { t } from '../../lib/platform/i18n';
import { partyWords } from '../words';
import styles from './agreement-editor.module.css';
import { useEditor } from './editor-context';
import { draftWords } from './fields/words-field';

interface Need {
  readonly path: Path;
  readonly words: string;
}

const dayMs = 86_400_000;

function needsOf(draft: unknown, now: number): readonly Need[] {
  const signatories = parties.flatMap((party): Need[] => {
    const path = ['parties', party, 'signatories'];
    if (listOf(valueAt(draft, path)).length > 0) return [];
    const name = draftWords(valueAt(draft, ['parties', party, 'label'])) || partyWords(party);
    return [{ path, words: t('agreement_needs_signatory', name) }];
  });
  const from = textOf(valueAt(draft, ['effectiveFrom']));
  const notice = valueAt(draft, ['management', 'update', 'noticeDays']);
  const earliest = now + (typeof notice === 'number' ? notice * dayMs : 0);
  if (from !== '' && Date.parse(from) > earliest) return signatories;
  const words = t(from === '' ? 'agreement_needs_instant' : 'agreement_needs_later_instant');
  return [...signatories, { path: ['effectiveFrom'], words }];
}

export function ReadyLine({ onGo }: { readonly onGo: (path: Path) => void }) {
  const { store, services } = useEditor();
  const draft = useSyncExternalStore(store.subscribe, () => store.steps().present);
  const needs = needsOf(draft, services.now());
  const icon = <CircleCheck size={16} aria-hidden="true" focusable="false" />;
  if (needs.length === 0)
    return (
      <p className={styles['ready']}>
        {icon} {t('agreement_ready')}{' '}
        <a className={styles['link']} href="#procedure">
          {t('agreement_to_procedure')}
        </a>
      </p>
    );
  return (
    <div>
      <p className={styles['ready']}>
        {icon} {t('agreement_needs')}
      </p>
      <ul className={styles['needs']}>
        {needs.map(({ path, words }) => (
          <li key={path.join('/')}>
            <button type="button" className={styles['link']} onClick={() => onGo(path)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
