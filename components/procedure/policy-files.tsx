/** Files with which an administrator puts the agreement into every browser: made here, put in place there. */
import { useState } from 'react';
import { readSharedAddress } from '../../lib/agreement/shared-address';
import { isSitePattern } from '../../lib/crm/match-pattern';
import type { AgreementState, ExportOf, PolicyFilesReply, PolicyFilesRequest } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import type { PersonSettings } from '../../lib/settings/person';
import { Frame } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Choice } from '../ui/choice';
import { Box, Soft, Wrong } from '../ui/part';
import { readAddress } from '../welcome/address';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';

export interface PolicyFilesProps {
  readonly of: ExportOf;
  readonly state: AgreementState;
  /** Whose settings are the values of what is locked; `null` while they are not known. */
  readonly person: PersonSettings | null;
  readonly services: ProcedureServices;
}

/** Where the policy says that the agreement stands. */
type Place = 'inline' | 'address' | 'team';
const places: readonly Place[] = ['inline', 'address', 'team'];

/** Who somebody is and whom they follow is their own; the rest an organisation may want the same for all. */
const lockable = ['badge', 'reminders', 'names', 'language'] as const;

/** One a line; `https://*.example.com/*` as browsers write them. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the browsers would ignore, each with how it is written. */
function originProblem(text: string): string | undefined {
  const wrong = linesOf(text).filter((line) => !isSitePattern(line));
  if (wrong.length === 0) return undefined;
  return wrong
    .slice(0, 5)
    .map((line) => {
      const meant = readAddress(line);
      return t('procedure_policy_origins_wrong', line, meant.ok ? meant.pattern : 'https://crm.example.com/*');
    })
    .join(' ');
}

/** Why the address that is typed can't be used; a policy's own has to be https, a team's may be on this computer. */
function addressProblem(place: Place, typed: string): string | undefined {
  if (place === 'inline' || typed.trim() === '') return undefined;
  const address = readSharedAddress(typed);
  const isOwn = place === 'address';
  if (address.ok) return isOwn && !address.url.startsWith('https:') ? t('procedure_policy_url_wrong') : undefined;
  const { why } = address;
  if (isOwn && (why === 'not-https' || why === 'not-an-address')) return t('procedure_policy_url_wrong');
  return t(`team_url_${why.replaceAll('-', '_')}`);
}

/** What goes into every browser and carries no approval; `null` where both sides signed it. */
function unsigned(of: ExportOf, { draft, versions }: AgreementState): string | null {
  if (of === 'draft') {
    if (draft?.hasPassed) return t('procedure_policy_passed');
    return draft?.stage === 'approved' ? null : t('procedure_policy_unsigned');
  }
  const stage = of === 'coming' ? 'approved' : 'effective';
  const version = versions.findLast((one) => one.stage === stage);
  return version?.isSigned ? null : t('procedure_policy_unsigned');
}

