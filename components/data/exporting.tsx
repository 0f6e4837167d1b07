/** The whole ledger into a file, page by page: what is written is never held in memory as a whole. */
import { useRef, useState } from 'react';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Line, Said, Soft, Wrong } from '../ui/part';
import type { DataServices } from './services';

export interface ExportingProps {
  readonly services: DataServices;
  /** Leads there are, for the progress; `null` where nobody knows. */
  readonly total: number | null;
}

type State =
  | { readonly is: 'idle' | 'stopped' | 'failed' | 'choosing' }
  | { readonly is: 'running' | 'done'; readonly lines: number };

const number = (value: number): string => new Intl.NumberFormat(language()).format(value);

const two = (value: number): string => String(value).padStart(2, '0');

/** `relevo-ledger-2026-03-12.jsonl`, by the day here. */
export function fileName(now: number): string {
  const date = new Date(now);
  return `relevo-ledger-${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}.jsonl`;
}

export function Exporting({ services, total }: ExportingProps) {
  const [state, setState] = useState<State>({ is: 'idle' });
  const stopped = useRef(false);

  const write = async (): Promise<void> => {
    stopped.current = false;
    setState({ is: 'choosing' });
    const file = await services.openFile(fileName(services.now()));
    if (!file) {
      setState({ is: 'idle' });
      return;
    }
    try {
      let lines = 0;
      let after: string | undefined;
      do {
        const page = await services.exportPage(after === undefined ? {} : { after });
        if (stopped.current) {
          await file.abort();
          setState({ is: 'stopped' });
          return;
        }
        if (page.lines.length > 0) await file.write(`${page.lines.join('\n')}\n`);
        lines += page.lines.length;
        setState({ is: 'running', lines });
        after = page.next;
      } while (after !== undefined);
      await file.close();
      setState({ is: 'done', lines });
    } catch {
      await file.abort().catch(() => {});
      setState({ is: 'failed' });
    }
  };
  const isBusy = state.is === 'running' || state.is === 'choosing';
  return (
    <>
      <Soft>{t('data_export_about')}</Soft>
      <Line>
        <Action busy={isBusy || total === 0} onAction={() => void write().catch(() => setState({ is: 'failed' }))}>
          {t('data_export_do')}
        </Action>
        {state.is === 'running' && (
          <Action
            kind="quiet"
            onAction={() => {
              stopped.current = true;
            }}
          >
            {t('data_stop')}
          </Action>
        )}
        <Said>
          {state.is === 'running' && t('data_export_running', number(state.lines))}
          {state.is === 'done' && t('data_export_done', number(state.lines))}
          {state.is === 'stopped' && t('data_export_stopped')}
        </Said>
      </Line>
      {state.is === 'failed' && <Wrong>{t('data_export_failed')}</Wrong>}
    </>
  );
}
