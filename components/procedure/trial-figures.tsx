/** The figures of a dry run, now and then side by side: in all, by commitment, rep and source. */
import type { Attainment, DryRunGroup, DryRunReport, StateCounts } from '../../lib/agreement/dry-run';
import { language, t } from '../../lib/platform/i18n';
import { wordsOr } from '../words';
import styles from './procedure.module.css';
import { useState } from 'react';
import { Action } from '../ui/action';

/** A team's reps and sources fit; what is beyond is shown when asked. */
const shownAtFirst = 20;

type Report = Omit<DryRunReport, 'rows'>;

export interface TrialFiguresProps {
  readonly report: Report;
  /** Whether the past was tried, too. */
  readonly withPast: boolean;
}

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);
const count = (counts: StateCounts, state: 'at-risk' | 'overdue'): number => counts[state] ?? 0;

/** "3 → 8", or one number where nothing changes. */
const change = (was: string, is: string): string => (was === is ? is : t('procedure_then', was, is));

export function attainmentWords({ met, judged }: Attainment): string {
  if (judged === 0) return t('procedure_trial_unjudged');
  const share = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(met / judged);
  return t('procedure_trial_share', share, number(met), number(judged));
}

export function TrialFigures({ report, withPast }: TrialFiguresProps) {
  const { total } = report;
  return (
    <>
      <dl className={styles.figures}>
        <Figure
          name={t('procedure_trial_at_risk')}
          was={count(total.open.now, 'at-risk')}
          is={count(total.open.proposed, 'at-risk')}
        />
        <Figure
          name={t('procedure_trial_overdue')}
          was={count(total.open.now, 'overdue')}
          is={count(total.open.proposed, 'overdue')}
        />
        {withPast && (
          <div className={styles.figure}>
            <dt>{t('procedure_trial_attainment')}</dt>
            <dd>{change(attainmentWords(total.attainment.now), attainmentWords(total.attainment.proposed))}</dd>
          </div>
        )}
      </dl>
      <Groups by="commitment" groups={report.byCommitment} withPast={withPast} />
      <Groups by="rep" groups={report.byRep} withPast={withPast} />
      <Groups by="source" groups={report.bySource} withPast={withPast} />
    </>
  );
}

function Figure({ name, was, is }: { readonly name: string; readonly was: number; readonly is: number }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>{change(number(was), number(is))}</dd>
    </div>
  );
}

interface GroupsProps {
  readonly by: 'commitment' | 'rep' | 'source';
  readonly groups: readonly DryRunGroup[];
  readonly withPast: boolean;
}

function groupName(by: GroupsProps['by'], name: string): string {
  if (by === 'commitment') return wordsOr('commitment', name, name);
  return name === '' ? t(`procedure_trial_no_${by}`) : name;
}

function Groups({ by, groups, withPast }: GroupsProps) {
  const [isWhole, setWhole] = useState(false);
  if (groups.length === 0) return null;
  const shown = isWhole ? groups : groups.slice(0, shownAtFirst);
  const title = t(`procedure_trial_by_${by}`);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
    <section className={styles.scroll} aria-label={title} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t('procedure_trial_at_risk')}</th>
            <th scope="col">{t('procedure_trial_overdue')}</th>
            {withPast && <th scope="col">{t('procedure_trial_attainment')}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, open, attainment }) => (
            <tr key={name}>
              <th scope="row">{groupName(by, name)}</th>
              <td>{change(number(count(open.now, 'at-risk')), number(count(open.proposed, 'at-risk')))}</td>
              <td>{change(number(count(open.now, 'overdue')), number(count(open.proposed, 'overdue')))}</td>
              {withPast && <td>{change(attainmentWords(attainment.now), attainmentWords(attainment.proposed))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {groups.length > shown.length && (
        <Action kind="quiet" onAction={() => setWhole(true)}>
          {t('procedure_show_all', number(groups.length))}
        </Action>
      )}
    </section>
  );
}
