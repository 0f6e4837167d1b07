/** The leads whose clocks would change, page by page. A name opens the lead. */
import { useEffect, useState } from 'react';
import type { DryRunRow, DryRunSide } from '../../lib/agreement/dry-run';
import { formatFullInstant, formatInstant } from '../../lib/clock';
import type { LeadKey } from '../../lib/lead/lead';
import type { TrialRows } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Wrong } from '../ui/part';
import { Skeleton } from '../ui/skeleton';
import { promiseName, stateWords } from '../words';
import styles from './procedure.module.css';
import type { ProcedureServices } from './services';

export interface TrialLeadsProps {
  readonly run: string;
  readonly total: number;
  readonly now: number;
  readonly services: ProcedureServices;
}

interface Loaded {
  readonly rows: readonly DryRunRow[];
  readonly names: TrialRows['names'];
  readonly next: number | undefined;
}

const none: Loaded = { rows: [], names: {}, next: 0 };

export function TrialLeads({ run, total, now, services }: TrialLeadsProps) {
  const [loaded, setLoaded] = useState<Loaded>(none);
  const [failed, setFailed] = useState(false);
  const [notOpened, setNotOpened] = useState(false);

  const load = async (before: Loaded): Promise<void> => {
    setFailed(false);
    try {
      const { rows, names, next } = await services.dryRunRows({ run, from: before.next ?? 0 });
      setLoaded({ rows: [...before.rows, ...rows], names: { ...before.names, ...names }, next });
      // The worker was stopped meanwhile and has forgotten the run.
      if (rows.length === 0 && before.rows.length < total) setFailed(true);
    } catch {
      setFailed(true);
    }
  };
  // oxlint-disable-next-line react/exhaustive-deps -- the first page of this run, once
  useEffect(() => void load(none), [run]);

  const open = (lead: LeadKey): void => {
    setNotOpened(false);
    services.openLead(lead).then(
      (opened) => setNotOpened(!opened),
      () => setNotOpened(true),
    );
  };
  const number = new Intl.NumberFormat(language());
  return (
    <>
      {loaded.rows.length === 0 && !failed && <Skeleton label={t('options_loading')} rows={4} />}
      {loaded.rows.length > 0 && <Table loaded={loaded} now={now} onOpen={open} />}
      {notOpened && <Wrong>{t('popup_not_opened')}</Wrong>}
      {failed && <Wrong>{t('procedure_trial_gone')}</Wrong>}
      {loaded.next !== undefined && loaded.rows.length > 0 && !failed && (
        <p>
          {t('procedure_trial_shown', number.format(loaded.rows.length), number.format(total))}{' '}
          <Action kind="quiet" onAction={() => void load(loaded)}>
            {t('procedure_trial_next')}
          </Action>
        </p>
      )}
    </>
  );
}

interface TableProps {
  readonly loaded: Loaded;
  readonly now: number;
  readonly onOpen: (lead: LeadKey) => void;
}

function Table({ loaded: { rows, names }, now, onOpen }: TableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
    <section className={styles.scroll} aria-label={t('procedure_trial_list')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {['lead', 'promise', 'rep', 'source', 'now', 'then'].map((column) => (
              <th key={column} scope="col">
                {t(`procedure_column_${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.lead} ${row.commitment} ${row.subject}`}>
              <th scope="row">
                <button type="button" className={styles.lead} onClick={() => onOpen(row.lead)}>
                  {names[row.lead] ?? row.lead}
                </button>
              </th>
              <td>{promiseName(row)}</td>
              <td>{row.rep}</td>
              <td>{row.source}</td>
              <Side side={row.now} now={now} />
              <Side side={row.proposed} now={now} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Side({ side, now }: { readonly side: DryRunSide; readonly now: number }) {
  if (!side) return <td>{t('procedure_no_clock')}</td>;
  const { state, dueAt } = side;
  return (
    <td title={dueAt === null ? undefined : formatFullInstant(dueAt, language())}>
      {dueAt === null ? stateWords(state) : `${stateWords(state)}, ${formatInstant(dueAt, now, language())}`}
    </td>
  );
}
