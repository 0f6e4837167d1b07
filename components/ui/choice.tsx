/** One of a few, all of them in sight: a radio group whose options are small tiles that wrap. */
import { Label, Radio, RadioGroup, Text } from 'react-aria-components';
import styles from './choice.module.css';
import { Hidden } from './hidden';

export interface ChoiceOption<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** Small, behind the label. */
  readonly note?: string;
  readonly disabled?: boolean;
}

export interface ChoiceProps<Id extends string> {
  readonly label: string;
  readonly options: readonly ChoiceOption<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
}

export function Choice<Id extends string>({ label, options, value, onChange }: ChoiceProps<Id>) {
  // A disabled option takes no focus, so what it says is told with the group.
  const closed = options.flatMap(({ label: name, note, disabled = false }) =>
    disabled && note !== undefined ? [`${name}: ${note}`] : [],
  );
  return (
    <RadioGroup
      className={styles.group ?? ''}
      orientation="horizontal"
      value={value}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen) onChange(chosen.id);
      }}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.options}>
        {options.map(({ id, label: name, note, disabled = false }) => (
          <Radio key={id} value={id} isDisabled={disabled} className={styles.option ?? ''}>
            {name}
            {note !== undefined && <span className={styles.note}> {note}</span>}
          </Radio>
        ))}
      </div>
      {closed.length > 0 && (
        <Text slot="description">
          <Hidden>{closed.join('. ')}</Hidden>
        </Text>
      )}
    </RadioGroup>
  );
}
