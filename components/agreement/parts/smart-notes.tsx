/** What a promise misses of being specific, measurable, achievable, relevant and time-bound: sentences beside it that block nothing. */
import { Lightbulb } from 'lucide-react';
import { useMemo, useSyncExternalStore } from 'react';
import type { SmartFinding } from '../../../lib/agreement/smart';
import { language, t } from '../../../lib/platform/i18n';
import { useEditor } from '../editor-context';
import styles from './parts.module.css';

const blanks: { readonly [Code in SmartFinding['code']]?: readonly string[] } = {
  'rarely-kept': ['percent', 'judged'],
  'never-reached': ['best', 'periods'],
};

export function smartWords({ code, params }: SmartFinding): string {
  const number = new Intl.NumberFormat(language());
  return t(
    `agreement_smart_${code.replaceAll('-', '_')}`,
    ...(blanks[code] ?? []).map((name) => number.format(params[name] ?? 0)),
  );
}

export function SmartNotes({ of, id }: Pick<SmartFinding, 'of' | 'id'>) {
  const { store } = useEditor();
  const all = useSyncExternalStore(store.subscribe, store.findings);
  const own = useMemo(() => all.filter((finding) => finding.of === of && finding.id === id), [all, of, id]);
  if (own.length === 0) return null;
  return (
    <div className={styles['notes']} role="note">
      <Lightbulb size={14} aria-hidden="true" focusable="false" />
      <div>
        <p className={styles['strong']}>{t('agreement_smart')}</p>
        <ul>
          {own.map((finding) => (
            <li key={finding.code}>
              <span className={styles['soft']}>{t(`agreement_smart_is_${finding.criterion.replace('-', '_')}`)}</span>{' '}
              {smartWords(finding)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
