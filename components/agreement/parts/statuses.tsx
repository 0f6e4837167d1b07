/**
 * What a CRM's statuses mean for the clocks. Those that leads were seen to have are offered; what comes with Relevo is said, so
 * that only what differs has to be written.
 */
import { useEffect, useState } from 'react';
import { statusMeaning } from '../../../lib/agreement/default';
import { fieldsOf, textOf } from '../../../lib/agreement/editing';
import { statusMeanings } from '../../../lib/agreement/parts';
import { catalogue } from '../../../lib/crm/catalogue';
import { language, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { useEditor, usePart } from '../editor-context';
import fields from '../fields/fields.module.css';
import { Frame } from '../fields/frame';
import type { SeenStatus } from '../../../lib/messages/agreements';
import styles from './parts.module.css';
import { Section } from './section';

const statusesAt = ['management', 'definitions', 'statuses'];

/** Rows that are drawn at once. */
const shownAtOnce = 200;

interface Row extends SeenStatus {
  /** `''` where the agreement says nothing of it. */
  readonly written: string;
}

const keyOf = ({ crm, object, status }: Pick<Row, 'crm' | 'object' | 'status'>): string =>
  JSON.stringify([crm, object, status]);

/** What the draft writes and what was seen, each once, seen ones with their number of leads. */
function rowsOf(written: unknown, seen: readonly SeenStatus[]): readonly Row[] {
  const rows = new Map<string, Row>(seen.map((one) => [keyOf(one), { ...one, written: '' }]));
  for (const [crm, objects] of Object.entries(fieldsOf(written)))
    for (const [object, statuses] of Object.entries(fieldsOf(objects)))
      for (const [status, meaning] of Object.entries(fieldsOf(statuses))) {
        const row = { crm, object, status, leads: 0, ...rows.get(keyOf({ crm, object, status })) };
        rows.set(keyOf(row), { ...row, written: textOf(meaning) });
      }
  return [...rows.values()].toSorted(
    (a, b) => a.crm.localeCompare(b.crm) || a.object.localeCompare(b.object) || b.leads - a.leads,
  );
}

export function Statuses() {
  const { store, services } = useEditor();
  const written = usePart(statusesAt);
  const [seen, setSeen] = useState<readonly SeenStatus[]>([]);
  useEffect(() => {
    let isCurrent = true;
    services.seenStatuses().then(
      (statuses) => isCurrent && setSeen(statuses),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [services]);
  const rows = rowsOf(written, seen);
  const write = ({ crm, object, status }: Pick<Row, 'crm' | 'object' | 'status'>, meaning: string): void =>
    store.edit([...statusesAt, crm, object, status], meaning === '' ? undefined : meaning);
  const label = (crm: string): string => catalogue.find(({ id }) => id === crm)?.label ?? crm;
  const number = new Intl.NumberFormat(language());
  return (
    <Section title={t('agreement_statuses')} about={t('agreement_statuses_about')}>
      {rows.length === 0 && <p className={styles['soft']}>{t('agreement_statuses_none')}</p>}
      {rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways
        <section className={styles['scroll']} aria-label={t('agreement_statuses_table')} tabIndex={0}>
          <table className={styles['table']}>
            <thead>
              <tr>
                {['crm', 'object', 'status', 'leads', 'meaning'].map((column) => (
                  <th key={column} scope="col">
                    {t(`agreement_status_${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shownAtOnce).map((row) => (
                <tr key={keyOf(row)}>
                  <td>{label(row.crm)}</td>
                  <td>{row.object === '*' ? t('agreement_status_any_object') : row.object}</td>
                  <th scope="row">
                    <code>{row.status}</code> {row.label !== undefined && row.label !== row.status && row.label}
                  </th>
                  <td>{number.format(row.leads)}</td>
                  <td>
                    <Meaning row={row} onWrite={(meaning) => write(row, meaning)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <StatusAdder onAdd={(row) => write(row, 'accepted')} />
    </Section>
  );
}

function Meaning({ row, onWrite }: { readonly row: Row; readonly onWrite: (meaning: string) => void }) {
  const builtIn = statusMeaning({}, row.crm, row.object, row.status);
  const own =
    builtIn === undefined
      ? t('agreement_meaning_none')
      : t('agreement_meaning_built_in', t(`agreement_meaning_${builtIn}`));
  return (
    <select
      className={fields['control']}
      aria-label={t('agreement_status_meaning_of', row.status)}
      value={row.written}
      onChange={({ target }) => onWrite(target.value)}
    >
      <option value="">{own}</option>
      {statusMeanings.map((meaning) => (
        <option key={meaning} value={meaning}>
          {t(`agreement_meaning_${meaning}`)}
        </option>
      ))}
    </select>
  );
}

/** For a status that no lead was seen with yet. */
function StatusAdder({ onAdd }: { readonly onAdd: (row: Pick<Row, 'crm' | 'object' | 'status'>) => void }) {
  const [crm, setCrm] = useState(catalogue[0]?.id ?? '');
  const [object, setObject] = useState('');
  const [status, setStatus] = useState('');
  return (
    <div className={styles['adder']}>
      <Frame label={t('agreement_status_crm')}>
        {(control) => (
          <select {...control} value={crm} onChange={({ target }) => setCrm(target.value)}>
            {catalogue.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Frame>
      <Frame label={t('agreement_status_object')} narrow>
        {(control) => (
          <input
            {...control}
            type="text"
            maxLength={80}
            placeholder="*"
            value={object}
            onChange={({ target }) => setObject(target.value)}
          />
        )}
      </Frame>
      <Frame label={t('agreement_status_value')} narrow>
        {(control) => (
          <input
            {...control}
            type="text"
            maxLength={120}
            value={status}
            onChange={({ target }) => setStatus(target.value)}
          />
        )}
      </Frame>
      <Action
        kind="quiet"
        busy={status.trim() === ''}
        onAction={() => {
          onAdd({ crm, object: object.trim() || '*', status: status.trim() });
          setStatus('');
        }}
      >
        {t('agreement_add')}
      </Action>
    </div>
  );
}
