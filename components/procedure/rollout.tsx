/** Getting an agreement to other browsers: as a file, as a link, by policy, by a team's address; and whether it reached the person's own ones. */
import type { AgreementState, ExportOf } from '../../lib/messages/agreements';
import { useState } from 'react';
import { t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Line, Said, SetMark, Soft, Wrong } from '../ui/part';
import { wordsOr } from '../words';
import { Importing } from './importing';
import { PolicyFiles } from './policy-files';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';
import { TeamAddress } from './team-address';

export interface RolloutProps {
  readonly state: AgreementState;
  readonly person: PersonSettings | null;
  readonly services: ProcedureServices;
  readonly onChanged: () => void;
}

type Outcome =
  | { readonly is: 'none' | 'copied' | 'saved' | 'too-long' | 'not-copied' | 'no-answer' }
  | { readonly is: 'link'; readonly link: string };

/** What there is to pass on, the most wanted first. */
function available({ draft, versions, source }: AgreementState): ExportOf[] {
  const all: ExportOf[] = [];
  if (versions.some(({ stage }) => stage === 'approved')) all.push('coming');
  if (source !== 'built-in') all.push('in-force');
  if (draft?.document) all.push('draft');
  if (all.length === 0) all.push('in-force');
  return all;
}

export function Rollout({ state, person, services, onChanged }: RolloutProps) {
  const choices = available(state);
  const [chosen, setChosen] = useState<ExportOf | null>(null);
  const of = chosen !== null && choices.includes(chosen) ? chosen : (choices[0] ?? 'in-force');
  return (
    <>
      <p>{t(`procedure_sync_${syncState(state)}`)}</p>
      <Choice
        label={t('procedure_export_of')}
        options={choices.map((id) => ({ id, label: t(`procedure_export_${id.replace('-', '_')}`) }))}
        value={of}
        onChange={setChosen}
      />
      <Exporting of={of} services={services} />
      <PolicyFiles of={of} state={state} person={person} services={services} />
      <details className={styles.details} open={state.team.url !== null}>
        <summary>{t('team_title')}</summary>
        <TeamAddress state={state} services={services} onChanged={onChanged} />
      </details>
      <Importing isLocked={state.isLocked} services={services} onKept={onChanged} />
      <Sources state={state} />
    </>
  );
}

function syncState({ problems, source, versions }: AgreementState): string {
  const has = (code: string): boolean => problems.some((one) => one.code === code);
  if (has('agreement-conflict')) return 'conflict';
  if (has('agreement-arriving')) return 'arriving';
  if (has('agreement-not-synced')) return 'pending';
  if (source === 'policy' || source === 'team') return source;
  return versions.some((one) => one.source === 'sync') ? 'done' : 'nothing';
}

function Exporting({ of, services }: { readonly of: ExportOf; readonly services: ProcedureServices }) {
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' });
  const file = async (): Promise<Outcome> => {
    const reply = await services.exportDocument({ of });
    if (!reply.ok) return { is: 'no-answer' };
    services.saveFile(reply.name, reply.text);
    return { is: 'saved' };
  };
  const link = async (): Promise<Outcome> => {
    const reply = await services.exportDocument({ of });
    if (!reply.ok) return { is: 'no-answer' };
    if (reply.link === null) return { is: 'too-long' };
    const { link: address } = reply;
    return services.copy(address).then(
      (): Outcome => ({ is: 'copied' }),
      (): Outcome => ({ is: 'link', link: address }),
    );
  };
  const run = (job: () => Promise<Outcome>): void => void job().then(setOutcome, () => setOutcome({ is: 'no-answer' }));
  return (
    <>
      <Line>
        <Action kind="quiet" onAction={() => run(file)}>
          {t('procedure_export_file')}
        </Action>
        <Action kind="quiet" onAction={() => run(link)}>
          {t('procedure_export_link')}
        </Action>
        <Said>{(outcome.is === 'copied' || outcome.is === 'saved') && t(`procedure_exported_${outcome.is}`)}</Said>
      </Line>
      {outcome.is === 'too-long' && <Wrong>{t('procedure_link_too_long')}</Wrong>}
      {outcome.is === 'no-answer' && <Wrong>{t('procedure_refused_no_answer')}</Wrong>}
      {outcome.is === 'link' && (
        <Wrong>
          <p>{t('procedure_link_by_hand')}</p>
          <code className={styles.address}>{outcome.link}</code>
        </Wrong>
      )}
    </>
  );
}

/** Where each part's value comes from, for whoever wonders why it is so. */
function Sources({ state: { sources } }: { readonly state: AgreementState }) {
  const entries = Object.entries(sources);
  return (
    <details className={styles.details}>
      <summary>{t('procedure_sources')}</summary>
      <Soft>{t('procedure_sources_about')}</Soft>
      <dl className={styles.sources}>
        {entries.map(([path, source]) => (
          <div key={path}>
            <dt>{sourceName(path)}</dt>
            <dd>
              {source === 'policy' || source === 'team' ? (
                <SetMark words={t(`procedure_by_${source}`)} />
              ) : (
                t(`procedure_source_${source.replace('-', '_')}`)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const snake = (name: string): string => name.replaceAll(/([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);

const sourceName = (path: string): string => wordsOr('procedure_part', snake(path.replace('.', '_')), path);
