/** Ctrl+Z and Ctrl+Shift+Z for the whole draft. Inside a text field they stay the field's own, which undoes letter by letter. */
import { useEffect } from 'react';
import type { EditorStore } from './store';

const textTypes = new Set(['text', 'search', 'date', 'datetime-local', 'number', 'time', 'email', 'url']);

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement
    ? textTypes.has(target.type)
    : target instanceof HTMLElement && target.isContentEditable;
}

export function useUndoKeys(store: EditorStore): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTextField(event.target)) return;
      const key = event.key.toLowerCase();
      const isRedo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey);
      if (!isRedo && key !== 'z') return;
      event.preventDefault();
      if (isRedo) store.redo();
      else store.undo();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [store]);
}
