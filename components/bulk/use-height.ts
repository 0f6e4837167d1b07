/** Tells the page around us how high we are, whenever that changes. */
import { useEffect, useRef } from 'react';
import type { BulkServices } from './services';

export function useHeight(signal: BulkServices['signal']) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    let last = 0;
    const observer = new ResizeObserver(() => {
      const px = Math.ceil(element.getBoundingClientRect().height);
      if (px === last || px === 0) return;
      last = px;
      signal({ relevo: 'height', px });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [signal]);
  return root;
}
