/** Chooses an instant: one of a few that are likely, or any other. */
import { useId, useState } from 'react';
import { formatFullInstant } from '../../../lib/clock';
import { language, t } from '../../../lib/platform/i18n';
import { Choice } from '../../ui/choice';
import entry from '../../ui/text-entry.module.css';
import { fieldInstant, fieldValue, type Moment } from '../moments';

/** `undefined`: nothing chosen yet, or no instant. */
export type ChosenMoment = number | null | undefined;

export interface MomentFieldProps {
  readonly label: string;
  readonly moments: readonly Moment[];
  /** Id of the moment that is chosen at first. */
  readonly first?: string;
  readonly onChange: (at: ChosenMoment) => void;
  readonly from?: number;
  readonly to?: number;
}

const other = 'other';

export function MomentField({ label, moments, first, onChange, from, to }: MomentFieldProps) {
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(first ?? null);
  const [typed, setTyped] = useState('');
  const instant = fieldInstant(typed);
  return (
    <>
      <Choice
        label={label}
        options={[...moments, { id: other, label: t('act_other_time') }].map(({ id: name, label: words }) => ({
          id: name,
          label: words,
        }))}
        value={chosen}
        onChange={(name) => {
          setChosen(name);
          onChange(name === other ? (instant ?? undefined) : moments.find((moment) => moment.id === name)?.at);
        }}
      />
      {chosen === other && (
        <div className={entry.entry}>
          <label htmlFor={id} className={entry.label}>
            {t('act_day_and_time')}
          </label>
          <input
            id={id}
            type="datetime-local"
            className={entry.field}
            value={typed}
            min={from === undefined ? undefined : fieldValue(from)}
            max={to === undefined ? undefined : fieldValue(to)}
            title={instant === null ? undefined : formatFullInstant(instant, language())}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange(fieldInstant(event.target.value) ?? undefined);
            }}
          />
        </div>
      )}
    </>
  );
}
