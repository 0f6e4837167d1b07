/**
 * A list of the draft as cards that open one by one: closed ones are a line, so that five hundred of them stay usable. Order by drag
 * or by keyboard (Alt and an arrow), where the order means something.
 */
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fieldsOf, freeId, listOf, moved, textOf } from '../../lib/agreement/editing';
import type { Path } from '../../lib/agreement/integrity';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import { Card, type ListActions, type Summary } from './card';
import styles from './card-list.module.css';
import { useEditor, useIssues, usePart } from './editor-context';
import { Problem } from './fields/frame';
import { issueWords } from './issue-words';
import { useLatest } from './use-latest';

export interface CardListProps {
  readonly path: Path;
  /** What a closed card says. */
  readonly summary: (item: unknown, index: number) => Summary;
  readonly children: (path: Path, item: unknown) => ReactNode;
  readonly addLabel: string;
  readonly empty: string;
  /** A new one. @param id that is free in the list. */
  readonly fresh: (free: (words: string) => string) => unknown;
  readonly ordered?: boolean;
  /** Where a new one goes; at the end where it is not said. */
  readonly place?: (items: readonly unknown[]) => number;
  /** Only these are shown; a new one has to be among them. */
  readonly only?: (item: unknown) => boolean;
  readonly canAdd?: boolean;
  /** Why it can't be removed; `null` when it can. */
  readonly kept?: (item: unknown) => string | null;
}

/** More are shown when asked for: a browser draws a hundred lines at once without a pause. */
const shownAtOnce = 100;

const keyOf = (item: unknown, index: number): string => {
  const { id } = fieldsOf(item);
  return textOf(id) || `#${index}`;
};

export function CardList(props: CardListProps) {
  const { path, addLabel, empty, fresh, ordered = false, only, canAdd = true } = props;
  const { store } = useEditor();
  const items = listOf(usePart(path));
  const [limit, setLimit] = useState(shownAtOnce);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const draggedRef = useRef<number | null>(null);
  const indices = items.flatMap((item, index) => (only === undefined || only(item) ? index : []));
  const keys = keysOf(items);
  const own = useIssues(path);

  const toggle = (key: string, isOpen: boolean): void =>
    setOpened((before) => {
      const next = new Set(before);
      if (isOpen) next.add(key);
      else next.delete(key);
      return next;
    });
  const move = (from: number, to: number): void => {
    if (!(to in items)) return;
    store.edit(path, moved(items, from, to));
    setSaid(t('agreement_moved', props.summary(items[from], from).name, String(to + 1), String(items.length)));
  };
  const add = (): void => {
    const taken = items.map((item) => textOf(fieldsOf(item)['id']));
    const item = fresh((words) => freeId(words, taken));
    const at = props.place?.(items) ?? items.length;
    store.edit(path, items.toSpliced(at, 0, item));
    toggle(keyOf(item, at), true);
    setLimit((before) => Math.max(before, indices.length + 1));
  };
  const remove = (index: number): void => {
    store.edit(path, items.toSpliced(index, 1));
    setSaid(t('agreement_removed', props.summary(items[index], index).name));
  };
  const list = useLatest<ListActions>({
    path,
    toggle,
    move,
    remove,
    dragged: () => draggedRef.current,
    drag: (index) => {
      draggedRef.current = index;
    },
  });
  return (
    <div className={styles['list']}>
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      {indices.length === 0 && <p className={styles['empty']}>{empty}</p>}
      {indices.slice(0, limit).map((index) => {
        const item = items[index];
        const key = keys[index] ?? '';
        return (
          <Card
            key={key}
            listKey={path.join('/')}
            cardKey={key}
            index={index}
            isOrdered={ordered}
            isOpen={opened.has(key)}
            why={props.kept?.(item) ?? null}
            {...props.summary(item, index)}
            list={list}
          >
            {opened.has(key) ? props.children([...path, index], item) : null}
          </Card>
        );
      })}
      <Revealer
        path={path}
        indices={indices}
        onReveal={(index) => {
          setLimit((before) => Math.max(before, indices.indexOf(index) + 1));
          toggle(keys[index] ?? '', true);
        }}
      />
      <div className={styles['foot']}>
        {indices.length > limit && (
          <Action kind="quiet" onAction={() => setLimit(limit + shownAtOnce)}>
            {t('agreement_show_more', new Intl.NumberFormat(language()).format(indices.length - limit))}
          </Action>
        )}
        {canAdd && (
          <Action kind="quiet" onAction={add}>
            <Plus size={14} aria-hidden="true" focusable="false" /> {addLabel}
          </Action>
        )}
        <output>
          <Hidden>{said}</Hidden>
        </output>
      </div>
    </div>
  );
}

/** By id, and by place where there is none; an id that stands twice is still two cards. */
function keysOf(items: readonly unknown[]): readonly string[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const key = keyOf(item, index);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? key : `${key}~${times}`;
  });
}

interface RevealerProps {
  readonly path: Path;
  readonly indices: readonly number[];
  readonly onReveal: (index: number) => void;
}

/** Opens the card that a problem is in. */
function Revealer({ path, indices, onReveal }: RevealerProps) {
  const { store } = useEditor();
  const done = useRef<unknown>(null);
  const look = useLatest((): void => {
    const target = store.revealed();
    if (!target || target === done.current) return;
    const index = target.path[path.length];
    if (!path.every((step, place) => target.path[place] === step)) return;
    // One that was just added is drawn in a moment, and looked for again then.
    if (typeof index !== 'number' || !indices.includes(index)) return;
    done.current = target;
    onReveal(index);
  });
  useEffect(() => look.current());
  useEffect(() => store.subscribe(() => look.current()), [store, look]);
  return null;
}
