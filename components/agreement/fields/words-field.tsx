/** Words of the agreement: once for everybody, or in both languages; and lists of them, one a line. */
import { useState, type ReactNode } from 'react';
import { fieldsOf, listOf, textOf } from '../../../lib/agreement/editing';
import type { Label } from '../../../lib/agreement/words';
import { language, t } from '../../../lib/platform/i18n';
import { Action } from '../../ui/action';
import styles from './fields.module.css';
import { Frame, Group } from './frame';
import { useField, useProblem } from './part-form';

const languages = ['en', 'es'] as const;

/** In the reader's language; an empty text where it is none. */
export function draftWords(value: unknown): string {
  if (typeof value === 'string') return value;
  const label = fieldsOf(value);
  return textOf(label[language() === 'es' ? 'es' : 'en']) || textOf(label['en']) || textOf(label['es']);
}

export interface WordsFieldProps {
  readonly name: string;
  readonly label: string;
  readonly max: number;
  readonly optional?: boolean;
  readonly long?: boolean;
  /** Written in both languages, always. */
  readonly both?: boolean;
  readonly hint?: string;
}

export function WordsField({ name, label, max, optional = false, long = false, both = false, hint }: WordsFieldProps) {
  const { value, set, problem, ref } = useField(name);
  const isBoth = both || (typeof value === 'object' && value !== null);
  const control = (text: string, write: (text: string) => void, at: string, wrong: string | undefined) => (
    <Frame label={at} hint={isBoth ? undefined : hint} problem={wrong}>
      {(props) =>
        long ? (
          <textarea
            {...props}
            ref={ref}
            rows={3}
            maxLength={max}
            value={text}
            onChange={({ target }) => write(target.value)}
          />
        ) : (
          <input
            {...props}
            ref={ref}
            type="text"
            autoComplete="off"
            maxLength={max}
            value={text}
            onChange={({ target }) => write(target.value)}
          />
        )
      }
    </Frame>
  );
  if (!isBoth) {
    const text = textOf(value);
    return (
      <div className={styles['field']}>
        {control(text, (next) => set(next === '' && optional ? undefined : next), label, problem)}
        {text !== '' && (
          <span>
            <Action kind="plain" onAction={() => set({ en: text, es: text } satisfies Label)}>
              {t('agreement_both_languages')}
            </Action>
          </span>
        )}
      </div>
    );
  }
  const texts = fieldsOf(value);
  const write = (key: 'en' | 'es', text: string): void => {
    const next = { en: textOf(texts['en']), es: textOf(texts['es']), [key]: text };
    set(optional && next.en === '' && next.es === '' ? undefined : next);
  };
  return (
    <Group label={label} hint={hint} problem={problem}>
      <div className={styles['row']}>
        {languages.map((key) => (
          <LanguageField key={key} name={`${name}.${key}`}>
            {(wrong) => control(textOf(texts[key]), (text) => write(key, text), t(`agreement_language_${key}`), wrong)}
          </LanguageField>
        ))}
      </div>
      {!both && (
        <span>
          <Action kind="plain" onAction={() => set(draftWords(value))}>
            {t('agreement_one_language')}
          </Action>
        </span>
      )}
    </Group>
  );
}

/** Asks what is wrong with one language's text. */
function LanguageField({
  name,
  children,
}: {
  readonly name: string;
  readonly children: (problem: string | undefined) => ReactNode;
}) {
  return children(useProblem(name));
}

export interface LinesProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

/** One entry a line. A line that was not touched keeps what stood there, in both languages if it did. */
export function Lines({ name, label, hint = t('agreement_one_a_line'), optional = false }: LinesProps) {
  const { value, set, problem, ref, path } = useField(name);
  const items = listOf(value);
  const shown = items.map(draftWords).join('\n');
  const [typed, setTyped] = useState(shown);
  const linesIn = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const text = linesIn(typed).join('\n') === shown ? typed : shown;
  return (
    <Frame label={label} hint={hint} problem={problem} at={path}>
      {(control) => (
        <textarea
          {...control}
          ref={ref}
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          value={text}
          onChange={({ target }) => {
            setTyped(target.value);
            const next = linesIn(target.value).map((line) => items.find((item) => draftWords(item) === line) ?? line);
            set(next.length === 0 && optional ? undefined : next);
          }}
        />
      )}
    </Frame>
  );
}
