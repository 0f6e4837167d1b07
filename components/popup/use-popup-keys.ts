/**
 * The keys of the popup. Letters count only outside the search field and without a modifier; Escape closes the menu first,
 * then ends the selection, then clears the search, then closes. An open menu has its own keys.
 */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { SummaryGroup } from '../../lib/messages/summary';
import { sidebarKey } from '../use-sidebar';
import { groups } from './figures';
import { focusedRow, moveRow, type FocusedRow } from './rows';

export interface PopupKeys {
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly hasMenu: boolean;
  /** Closes what is open, from the top. */
  readonly onEscape: () => void;
  readonly onToggleMine: () => void;
  readonly onGroup: (group: SummaryGroup) => void;
  readonly onNext: () => void;
  readonly onUndo: () => void;
  readonly onSidebar: (() => void) | null;
  readonly onHelp: () => void;
  /** `null`: no row has the focus. */
  readonly onSnooze: (row: FocusedRow | null) => void;
  readonly onSelect: (row: FocusedRow | null) => void;
  /** From one row on to the other. */
  readonly onExtend: (rows: readonly FocusedRow[]) => void;
}

/** Letters of one act each. */
function acted(key: string, keys: PopupKeys): boolean {
  switch (key) {
    case 'n':
      keys.onNext();
      return true;
    case 's':
      keys.onSnooze(focusedRow(document));
      return true;
    case 'x':
      keys.onSelect(focusedRow(document));
      return true;
    case 'u':
      keys.onUndo();
      return true;
    case 'm':
      keys.onToggleMine();
      return true;
    case sidebarKey:
      keys.onSidebar?.();
      return keys.onSidebar !== null;
    case '?':
      keys.onHelp();
      return true;
    default:
      return false;
  }
}

/** Shift and an arrow: this row and the next one. */
function extend(step: 1 | -1, keys: PopupKeys): void {
  const from = focusedRow(document);
  if (moveRow(document, step)) keys.onExtend([from, focusedRow(document)].filter((row) => row !== null));
}

/** @returns whether the key was ours. */
function pressed(event: KeyboardEvent, keys: PopupKeys): boolean {
  const { searchRef } = keys;
  const { key, target } = event;
  if (key === 'Escape') {
    keys.onEscape();
    return true;
  }
  if (keys.hasMenu) return false;
  if (target === searchRef.current) return (key === 'ArrowDown' || key === 'Enter') && moveRow(document, 1);
  // A radio group moves by arrows too.
  const inGroup = target instanceof Element && target.closest('[role="radiogroup"]') !== null;
  if (event.shiftKey && !inGroup && (key === 'ArrowDown' || key === 'ArrowUp')) {
    extend(key === 'ArrowDown' ? 1 : -1, keys);
    return true;
  }
  if (key === 'j' || (key === 'ArrowDown' && !inGroup)) return moveRow(document, 1);
  if (key === 'k' || (key === 'ArrowUp' && !inGroup)) {
    if (!moveRow(document, -1) && key === 'ArrowUp') searchRef.current?.focus();
    return true;
  }
  if (key === '/') {
    searchRef.current?.focus();
    searchRef.current?.select();
    return true;
  }
  // A key that is held down acts once.
  if (!event.repeat && acted(key, keys)) return true;
  const group = key.length === 1 ? groups[Number(key) - 1] : undefined;
  if (group === undefined) return false;
  keys.onGroup(group);
  return true;
}

export function usePopupKeys(keys: PopupKeys): void {
  const latest = useRef(keys);
  // Before the frame: who sees the rows may press a key.
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!pressed(event, latest.current)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the search field sees it: Escape there must not be swallowed half-way.
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
