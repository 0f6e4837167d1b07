/** Corrective actions and decisions: what was decided, who does it until when, and whether it worked. Kept in this browser. */
import { use, useEffect, useRef, useState, type FormEvent } from 'react';
import { t } from '../../lib/platform/i18n';
import type { Decision } from '../../lib/settings/decision-schema';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { TextEntry } from '../ui/text-entry';
import styles from './log.module.css';
import { dateAt } from './query';
import { dateWords, dayWords } from './report-words';
import type { ReportServices } from './services';
import { DecisionsOfReport, openActions } from './use-decisions';

const kinds = ['action', 'decision'] as const;
const outcomes = ['open', 'worked', 'did-not-work', 'dropped'] as const;

export interface LogProps {
  readonly services: Pick<ReportServices, 'newId' | 'now'>;
  readonly timeZone: string;
}

export function Log({ services, timeZone }: LogProps) {
  const { all, isReadable, isRefused, save, remove } = use(DecisionsOfReport);
  const [removed, setRemoved] = useState<Decision | null>(null);
  const today = dateAt(services.now(), timeZone);
  const takeOut = (decision: Decision): void =>
    void remove(decision.id).then((ok) => {
      if (ok) setRemoved(decision);
      return ok;
    });
  const putBack = (decision: Decision): void =>
    void save(decision).then((ok) => {
      if (ok) setRemoved(null);
      return ok;
    });
  return (
    <div className={styles.log}>
      {!isReadable && <p role="alert">{t('report_log_unreadable')}</p>}
      {isRefused && <p role="alert">{t('report_log_refused')}</p>}
      <output className={styles.soft}>
        {removed && (
          <>
            {t('report_log_removed', removed.text)}{' '}
            <Action kind="plain" onAction={() => putBack(removed)}>
              {t('report_log_put_back')}
            </Action>
          </>
        )}
      </output>
      {kinds.map((kind) => {
        const open = openActions(all);
        const own = all.filter((decision) => decision.kind === kind && !open.includes(decision));
        return (
          <section key={kind} aria-label={t(`report_log_${kind}s`)}>
            <h3 className={styles.title}>{t(`report_log_${kind}s`)}</h3>
            {!all.some((decision) => decision.kind === kind) && (
              <p className={styles.soft}>{t(`report_log_no_${kind}s`)}</p>
            )}
            <ul className={styles.list}>
              {(kind === 'action' ? [...open, ...own] : own).map((decision) => (
                <Line
                  key={decision.id}
                  decision={decision}
                  timeZone={timeZone}
                  today={today}
                  onSave={save}
                  onRemove={() => takeOut(decision)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      <Form
        label={t('report_log_new')}
        words={t('report_log_add')}
        onSave={(written) => save({ id: services.newId(), at: services.now(), result: 'open', ...written })}
      />
    </div>
  );
}

/** "Ada · due 3 Mar 2026, late": who does it until when. */
export function TodoWords({ decision: { owner, due, result }, today }: { readonly decision: Decision; today: string }) {
  const isLate = due !== undefined && result === 'open' && due < today;
  const dueWords = due === undefined ? null : t(isLate ? 'report_log_late_since' : 'report_log_due_on', dayWords(due));
  if (owner === undefined && dueWords === null) return null;
  return (
    <>
      {owner !== undefined && <bdi>{owner}</bdi>}
      {owner !== undefined && dueWords !== null && ' · '}
      {isLate ? <strong>{dueWords}</strong> : dueWords}
    </>
  );
}

interface LineProps {
  readonly decision: Decision;
  readonly timeZone: string;
  readonly today: string;
  readonly onSave: (decision: Decision) => Promise<boolean>;
  readonly onRemove: () => void;
}

function Line({ decision, timeZone, today, onSave, onRemove }: LineProps) {
  const [isEdited, setEdited] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    // The focus goes into the form and comes back out of it.
    if (isEdited !== wasEdited.current)
      line.current?.querySelector<HTMLElement>(isEdited ? 'input' : 'button')?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  const { text, owner, due, at, kind, result } = decision;
  if (isEdited)
    return (
      <li ref={line} className={styles.line}>
        <Form
          label={t('report_log_edit_of', text)}
          words={t('report_log_save')}
          initial={decision}
          onCancel={() => setEdited(false)}
          onSave={(written) => {
            const { owner: _owner, due: _due, ...rest } = decision;
            return onSave({ ...rest, ...written }).then((ok) => {
              if (ok) setEdited(false);
              return ok;
            });
          }}
        />
      </li>
    );
  return (
    <li ref={line} className={styles.line} data-result={result}>
      <p>
        <bdi>{text}</bdi>
      </p>
      <p className={styles.soft}>
        <TodoWords decision={decision} today={today} />
        {(owner !== undefined || due !== undefined) && ' · '}
        {t('report_log_written', dateWords(at, timeZone))}
      </p>
      <div className={styles.row}>
        {kind === 'action' && (
          <label className={styles.result}>
            {t('report_log_result')}{' '}
            <select
              value={result}
              onChange={({ target }) =>
                void onSave({ ...decision, result: outcomes.find((one) => one === target.value) ?? 'open' })
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
        <Action kind="plain" onAction={() => setEdited(true)}>
          {t('report_log_edit')}
          <Hidden>{`: ${text}`}</Hidden>
        </Action>
        <Action kind="plain" onAction={onRemove}>
          {t('report_log_remove')}
          <Hidden>{`: ${text}`}</Hidden>
        </Action>
      </div>
    </li>
  );
}

/** What a person writes of a decision. */
type Written = Pick<Decision, 'kind' | 'text' | 'owner' | 'due'>;

interface FormProps {
  readonly label: string;
  /** On the button. */
  readonly words: string;
  readonly initial?: Written;
  readonly onSave: (written: Written) => Promise<boolean>;
  readonly onCancel?: () => void;
}

function Form({ label, words, initial, onSave, onCancel }: FormProps) {
  const [kind, setKind] = useState<Decision['kind']>(initial?.kind ?? 'action');
  const [text, setText] = useState(initial?.text ?? '');
  const [owner, setOwner] = useState(initial?.owner ?? '');
  const [due, setDue] = useState(initial?.due ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    const written: Written = {
      kind,
      text: text.trim(),
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
      ...(due === '' ? {} : { due }),
    };
    void onSave(written).then((ok) => {
      if (!ok || initial) return ok;
      setText('');
      setOwner('');
      setDue('');
      return ok;
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={label}>
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
        {words}
      </button>
      {onCancel && (
        <Action kind="plain" onAction={onCancel}>
          {t('report_log_cancel')}
        </Action>
      )}
    </form>
  );
}
