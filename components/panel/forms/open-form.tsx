/** The form that belongs to an action; nothing for a name that has none. */
import type { Act } from '../../../lib/messages/acts';
import type { FormSetting } from './form-frame';
import { AnswerForm, FlagForm, ReadinessForm } from './marketing-forms';
import { PauseForm, SnoozeForm } from './quiet-forms';
import { BlockForm, NoteForm, UnblockForm } from './text-forms';
import { TouchForm } from './touch-form';
import { RecycleForm, RejectForm } from './verdict-forms';

const forms = {
  reject: RejectForm,
  recycle: RecycleForm,
  touch: TouchForm,
  pause: PauseForm,
  block: BlockForm,
  unblock: UnblockForm,
  flag: FlagForm,
  answer: AnswerForm,
  readiness: ReadinessForm,
  note: NoteForm,
};

const isForm = (name: string): name is keyof typeof forms => Object.hasOwn(forms, name);

export interface OpenFormProps {
  readonly name: string | null;
  readonly setting: FormSetting;
  readonly onAct: (act: Act) => void;
  readonly onSnooze: (until: number | null) => void;
}

export function OpenForm({ name, setting, onAct, onSnooze }: OpenFormProps) {
  if (name === 'snooze') return <SnoozeForm setting={setting} onSnooze={onSnooze} />;
  if (name === null || !isForm(name)) return null;
  const Form = forms[name];
  return <Form setting={setting} onAct={onAct} />;
}
