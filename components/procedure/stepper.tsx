/** Where the newest agreement stands on its way, each step in words. The step that it is at is marked for eye and ear. */
import { Check, Circle, CircleDot } from 'lucide-react';
import type { AgreementDocument, Signature } from '../../lib/agreement/document';
import type { LifecycleStage } from '../../lib/agreement/lifecycle';
import type { AgreementState } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import { Hidden } from '../ui/hidden';
import { listWords } from '../words';
import { bothParties, effectiveWords, sideName, versionName } from './agreed-words';
import styles from './procedure.module.css';

const stages: readonly LifecycleStage[] = ['draft', 'proposed', 'approved', 'effective', 'superseded'];

export interface Standing {
  readonly document: AgreementDocument;
  readonly stage: LifecycleStage;
  readonly signatures: readonly Signature[];
  /** Its instant went by before it was put into force. */
  readonly hasPassed?: boolean;
}

/** The draft; without one the newest version that was agreed; without that what is in force. */
export function newestOf({ draft, versions, document }: AgreementState): Standing {
  if (draft?.document) {
    const { document: drafted, stage, signatures, hasPassed } = draft;
    return { document: drafted, stage, signatures, hasPassed };
  }
  const [newest] = versions;
  return newest
    ? {
        document: newest.document,
        stage: newest.stage,
        // Whoever changed the text after it was signed left signatures that say nothing.
        signatures: (newest.isSigned && newest.document.approval?.signatures) || [],
      }
    : { document, stage: 'effective', signatures: [] };
}

export function Stepper({ state }: { readonly state: AgreementState }) {
  const standing = newestOf(state);
  const current = stages.indexOf(standing.stage);
  return (
    <div className={styles.steps}>
      <p className={styles.strong}>{versionName(standing.document)}</p>
      <ol className={styles.stepList}>
        {stages.map((stage, index) => {
          const Icon = index < current ? Check : index === current ? CircleDot : Circle;
          return (
            <li key={stage} className={styles.step} aria-current={index === current ? 'step' : undefined}>
              <Icon size={16} aria-hidden="true" focusable="false" />
              <span>
                <span className={styles.stepName}>
                  {t(`procedure_stage_${stage}`)}
                  {index < current && <Hidden>{` (${t('procedure_step_done')})`}</Hidden>}
                </span>
                <span className={styles.stepWords}>{stepWords(stage, standing, state.asOf)}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function stepWords(stage: LifecycleStage, standing: Standing, now: number): string {
  const { document, stage: at, signatures, hasPassed } = standing;
  const from = effectiveWords(document, now);
  if (stage === 'effective') {
    if (from === null) return t(at === 'effective' ? 'procedure_step_effective_now' : 'procedure_step_no_instant');
    if (hasPassed) return t('procedure_step_passed', from);
    return t(
      at === 'effective' || at === 'superseded' ? 'procedure_step_effective_since' : 'procedure_step_effective_from',
      from,
    );
  }
  if (stage !== 'approved' || signatures.length === 0) return t(`procedure_step_${stage}`);
  const waiting = bothParties.filter((party) => !signatures.some((one) => one.party === party));
  const signed = listWords(signatures.map(({ by, party }) => `${by} (${sideName(party, document)})`));
  return waiting.length === 0
    ? t('procedure_step_signed', signed)
    : t('procedure_step_waiting', signed, listWords(waiting.map((party) => sideName(party, document))));
}
