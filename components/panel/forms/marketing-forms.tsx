/** Marketing's half: a flag on one of its two axes, the answer to a flag or a rejection, and how ready a lead is. */
import { useState } from 'react';
import { formatInstant } from '../../../lib/clock';
import type { Fact, Readiness } from '../../../lib/lead/facts';
import { language, t } from '../../../lib/platform/i18n';
import { Choice } from '../../ui/choice';
import { TextEntry } from '../../ui/text-entry';
import { factWords } from '../fact-words';
import { FormFrame, type ActFormProps } from './form-frame';
import { missingReason, noReason, ReasonFields, reasonsFor } from './reason-fields';

const axes = ['fit', 'readiness'] as const;

export function FlagForm({ setting, onAct }: ActFormProps) {
  const [axis, setAxis] = useState<(typeof axes)[number]>('fit');
  const [chosen, setChosen] = useState(noReason);
  const reasons = reasonsFor(setting.work.reasons, 'flag').filter((reason) => reason.axis === axis);
  return (
    <FormFrame
      setting={setting}
      title={t('act_flag_title')}
      submit={t('act_flag')}
      missing={missingReason(reasons, chosen)}
      onSubmit={() => {
        const detail = chosen.detail.trim();
        if (chosen.reason !== null)
          onAct({ do: 'flag', axis, reason: chosen.reason, ...(detail === '' ? {} : { detail }) });
      }}
    >
      <Choice
        label={t('act_axis')}
        options={axes.map((id) => ({ id, label: t(`act_axis_${id}`) }))}
        value={axis}
        onChange={(next) => {
          setAxis(next);
          setChosen(noReason);
        }}
      />
      <ReasonFields reasons={reasons} attempts={setting.work.attempts} value={chosen} onChange={setChosen} />
    </FormFrame>
  );
}

/** Flags and rejections that nobody has answered, the newest first. */
export function unanswered(facts: readonly Fact[]): readonly Fact[] {
  const answered = new Set(facts.flatMap((fact) => (fact.kind === 'flag-answer' ? [fact.answers] : [])));
  return facts.filter(
    (fact) =>
      (fact.kind === 'flag' || (fact.kind === 'verdict' && fact.verdict === 'rejected')) && !answered.has(fact.id),
  );
}

const answers = ['fixed', 'disputed', 'agreed'] as const;

export function AnswerForm({ setting, onAct }: ActFormProps) {
  const { work, now } = setting;
  const open = unanswered(work.facts);
  const [fact, setFact] = useState<string | null>(open[0]?.id ?? null);
  const [answer, setAnswer] = useState<(typeof answers)[number] | null>(null);
  const [reason, setReason] = useState('');
  const why = reason.trim();
  const disputed = answer === 'disputed';
  const missing =
    fact === null
      ? t('refused_nothing_to_answer')
      : answer === null
        ? t('act_missing_answer')
        : disputed && why === ''
          ? t('act_missing_dispute')
          : null;
  const speech = { reasons: work.reasons, sides: work.parties, now };
  return (
    <FormFrame
      setting={setting}
      title={t('act_answer_title')}
      submit={t('act_answer')}
      missing={missing}
      onSubmit={() => {
        if (fact !== null && answer !== null)
          onAct({ do: 'answer', fact, answer, ...(disputed ? { reason: why } : {}) });
      }}
    >
      {open.length > 0 && (
        <Choice
          label={t('act_answer_to')}
          options={open.map((entry) => ({
            id: entry.id,
            label: factWords(entry, speech),
            note: formatInstant(entry.at, now, language()),
          }))}
          value={fact}
          onChange={setFact}
        />
      )}
      <Choice
        label={t('act_answer_what')}
        options={answers.map((id) => ({ id, label: t(`act_answer_${id}`) }))}
        value={answer}
        onChange={setAnswer}
      />
      {disputed && <TextEntry label={t('act_dispute_why')} value={reason} onChange={setReason} maxLength={500} />}
    </FormFrame>
  );
}

const readinesses: readonly Readiness[] = ['needs-nurturing', 'needs-data', 'ready'];

export function ReadinessForm({ setting, onAct }: ActFormProps) {
  const [value, setValue] = useState<Readiness | null>(null);
  return (
    <FormFrame
      setting={setting}
      title={t('act_readiness_title')}
      submit={t('act_readiness_save')}
      missing={value === null ? t('act_missing_readiness') : null}
      onSubmit={() => {
        if (value !== null) onAct({ do: 'readiness', value });
      }}
    >
      <Choice
        label={t('act_readiness_what')}
        options={readinesses.map((id) => ({ id, label: t(`readiness_${id.replaceAll('-', '_')}`) }))}
        value={value}
        onChange={setValue}
      />
    </FormFrame>
  );
}
