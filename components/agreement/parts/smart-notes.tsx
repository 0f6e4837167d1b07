/**
 * What the own past says of a promise, and what it misses of being specific, measurable, achievable, relevant and time-bound: sentences
 * beside it that block nothing.
 */
import { Lightbulb } from 'lucide-react';
import { useMemo, useSyncExternalStore } from 'react';
import { measures, type MeasureId } from '../../../lib/agreement/measures';
import { isCommitment } from '../../../lib/agreement/parts';
import { bestOf, type SmartFinding } from '../../../lib/agreement/smart';
import { language, t } from '../../../lib/platform/i18n';
import { useEditor } from '../editor-context';
import styles from './parts.module.css';

const blanks: { readonly [Code in SmartFinding['code']]?: readonly string[] } = {
  'never-reached': ['periods'],
};

export function smartWords({ code, params }: SmartFinding): string {
  const number = new Intl.NumberFormat(language());
  return t(
    `agreement_smart_${code.replaceAll('-', '_')}`,
    ...(blanks[code] ?? []).map((name) => number.format(params[name] ?? 0)),
  );
}

function keptWords({ met, judged }: { readonly met: number; readonly judged: number }): string {
  const share = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 });
  return t('agreement_past_kept', share.format(met / judged), new Intl.NumberFormat(language()).format(judged));
}

function reachedWords(measure: MeasureId, values: readonly number[]): string {
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 1 });
  const unit = t(`agreement_unit_${measures[measure].unit}`);
  const words = (value: number): string => `${number.format(value)} ${unit}`;
  const last = words(values[0] ?? 0);
  return values.length === 1
    ? t('agreement_past_last', last)
    : t('agreement_past_best', last, number.format(values.length), words(bestOf(measure, values)));
}

export interface PastNoteProps extends Pick<SmartFinding, 'of' | 'id'> {
  /** Of a promise per period. */
  readonly measure?: MeasureId;
}

/** What the own past says of it, whether that is much or little. Nothing where there is no past. */
export function PastNote({ of, id, measure }: PastNoteProps) {
  const { store } = useEditor();
  const past = useSyncExternalStore(store.subscribe, store.past);
  const isCurrent = useSyncExternalStore(store.subscribe, () => past?.of === store.steps().present);
  if (!past) return null;
  const kept = of === 'commitment' && isCommitment(id) ? past.results.commitments[id] : undefined;
  const values = of === 'promise' ? (past.results.promises.find(([promise]) => promise === id)?.[1] ?? []) : [];
  const words =
    kept && kept.judged > 0
      ? keptWords(kept)
      : measure !== undefined && values.length > 0
        ? reachedWords(measure, values)
        : null;
  if (words === null) return null;
  // The figures of another target are not this one's.
  return <p className={styles['soft']}>{isCurrent ? words : t('agreement_past_comparing')}</p>;
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
