/** Erasing one lead for good: searched, shown, and confirmed by its name before anything is gone. Counts stay, the person does not. */
import { useRef, useState } from 'react';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Line, Said, Soft, Wrong } from '../ui/part';
import { TextEntry } from '../ui/text-entry';
import styles from './data.module.css';
import { findLeads, foundAtMost, type Found, type FoundLead } from './find-leads';
import type { DataServices } from './services';

export interface ErasingProps {
  readonly services: DataServices;
  readonly onDone: () => void;
}

/** Fewer letters would list everybody. */
const fewestLetters = 2;

type State =
  | { readonly is: 'idle' | 'searching' | 'failed' | 'not-erased' }
  | { readonly is: 'found'; readonly found: Found }
  | { readonly is: 'erased'; readonly name: string; readonly facts: number };

export function Erasing({ services, onDone }: ErasingProps) {
  const [words, setWords] = useState('');
  const [state, setState] = useState<State>({ is: 'idle' });
  const [sure, setSure] = useState<FoundLead | null>(null);
  const turn = useRef(0);

  const search = async (): Promise<void> => {
    if (words.trim().length < fewestLetters) return;
    turn.current += 1;
    const mine = turn.current;
    setSure(null);
    setState({ is: 'searching' });
    try {
      const found = await findLeads(words, services, () => mine !== turn.current);
      if (found && mine === turn.current) setState({ is: 'found', found });
    } catch {
      if (mine === turn.current) setState({ is: 'failed' });
    }
  };
  const erase = async (lead: FoundLead): Promise<void> => {
    const { ok, facts } = await services.eraseLead({ lead: lead.key }).catch(() => ({ ok: false, facts: 0 }));
    setSure(null);
    setState(ok ? { is: 'erased', name: lead.name, facts } : { is: 'not-erased' });
    onDone();
  };
  return (
    <>
      <Soft>{t('data_erase_about')}</Soft>
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <TextEntry label={t('data_erase_search')} value={words} onChange={setWords} maxLength={300} />
        <Action
          kind="quiet"
          busy={words.trim().length < fewestLetters || state.is === 'searching'}
          onAction={() => void search()}
        >
          {t('data_erase_find')}
        </Action>
        {state.is === 'searching' && (
          <Action
            kind="plain"
            onAction={() => {
              turn.current += 1;
              setState({ is: 'idle' });
            }}
          >
            {t('data_stop')}
          </Action>
        )}
      </form>
      <Said>
        {state.is === 'searching' && t('data_erase_searching')}
        {state.is === 'erased' && plural('data_erased', state.facts, state.name)}
        {state.is === 'found' && plural('data_erase_found', state.found.leads.length)}
      </Said>
      {state.is === 'failed' && <Wrong>{t('data_erase_failed')}</Wrong>}
      {state.is === 'not-erased' && <Wrong>{t('data_not_erased')}</Wrong>}
      {state.is === 'found' && (
        <ul className={styles.found}>
          {state.found.leads.map((lead) => (
            <li key={lead.key} className={styles.foundLead}>
              <span className={styles.who}>
                <span className={styles.strong}>{lead.name}</span> <span className={styles.soft}>{lead.about}</span>
              </span>
              {sure?.key === lead.key ? (
                <Line>
                  <span>{t('data_erase_sure', lead.name)}</span>
                  <Action onAction={() => void erase(lead)}>{t('data_erase_yes')}</Action>
                  <Action kind="quiet" onAction={() => setSure(null)}>
                    {t('data_erase_no')}
                  </Action>
                </Line>
              ) : (
                <Action kind="quiet" onAction={() => setSure(lead)}>
                  {t('data_erase_lead', lead.name)}
                </Action>
              )}
            </li>
          ))}
          {state.found.isCut && <li>{t('data_erase_more', String(foundAtMost))}</li>}
        </ul>
      )}
    </>
  );
}
