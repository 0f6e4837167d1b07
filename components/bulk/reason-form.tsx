/** Why the selected leads are rejected or flagged: a reason, and what that reason asks for. */
import { useState } from 'react';
import { t } from '../../lib/platform/i18n';
import { FormFrame, type FormFrameProps } from '../panel/forms/form-frame';
import { missingReason, noReason, ReasonFields, reasonsFor } from '../panel/forms/reason-fields';
import type { Reason } from '../panel/labels';
import type { BulkAct } from './use-bulk';

/** How often somebody tried is each lead's own affair: the worker says which of them it is too early for. */
const anyAttempts = { made: 0, agreed: 0 };

export interface ReasonFormProps {
  readonly use: 'reject' | 'flag';
  readonly reasons: readonly Reason[];
  readonly setting: FormFrameProps['setting'];
  readonly onAct: (act: BulkAct) => void;
}

export function ReasonForm({ use, reasons: all, setting, onAct }: ReasonFormProps) {
  const [chosen, setChosen] = useState(noReason);
  const reasons = reasonsFor(all, use);
  const submit = (): void => {
    const reason = reasons.find(({ id }) => id === chosen.reason);
    if (!reason) return;
    const detail = chosen.detail.trim();
    const said = { reason: reason.id, ...(detail === '' ? {} : { detail }) };
    onAct(use === 'reject' ? { do: use, ...said } : { do: use, axis: reason.axis, ...said });
  };
  return (
    <FormFrame
      setting={setting}
      title={t(`bulk_${use}_title`)}
      submit={t(`act_${use}`)}
      missing={missingReason(reasons, chosen)}
      onSubmit={submit}
    >
      <ReasonFields reasons={reasons} attempts={anyAttempts} value={chosen} onChange={setChosen} />
    </FormFrame>
  );
}
