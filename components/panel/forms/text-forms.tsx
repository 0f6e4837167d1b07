/** Acts that are a person's own words: what is needed, what was answered, a note, why an automatic flag does not hold. */
import { useState } from 'react';
import type { Act } from '../../../lib/messages/acts';
import { t } from '../../../lib/platform/i18n';
import { TextEntry } from '../../ui/text-entry';
import { FormFrame, type ActFormProps, type FormSetting } from './form-frame';

interface TextFormProps {
  readonly setting: FormSetting;
  readonly title: string;
  readonly label: string;
  readonly submit: string;
  /** What to say while nothing is written; `null`: it may stay empty. */
  readonly missing: string | null;
  readonly maxLength: number;
  readonly long?: boolean;
  readonly onText: (text: string) => void;
}

function TextForm({ setting, title, label, submit, missing, maxLength, long = false, onText }: TextFormProps) {
  const [text, setText] = useState('');
  const said = text.trim();
  return (
    <FormFrame
      setting={setting}
      title={title}
      submit={submit}
      missing={said === '' ? missing : null}
      onSubmit={() => onText(said)}
    >
      <TextEntry label={label} value={text} onChange={setText} maxLength={maxLength} long={long} />
    </FormFrame>
  );
}

export function BlockForm({ setting, onAct }: ActFormProps) {
  return (
    <TextForm
      setting={setting}
      title={t('act_block_title')}
      label={t('act_block_needs')}
      submit={t('act_block')}
      missing={t('act_missing_needs')}
      maxLength={500}
      onText={(needs) => onAct({ do: 'block', needs })}
    />
  );
}

export function UnblockForm({ setting, onAct }: ActFormProps) {
  return (
    <TextForm
      setting={setting}
      title={t('act_unblock_title')}
      label={t('act_unblock_answer')}
      submit={t('act_unblock')}
      missing={null}
      maxLength={500}
      onText={(answer) => onAct({ do: 'unblock', ...(answer === '' ? {} : { answer }) })}
    />
  );
}

export function NoteForm({ setting, onAct }: ActFormProps) {
  return (
    <TextForm
      setting={setting}
      title={t('act_note_title')}
      label={t('act_note_text')}
      submit={t('act_note_save')}
      missing={t('act_missing_note')}
      maxLength={2_000}
      long
      onText={(text) => onAct({ do: 'note', text })}
    />
  );
}

export interface DismissFormProps {
  readonly setting: FormSetting;
  /** What the dismissal names. */
  readonly rule: string;
  readonly onAct: (act: Act) => void;
}

export function DismissForm({ setting, rule, onAct }: DismissFormProps) {
  return (
    <TextForm
      setting={setting}
      title={t('act_dismiss_title')}
      label={t('act_dismiss_why')}
      submit={t('act_dismiss')}
      missing={t('act_missing_why')}
      maxLength={500}
      onText={(reason) => onAct({ do: 'dismiss', rule, reason })}
    />
  );
}
