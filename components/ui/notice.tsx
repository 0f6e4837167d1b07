/** A state of a whole page or list: what is so, what is safe, what to do. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

export interface NoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Said at once by a screen reader: only for what went wrong. */
  readonly urgent?: boolean;
}

export function Notice({ icon: Icon, title, children, urgent = false }: NoticeProps) {
  return (
    <div className={styles.notice} role={urgent ? 'alert' : undefined}>
      <Icon size={20} aria-hidden="true" focusable="false" />
      <h2 className={styles.title}>{title}</h2>
      {children}
    </div>
  );
}
