/** The plain fields of a form. Each writes one value of the draft; an emptied optional one is taken away and not kept empty. */
import { useState } from 'react';
import { listOf, textOf } from '../../../lib/agreement/editing';
import { t } from '../../../lib/platform/i18n';
import styles from './fields.module.css';
import { Frame, Group } from './frame';
import { useField } from './part-form';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly narrow?: boolean;
}

export interface TextProps extends FieldProps {
  readonly max: number;
  readonly optional?: boolean;
  readonly long?: boolean;
  readonly type?: 'text' | 'date';
}

export function Text({
  name,
  label,
  hint,
  narrow = false,
  max,
  optional = false,
  long = false,
  type = 'text',
}: TextProps) {
  const { value, set, problem, ref } = useField(name);
  const write = (next: string): void => set(next === '' && optional ? undefined : next);
  return (
    <Frame label={label} hint={hint} problem={problem} narrow={narrow}>
      {(control) =>
        long ? (
          <textarea
            {...control}
            ref={ref}
            rows={3}
            maxLength={max}
            value={textOf(value)}
            onChange={({ target }) => write(target.value)}
          />
        ) : (
          <input
            {...control}
            ref={ref}
            type={type}
            autoComplete="off"
            maxLength={max}
            value={textOf(value)}
            onChange={({ target }) => write(target.value)}
          />
        )
      }
    </Frame>
  );
}

export interface AmountProps extends FieldProps {
  readonly min?: number;
  readonly optional?: boolean;
  /** What is written in the field, for one that the draft keeps in another unit: 75 for 0.75. */
  readonly scale?: number;
}

/** A number. What can't be read as one is no value, so that the validation asks for it. */
export function Amount({ name, label, hint, narrow = true, min = 0, scale = 1 }: AmountProps) {
  const { value, set, problem, ref } = useField(name);
  const shown = typeof value === 'number' ? String(Math.round(value * scale * 1e6) / 1e6) : '';
  return (
    <Frame label={label} hint={hint} problem={problem} narrow={narrow}>
      {(control) => (
        <NumberInput
          {...control}
          inputRef={ref}
          min={min}
          shown={shown}
          onNumber={(next) => set(next === null ? undefined : next / scale)}
        />
      )}
    </Frame>
  );
}

interface NumberInputProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-label'?: string;
  readonly min: number;
  readonly shown: string;
  readonly inputRef?: (element: HTMLElement | null) => void;
  readonly onNumber: (value: number | null) => void;
}

/** Keeps what is being typed ("1.", "") as long as it means the value that is shown. */
export function NumberInput({ shown, onNumber, inputRef, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState(shown);
  const isSame = typed === shown || (typed !== '' && shown !== '' && Number(typed) === Number(shown));
  return (
    <input
      {...rest}
      ref={inputRef}
      type="number"
      step="any"
      inputMode="decimal"
      value={isSame ? typed : shown}
      onChange={({ target }) => {
        setTyped(target.value);
        onNumber(target.value === '' ? null : Number(target.value));
      }}
    />
  );
}

export interface Option {
  readonly id: string;
  readonly label: string;
}

export interface SelectProps extends FieldProps {
  readonly options: readonly Option[];
  /** Words for no value at all; without them there has to be one. */
  readonly none?: string;
}

export function Select({ name, label, hint, narrow = false, options, none }: SelectProps) {
  const { value, set, problem, ref } = useField(name);
  const chosen = textOf(value);
  const isKnown = chosen === '' || options.some(({ id }) => id === chosen);
  return (
    <Frame label={label} hint={hint} problem={problem} narrow={narrow}>
      {(control) => (
        <select
          {...control}
          ref={ref}
          value={chosen}
          onChange={({ target }) => set(target.value === '' ? undefined : target.value)}
        >
          {(none !== undefined || chosen === '') && <option value="">{none ?? t('agreement_choose')}</option>}
          {/* What the draft names and the list does not have stays named, so that it is not lost by looking at it. */}
          {!isKnown && <option value={chosen}>{chosen}</option>}
          {options.map(({ id, label: words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

/** Yes, or nothing written. */
export function Check({ name, label }: FieldProps) {
  const { value, set, ref } = useField(name);
  return (
    <label className={styles['check']}>
      <input
        type="checkbox"
        ref={ref}
        checked={value === true}
        onChange={({ target }) => set(target.checked ? true : undefined)}
      />
      {label}
    </label>
  );
}

export interface ChecksProps extends FieldProps {
  readonly options: readonly Option[];
  /** None ticked means nothing written. */
  readonly optional?: boolean;
}

/** Several of a list, kept in the order of the list. */
export function Checks({ name, label, hint, options, optional = false }: ChecksProps) {
  const { value, set, problem } = useField(name);
  const chosen = listOf(value).map(String);
  const known = new Set(options.map(({ id }) => id));
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(on ? [...chosen, id] : chosen.filter((one) => one !== id));
    const list = [
      ...options.flatMap((one) => (next.has(one.id) ? one.id : [])),
      ...[...next].filter((one) => !known.has(one)),
    ];
    set(list.length === 0 && optional ? undefined : list);
  };
  const all = [...options, ...chosen.flatMap((id) => (known.has(id) ? [] : { id, label: id }))];
  return (
    <Group label={label} hint={hint} problem={problem}>
      <div className={styles['checks']}>
        {all.length === 0 && <span className={styles['hint']}>{t('agreement_none_yet')}</span>}
        {all.map(({ id, label: words }) => (
          <label key={id} className={styles['check']}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            {words}
          </label>
        ))}
      </div>
    </Group>
  );
}
