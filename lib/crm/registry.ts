/** All adapters, and which of them reads a page. For pages only: who needs no DOM code asks the catalogue. */
import { demo } from './demo';
import { espocrm } from './espocrm';
import { covers } from './match-pattern';
import { tryton } from './tryton';
import type { CrmAdapter } from './types';

const shipped: readonly CrmAdapter[] = [espocrm, tryton];

export const adapters: readonly CrmAdapter[] = __DEMO_ADAPTER__ ? [...shipped, demo] : shipped;

/** Below this an adapter is not sure enough to put anything on a page. */
const sure = 0.9;

/** The adapter of this page: the one whose SaaS it is, else the surest, else none. */
export function pickAdapter(doc: Document, url: URL): CrmAdapter | null {
  const owner = adapters.find((adapter) => adapter.hosts.some((pattern) => covers(pattern, url)));
  if (owner) return owner;
  let best: CrmAdapter | null = null;
  let most = 0;
  for (const adapter of adapters) {
    const certainty = adapter.detect(doc, url);
    if (certainty < sure || certainty <= most) continue;
    best = adapter;
    most = certainty;
  }
  return best;
}
