/** The open draft and its services, for everything inside the editor. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Issue, Path } from '../../lib/agreement/integrity';
import type { AgreementServices } from './services';
import type { EditorStore } from './store';

export interface Editor {
  readonly store: EditorStore;
  readonly services: AgreementServices;
  readonly reasonsInUse: readonly string[];
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('outside of the editor');
  return editor;
}

/** What the draft says there; drawn anew when it changes. */
export function usePart(path: Path): unknown {
  const { store } = useEditor();
  return useSyncExternalStore(store.subscribe, () => store.at(path));
}

export function useIssues(path: Path): readonly Issue[] {
  const { store } = useEditor();
  return useSyncExternalStore(store.subscribe, () => store.issuesAt(path));
}

export function useIssueCount(path: Path): number {
  const { store } = useEditor();
  return useSyncExternalStore(store.subscribe, () => store.countBeneath(path));
}
