/** The section in the address, so that a link, a reload and the Back button all come to the same place. */
import { useSyncExternalStore } from 'react';
import { sectionAt, type Section } from './sections';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function useSection(): Section {
  return sectionAt(useSyncExternalStore(subscribe, () => window.location.hash));
}
