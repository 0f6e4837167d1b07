/** What stands around a control: its label above, a hint, and what is wrong with it, which a screen reader hears with the control. */
import { CircleAlert } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { Path } from '../../../lib/agreement/integrity';
import styles from './fields.module.css';

export interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

export interface FrameProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly narrow?: boolean;
  /** Path in the draft, for a field that something leads to. */
  readonly at?: Path;
  readonly children: (control: ControlProps) => ReactNode;
}

export function Problem({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} className={styles['problem']}>
      <CircleAlert size={12} aria-hidden="true" focusable="false" />
      <span>{children}</span>
    </p>
  );
}

export function Frame({ label, hint, problem, narrow = false, at, children }: FrameProps) {
  const id = useId();
  const about = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].join(' ').trim();
  return (
    <div className={narrow ? `${styles['field']} ${styles['narrow']}` : styles['field']} data-path={at?.join('/')}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      {children({
        id,
        className: styles['control'] ?? '',
        'aria-describedby': about === '' ? undefined : about,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
      {problem !== undefined && <Problem id={`${id}-problem`}>{problem}</Problem>}
    </div>
  );
}

export interface GroupProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

/** Several controls that are one thing. */
export function Group({ label, hint, problem, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset className={styles['group']} aria-describedby={problem === undefined ? undefined : id}>
      <legend className={styles['label']}>{label}</legend>
      {children}
      {hint !== undefined && <p className={styles['hint']}>{hint}</p>}
      {problem !== undefined && <Problem id={id}>{problem}</Problem>}
    </fieldset>
  );
}

export function Row({ children }: { readonly children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>;
}
