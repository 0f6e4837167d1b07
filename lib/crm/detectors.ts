/**
 * Which CRM a page is, without the code that reads it. The content script holds this much of every adapter; the adapter
 * itself is a script of its own that is loaded where one says yes, so that a page never pays for the CRMs it is not.
 */
import { detect as demo } from './demo-detect';
import { detect as espocrm } from './espocrm-detect';
import { detect as odoo } from './odoo-detect';
import { detect as tryton } from './tryton-detect';
import { detect as twenty } from './twenty-detect';
import { detect as vtiger } from './vtiger-detect';
import { detect as suitecrm } from './suitecrm-detect';
import { detect as frappe } from './frappe-detect';
import type { CrmAdapter } from './types';

/** By adapter id: the CRMs that run on people's own hosts. A test keeps this equal to the registry. */
export const detectors: Readonly<Record<string, CrmAdapter['detect']>> = {
  espocrm,
  tryton,
  odoo,
  twenty,
  vtiger,
  suitecrm,
  frappe,
  ...(__DEMO_ADAPTER__ ? { demo } : {}),
};

/** Below this a detector is not sure enough to put anything on a page. */
const sure = 0.9;
/** On its maker's own hosts less will do; but those hosts also hold their makers' other pages. */
const sureAtHome = 0.3;

/**
 * The id of this page's adapter: the one whose SaaS it is, else the surest, else none.
 * @param beside the adapter that the manifest has brought along, because these are its hosts. The manifest knows them, and
 *   no page has to.
 */
export function recognise(doc: Document, url: URL, beside: string | null): string | null {
  if (beside !== null && !Object.hasOwn(detectors, beside)) return beside;
  let best: string | null = null;
  let most = 0;
  for (const [id, detect] of Object.entries(detectors)) {
    const certainty = detect(doc, url);
    if (certainty < (id === beside ? sureAtHome : sure) || certainty <= most) continue;
    best = id;
    most = certainty;
  }
  return best;
}
