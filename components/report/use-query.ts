/** The question in the address, and how it is changed. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { readQuery, writeQuery, type Query } from './query';

const changed = 'relevo-query';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(changed, listener);
  };
}

export type Ask = (change: Partial<Query>) => void;

export function useQuery(): { readonly query: Query; readonly ask: Ask } {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const query = useMemo(() => readQuery(search), [search]);
  const ask = useCallback((change: Partial<Query>) => {
    const next = writeQuery({ ...readQuery(window.location.search), ...change });
    window.history.pushState(null, '', `${window.location.pathname}${next}`);
    window.dispatchEvent(new Event(changed));
  }, []);
  return { query, ask };
}
