/**
 * What is known about every adapter, in the registry's order: for the README's table and the options page. No DOM code
 * and no adapter may be imported here.
 */
import { espocrm } from './evidence/espocrm';
import { tryton } from './evidence/tryton';
import { hubspot } from './evidence/hubspot';
import { close } from './evidence/close';
import { odoo } from './evidence/odoo';
import { dynamics } from './evidence/dynamics';
import { monday } from './evidence/monday';
import { pipedrive } from './evidence/pipedrive';
import { zoho } from './evidence/zoho';
import { freshsales } from './evidence/freshsales';
import { salesforce } from './evidence/salesforce';
import { copper } from './evidence/copper';
import { attio } from './evidence/attio';
import { twenty } from './evidence/twenty';
import { vtiger } from './evidence/vtiger';
import { suitecrm } from './evidence/suitecrm';
import { frappe } from './evidence/frappe';
import { demo } from './evidence/demo';
import type { AdapterEvidence } from './types';

/** By adapter id. */
export const evidenceOf: Readonly<Record<string, AdapterEvidence>> = {
  espocrm,
  tryton,
  hubspot,
  close,
  odoo,
  dynamics,
  monday,
  pipedrive,
  zoho,
  freshsales,
  salesforce,
  copper,
  attio,
  twenty,
  vtiger,
  suitecrm,
  frappe,
  ...(__DEMO_ADAPTER__ ? { demo } : {}),
};

/**
 * Whether clocks run on its leads: `yes`, for its API tells when they began; `zone`, once the person has said in which zone
 * its pages show times; `no`, for nothing that can be read tells when a lead began.
 */
export function clocksRun({ api, surfaces }: AdapterEvidence): 'yes' | 'zone' | 'no' {
  if (api?.fields.includes('createdAt')) return 'yes';
  return surfaces.some(({ page }) => page.includes('createdAt')) ? 'zone' : 'no';
}
