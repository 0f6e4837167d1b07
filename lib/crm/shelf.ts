/**
 * Where an adapter's script leaves the adapter for the content script. Both run in the extension's isolated world of one
 * page; the page itself can't reach it.
 */
import type { CrmAdapter } from './types';

const shelf = Symbol.for('relevo.adapters');

type World = typeof globalThis & { [shelf]?: Map<string, CrmAdapter> };

export function putAdapter(adapter: CrmAdapter): void {
  const world = globalThis as World;
  (world[shelf] ??= new Map()).set(adapter.id, adapter);
}

export function takeAdapter(id: string): CrmAdapter | null {
  return (globalThis as World)[shelf]?.get(id) ?? null;
}
