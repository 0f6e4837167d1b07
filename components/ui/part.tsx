/** A stretch of a section with a heading of its own, and the boxes, rows and soft words in it. */
import { useId, type ReactNode } from 'react';
import styles from './part.module.css';

export interface PartProps {
  readonly title: string;
  /** Of its heading: 3 inside a section of the options, 2 on a page of its own. */
  readonly level?: 2 | 3;
  readonly children: ReactNode;
}

export function Part({ title, level = 3, children }: PartProps) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.part} aria-labelledby={id}>
      <Heading id={id} className={styles.title}>
        {title}
      </Heading>
      {children}
    </section>
  );
}

/** Buttons and short words side by side, as many as there is room for. */
export function Line({ children }: { readonly children: ReactNode }) {
  return <div className={styles.line}>{children}</div>;
}

export function Soft({ children }: { readonly children: ReactNode }) {
  return <p className={styles.soft}>{children}</p>;
}

/** What went wrong, said at once. */
export function Wrong({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.wrong} role="alert">
      {children}
    </div>
  );
}

/** What was done, said when there is a moment for it. */
export function Said({ children }: { readonly children: ReactNode }) {
  return <output className={styles.said}>{children}</output>;
}

export function Box({ children }: { readonly children: ReactNode }) {
  return <div className={styles.box}>{children}</div>;
}

/** Set by the organisation's policy: visible, and not to be changed here. */
export function SetMark({ words }: { readonly words: string }) {
  return <span className={styles.mark}>{words}</span>;
}
