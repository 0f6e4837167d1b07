/** Corrective actions and decisions: what was decided, who does it until when, and whether it worked. Kept in this browser. */
import { useCallback, useState, type FormEvent } from 'react';
import { language, t } from '../../lib/platform/i18n';
import type { Decision } from '../../lib/settings/decision-schema';
import { Action } from '../ui/action';
import { TextEntry } from '../ui/text-entry';
import { useAnswer } from '../use-answer';
import styles from './log.module.css';
import { dateWords } from './report-words';
import type { ReportServices } from './services';

const kinds = ['action', 'decision'] as const;
const outcomes = ['open', 'worked', 'did-not-work', 'dropped'] as const;

export interface LogProps {
  readonly services: ReportServices;
  readonly timeZone: string;
}

export function Log({ services, timeZone }: LogProps) {
  const ask = useCallback(() => services.decisions(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  const [refused, setRefused] = useState(false);
  const settle = (done: Promise<boolean>): Promise<boolean> =>
    done.then(
      (ok) => {
        setRefused(!ok);
        if (ok) again();
        return ok;
      },
      () => {
        setRefused(true);
        return false;
      },
    );
  const save = (decision: Decision): Promise<boolean> => settle(services.saveDecision(decision));
  const decisions = answer?.decisions ?? [];
  return (
    <div className={styles.log}>
      {(failed || answer?.readable === false) && <p role="alert">{t('report_log_unreadable')}</p>}
      {refused && <p role="alert">{t('report_log_refused')}</p>}
      {kinds.map((kind) => {
        const own = decisions.filter((decision) => decision.kind === kind);
        return (
          <section key={kind} aria-label={t(`report_log_${kind}s`)}>
            <h3 className={styles.title}>{t(`report_log_${kind}s`)}</h3>
            {own.length === 0 && <p className={styles.soft}>{t(`report_log_no_${kind}s`)}</p>}
            <ul className={styles.list}>
              {own.map((decision) => (
                <Line
                  key={decision.id}
                  decision={decision}
                  timeZone={timeZone}
                  onSave={(changed) => void save(changed)}
                  onRemove={() => void settle(services.removeDecision(decision.id))}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <Entry services={services} onSave={save} />
    </div>
  );
}

interface LineProps {
  readonly decision: Decision;
  readonly timeZone: string;
  readonly onSave: (decision: Decision) => void;
  readonly onRemove: () => void;
}

function Line({ decision, timeZone, onSave, onRemove }: LineProps) {
  const { text, owner, due, at, kind, result } = decision;
  const dueWords =
    due === undefined
      ? null
      : t(
          'report_log_due_on',
          new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(due)),
        );
  const facts = [owner, dueWords, t('report_log_written', dateWords(at, timeZone))].filter(Boolean);
  return (
    <li className={styles.line} data-result={result}>
      <p>
        <bdi>{text}</bdi>
      </p>
      <p className={styles.soft}>{facts.join(' · ')}</p>
      <div className={styles.row}>
        {kind === 'action' && (
          <label className={styles.result}>
            {t('report_log_result')}{' '}
            <select
              value={result}
              onChange={({ target }) =>
                onSave({ ...decision, result: outcomes.find((one) => one === target.value) ?? 'open' })
              }
            >
              {outcomes.map((one) => (
                <option key={one} value={one}>
                  {t(`report_result_${one.replaceAll('-', '_')}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Action kind="plain" onAction={onRemove}>
          {t('report_log_remove')}
        </Action>
      </div>
    </li>
  );
}

function Entry({
  services,
  onSave,
}: {
  readonly services: ReportServices;
  readonly onSave: (decision: Decision) => Promise<boolean>;
}) {
  const [kind, setKind] = useState<Decision['kind']>('action');
  const [text, setText] = useState('');
  const [owner, setOwner] = useState('');
  const [due, setDue] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    const decision: Decision = {
      id: services.newId(),
      kind,
      text: text.trim(),
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
      ...(due === '' ? {} : { due }),
      at: services.now(),
      result: 'open',
    };
    void onSave(decision).then((ok) => {
      if (!ok) return ok;
      setText('');
      setOwner('');
      setDue('');
      return ok;
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={t('report_log_new')}>
      <label className={styles.field}>
        {t('report_log_kind')}
        <select value={kind} onChange={({ target }) => setKind(target.value === 'decision' ? 'decision' : 'action')}>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`report_log_${one}`)}
            </option>
          ))}
        </select>
      </label>
      <TextEntry label={t('report_log_text')} value={text} onChange={setText} maxLength={400} />
      <TextEntry label={t('report_log_owner')} value={owner} onChange={setOwner} maxLength={200} />
      <label className={styles.field}>
        {t('report_log_due')}
        <input type="date" value={due} onChange={({ target }) => setDue(target.value)} />
      </label>
      <button type="submit" className={styles.submit}>
        {t('report_log_add')}
      </button>
    </form>
  );
}
