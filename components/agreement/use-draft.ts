/** Brings the draft to life: its store, its validation a moment after each change, and its saving. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { readDocument } from '../../lib/agreement/read';
import { smartFindings } from '../../lib/agreement/smart';
import { validate } from '../../lib/agreement/validate';
import { dayMs, localDay } from '../../lib/calendar/zone';
import { createSaver, type SaveState, type Saver } from './saver';
import type { AgreementServices, EditorStart, Saved } from './services';
import { createEditorStore, type EditorStore } from './store';

/** Without a change for so long, in ms, the saved draft is compared with the last 90 days. */
const compareAfterMs = 1_500;

/** A pause in typing, in ms, before the whole document is checked. */
const checkAfterMs = 250;

/**
 * Checks the draft as it is now and tells the store.
 * Of what the past does not tell, nothing is said of whether it can be kept: "no history" would be a claim that nobody has checked.
 */
function checkDraft(store: EditorStore, reasonsInUse: readonly string[], today: string): void {
  const past = store.past()?.results ?? null;
  const draft = store.steps().present;
  const result = validate(draft, reasonsInUse);
  const reading = result.ok ? result : readDocument(draft);
  const history = { commitments: past?.commitments ?? {}, promises: new Map(past?.promises) };
  const findings = reading.ok ? smartFindings(reading.document, history, today) : null;
  store.told(
    result.ok ? [] : result.issues,
    findings?.filter(
      ({ of, id, criterion }) =>
        criterion !== 'achievable' || (past !== null && (of === 'commitment' || history.promises.has(id))),
    ) ?? null,
  );
}

const todayOf = ({ now, zone }: AgreementServices): string =>
  new Date(localDay(zone, now()) * dayMs).toISOString().slice(0, 10);

/** Where the draft stands that is written in, and what writing has undone of that. */
export interface Standing {
  readonly isProposed: boolean;
  readonly signatures: number;
  /** A change took the proposal back, and so many signatures with it; `null`: none did. */
  readonly voided: number | null;
}

export interface OpenDraft {
  readonly store: EditorStore;
  readonly saving: SaveState;
  readonly standing: Standing;
  readonly saveNow: () => void;
  /** Saves it although another tab has written the draft meanwhile; that one becomes the draft before. */
  readonly keepMine: () => void;
}

export function useDraft(start: EditorStart, services: AgreementServices): OpenDraft {
  const store = useMemo(() => {
    const made = createEditorStore(start.draft, services.now);
    checkDraft(made, start.reasonsInUse, todayOf(services));
    return made;
  }, [start, services]);
  const [saving, setSaving] = useState<SaveState>({ is: 'saved', at: start.savedAt });
  const saver = useRef<Saver | null>(null);
  const [standing, setStanding] = useState<Standing>({
    isProposed: start.isProposed,
    signatures: start.signatures,
    voided: null,
  });
  const insists = useRef(false);
  const savedAt = saving.is === 'saved' ? saving.at : null;
  useEffect(() => {
    if (savedAt === null) return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const of = store.steps().present;
      const results = await services.pastResults().catch(() => null);
      if (!isCurrent) return;
      store.compared(results && { results, of });
      checkDraft(store, start.reasonsInUse, todayOf(services));
    };
    // The comparison walks over the ledger: it waits until nobody is writing, and the draft is none the worse without it.
    const timer = setTimeout(() => void ask(), compareAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [savedAt, services, store, start.reasonsInUse]);
  useEffect(() => {
    let base = start.savedAt;
    const save = async (draft: unknown): Promise<Saved> => {
      const result = await services.saveDraft(draft, base, insists.current);
      if (!result.ok) return result;
      base = result.at;
      insists.current = false;
      setStanding((before) => {
        if (!before.isProposed || result.isProposed) return before;
        return { isProposed: false, signatures: 0, voided: result.voided };
      });
      return result;
    };
    const own = createSaver(save, setSaving);
    saver.current = own;
    let known = store.steps().present;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe(() => {
      const { present } = store.steps();
      if (present === known) return;
      known = present;
      if (!start.isLocked) own.changed(present);
      clearTimeout(timer);
      timer = setTimeout(() => checkDraft(store, start.reasonsInUse, todayOf(services)), checkAfterMs);
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
  const saveNow = (): void => saver.current?.flush();
  const keepMine = (): void => {
    insists.current = true;
    saveNow();
  };
  return { store, saving, standing, saveNow, keepMine };
}
