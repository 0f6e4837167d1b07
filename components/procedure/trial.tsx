/** Trying an agreement before it bites: what would change for open leads, and what the last 90 days would have been. Nothing is written. */
import { useState } from 'react';
import type { AgreementState, TrialOf } from '../../lib/messages/agreements';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Line, Soft, Wrong } from '../ui/part';
import { Apply } from './apply';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';
import { TrialFigures } from './trial-figures';
import { TrialLeads } from './trial-leads';
import { useTrial, type TrialState } from './use-trial';

export interface TrialViewProps {
  readonly state: AgreementState;
  readonly services: ProcedureServices;
}

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

export function TrialView({ state: { draft, source, asOf }, services }: TrialViewProps) {
  const [chosen, setChosen] = useState<TrialOf>('draft');
  const { state, start, stop, forget } = useTrial(services);
  const of: TrialOf = draft === null ? 'in-force' : chosen;
  const isRunning = state.is === 'running';
  return (
    <>
      <Soft>{t(of === 'draft' ? 'procedure_trial_about' : 'procedure_trial_about_open')}</Soft>
      {draft !== null && (
        <Choice
          label={t('procedure_trial_of')}
          options={[
            { id: 'draft', label: t('procedure_trial_draft') },
            { id: 'in-force', label: t('procedure_trial_in_force') },
          ]}
          value={of}
          onChange={(id) => {
            setChosen(id);
            forget();
          }}
        />
      )}
      <Line>
        <Action busy={isRunning} onAction={() => start(of)}>
          {t('procedure_trial_start')}
        </Action>
        {isRunning && (
          <Action kind="quiet" onAction={stop}>
            {t('procedure_trial_stop')}
          </Action>
        )}
        <output>
          {isRunning &&
            (state.total === null
              ? t('procedure_trial_reading')
              : t('procedure_trial_progress', number(state.done), number(state.total)))}
          {state.is === 'stopped' && t('procedure_trial_stopped')}
        </output>
      </Line>
      {isRunning && (
        <progress
          className={styles.progress}
          aria-label={t('procedure_trial')}
          value={state.total === null ? undefined : state.done}
          max={state.total === null ? undefined : Math.max(1, state.total)}
        />
      )}
      {state.is === 'refused' && (
        <Wrong>
          <p>{t(`procedure_trial_${state.code.replaceAll('-', '_')}`)}</p>
        </Wrong>
      )}
      {state.is === 'done' && (
        <Result
          state={state}
          now={asOf}
          services={services}
          canApply={state.of === 'in-force' && source !== 'built-in'}
        />
      )}
    </>
  );
}

interface ResultProps {
  readonly state: Extract<TrialState, { readonly is: 'done' }>;
  readonly now: number;
  readonly services: ProcedureServices;
  readonly canApply: boolean;
}

function Result({ state: { of, trial }, now, services, canApply }: ResultProps) {
  const { report, rows, leads } = trial;
  return (
    <div className={styles.result}>
      <p>
        {of === 'draft'
          ? t('procedure_trial_leads', number(report.leads.open), number(report.leads.past))
          : t('procedure_trial_leads_open', number(report.leads.open))}
      </p>
      <TrialFigures report={report} withPast={of === 'draft'} />
      <p className={styles.strong}>
        {rows === 0
          ? t('procedure_trial_nothing')
          : plural('procedure_trial_changes', rows + report.more, number(leads))}
      </p>
      {report.more > 0 && <Soft>{plural('procedure_trial_more', report.more)}</Soft>}
      {rows > 0 && <TrialLeads run={trial.run} total={rows} now={now} services={services} />}
      {canApply && leads > 0 && <Apply list={trial.list} leads={leads} services={services} />}
    </div>
  );
}
