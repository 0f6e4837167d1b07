/** A reason from the agreement's taxonomy, and what that reason asks for. */
import { t } from '../../../lib/platform/i18n';
import { Choice } from '../../ui/choice';
import { TextEntry } from '../../ui/text-entry';
import { detailLabel, fieldLabel, reasonLabel, type Reason } from '../labels';

export interface ChosenReason {
  readonly reason: string | null;
  readonly detail: string;
}

export const noReason: ChosenReason = { reason: null, detail: '' };

/** Fields of a lead that better data can put right, where the agreement names none. */
const dataFields = ['name', 'company', 'email', 'phone', 'source', 'campaign', 'region', 'tier'];

export interface ReasonFieldsProps {
  readonly reasons: readonly Reason[];
  readonly attempts: { readonly made: number; readonly agreed: number };
  readonly value: ChosenReason;
  readonly onChange: (value: ChosenReason) => void;
}

/** Reasons that can be given now, for this kind of statement. */
export const reasonsFor = (reasons: readonly Reason[], use: 'reject' | 'flag'): readonly Reason[] =>
  reasons.filter((reason) => reason.for.includes(use) && reason.retired === undefined);

const asking = (reasons: readonly Reason[], id: string | null): Reason | undefined =>
  reasons.find((reason) => reason.id === id);

/** What is still to be said, as a sentence. */
export function missingReason(reasons: readonly Reason[], { reason, detail }: ChosenReason): string | null {
  const chosen = asking(reasons, reason);
  if (!chosen) return t('act_missing_reason');
  if (detail.trim() !== '') return null;
  if (chosen.asks === 'which') return t('act_missing_which');
  return chosen.asks === 'field' ? t('act_missing_field') : null;
}

export function ReasonFields({ reasons, attempts, value, onChange }: ReasonFieldsProps) {
  const chosen = asking(reasons, value.reason);
  const tooEarly = attempts.made < attempts.agreed;
  return (
    <>
      <Choice
        label={t('act_reason')}
        options={reasons.map(({ id, asks }) => {
          const disabled = asks === 'attempts' && tooEarly;
          const note = disabled ? t('act_attempts', String(attempts.made), String(attempts.agreed)) : null;
          return { id, label: reasonLabel(id, reasons), disabled, ...(note === null ? {} : { note }) };
        })}
        value={value.reason}
        onChange={(reason) => onChange({ reason, detail: '' })}
      />
      {(chosen?.asks === 'which' || chosen?.asks === 'field') && (
        <Detail
          reason={chosen}
          value={value.detail}
          onChange={(detail) => onChange({ reason: value.reason, detail })}
        />
      )}
    </>
  );
}

interface DetailProps {
  readonly reason: Reason;
  readonly value: string;
  readonly onChange: (detail: string) => void;
}

function Detail({ reason, value, onChange }: DetailProps) {
  const aboutField = reason.asks === 'field';
  const options = reason.options ?? (aboutField ? dataFields : null);
  const label = t(aboutField ? 'act_which_field' : 'act_which');
  if (options === null) return <TextEntry label={label} value={value} onChange={onChange} maxLength={500} />;
  return (
    <Choice
      label={label}
      options={options.map((id) => ({ id, label: aboutField ? fieldLabel(id) : detailLabel(id) }))}
      value={value === '' ? null : value}
      onChange={onChange}
    />
  );
}
