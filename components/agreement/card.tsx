/** One card of a list: a line that opens. It can be moved by drag and by keyboard where the order means something. */
import { ArrowDown, ArrowUp, ChevronRight, GripVertical, Trash2 } from 'lucide-react';
import { memo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Path } from '../../lib/agreement/integrity';
import { plural, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { Hidden } from '../ui/hidden';
import styles from './card-list.module.css';
import { useIssueCount, useIssues } from './editor-context';
import { Problem } from './fields/frame';
import { PartForm } from './fields/part-form';
import { issueWords } from './issue-words';

/** What a closed card says. */
export interface Summary {
  readonly name: string;
  readonly about?: string;
}

/** What a card asks of its list. */
export interface ListActions {
  readonly path: Path;
  readonly toggle: (key: string, isOpen: boolean) => void;
  readonly move: (from: number, to: number) => void;
  readonly remove: (index: number) => void;
  /** Index of the card that is being dragged. */
  readonly dragged: () => number | null;
  readonly drag: (index: number | null) => void;
}

export interface CardProps extends Summary {
  readonly listKey: string;
  readonly cardKey: string;
  readonly index: number;
  readonly isOrdered: boolean;
  readonly isOpen: boolean;
  /** Why it can't be removed. */
  readonly why: string | null;
  readonly list: { readonly current: ListActions };
  readonly children: ReactNode;
}

/** A closed card is not drawn anew because another one changed. */
export const Card = memo(function Card({
  listKey,
  cardKey,
  index,
  isOrdered,
  isOpen,
  why,
  name,
  about,
  list,
  children,
}: CardProps) {
  const path = [...list.current.path, index];
  const wrong = useIssueCount(path);
  const own = useIssues(path);
  const [isOver, setIsOver] = useState(false);
  const onMove = isOrdered ? (by: number) => list.current.move(index, index + by) : null;
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
      data-path={`${listKey}/${index}`}
      onDragOver={(event) => {
        if (list.current.dragged() === null) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        const from = list.current.dragged();
        if (from === null) return;
        event.preventDefault();
        list.current.move(from, index);
        list.current.drag(null);
      }}
    >
      <div className={styles['head']}>
        {isOrdered && (
          <span
            className={styles['grip']}
            draggable
            title={t('agreement_drag')}
            onDragStart={(event) => {
              list.current.drag(index);
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', name);
            }}
            onDragEnd={() => {
              list.current.drag(null);
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
          onClick={() => list.current.toggle(cardKey, !isOpen)}
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
            <Action kind="plain" onAction={() => list.current.remove(index)}>
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
          <PartForm path={path}>{children}</PartForm>
        </div>
      )}
    </div>
  );
});
