/** Brings the draft to life: its store, its validation a moment after each change, and its saving. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { readDocument } from '../../lib/agreement/read';
import { smartFindings } from '../../lib/agreement/smart';
import { validate } from '../../lib/agreement/validate';
import { createSaver, type SaveState, type Saver } from './saver';
import type { AgreementServices, EditorStart } from './services';
import { createEditorStore, type EditorStore } from './store';

/** A pause in typing, in ms, before the whole document is checked. */
const checkAfterMs = 250;

/** Checks the draft as it is now and tells the store. */
export function checkDraft(store: EditorStore, { reasonsInUse, past }: Pick<EditorStart, 'reasonsInUse' | 'past'>): void {
  const draft = store.steps().present;
  const result = validate(draft, reasonsInUse);
  const reading = result.ok ? result : readDocument(draft);
  const history = { commitments: past.commitments, promises: new Map(past.promises) };
  store.told(result.ok ? [] : result.issues, reading.ok ? smartFindings(reading.document, history) : null);
}

export interface OpenDraft {
  readonly store: EditorStore;
  readonly saving: SaveState;
  readonly saveNow: () => void;
}

export function useDraft(start: EditorStart, services: AgreementServices): OpenDraft {
  const store = useMemo(() => {
    const made = createEditorStore(start.draft, services.now);
    checkDraft(made, start);
    return made;
  }, [start, services]);
  const [saving, setSaving] = useState<SaveState>({ is: 'saved', at: start.savedAt });
  const saver = useRef<Saver | null>(null);
  useEffect(() => {
    const own = createSaver(services.saveDraft, setSaving);
    saver.current = own;
    let known = store.steps().present;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe(() => {
      const { present } = store.steps();
      if (present === known) return;
      known = present;
      if (!start.isLocked) own.changed(present);
      clearTimeout(timer);
      timer = setTimeout(() => checkDraft(store, start), checkAfterMs);
    });
    const leave = (): void => {
      if (document.visibilityState === 'hidden') own.flush();
    };
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('pagehide', own.flush);
    return () => {
      stop();
      clearTimeout(timer);
      own.flush();
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('pagehide', own.flush);
    };
  }, [store, services, start]);
  const isUnsaved = saving.is !== 'saved';
  useEffect(() => {
    if (!isUnsaved) return undefined;
    // The browser asks before the page goes, because the last change may still be on its way.
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
  return { store, saving, saveNow: () => saver.current?.flush() };
}