export function PolicyFiles({ of, state, person, services }: PolicyFilesProps) {
  const [place, setPlace] = useState<Place>('inline');
  const [typed, setTyped] = useState<Readonly<Record<Place, string | null>>>({ inline: '', address: '', team: null });
  const [pinned, setPinned] = useState(false);
  const [origins, setOrigins] = useState('');
  const [locked, setLocked] = useState<readonly string[]>([]);
  const [made, setMade] = useState<{ readonly of: ExportOf; readonly reply: PolicyFilesReply | null } | null>(null);
  const text = typed[place] ?? state.team.url ?? '';
  const problems = { address: addressProblem(place, text), origins: originProblem(origins) };
  const isMissing = place !== 'inline' && text.trim() === '';
  const isWrong = isMissing || problems.address !== undefined || problems.origins !== undefined;
  const warning = place === 'team' ? null : unsigned(of, state);

  /** What was made before says something else now. */
  const change = (apply: () => void): void => {
    apply();
    setMade(null);
  };
  const make = async (): Promise<void> => {
    const address = readSharedAddress(text);
    const request: PolicyFilesRequest = {
      of,
      ...(place === 'address' && address.ok ? { url: address.url, pinned } : {}),
      ...(place === 'team' && address.ok ? { team: address.url } : {}),
      ...(origins.trim() === '' ? {} : { origins: linesOf(origins).slice(0, 200) }),
      ...(locked.length === 0 ? {} : { locked }),
    };
    setMade({ of, reply: await services.policyFiles(request).catch(() => null) });
  };
  return (
    <details className={styles.details}>
      <summary>{t('procedure_policy')}</summary>
      <div className={styles.stack}>
        <Soft>{t('procedure_policy_about')}</Soft>
        <Choice
          label={t('procedure_policy_place')}
          options={places.map((id) => ({ id, label: t(`procedure_policy_place_${id}`) }))}
          value={place}
          onChange={(id) => change(() => setPlace(id))}
        />
        {place !== 'inline' && (
          <Frame
            label={t(place === 'team' ? 'team_url' : 'procedure_policy_url')}
            hint={t(`procedure_policy_url_hint_${place}`)}
            problem={problems.address}
          >
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                value={text}
                maxLength={2_100}
                onChange={({ target }) => change(() => setTyped({ ...typed, [place]: target.value }))}
              />
            )}
          </Frame>
        )}
        {place === 'address' && (
          <>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={pinned}
                onChange={({ target }) => change(() => setPinned(target.checked))}
              />
              {t('procedure_policy_pinned')}
            </label>
            <Soft>{t('procedure_policy_pinned_hint')}</Soft>
          </>
        )}
        {warning !== null && (
          <Box>
            <p>{warning}</p>
          </Box>
        )}
        <Frame
          label={t('procedure_policy_origins')}
          hint={t('procedure_policy_origins_hint')}
          problem={problems.origins}
        >
          {(control) => (
            <textarea
              {...control}
              rows={3}
              value={origins}
              onChange={({ target }) => change(() => setOrigins(target.value))}
            />
          )}
        </Frame>
        <Locks person={person} locked={locked} onChange={(names) => change(() => setLocked(names))} />
        {person && <Soft>{t('procedure_policy_locked_hint')}</Soft>}
        <div>
          <Action kind="quiet" busy={isWrong} onAction={() => void make()}>
            {t('procedure_policy_make')}
          </Action>
        </div>
        {made?.of === of &&
          (made.reply?.ok ? (
            <Made reply={made.reply} services={services} />
          ) : (
            <Wrong>{t('procedure_refused_no_answer')}</Wrong>
          ))}
      </div>
    </details>
  );
}

interface LocksProps {
  readonly person: PersonSettings | null;
  readonly locked: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Each setting with the value at which it would be locked: the person's own. */
function Locks({ person, locked, onChange }: LocksProps) {
  const check = (name: string, words: string) => (
    <label key={name} className={styles.check}>
      <input
        type="checkbox"
        checked={locked.includes(name)}
        onChange={({ target }) => onChange(target.checked ? [...locked, name] : locked.filter((one) => one !== name))}
      />
      {words}
    </label>
  );
  return (
    <fieldset className={styles.locks}>
      <legend>{t('procedure_policy_locked')}</legend>
      {check('agreement', t('procedure_policy_lock_agreement'))}
      {person &&
        lockable.map((name) =>
          check(name, t('procedure_policy_lock', t(`procedure_part_person_${name}`), valueWords(name, person))),
        )}
    </fieldset>
  );
}

function valueWords(name: (typeof lockable)[number], person: PersonSettings): string {
  if (name !== 'reminders') return t(`you_${name}_${person[name]}`);
  const { on, quiet } = person.reminders;
  if (!on) return t('procedure_policy_reminders_off');
  return quiet ? t('procedure_policy_reminders_quiet', quiet.from, quiet.to) : t('procedure_policy_reminders_on');
}

interface MadeProps {
  readonly reply: Extract<PolicyFilesReply, { ok: true }>;
  readonly services: Pick<ProcedureServices, 'saveFile'>;
}

function Made({ reply: { files, hosted }, services }: MadeProps) {
  return (
    <ul className={styles.files}>
      {hosted && (
        <li>
          <Action kind="quiet" onAction={() => services.saveFile(hosted.name, hosted.text)}>
            {t('procedure_policy_hosted')}
          </Action>{' '}
          <code>{hosted.name}</code> <span className={styles.soft}>{t('procedure_policy_hosted_where')}</span>
        </li>
      )}
      {files.map((file) => (
        <li key={`${file.browser} ${file.system}`}>
          <Action kind="quiet" onAction={() => services.saveFile(file.name, file.text)}>
            {t('procedure_policy_file', t(`procedure_browser_${file.browser}`), t(`procedure_system_${file.system}`))}
          </Action>{' '}
          <code>{file.name}</code> <span className={styles.soft}>{t('procedure_policy_where', file.where)}</span>
        </li>
      ))}
    </ul>
  );
}
