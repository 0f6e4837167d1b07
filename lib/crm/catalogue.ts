/**
 * Which CRMs there are, for whoever must name one without reading a page: the worker, the options, the manifest. No DOM
 * code and no adapter may be imported here. A test keeps it equal to the registry.
 */
import { hosts as dynamicsHosts } from './dynamics-hosts';

export interface CrmEntry {
  readonly id: string;
  readonly label: string;
  /** Match patterns of the SaaS. */
  readonly hosts: readonly string[];
  /** Whether it also runs on people's own hosts. */
  readonly selfHosted: boolean;
  /** Whether it has a script for the page's own world: `entrypoints/world-<id>.ts`. */
  readonly world?: true;
  /** Whether the CRM's own API is asked. */
  readonly api?: true;
}

const shipped: readonly CrmEntry[] = [
  { id: 'espocrm', label: 'EspoCRM', hosts: ['https://*.espocloud.com/*'], selfHosted: true, api: true },
  { id: 'tryton', label: 'Tryton', hosts: [], selfHosted: true, api: true },
  {
    id: 'hubspot',
    label: 'HubSpot',
    hosts: [
      'https://app.hubspot.com/*',
      'https://app-eu1.hubspot.com/*',
      'https://app-na2.hubspot.com/*',
      'https://app-ap1.hubspot.com/*',
    ],
    selfHosted: false,
    api: true,
  },
  { id: 'close', label: 'Close', hosts: ['https://app.close.com/*'], selfHosted: false },
  { id: 'odoo', label: 'Odoo', hosts: ['https://*.odoo.com/*'], selfHosted: true, world: true, api: true },
  { id: 'dynamics', label: 'Dynamics 365 Sales', hosts: dynamicsHosts, selfHosted: false, world: true, api: true },
  { id: 'monday', label: 'monday CRM', hosts: ['https://*.monday.com/*'], selfHosted: false },
  { id: 'pipedrive', label: 'Pipedrive', hosts: ['https://*.pipedrive.com/*'], selfHosted: false, api: true },
  {
    id: 'zoho',
    label: 'Zoho CRM',
    hosts: [
      'https://crm.zoho.com/*',
      'https://crm.zoho.eu/*',
      'https://crm.zoho.in/*',
      'https://crm.zoho.com.au/*',
      'https://crm.zoho.jp/*',
      'https://crm.zoho.ca/*',
    ],
    selfHosted: false,
    api: true,
  },
  { id: 'freshsales', label: 'Freshsales', hosts: ['https://*.myfreshworks.com/*'], selfHosted: false },
  {
    id: 'salesforce',
    label: 'Salesforce',
    hosts: [
      'https://*.lightning.force.com/*',
      'https://*.lightning.force.com.mcas.ms/*',
      'https://*.lightning.force.mil/*',
    ],
    selfHosted: false,
  },
  { id: 'copper', label: 'Copper', hosts: ['https://app.copper.com/*'], selfHosted: false },
  { id: 'attio', label: 'Attio', hosts: ['https://app.attio.com/*'], selfHosted: false },
  { id: 'twenty', label: 'Twenty', hosts: ['https://*.twenty.com/*'], selfHosted: true, api: true },
  { id: 'vtiger', label: 'vtiger', hosts: [], selfHosted: true },
  { id: 'suitecrm', label: 'SuiteCRM', hosts: [], selfHosted: true },
  { id: 'frappe', label: 'Frappe CRM', hosts: ['https://*.frappe.cloud/*'], selfHosted: true, api: true },
];

/** Every adapter's name tag, in the registry's order. The demo's exists in test builds only. */
// Without a bundler (the build's own configuration) there is no demo.
export const catalogue: readonly CrmEntry[] =
  typeof __DEMO_ADAPTER__ === 'boolean' && __DEMO_ADAPTER__
    ? [...shipped, { id: 'demo', label: 'Demo CRM', hosts: [], selfHosted: true, api: true }]
    : shipped;

/** What to call a CRM; the id itself where nobody knows it (any more). */
export function crmLabel(id: string): string {
  return catalogue.find((entry) => entry.id === id)?.label ?? id;
}
