/** All adapters in full, for tests and tools. A page gets its one adapter as a script of its own: `detectors`, `shelf`. */
import { attio } from './attio';
import { close } from './close';
import { copper } from './copper';
import { demo } from './demo';
import { dynamics } from './dynamics';
import { monday } from './monday';
import { espocrm } from './espocrm';
import { attio as attioEvidence } from './evidence/attio';
import { close as closeEvidence } from './evidence/close';
import { copper as copperEvidence } from './evidence/copper';
import { demo as demoEvidence } from './evidence/demo';
import { dynamics as dynamicsEvidence } from './evidence/dynamics';
import { monday as mondayEvidence } from './evidence/monday';
import { espocrm as espocrmEvidence } from './evidence/espocrm';
import { odoo as odooEvidence } from './evidence/odoo';
import { hubspot as hubspotEvidence } from './evidence/hubspot';
import { salesforce as salesforceEvidence } from './evidence/salesforce';
import { tryton as trytonEvidence } from './evidence/tryton';
import { odoo } from './odoo';
import { hubspot } from './hubspot';
import { salesforce } from './salesforce';
import { tryton } from './tryton';
import { pipedrive as pipedriveEvidence } from './evidence/pipedrive';
import { pipedrive } from './pipedrive';
import { zoho as zohoEvidence } from './evidence/zoho';
import { zoho } from './zoho';
import { freshsales as freshsalesEvidence } from './evidence/freshsales';
import { freshsales } from './freshsales';
import { twenty as twentyEvidence } from './evidence/twenty';
import { twenty } from './twenty';
import { vtiger as vtigerEvidence } from './evidence/vtiger';
import { vtiger } from './vtiger';
import { suitecrm as suitecrmEvidence } from './evidence/suitecrm';
import { suitecrm } from './suitecrm';
import { frappe as frappeEvidence } from './evidence/frappe';
import { frappe } from './frappe';
import type { AdapterEvidence, CrmAdapter } from './types';

const shipped: readonly (readonly [CrmAdapter, AdapterEvidence])[] = [
  [espocrm, espocrmEvidence],
  [tryton, trytonEvidence],
  [hubspot, hubspotEvidence],
  [close, closeEvidence],
  [odoo, odooEvidence],
  [dynamics, dynamicsEvidence],
  [monday, mondayEvidence],
  [pipedrive, pipedriveEvidence],
  [zoho, zohoEvidence],
  [freshsales, freshsalesEvidence],
  [salesforce, salesforceEvidence],
  [copper, copperEvidence],
  [attio, attioEvidence],
  [twenty, twentyEvidence],
  [vtiger, vtigerEvidence],
  [suitecrm, suitecrmEvidence],
  [frappe, frappeEvidence],
];
const all = __DEMO_ADAPTER__ ? [...shipped, [demo, demoEvidence] as const] : shipped;

export const adapters: readonly CrmAdapter[] = all.map(([adapter]) => adapter);

/** By adapter id. */
export const evidenceOf: Readonly<Record<string, AdapterEvidence>> = Object.fromEntries(
  all.map(([{ id }, evidence]) => [id, evidence]),
);
