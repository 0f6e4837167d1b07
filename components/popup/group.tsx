/** A quiet group below what is due: a heading, a few rows, and the rest on request. */
import { useId, useState, type ReactNode } from 'react';
import { plural } from '../../lib/platform/i18n';
import styles from './group.module.css';

/** As many as are taken in at a glance. */
const fewRows = 5;

export interface GroupProps<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly children: (rows: readonly Row[]) => ReactNode;
}

export function Group<Row>({ title, rows, children }: GroupProps<Row>) {
  const id = useId();
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const shown = all ? rows : rows.slice(0, fewRows);
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children(shown)}
      {shown.length < rows.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {plural('popup_more', rows.length - shown.length)}
        </button>
      )}
    </section>
  );
}
