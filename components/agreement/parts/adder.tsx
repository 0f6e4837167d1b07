/** Adds one of several kinds to a list: the kind is chosen first, because it says what the rest of the card asks. */
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import fields from '../fields/fields.module.css';
import type { Option } from '../fields/inputs';
import styles from './parts.module.css';

export interface AdderProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly onAdd: (id: string) => void;
}

export function Adder({ label, options, onAdd }: AdderProps) {
  const id = useId();
  const [chosen, setChosen] = useState('');
  const now = options.some((one) => one.id === chosen) ? chosen : (options[0]?.id ?? '');
  if (options.length === 0) return null;
  return (
    <div className={styles['adder']}>
      <div className={fields['field']}>
        <label htmlFor={id} className={fields['label']}>
          {label}
        </label>
        <select id={id} className={fields['control']} value={now} onChange={({ target }) => setChosen(target.value)}>
          {options.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      <Action kind="quiet" onAction={() => onAdd(now)}>
        <Plus size={14} aria-hidden="true" focusable="false" /> {t('agreement_add')}
      </Action>
    </div>
  );
}
