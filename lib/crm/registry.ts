/** All adapters in full, for tests and tools. A page gets its one adapter as a script of its own: `detectors`, `shelf`. */
import { attio } from './attio';
import { close } from './close';
import { copper } from './copper';
import { demo } from './demo';
import { dynamics } from './dynamics';
import { monday } from './monday';
import { espocrm } from './espocrm';
import { odoo } from './odoo';
import { hubspot } from './hubspot';
import { salesforce } from './salesforce';
import { tryton } from './tryton';
import { pipedrive } from './pipedrive';
import { zoho } from './zoho';
import { freshsales } from './freshsales';
import { twenty } from './twenty';
import { vtiger } from './vtiger';
import { suitecrm } from './suitecrm';
import { frappe } from './frappe';
import type { CrmAdapter } from './types';

const shipped: readonly CrmAdapter[] = [
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
];

export const adapters: readonly CrmAdapter[] = __DEMO_ADAPTER__ ? [...shipped, demo] : shipped;
