/** Questions to the worker, which notice when the extension behind this page is gone: then nothing will ever answer again. */
import type { OverlayOptions } from './types';

export interface Asking {
  /** Whether the extension is gone (updated, removed); then the page is left as it was. */
  readonly gone: () => boolean;
  /** @throws what the question throws */
  readonly ask: <T>(question: () => Promise<T>) => Promise<T>;
}

export function createAsking({ alive, onDead }: Pick<OverlayOptions, 'alive' | 'onDead'>): Asking {
  function gone(): boolean {
    if (alive?.() !== false) return false;
    onDead?.();
    return true;
  }
  return {
    gone,
    async ask(question) {
      try {
        return await question();
      } catch (error) {
        gone();
        throw error;
      }
    },
  };
}
