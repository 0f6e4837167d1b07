/** Bringing in a file of the ledger: chosen or dropped, with progress, and told what could not be read and on which line. */
import { useRef, useState } from 'react';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { FileDrop } from '../ui/file-drop';
import { Line, Said, Soft, Wrong } from '../ui/part';
import styles from './data.module.css';
import type { DataServices } from './services';
import { takeFile, type TakeEnd, type Taken } from './take-file';

export interface ImportingProps {
  readonly services: DataServices;
  readonly onDone: () => void;
}

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly bytes: number; readonly size: number }
  | { readonly is: 'over'; readonly end: TakeEnd | { readonly end: 'failed' } };

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

export function Importing({ services, onDone }: ImportingProps) {
  const [state, setState] = useState<State>({ is: 'idle' });
  const stopped = useRef(false);
  const take = async (file: File): Promise<void> => {
    stopped.current = false;
    setState({ is: 'running', bytes: 0, size: file.size });
    const end = await takeFile(file, services, {
      isStopped: () => stopped.current,
      onProgress: (bytes) => setState({ is: 'running', bytes, size: file.size }),
    }).catch(() => ({ end: 'failed' }) as const);
    setState({ is: 'over', end });
    onDone();
  };
  if (state.is === 'running') {
    const share = state.size === 0 ? 0 : state.bytes / state.size;
    return (
      <>
        <progress className={styles.progress} aria-label={t('data_import')} value={share} max={1} />
        <Line>
          <Action
            kind="quiet"
            onAction={() => {
              stopped.current = true;
            }}
          >
            {t('data_stop')}
          </Action>
          <span>{new Intl.NumberFormat(language(), { style: 'percent' }).format(share)}</span>
        </Line>
      </>
    );
  }
  return (
    <>
      <Soft>{t('data_import_about')}</Soft>
      <FileDrop
        label={t('data_import_file')}
        hint={t('data_import_hint')}
        accept=".jsonl,.ndjson,application/x-ndjson"
        onFile={(file) => void take(file)}
      />
      {state.is === 'over' && <Over end={state.end} />}
    </>
  );
}

function Over({ end }: { readonly end: TakeEnd | { readonly end: 'failed' } }) {
  const isGood = end.end === 'done' || end.end === 'stopped';
  const words = t(`data_import_${end.end.replaceAll('-', '_')}`);
  return (
    <>
      {isGood ? <Said>{words}</Said> : <Wrong>{words}</Wrong>}
      {'leads' in end && <Counted taken={end} />}
    </>
  );
}

function Counted({ taken: { leads, facts, known, refused, bad, badLines } }: { readonly taken: Taken }) {
  return (
    <>
      <p>{t('data_import_counts', number(leads), number(facts), number(known))}</p>
      {refused > 0 && <p>{plural('data_import_refused', refused)}</p>}
      {bad > 0 && (
        <>
          <p>{plural('data_import_bad', bad)}</p>
          <ul className={styles.bad}>
            {badLines.map(({ line, fault, path }) => (
              <li key={`${line} ${path ?? ''}`}>
                {t('data_line', number(line))}: {t(`data_fault_${fault.replaceAll('-', '_')}`)}
                {path !== undefined && (
                  <>
                    {' '}
                    <code>{path}</code>
                  </>
                )}
              </li>
            ))}
            {bad > badLines.length && <li>{plural('data_import_more', bad - badLines.length)}</li>}
          </ul>
        </>
      )}
    </>
  );
}
