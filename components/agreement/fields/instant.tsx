/** An instant, written in this browser's own time and kept with its offset. */
import { textOf } from '../../../lib/agreement/editing';
import { Frame } from './frame';
import { useField } from './part-form';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-02T09:00` of this browser's zone; empty where it is no instant. */
export function localText(iso: string): string {
  const date = new Date(iso);
  if (iso === '' || Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export interface InstantProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export function Instant({ name, label, hint }: InstantProps) {
  const { value, set, problem, ref, path } = useField(name);
  return (
    <Frame label={label} hint={hint} problem={problem} at={path}>
      {(control) => (
        <input
          {...control}
          ref={ref}
          type="datetime-local"
          value={localText(textOf(value))}
          onChange={({ target }) => {
            const date = new Date(target.value);
            set(target.value === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString());
          }}
        />
      )}
    </Frame>
  );
}
