/**
 * Where an adapter's script leaves the adapter for the content script. Both run in the extension's isolated world of one
 * page; the page itself can't reach it. With the adapter comes what makes its requests: a page that is no CRM has none.
 */
import { createRequest } from './request';
import type { CrmAdapter } from './types';

export interface Brought {
  readonly adapter: CrmAdapter;
  readonly createRequest: typeof createRequest;
}

const shelf = Symbol.for('relevo.brought');

type World = typeof globalThis & { [shelf]?: Map<string, Brought> };

export function putAdapter(adapter: CrmAdapter): void {
  const world = globalThis as World;
  (world[shelf] ??= new Map()).set(adapter.id, { adapter, createRequest });
}

/** The adapter that was there before anybody asked: the manifest brings it along on its own hosts. */
export function besideUs(): string | null {
  return (globalThis as World)[shelf]?.keys().next().value ?? null;
}

export function takeAdapter(id: string): Brought | null {
  return (globalThis as World)[shelf]?.get(id) ?? null;
}
