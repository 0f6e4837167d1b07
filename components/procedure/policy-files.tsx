/** Files with which an administrator puts the agreement into every browser: made here, put in place there. */
import { useState } from 'react';
import type { ExportOf, PolicyFile, PolicyFilesRequest } from '../../lib/messages/agreements';
import { t } from '../../lib/platform/i18n';
import { Frame } from '../agreement/fields/frame';
import { Action } from '../ui/action';
import { Soft, Wrong } from '../ui/part';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';

export interface PolicyFilesProps {
  readonly of: ExportOf;
  readonly services: ProcedureServices;
}

const lockable = ['agreement', 'side', 'name', 'follows', 'badge', 'reminders', 'names', 'language'] as const;

/** One a line; `https://*.example.com/*` as browsers write them. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function isAddress(text: string): boolean {
  try {
    return new URL(text).protocol === 'https:';
  } catch {
    return false;
  }
}

export function PolicyFiles({ of, services }: PolicyFilesProps) {
  const [url, setUrl] = useState('');
  const [origins, setOrigins] = useState('');
  const [locked, setLocked] = useState<readonly string[]>([]);
  const [files, setFiles] = useState<readonly PolicyFile[] | 'refused' | null>(null);
  const isWrong = url.trim() !== '' && !isAddress(url.trim());

  const make = async (): Promise<void> => {
    const request: PolicyFilesRequest = {
      of,
      ...(url.trim() === '' ? {} : { url: url.trim() }),
      ...(origins.trim() === '' ? {} : { origins: linesOf(origins).slice(0, 200) }),
      ...(locked.length === 0 ? {} : { locked }),
    };
    const reply = await services.policyFiles(request).catch(() => ({ ok: false }) as const);
    setFiles(reply.ok ? reply.files : 'refused');
  };
  return (
    <details className={styles.details}>
      <summary>{t('procedure_policy')}</summary>
      <div className={styles.stack}>
        <Soft>{t('procedure_policy_about')}</Soft>
        <Frame
          label={t('procedure_policy_url')}
          hint={t('procedure_policy_url_hint')}
          problem={isWrong ? t('procedure_policy_url_wrong') : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="url"
              value={url}
              maxLength={2_000}
              onChange={({ target }) => setUrl(target.value)}
            />
          )}
        </Frame>
        <Frame label={t('procedure_policy_origins')} hint={t('procedure_policy_origins_hint')}>
          {(control) => (
            <textarea {...control} rows={3} value={origins} onChange={({ target }) => setOrigins(target.value)} />
          )}
        </Frame>
        <fieldset className={styles.locks}>
          <legend>{t('procedure_policy_locked')}</legend>
          {lockable.map((name) => (
            <label key={name} className={styles.check}>
              <input
                type="checkbox"
                checked={locked.includes(name)}
                onChange={({ target }) =>
                  setLocked(target.checked ? [...locked, name] : locked.filter((one) => one !== name))
                }
              />
              {t(`procedure_part_${name === 'agreement' ? name : `person_${name}`}`)}
            </label>
          ))}
        </fieldset>
        <div>
          <Action kind="quiet" busy={isWrong} onAction={() => void make()}>
            {t('procedure_policy_make')}
          </Action>
        </div>
        {files === 'refused' && <Wrong>{t('procedure_refused_no_answer')}</Wrong>}
        {files !== null && files !== 'refused' && (
          <ul className={styles.files}>
            {files.map((file) => (
              <li key={`${file.browser} ${file.system}`}>
                <Action kind="quiet" onAction={() => services.saveFile(file.name, file.text)}>
                  {t(
                    'procedure_policy_file',
                    t(`procedure_browser_${file.browser}`),
                    t(`procedure_system_${file.system}`),
                  )}
                </Action>{' '}
                <code>{file.name}</code> <span className={styles.soft}>{t('procedure_policy_where', file.where)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}
