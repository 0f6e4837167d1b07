/** A titled stretch of the editor. */
import { useId, type ReactNode } from 'react';
import styles from './parts.module.css';

export interface SectionProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

export function Section({ title, about, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h3 id={id} className={styles['title']}>
        {title}
      </h3>
      {about !== undefined && <p className={styles['soft']}>{about}</p>}
      {children}
    </section>
  );
}
