/**
 * The keys of the popup. Letters count only outside the search field and without a modifier; Escape first clears the
 * search, then closes.
 */
import { useEffect, useRef, type RefObject } from 'react';
import type { SummaryGroup } from '../../lib/messages/contract';
import { groups } from './figures';
import { moveRow } from './lead-list';

export interface PopupKeys {
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly hasSearch: boolean;
  readonly onClearSearch: () => void;
  readonly onToggleMine: () => void;
  readonly onGroup: (group: SummaryGroup) => void;
  readonly onClose: () => void;
}

/** @returns whether the key was ours. */
function pressed(event: KeyboardEvent, keys: PopupKeys): boolean {
  const { searchRef } = keys;
  const { key, target } = event;
  if (key === 'Escape') {
    if (keys.hasSearch) keys.onClearSearch();
    else keys.onClose();
    return true;
  }
  if (target === searchRef.current) return (key === 'ArrowDown' || key === 'Enter') && moveRow(document, 1);
  // A radio group moves by arrows too.
  const inGroup = target instanceof Element && target.closest('[role="radiogroup"]') !== null;
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
  if (key === 'm') {
    keys.onToggleMine();
    return true;
  }
  const group = key.length === 1 ? groups[Number(key) - 1] : undefined;
  if (group === undefined) return false;
  keys.onGroup(group);
  return true;
}

export function usePopupKeys(keys: PopupKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
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
