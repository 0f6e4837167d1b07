/**
 * A plain button for our own actions. A native one: `permissions.request` must run inside the browser's own click
 * event, and a native `onClick` is exactly that.
 */
import type { ReactNode } from 'react';
import styles from './action.module.css';

export interface ActionProps {
  readonly onAction: () => void;
  readonly children: ReactNode;
  readonly kind?: 'main' | 'quiet' | 'plain';
  readonly busy?: boolean;
  /** Said on hover: for a button that shows no words. */
  readonly hint?: string;
}

export function Action({ onAction, children, kind = 'main', busy = false, hint }: ActionProps) {
  return (
    <button
      type="button"
      className={styles[kind]}
      title={hint}
      aria-disabled={busy || undefined}
      onClick={() => {
        if (!busy) onAction();
      }}
    >
      {children}
    </button>
  );
}
