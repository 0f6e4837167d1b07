/** The leads behind a number, with the way to each of them and their raw facts. A dialog: Esc gives the focus back. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LeadKey } from '../../lib/lead/lead';
import { language, t } from '../../lib/platform/i18n';
import { toCsv } from '../../lib/report/csv';
import { Action } from '../ui/action';
import { keysBehind } from './behind-leads';
import styles from './behind.module.css';
import { fileName } from './figure';
import type { Behind } from './figure-table';
import type { Gathered } from './gather';
import { factLines, factTable, factsOf } from './raw-facts';
import { countWords, leadsWords } from './report-words';
import type { ReportServices } from './services';

/** Leads that are shown at once. */
const pageSize = 100;

export interface BehindListProps {
  readonly behind: Behind;
  readonly gathered: Gathered;
  readonly services: ReportServices;
  readonly names: 'hidden' | 'shown';
  readonly onOpen: (lead: LeadKey) => void;
  readonly onClose: () => void;
}

export function BehindList({ behind, gathered, services, names, onOpen, onClose }: BehindListProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState(pageSize);
  const [said, setSaid] = useState('');
  const keys = useMemo(() => keysBehind(gathered.columns, behind), [gathered, behind]);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  const { timeZone } = gathered.columns;
  const words = { locale: language() === 'es' ? 'es' : 'en', timeZone } as const;
  const take = async (form: 'csv' | 'jsonl'): Promise<void> => {
    setSaid(t('report_facts_reading'));
    const title = t('report_facts_of', behind.label);
    try {
      const facts = await factsOf(services, keys, names);
      const text = form === 'csv' ? toCsv(factTable(facts, title), words) : factLines(facts);
      const type = form === 'csv' ? 'text/csv' : 'application/jsonl';
      services.save(`${fileName(title)}.${form}`, new Blob([text], { type }));
      setSaid(t('report_facts_done', countWords(facts.length)));
    } catch {
      setSaid(t('report_facts_failed'));
    }
  };
  return (
    <dialog ref={dialog} className={styles.list} aria-label={behind.label} onClose={onClose}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <bdi>{behind.label}</bdi>
        </h2>
        <Action kind="quiet" onAction={() => dialog.current?.close()}>
          {t('report_close')}
        </Action>
      </header>
      <p className={styles.count}>{leadsWords(keys.length)}</p>
      <div className={styles.tools}>
        <Action kind="plain" onAction={() => void take('csv')}>
          {t('report_facts_csv')}
        </Action>
        <Action kind="plain" onAction={() => void take('jsonl')}>
          {t('report_facts_json')}
        </Action>
        <output>{said}</output>
      </div>
      <ul className={styles.leads}>
        {keys.slice(0, shown).map((key) => {
          const face = gathered.faces.get(key);
          return (
            <li key={key}>
              <button type="button" onClick={() => onOpen(key)}>
                <bdi>{face?.name ?? t('report_unnamed')}</bdi>
              </button>
              <bdi className={styles.company}>{face?.company}</bdi>
            </li>
          );
        })}
      </ul>
      {keys.length > shown && (
        <Action kind="quiet" onAction={() => setShown((before) => before + pageSize)}>
          {t('report_more_leads', countWords(keys.length - shown))}
        </Action>
      )}
    </dialog>
  );
}
