/** A file that is chosen or dropped. Only what it holds is handed on; nothing of it is run or shown as it is. */
import { useState, type DragEvent } from 'react';
import { Frame } from '../agreement/fields/frame';
import styles from './file-drop.module.css';

export interface FileDropProps {
  readonly label: string;
  readonly hint: string;
  /** Kinds that the browser's dialog offers first. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

export function FileDrop({ label, hint, accept, onFile }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const take = (file: File | undefined): void => {
    if (file) onFile(file);
  };
  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <Frame label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept={accept}
            onChange={({ target }) => {
              take(target.files?.[0]);
              // The same file again is a question again.
              target.value = '';
            }}
          />
        )}
      </Frame>
    </div>
  );
}
