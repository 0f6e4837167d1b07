/** A table of figures: each number opens the leads behind it; a long one shows its beginning and says how much follows. */
import { useState } from 'react';
import { formatInstant } from '../../lib/clock';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import type { Behind, FigureCell, FigureColumn, FigureTable } from './figure-table';
import { OpenLeads } from './open-leads';
import { countWords, lengthWords, percentWords, sureness, whyWords } from './report-words';
import styles from './table-view.module.css';
import { usePrinting } from './use-paper';

/** Rows that are shown at once. */
const firstRows = 25;

export interface TableViewProps {
  readonly table: FigureTable;
  readonly now: number;
  readonly onBehind: (behind: Behind) => void;
}

export function cellWords({ value, share, text }: FigureCell, { kind }: FigureColumn, now: number): string {
  if (text !== undefined) return text;
  if (value === null) return share?.why ? whyWords(share.why) : '–';
  if (typeof value === 'string') return value;
  if (kind === 'length') return lengthWords(value);
  if (kind === 'measured' || kind === 'share') return percentWords(value);
  return kind === 'instant' ? formatInstant(value, now, language()) : countWords(value);
}

export function TableView({ table, now, onBehind }: TableViewProps) {
  const [all, setAll] = useState(false);
  const isPrinting = usePrinting();
  // Paper has no button for the rest.
  const rows = all || isPrinting ? table.rows : table.rows.slice(0, firstRows);
  const hidden = table.rows.length - rows.length;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a keyboard must be able to scroll it sideways */}
      <section className={styles.scroll} aria-label={t('report_table_of', table.title)} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table.columns.map(({ label, kind }) => (
                <th key={label} scope="col" data-number={kind !== 'text' || undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a figure have no name but their place
              <tr key={index}>
                {row.map((cell, place) => {
                  const column = table.columns[place] ?? { label: '', kind: 'text' as const };
                  const words = <Words cell={cell} column={column} now={now} onBehind={onBehind} />;
                  return place === 0 ? (
                    <th key={column.label} scope="row">
                      {words}
                    </th>
                  ) : (
                    <td key={column.label} data-number={column.kind !== 'text' || undefined}>
                      {words}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.rows.length === 0 && <p className={styles.none}>{table.empty ?? t('report_empty_table')}</p>}
      {hidden > 0 && (
        <p className={styles.more}>
          {t('report_rows_hidden', countWords(hidden))}{' '}
          <Action kind="plain" onAction={() => setAll(true)}>
            {t('report_rows_all')}
          </Action>
        </p>
      )}
    </>
  );
}

interface WordsProps extends Omit<TableViewProps, 'table'> {
  readonly cell: FigureCell;
  readonly column: FigureColumn;
}

function Words({ cell, column, now, onBehind }: WordsProps) {
  const { behind, among, share, parts } = cell;
  if (parts && parts.length > 0)
    return (
      <ul className={styles.parts}>
        {parts.map(({ text, behind: own }) => (
          <li key={text}>
            <OpenLeads behind={own} words={text} onBehind={onBehind} />
          </li>
        ))}
      </ul>
    );
  const words = cellWords(cell, column, now);
  // No leads stand behind none; a length of nothing is a length.
  const isEmpty = cell.value === null || (cell.value === 0 && column.kind !== 'length');
  return (
    <>
      {behind && !isEmpty ? (
        <OpenLeads behind={behind} words={words} onBehind={onBehind} />
      ) : (
        <bdi className={cell.value === null ? styles.none : undefined}>{words}</bdi>
      )}
      {share && share.value !== null && (
        <small className={styles.sure}>
          {among ? <OpenLeads behind={among} words={sureness(share)} onBehind={onBehind} quiet /> : sureness(share)}
        </small>
      )}
    </>
  );
}
