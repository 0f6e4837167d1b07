/**
 * The address at which a team keeps its agreement: naming it, reading it now, and putting there what both sides signed. What
 * goes wrong there is said with the place in the document, and what to do.
 */
import { useState } from 'react';
import { readSharedAddress, type SharedAddress } from '../../lib/agreement/shared-address';
import { formatInstant } from '../../lib/clock';
import type { AgreementState } from '../../lib/messages/agreements';
import type { TeamPublished, TeamSaved, TeamState } from '../../lib/messages/team';
import { language, t } from '../../lib/platform/i18n';
import { Frame } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Line, Said, SetMark, Soft, Wrong } from '../ui/part';
import { inTime } from '../use-answer';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';

export interface TeamAddressProps {
  readonly state: AgreementState;
  readonly services: Pick<ProcedureServices, 'allowSite' | 'saveTeamAddress' | 'readTeamAddress' | 'publishToTeam'>;
  readonly onChanged: () => void;
}

type Reply = TeamSaved | TeamPublished | { readonly ok: false; readonly code: 'declined' | 'no-answer' };
type Outcome =
  | { readonly is: 'none' | 'busy' }
  | { readonly is: 'done'; readonly words: string }
  | { readonly is: 'refused'; readonly words: string };

const snake = (code: string): string => code.replaceAll('-', '_');

function refusalWords(reply: Extract<Reply, { readonly ok: false }>): string {
  const status = 'status' in reply && reply.status !== undefined ? String(reply.status) : '';
  return reply.code === 'no-answer' ? t('procedure_refused_no_answer') : t(`team_refused_${snake(reply.code)}`, status);
}

export function TeamAddress({ state, services, onChanged }: TeamAddressProps) {
  const { team } = state;
  const [typed, setTyped] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' });
  const text = typed ?? team.url ?? '';
  const address = readSharedAddress(text);
  const busy = outcome.is === 'busy';

  /** @param unread what is said where nothing could be read there; why stands beside it. */
  const run = async (job: Promise<Reply>, done: string, unread = done): Promise<void> => {
    setOutcome({ is: 'busy' });
    const reply = await job.catch((): Reply => ({ ok: false, code: 'no-answer' }));
    const words = reply.ok && 'isRead' in reply && !reply.isRead ? unread : done;
    setOutcome(reply.ok ? { is: 'done', words } : { is: 'refused', words: refusalWords(reply) });
    if (reply.ok) setTyped(null);
    onChanged();
  };
  const save = (): void => {
    if (!address.ok) return;
    // Nothing may come before this: the browser asks only inside the click.
    const allowed = services.allowSite(address.url);
    const job = allowed.then(async ({ granted, isCrm }): Promise<Reply> =>
      granted ? inTime(services.saveTeamAddress({ url: address.url, isCrm }), waitMs) : { ok: false, code: 'declined' },
    );
    void run(job, t('team_saved'), t('team_saved_unread'));
  };
  return (
    <div className={styles.stack}>
      <Soft>{t('team_about')}</Soft>
      {team.byPolicy && (
        <div>
          <SetMark words={t('procedure_by_policy')} />
        </div>
      )}
      <Frame label={t('team_url')} hint={t('team_url_hint')} problem={problemOf(text, address)}>
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={2_100}
            readOnly={team.byPolicy}
            value={text}
            onChange={({ target }) => {
              setTyped(target.value);
              setOutcome({ is: 'none' });
            }}
          />
        )}
      </Frame>
      <Standing state={state} />
      <Line>
        {(text.trim() !== team.url || !team.granted) && (
          <Action kind="quiet" busy={busy || !address.ok} onAction={save}>
            {t(text.trim() === team.url ? 'team_allow' : 'team_save')}
          </Action>
        )}
        {team.url !== null && (
          <Action
            kind="quiet"
            busy={busy}
            onAction={() => void run(inTime(services.readTeamAddress({}), waitMs), t('team_read'), '')}
          >
            {t('team_read_now')}
          </Action>
        )}
        {team.url !== null && !team.byPolicy && (
          <Action
            kind="plain"
            busy={busy}
            onAction={() =>
              void run(inTime(services.saveTeamAddress({ url: null, isCrm: false }), waitMs), t('team_removed'))
            }
          >
            {t('team_remove')}
          </Action>
        )}
        <Said>{outcome.is === 'done' && outcome.words}</Said>
      </Line>
      {outcome.is === 'refused' && <Wrong>{outcome.words}</Wrong>}
      {team.toPublish !== null && state.source !== 'policy' && (
        <ToPublish
          version={team.toPublish}
          busy={busy}
          onPublish={(done) => void run(inTime(services.publishToTeam({}), waitMs), done)}
        />
      )}
    </div>
  );
}

/** The worker waits 20 s for a server, and reads it again after it has written there. */
const waitMs = 45_000;

/** An empty field is no mistake, and neither is one that nobody has touched. */
function problemOf(text: string, address: SharedAddress): string | undefined {
  if (address.ok || text.trim() === '') return undefined;
  return t(`team_url_${snake(address.why)}`);
}

interface ToPublishProps {
  readonly version: number;
  readonly busy: boolean;
  readonly onPublish: (done: string) => void;
}

function ToPublish({ version, busy, onPublish }: ToPublishProps) {
  const number = new Intl.NumberFormat(language()).format(version);
  return (
    <>
      <p>{t('team_to_publish', number)}</p>
      <div>
        <Action kind="quiet" busy={busy} onAction={() => onPublish(t('team_published', number))}>
          {t('team_publish')}
        </Action>
      </div>
      <Soft>{t('team_publish_hint')}</Soft>
    </>
  );
}

/** What lies there, when it was read, what is wrong, and whether it holds here. */
function Standing({ state: { team, source, asOf } }: { readonly state: AgreementState }) {
  if (team.url === null) return null;
  return (
    <>
      {team.good && (
        <p>
          {t(
            'team_good',
            new Intl.NumberFormat(language()).format(team.good.version),
            formatInstant(team.good.fetchedAt, asOf, language()),
          )}
        </p>
      )}
      {source === 'policy' && <p>{t('team_policy_wins')}</p>}
      {team.failing && <Failing failing={team.failing} now={asOf} keeps={team.good !== null} />}
    </>
  );
}

interface FailingProps {
  readonly failing: NonNullable<TeamState['failing']>;
  readonly now: number;
  readonly keeps: boolean;
}

/** Sentences of their own for what a person can do something about. */
const statuses: ReadonlySet<string> = new Set(['401', '403', '404']);

function Failing({ failing: { since, code, detail = '' }, now, keeps }: FailingProps) {
  const why =
    code === 'status' && statuses.has(detail)
      ? t(`team_failed_status_${detail === '403' ? '401' : detail}`)
      : t(`team_failed_${snake(code)}`, detail);
  return (
    <Wrong>
      <p>
        {why} {t('popup_since', formatInstant(since, now, language()))}.
      </p>
      {code === 'unreadable' && detail !== '' && <code className={styles.address}>{detail}</code>}
      <p>{t(keeps ? 'team_failed_keeps' : 'team_failed_without')}</p>
    </Wrong>
  );
}
