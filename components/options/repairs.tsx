/** Selector repairs: those in force, with who signed them off, and a place to paste or drop new ones. */
import { useCallback, useState } from 'react';
import type { RepairList, StandingRepair } from '../../lib/messages/repairs';
import { t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { Skeleton } from '../ui/skeleton';
import { useAnswer, useFreshness } from '../use-answer';
import { listWords } from '../words';
import { Faults } from './faults';
import { RepairForm } from './repair-form';
import styles from './repairs.module.css';
import type { SectionProps } from './sections';
import { Unanswered } from './unanswered';
import { labelOf, signedOffWords } from './repair-words';

export function Repairs({ services }: SectionProps) {
  const ask = useCallback(() => services.repairList(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  useFreshness(again, null, 0);
  const [said, setSaid] = useState('');

  const remove = async ({ repair }: StandingRepair): Promise<void> => {
    const done = await services.removeRepair(repair.adapter).catch(() => false);
    setSaid(done ? t('options_repair_removed', labelOf(repair.adapter)) : t('options_not_saved'));
    again();
  };
  return (
    <>
      <p className={styles.soft}>{t('options_repairs_lead')}</p>
      {failed && <Unanswered onRetry={again} />}
      {!answer && !failed && <Skeleton label={t('options_loading')} rows={3} />}
      {answer && <Standing list={answer} onRemove={(one) => void remove(one)} />}
      <output className={styles.said}>{said}</output>
      <RepairForm
        services={services}
        onKept={() => {
          setSaid('');
          again();
        }}
      />
    </>
  );
}

interface StandingProps {
  readonly list: RepairList;
  readonly onRemove: (one: StandingRepair) => void;
}

function Standing({ list, onRemove }: StandingProps) {
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{t('options_repairs_standing')}</h3>
      {list.faults.map(({ source, faults }) => (
        <Faults key={source} title={t(`options_repairs_unreadable_${source}`)} faults={faults} />
      ))}
      {list.standing.length === 0 && <p className={styles.soft}>{t('options_repairs_none')}</p>}
      <ul className={styles.list}>
        {list.standing.map((one) => (
          <Item key={`${one.source}|${one.repair.adapter}`} one={one} onRemove={onRemove} />
        ))}
      </ul>
    </section>
  );
}

function Item({ one, onRemove }: { readonly one: StandingRepair; readonly onRemove: StandingProps['onRemove'] }) {
  const { repair, source, used } = one;
  const crm = labelOf(repair.adapter);
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <h4 className={styles.name}>{t('options_repair_name', crm, String(repair.version))}</h4>
        <p>{signedOffWords(repair)}</p>
        <p className={styles.soft}>{t('options_repair_selectors', listWords(Object.keys(repair.selectors)))}</p>
        {repair.note !== undefined && <p className={styles.soft}>{repair.note}</p>}
        {source === 'policy' && <p className={styles.soft}>{t('options_by_policy')}</p>}
        {!used && <p className={styles.soft}>{t('options_repair_unused')}</p>}
      </div>
      {source === 'local' && (
        <Action kind="quiet" onAction={() => onRemove(one)}>
          {t('options_remove')}
          <Hidden>{` ${crm}`}</Hidden>
        </Action>
      )}
    </li>
  );
}
