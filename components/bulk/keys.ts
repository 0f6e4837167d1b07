/** Keys of our page while it has the focus. A letter never counts where somebody chooses or types. */
import { useEffect, useLayoutEffect, useRef } from 'react';

export type Keys = Readonly<Record<string, (() => void) | undefined>>;

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  // Before the frame: who sees the words may press their key.
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
      const inForm = target instanceof Element && target.closest('form') !== null;
      // Enter on a button is that button's.
      const onButton = target instanceof Element && target.closest('button') !== null;
      if ((inForm && key !== 'Escape') || (onButton && key === 'Enter')) return;
      const act = latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
