/**
 * The keys of the panel. A letter counts only where nobody is typing and no form is open: what stands half-written in a
 * form must not be lost to a slip. Escape leaves the form first and the panel only then.
 */
import { useLayoutEffect, useRef } from 'react';
import { helpKey, undoKey } from './actions';

/** A key of the place where a lead is shown. */
export interface PlaceKey {
  readonly key: string;
  readonly words: string;
  /** Absent where the place hears it by itself. */
  readonly onPress?: () => void;
}

export interface PanelKeys {
  /** Something is open that Escape closes before the panel. */
  readonly hasLayer: boolean;
  readonly onEscape: () => void;
  readonly onUndo: () => void;
  readonly onHelp: () => void;
  readonly placeKeys: readonly PlaceKey[];
  /** @returns whether this key is an action's. */
  readonly onKey: (key: string) => boolean;
}

const typing = 'input:not([type="radio"]), textarea, select, [contenteditable]';

function pressed(event: KeyboardEvent, keys: PanelKeys): boolean {
  const { key, target } = event;
  if (key === 'Escape') {
    if (!keys.hasLayer) return false;
    keys.onEscape();
    return true;
  }
  if (event.repeat || (target instanceof Element && target.closest(typing) !== null)) return false;
  if (key === undoKey) {
    keys.onUndo();
    return true;
  }
  if (target instanceof Element && target.closest('form') !== null) return false;
  if (key === helpKey) {
    keys.onHelp();
    return true;
  }
  const own = keys.placeKeys.find((one) => one.key === key && one.onPress !== undefined);
  own?.onPress?.();
  return own !== undefined || keys.onKey(key);
}

export function usePanelKeys(keys: PanelKeys): void {
  const latest = useRef(keys);
  // Before the browser paints: a key that is pressed at first sight of the panel counts.
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!pressed(event, latest.current)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the panel itself sees it: Escape in a form must not close the panel too.
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
