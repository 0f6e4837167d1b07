/**
 * Which leads something is about: conditions of which all hold, or several such groups of which one is enough. Beside them stands
 * how many of the leads that are known here they take.
 */
import { Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fieldsOf, listOf, textOf, type Fields } from '../../../lib/agreement/editing';
import type { Issue, Path } from '../../../lib/agreement/integrity';
import type { Condition } from '../../../lib/agreement/schema';
import { textFields } from '../../../lib/lead/lead';
import { language, plural, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import { Hidden } from '../../ui/hidden';
import { wordsOr } from '../../words';
import { useEditor, useIssues } from '../editor-context';
import { issueWords } from '../issue-words';
import styles from './fields.module.css';
import { Group, Problem } from './frame';
import { useField } from './part-form';
import { valuesIn, valuesText } from './value-list';

export const operators = ['is', 'is-not', 'contains', 'in', 'not-in', 'present', 'absent'] as const;

const isList = (operator: string): boolean => operator === 'in' || operator === 'not-in';
const isBare = (operator: string): boolean => operator === 'present' || operator === 'absent';

export const fieldWords = (field: string): string => wordsOr('popup_field', field, field);
const operatorWords = (operator: string): string => wordsOr('agreement_operator', operator, operator);

/** "Source contains demo". */
export function conditionWords(value: unknown): string {
  const { field, operator, value: wanted } = fieldsOf(value);
  const names = Array.isArray(wanted) ? valuesText(wanted.map(String)) : textOf(wanted);
  return [fieldWords(textOf(field)), operatorWords(textOf(operator)), names].filter((part) => part !== '').join(' ');
}

/** The same condition with another operator: the value goes with it as far as it can. */
function withOperator(condition: Fields, operator: string): Fields {
  const { field, value } = condition;
  if (isBare(operator)) return { field, operator };
  // One value stays one, also with a comma in it.
  const texts = Array.isArray(value) ? value.map(String) : [textOf(value).trim()].filter((text) => text !== '');
  return { field, operator, value: isList(operator) ? texts : Array.isArray(value) ? texts.join(', ') : textOf(value) };
}

interface RowProps {
  readonly condition: unknown;
  readonly number: number;
  readonly path: Path;
  readonly onChange: (next: Fields) => void;
  readonly onRemove: () => void;
}

function ConditionRow({ condition, number, path, onChange, onRemove }: RowProps) {
  const parts = fieldsOf(condition);
  const operator = textOf(parts['operator']);
  const { value } = parts;
  const shown = Array.isArray(value) ? valuesText(value.map(String)) : textOf(value);
  const [typed, setTyped] = useState(shown);
  const text = isList(operator) && valuesText(valuesIn(typed)) === shown ? typed : shown;
  const wrong: readonly Issue[] = [...useIssues(path), ...useIssues([...path, 'value'])];
  const at = ` ${t('agreement_condition_number', String(number))}`;
  return (
    <>
      <div className={styles['condition']}>
        <select
          className={styles['control']}
          aria-label={t('agreement_condition_field') + at}
          value={textOf(parts['field'])}
          onChange={({ target }) => onChange({ ...parts, field: target.value })}
        >
          {textFields.map((field) => (
            <option key={field} value={field}>
              {fieldWords(field)}
            </option>
          ))}
        </select>
        <select
          className={styles['control']}
          aria-label={t('agreement_condition_operator') + at}
          value={operator}
          onChange={({ target }) => onChange(withOperator(parts, target.value))}
        >
          {operators.map((one) => (
            <option key={one} value={one}>
              {operatorWords(one)}
            </option>
          ))}
        </select>
        {!isBare(operator) && (
          <input
            type="text"
            autoComplete="off"
            className={styles['control']}
            aria-label={t(isList(operator) ? 'agreement_condition_values' : 'agreement_condition_value') + at}
            aria-invalid={wrong.length > 0 || undefined}
            placeholder={isList(operator) ? t('agreement_condition_values_hint') : undefined}
            maxLength={isList(operator) ? 10_000 : 200}
            value={text}
            onChange={({ target }) => {
              setTyped(target.value);
              onChange({ ...parts, value: isList(operator) ? valuesIn(target.value) : target.value });
            }}
          />
        )}
        <Action kind="plain" onAction={onRemove}>
          <X size={14} aria-hidden="true" focusable="false" />
          <Hidden>{t('agreement_condition_remove') + at}</Hidden>
        </Action>
      </div>
      {wrong.slice(0, 1).map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
    </>
  );
}

interface EditorProps {
  readonly conditions: readonly unknown[];
  readonly path: Path;
  readonly onChange: (next: readonly unknown[]) => void;
}

const fresh: Condition = { field: 'source', operator: 'contains', value: '' };

function ConditionEditor({ conditions, path, onChange }: EditorProps) {
  return (
    <>
      {conditions.map((condition, index) => (
        <ConditionRow
          // oxlint-disable-next-line react/no-array-index-key -- a condition is nothing but its place
          key={index}
          condition={condition}
          number={index + 1}
          path={[...path, index]}
          onChange={(next) => onChange(conditions.toSpliced(index, 1, next))}
          onRemove={() => onChange(conditions.toSpliced(index, 1))}
        />
      ))}
      {conditions.length < 20 && (
        <span>
          <Action kind="plain" onAction={() => onChange([...conditions, fresh])}>
            <Plus size={14} aria-hidden="true" focusable="false" /> {t('agreement_condition_add')}
          </Action>
        </span>
      )}
    </>
  );
}

/** A pause in typing, in ms, before the ledger is asked. */
const pauseMs = 300;

const isComplete = (condition: unknown): condition is Condition => {
  const { operator, value } = fieldsOf(condition);
  return isBare(textOf(operator)) || (Array.isArray(value) ? value.length > 0 : textOf(value).trim() !== '');
};

/** "Takes 12 of 340 known leads". Says nothing while a condition is unfinished or the ledger does not answer. */
export function LeadCount({ groups }: { readonly groups: readonly (readonly unknown[])[] }) {
  const { services } = useEditor();
  const [answer, setAnswer] = useState({ asked: '', words: '' });
  const asked = JSON.stringify(groups);
  useEffect(() => {
    let isCurrent = true;
    const question = JSON.parse(asked) as unknown[][];
    if (!question.every((group): group is Condition[] => group.every(isComplete))) return undefined;
    const ask = async (): Promise<void> => {
      const { matching, known } = await services.countLeads(question);
      const words = plural('agreement_lead_count', known, new Intl.NumberFormat(language()).format(matching));
      if (isCurrent) setAnswer({ asked, words });
    };
    // A ledger that does not answer leaves the count unsaid; the draft is none the worse for it.
    const timer = setTimeout(() => void ask().catch(() => undefined), pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asked, services]);
  return <output className={styles['count']}>{answer.asked === asked ? answer.words : ''}</output>;
}

export interface ConditionsProps {
  readonly name: string;
  readonly label: string;
  /** Said where there is no condition. */
  readonly everything: string;
}

/** All of them hold; no condition at all is nothing written. */
export function Conditions({ name, label, everything }: ConditionsProps) {
  const { value, set, problem, path } = useField(name);
  const conditions = listOf(value);
  return (
    <Group label={label} problem={problem}>
      {conditions.length === 0 && <p className={styles['hint']}>{everything}</p>}
      <ConditionEditor
        conditions={conditions}
        path={path}
        onChange={(next) => set(next.length === 0 ? undefined : next)}
      />
      {conditions.length > 0 && <LeadCount groups={[conditions]} />}
    </Group>
  );
}

export interface GroupsProps extends ConditionsProps {
  readonly optional?: boolean;
}

/** Groups of conditions, of which one is enough. A group that loses its last condition goes. */
export function ConditionGroups({ name, label, everything, optional = false }: GroupsProps) {
  const { value, set, problem, path } = useField(name);
  const groups = listOf(value);
  const write = (next: readonly unknown[]): void => set(next.length === 0 && optional ? undefined : next);
  return (
    <Group label={label} problem={problem}>
      {groups.length === 0 && <p className={styles['hint']}>{everything}</p>}
      {groups.map((group, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a group is nothing but its place
        <fieldset key={index} className={styles['block']} aria-label={t('agreement_group', String(index + 1))}>
          {index > 0 && <span className={styles['hint']}>{t('agreement_group_or')}</span>}
          <ConditionEditor
            conditions={listOf(group)}
            path={[...path, index]}
            onChange={(next) =>
              write(next.length === 0 ? groups.toSpliced(index, 1) : groups.toSpliced(index, 1, next))
            }
          />
        </fieldset>
      ))}
      <div className={styles['buttons']}>
        {groups.length < 50 && (
          <Action kind="plain" onAction={() => write([...groups, [fresh]])}>
            <Plus size={14} aria-hidden="true" focusable="false" />{' '}
            {t(groups.length === 0 ? 'agreement_group_first' : 'agreement_group_add')}
          </Action>
        )}
        {groups.length > 0 && <LeadCount groups={groups.map(listOf)} />}
      </div>
    </Group>
  );
}
