/** A line or a few lines of a person's own words, with its label above. */
import { useId } from 'react';
import styles from './text-entry.module.css';

export interface TextEntryProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  /** Several lines: Enter begins a new one. */
  readonly long?: boolean;
}

export function TextEntry({ label, value, onChange, maxLength, long = false }: TextEntryProps) {
  const id = useId();
  return (
    <div className={styles.entry}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {long ? (
        <textarea
          id={id}
          rows={3}
          className={styles.field}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
      ) : (
        <input
          id={id}
          type="text"
          autoComplete="off"
          className={styles.field}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
