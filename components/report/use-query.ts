/** The question in the address, and how it is changed. */
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { readQuery, withoutChoices, writeQuery, type Choice, type Query } from './query';

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
  const search = useSyncExternalStore(subscribe, () => withoutChoices(window.location.search));
  const query = useMemo(() => readQuery(search), [search]);
  const ask = useCallback((change: Partial<Query>) => {
    const next = writeQuery({ ...readQuery(window.location.search), ...change });
    window.history.pushState(null, '', `${window.location.pathname}${next}`);
    window.dispatchEvent(new Event(changed));
  }, []);
  return { query, ask };
}

/** What one figure shows. It stands in the address, too, but only that figure is drawn anew. */
export function useChoice<Name extends Choice>(name: Name): readonly [Query[Name], (chosen: Query[Name]) => void] {
  const [value, setValue] = useState(() => readQuery(window.location.search)[name]);
  const choose = (chosen: Query[Name]): void => {
    setValue(chosen);
    const { pathname, search, hash } = window.location;
    window.history.replaceState(null, '', `${pathname}${writeQuery({ ...readQuery(search), [name]: chosen })}${hash}`);
  };
  return [value, choose];
}
