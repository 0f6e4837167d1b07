/** Saves a draft a moment after it changed, one save at a time, and at once when the page goes. It never drops the last change. */
import type { Saved, SaveRefusal } from './services';

export type SaveState =
  | { readonly is: 'saved'; /** Epoch ms; `null`: nothing to save yet. */ readonly at: number | null }
  | { readonly is: 'waiting' }
  | { readonly is: 'refused'; readonly code: SaveRefusal };

export interface Saver {
  readonly changed: (draft: unknown) => void;
  /** Saves now what is waiting, or what was refused. */
  readonly flush: () => void;
}

/** Long enough to save a word and not a letter, short enough that nobody looks for a button. */
export const saveAfterMs = 800;

export function createSaver(save: (draft: unknown) => Promise<Saved>, told: (state: SaveState) => void): Saver {
  let waiting: { readonly draft: unknown } | null = null;
  let isSaving = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (!waiting || isSaving) return;
    const own = waiting;
    isSaving = true;
    void save(own.draft)
      .catch((): Saved => ({ ok: false, code: 'failed' }))
      .then((result) => {
        isSaving = false;
        const isNewest = waiting === own;
        if (result.ok && isNewest) waiting = null;
        told(
          result.ok
            ? isNewest
              ? { is: 'saved', at: result.at }
              : { is: 'waiting' }
            : { is: 'refused', code: result.code },
        );
        if (!isNewest) flush();
        return undefined;
      });
  };
  return {
    changed: (draft) => {
      waiting = { draft };
      told({ is: 'waiting' });
      clearTimeout(timer);
      timer = setTimeout(flush, saveAfterMs);
    },
    flush,
  };
}
