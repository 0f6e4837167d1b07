/**
 * A list of the draft as cards that open one by one: closed ones are a line, so that five hundred of them stay usable. Order by drag
 * or by keyboard (Alt and an arrow), where the order means something.
 */
import { ArrowDown, ArrowUp, ChevronRight, GripVertical, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { fieldsOf, freeId, listOf, moved, textOf } from '../../lib/agreement/editing';
import type { Path } from '../../lib/agreement/integrity';
import { language, plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import styles from './card-list.module.css';
import { useEditor, useIssueCount, useIssues, usePart } from './editor-context';
import { Problem } from './fields/frame';
import { PartForm } from './fields/part-form';
import { issueWords } from './issue-words';

export interface Summary {
  readonly name: string;
  readonly about?: string;
}

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
  const dragged = useRef<number | null>(null);
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
  return (
    <div className={styles['list']}>
      {own.map((issue) => (
        <Problem key={issue.code}>{issueWords(issue)}</Problem>
      ))}
      {indices.length === 0 && <p className={styles['empty']}>{empty}</p>}
      {indices.slice(0, limit).map((index) => (
        <Card
          key={keys[index]}
          {...props}
          index={index}
          item={items[index]}
          isOpen={opened.has(keys[index] ?? '')}
          onToggle={(isOpen) => toggle(keys[index] ?? '', isOpen)}
          onMove={ordered ? (by) => move(index, index + by) : null}
          onRemove={() => remove(index)}
          drag={ordered ? { current: dragged, drop: (to) => dragged.current !== null && move(dragged.current, to) } : null}
        />
      ))}
      <Revealer path={path} indices={indices} onReveal={(index) => {
        setLimit((before) => Math.max(before, indices.indexOf(index) + 1));
        toggle(keys[index] ?? '', true);
      }} />
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
  const latest = useRef(onReveal);
  latest.current = onReveal;
  const done = useRef<unknown>(null);
  const places = useRef({ path, indices });
  places.current = { path, indices };
  useEffect(() => {
    const look = (): void => {
      const target = store.revealed();
      if (!target || target === done.current) return;
      done.current = target;
      const { path: at, indices: shown } = places.current;
      const index = target.path[at.length];
      if (!at.every((step, place) => target.path[place] === step)) return;
      if (typeof index === 'number' && shown.includes(index)) latest.current(index);
    };
    look();
    return store.subscribe(look);
  }, [store]);
  return null;
}

interface CardProps extends CardListProps {
  readonly index: number;
  readonly item: unknown;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onMove: ((by: number) => void) | null;
  readonly onRemove: () => void;
  readonly drag: { readonly current: { current: number | null }; readonly drop: (to: number) => unknown } | null;
}

function Card({ path: listPath, summary, children, kept, index, item, isOpen, onToggle, onMove, onRemove, drag }: CardProps) {
  const path = [...listPath, index];
  const wrong = useIssueCount(path);
  const own = useIssues(path);
  const [isOver, setIsOver] = useState(false);
  const { name, about } = summary(item, index);
  const why = kept?.(item) ?? null;
  const keys = (event: KeyboardEvent): void => {
    if (!onMove || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <div
      className={styles['card']}
      data-open={isOpen}
      data-over={isOver}
      data-path={path.join('/')}
      onDragOver={(event) => {
        if (drag?.current.current === null || drag === null) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        if (!drag) return;
        event.preventDefault();
        drag.drop(index);
        drag.current.current = null;
      }}
    >
      <div className={styles['head']}>
        {drag && (
          <span
            className={styles['grip']}
            draggable
            title={t('agreement_drag')}
            onDragStart={(event) => {
              drag.current.current = index;
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', name);
            }}
            onDragEnd={() => {
              drag.current.current = null;
            }}
          >
            <GripVertical size={14} aria-hidden="true" focusable="false" />
          </span>
        )}
        <button
          type="button"
          className={styles['toggle']}
          aria-expanded={isOpen}
          aria-keyshortcuts={onMove ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
          onClick={() => onToggle(!isOpen)}
          onKeyDown={keys}
        >
          <ChevronRight size={14} aria-hidden="true" focusable="false" />
          <span className={styles['words']}>
            <span className={styles['name']}>{name}</span>
            {about !== undefined && about !== '' && <span className={styles['soft']}>{about}</span>}
          </span>
          {wrong > 0 && <span className={styles['wrong']}>{plural('agreement_problems', wrong)}</span>}
        </button>
        <span className={styles['tools']}>
          {onMove && (
            <>
              <Action kind="plain" onAction={() => onMove(-1)}>
                <ArrowUp size={14} aria-hidden="true" focusable="false" />
                <Hidden>{t('agreement_move_up', name)}</Hidden>
              </Action>
              <Action kind="plain" onAction={() => onMove(1)}>
                <ArrowDown size={14} aria-hidden="true" focusable="false" />
                <Hidden>{t('agreement_move_down', name)}</Hidden>
              </Action>
            </>
          )}
          {why === null && (
            <Action kind="plain" onAction={onRemove}>
              <Trash2 size={14} aria-hidden="true" focusable="false" />
              <Hidden>{t('agreement_remove', name)}</Hidden>
            </Action>
          )}
        </span>
      </div>
      {isOpen && (
        <div className={styles['body']}>
          {own.map((issue) => (
            <Problem key={issue.code}>{issueWords(issue)}</Problem>
          ))}
          {why !== null && <p className={styles['soft']}>{why}</p>}
          <PartForm path={path}>{children(path, item)}</PartForm>
        </div>
      )}
    </div>
  );
}
