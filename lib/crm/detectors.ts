/**
 * Which CRM a page is, without the code that reads it. The content script holds this much of every adapter; the adapter
 * itself is a script of its own that is loaded where one says yes, so that a page never pays for the CRMs it is not.
 */
import { catalogue } from './catalogue';
import { detect as demo } from './demo';
import { detect as espocrm } from './espocrm';
import { covers } from './match-pattern';
import { detect as tryton } from './tryton';
import type { CrmAdapter } from './types';

/** By adapter id. A test keeps this equal to the registry. */
export const detectors: Readonly<Record<string, CrmAdapter['detect']>> = {
  espocrm,
  tryton,
  ...(__DEMO_ADAPTER__ ? { demo } : {}),
};

/** Below this a detector is not sure enough to put anything on a page. */
const sure = 0.9;

/** The id of this page's adapter: the one whose SaaS it is, else the surest, else none. */
export function recognise(doc: Document, url: URL): string | null {
  const owner = catalogue.find(({ hosts }) => hosts.some((pattern) => covers(pattern, url)));
  if (owner) return owner.id;
  let best: string | null = null;
  let most = 0;
  for (const [id, detect] of Object.entries(detectors)) {
    const certainty = detect(doc, url);
    if (certainty < sure || certainty <= most) continue;
    best = id;
    most = certainty;
  }
  return best;
}
