/**
 * Where an adapter's script leaves the adapter for the content script. Both run in the extension's isolated world of one
 * page; the page itself can't reach it. With the adapter comes what makes its requests, what lists all leads and says who is
 * signed in, and what repairs and watches its selectors: a page that is no CRM has none of it.
 */
import { repairSelectors } from './repair';
import { createRequest } from './request';
import { createSelectorLook } from './selector-look';
import { sweepLeads } from './sweep';
import type { CrmAdapter } from './types';
import { createViewerLook } from './viewer';

export interface Brought {
  readonly adapter: CrmAdapter;
  readonly createRequest: typeof createRequest;
  readonly repairSelectors: typeof repairSelectors;
  readonly createSelectorLook: typeof createSelectorLook;
  readonly sweepLeads: typeof sweepLeads;
  readonly createViewerLook: typeof createViewerLook;
}

const shelf = Symbol.for('relevo.brought');

type World = typeof globalThis & { [shelf]?: Map<string, Brought> };

export function putAdapter(adapter: CrmAdapter): void {
  const world = globalThis as World;
  const brought: Brought = {
    adapter,
    createRequest,
    repairSelectors,
    createSelectorLook,
    sweepLeads,
    createViewerLook,
  };
  (world[shelf] ??= new Map()).set(adapter.id, brought);
}

/** The adapter that was there before anybody asked: the manifest brings it along on its own hosts. */
export function besideUs(): string | null {
  return (globalThis as World)[shelf]?.keys().next().value ?? null;
}

/** Every adapter that was brought into this page. */
export function takeAll(): readonly Brought[] {
  return [...((globalThis as World)[shelf]?.values() ?? [])];
}

export function takeAdapter(id: string): Brought | null {
  return (globalThis as World)[shelf]?.get(id) ?? null;
}
