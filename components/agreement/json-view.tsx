/**
 * The draft as JSON. What parses is the draft from then on, however wrong it still is; what does not parse stays in the text, and the
 * draft keeps what it was. Each problem is told with its line, and a click goes there.
 */
import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { jsonPlaces, type JsonPlaces } from '../../lib/agreement/json-places';
import { language, t } from '../../lib/platform/i18n';
import styles from './agreement-editor.module.css';
import { useEditor } from './editor-context';
import { Problem } from './fields/frame';
import { issueWords } from './issue-words';
import { useLatest } from './use-latest';

/** What a reader of agreements looks at, in characters. */
const largest = 5_000_000;
/** A pause in typing, in ms, before the text is read. */
const readAfterMs = 250;
/** Problems that are drawn at once. */
const shownAtOnce = 50;

const textOf = (draft: unknown): string => JSON.stringify(draft, null, 2);

export interface JsonViewProps {
  /** A broken text of before, so that it outlives a look at the forms. */
  readonly unread: string | null;
  readonly onUnread: (text: string | null) => void;
}

export function JsonView({ unread, onUnread }: JsonViewProps) {
  const { store } = useEditor();
  const draft = useSyncExternalStore(store.subscribe, () => store.steps().present);
  const [text, setText] = useState(() => unread ?? textOf(draft));
  const own = useRef(draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLPreElement>(null);
  const id = useId();
  const issues = useSyncExternalStore(store.subscribe, store.issues);
  const [places, setPlaces] = useState<JsonPlaces | 'too-large'>(() => placesOf(text));

  useEffect(() => {
    // Undone or redone meanwhile: the text follows the draft.
    if (draft === own.current) return;
    own.current = draft;
    onUnread(null);
    const next = textOf(draft);
    setText(next);
    setPlaces(placesOf(next));
  }, [draft, onUnread]);

  const latest = useRef(text);
  const take = (): void => {
    const next = placesOf(latest.current);
    setPlaces(next);
    const isDraft =
      next !== 'too-large' &&
      next.ok &&
      typeof next.value === 'object' &&
      next.value !== null &&
      !Array.isArray(next.value);
    onUnread(isDraft ? null : latest.current);
    if (!isDraft) return;
    if (JSON.stringify(next.value) === JSON.stringify(store.steps().present)) return;
    own.current = next.value;
    store.edit([], next.value);
  };
  const taking = useLatest(take);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Whoever leaves within the pause loses nothing.
    const takeNow = (): void => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      timer.current = undefined;
      taking.current();
    };
    // Before the draft is saved for the last time, which listens to the same.
    window.addEventListener('pagehide', takeNow, { capture: true });
    return () => {
      window.removeEventListener('pagehide', takeNow, { capture: true });
      takeNow();
    };
  }, [taking]);
  const write = (next: string): void => {
    latest.current = next;
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      taking.current();
    }, readAfterMs);
  };
  const go = (line: number): void => {
    const element = area.current;
    if (!element) return;
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    element.focus();
    element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    element.scrollTop = (element.scrollHeight / Math.max(1, lines.length)) * Math.max(0, line - 4);
  };
  const lineCount = useMemo(() => text.split('\n').length, [text]);
  const faults = faultsOf(places, issues);
  return (
    <div className={styles['json']}>
      <label htmlFor={id} className={styles['soft']}>
        {t('agreement_json_label')}
      </label>
      <div className={styles['jsonBox']}>
        <pre ref={numbers} className={styles['lines']} aria-hidden="true">
          {Array.from({ length: lineCount }, (_, index) => index + 1).join('\n')}
        </pre>
        <textarea
          id={id}
          ref={area}
          className={styles['jsonText']}
          wrap="off"
          spellCheck={false}
          value={text}
          aria-invalid={faults.length > 0 || undefined}
          onScroll={({ currentTarget }) => {
            if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop;
          }}
          onChange={({ target }) => write(target.value)}
        />
      </div>
      <div aria-live="polite" className={styles['faults']}>
        {faults.length === 0 && <p className={styles['soft']}>{t('agreement_json_fine')}</p>}
        {faults.slice(0, shownAtOnce).map(({ line, path, words }) => (
          <Problem key={`${line}|${path}|${words}`}>
            <button type="button" className={styles['link']} onClick={() => go(line)}>
              {t('agreement_line', new Intl.NumberFormat(language()).format(line))}
            </button>{' '}
            {path !== '' && <code>{path}</code>} {words}
          </Problem>
        ))}
      </div>
    </div>
  );
}

function placesOf(text: string): JsonPlaces | 'too-large' {
  return text.length > largest ? 'too-large' : jsonPlaces(text);
}

interface Fault {
  readonly line: number;
  readonly path: string;
  readonly words: string;
}

function faultsOf(
  places: JsonPlaces | 'too-large',
  issues: readonly Parameters<typeof issueWords>[0][],
): readonly Fault[] {
  if (places === 'too-large') return [{ line: 1, path: '', words: t('agreement_issue_too_large') }];
  if (!places.ok) return [{ line: places.line, path: '', words: t('agreement_issue_not_json', String(places.column)) }];
  return issues.map((issue) => ({
    line: places.lineOf(issue.path),
    path: issue.path.join('.'),
    words: issueWords(issue),
  }));
}
