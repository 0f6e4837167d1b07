/** The draft of the next version: what it changes, and the acts that may follow. What may not is said by the worker. */
import { useState } from 'react';
import type { AgreementState, DraftState } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';
import { formatFullInstant } from '../../lib/clock';
import type { PersonSettings } from '../../lib/settings/person';
import { Action } from '../ui/action';
import { Line, Said, Soft, Wrong } from '../ui/part';
import { agreedWords } from '../panel/labels';
import { effectiveWords, versionName } from './agreed-words';
import { DiffList } from './diff-list';
import styles from './procedure.module.css';
import { Issues, Refused } from './refused';
import type { ProcedureServices } from './services';
import { Signing } from './signing';
import type { Doing } from './use-doing';

export interface DraftCardProps {
  readonly state: AgreementState;
  readonly person: PersonSettings | null;
  readonly services: ProcedureServices;
  readonly doing: Doing;
}

export function DraftCard({ state, person, services, doing }: DraftCardProps) {
  const { draft } = state;
  if (state.isLocked) return <Soft>{t('procedure_locked')}</Soft>;
  return (
    <>
      {draft === null ? (
        <NoDraft state={state} services={services} doing={doing} />
      ) : (
        <Draft draft={draft} state={state} person={person} services={services} doing={doing} />
      )}
      <Refused refusal={doing.refusal} />
      <Said>{doing.said}</Said>
    </>
  );
}

function NoDraft({ state, services, doing }: Omit<DraftCardProps, 'person'>) {
  return (
    <>
      <Soft>{t('procedure_no_draft')}</Soft>
      <Line>
        <Action
          busy={doing.busy}
          onAction={() => doing.run(() => services.startDraft({ from: 'in-force' }), t('procedure_done_started'))}
        >
          {t('procedure_start')}
        </Action>
        {state.hasDraftBefore && <Restore services={services} doing={doing} />}
      </Line>
    </>
  );
}

function Draft({ draft, state, person, services, doing }: DraftCardProps & { readonly draft: DraftState }) {
  const { document } = draft;
  if (!document)
    return (
      <>
        <p>{t('procedure_unfinished')}</p>
        <Issues issues={draft.issues} />
        <Line>
          <a href="#agreement">{t('procedure_edit')}</a>
          {state.hasDraftBefore && <Restore services={services} doing={doing} />}
          <Drop services={services} doing={doing} />
        </Line>
      </>
    );
  const from = effectiveWords(document, state.asOf);
  const mayPublish = draft.stage === 'approved' && !draft.hasPassed;
  const isTeams = state.versions.some(({ source }) => source === 'team');
  return (
    <>
      <p className={styles.strong}>{versionName(document)}</p>
      <p
        title={
          document.effectiveFrom === undefined
            ? undefined
            : formatFullInstant(Date.parse(document.effectiveFrom), language())
        }
      >
        {from === null ? t('procedure_no_instant') : !draft.hasPassed && t('procedure_takes_effect', from)}
      </p>
      {document.notes !== undefined && <p>{t('procedure_why', agreedWords(document.notes))}</p>}
      <details className={styles.details} open>
        <summary>{t('procedure_changes', versionName(state.document))}</summary>
        <DiffList before={state.document} after={document} />
      </details>
      <Soft>{t('procedure_voids')}</Soft>
      {draft.stage !== 'draft' && (
        <Signing draft={draft} document={document} person={person} services={services} doing={doing} now={state.asOf} />
      )}
      {draft.hasPassed && (
        <Wrong>
          <p>{t('procedure_passed', from ?? '')}</p>
        </Wrong>
      )}
      {mayPublish && isTeams && <p>{t('procedure_publish_at_team')}</p>}
      <Line>
        {draft.stage === 'draft' && (
          <Action
            busy={doing.busy}
            onAction={() => doing.run(() => services.propose({}), t('procedure_done_proposed'))}
          >
            {t('procedure_propose')}
          </Action>
        )}
        {mayPublish && !isTeams && (
          <Action
            busy={doing.busy}
            onAction={() => doing.run(() => services.publish({}), t('procedure_done_published'))}
          >
            {t('procedure_publish')}
          </Action>
        )}
        {draft.stage !== 'draft' && (
          <Action
            kind="quiet"
            busy={doing.busy}
            onAction={() => doing.run(() => services.withdraw({}), t('procedure_done_withdrawn'))}
          >
            {t('procedure_withdraw')}
          </Action>
        )}
        <a href="#agreement">{t('procedure_edit')}</a>
        {state.hasDraftBefore && <Restore services={services} doing={doing} />}
        <Drop services={services} doing={doing} />
      </Line>
    </>
  );
}

interface OfDraftProps {
  readonly services: ProcedureServices;
  readonly doing: Doing;
}

/** The draft before comes back; where there is another one, they change places. */
function Restore({ services, doing }: OfDraftProps) {
  return (
    <Action
      kind="quiet"
      busy={doing.busy}
      onAction={() => doing.run(() => services.dropDraft({ restore: true }), t('procedure_done_restored'))}
    >
      {t('procedure_restore')}
    </Action>
  );
}

/** Two clicks, and it can still be had back. */
function Drop({ services, doing }: OfDraftProps) {
  const [isSure, setSure] = useState(false);
  if (!isSure)
    return (
      <Action kind="plain" busy={doing.busy} onAction={() => setSure(true)}>
        {t('procedure_drop')}
      </Action>
    );
  return (
    <>
      <Action
        kind="quiet"
        busy={doing.busy}
        onAction={() => doing.run(() => services.dropDraft({ restore: false }), t('procedure_done_dropped'))}
      >
        {t('procedure_drop_sure')}
      </Action>
      <Action kind="plain" onAction={() => setSure(false)}>
        {t('procedure_keep')}
      </Action>
    </>
  );
}
