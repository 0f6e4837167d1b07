/**
 * Where the script of the desk leaves it for the content script, as adapters do: a page that is no CRM has nobody working
 * at it and never loads it. Both run in the extension's isolated world; the page itself can't reach it.
 */
import type { createDesk } from './desk';

export type CreateDesk = typeof createDesk;

const shelf = Symbol.for('relevo.desk');

type World = typeof globalThis & { [shelf]?: CreateDesk };

export function putDesk(create: CreateDesk): void {
  (globalThis as World)[shelf] = create;
}

/** `null` where it was not brought: then badges say what they say, and nothing opens. */
export function takeDesk(): CreateDesk | null {
  return (globalThis as World)[shelf] ?? null;
}
