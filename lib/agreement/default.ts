/** The built-in agreement: what holds until a team writes its own. */
import { defaultTerms } from './defaults';
import type { Agreement, StatusMeaning } from './schema';
import { demo } from './statuses/demo';
import { dynamics } from './statuses/dynamics';
import { espocrm } from './statuses/espocrm';
import { odoo } from './statuses/odoo';
import { hubspot } from './statuses/hubspot';
import { salesforce } from './statuses/salesforce';
import { tryton } from './statuses/tryton';
import { pipedrive } from './statuses/pipedrive';
import { zoho } from './statuses/zoho';
import { twenty } from './statuses/twenty';
import { vtiger } from './statuses/vtiger';
import { suitecrm } from './statuses/suitecrm';
import { frappe } from './statuses/frappe';
import type { CrmStatuses } from './statuses/types';

const officeDay = [['09:00', '18:00']] as [string, string][];

/**
 * Accept within 240 working minutes, first touch within 60.
 * Source of the 60: Oldroyd, McElheran and Elkington, "The Short Life of Online Sales Leads", Harvard Business Review,
 * March 2011: firms that tried to reach a lead within an hour were nearly seven times as likely to qualify it.
 */
export const defaultAgreement: Agreement = {
  ...defaultTerms,
  schema: 1,
  id: 'built-in',
  version: 1,
  atRisk: { share: 0.75, floorMinutes: 5 },
  calendars: {
    office: {
      timeZone: 'local',
      weekly: { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
    },
  },
  commitments: [
    {
      id: 'accept',
      owedBy: 'sales',
      clause: '3.1',
      rules: [{ target: { workingMinutes: 240, calendar: 'office' } }],
    },
    {
      id: 'first-touch',
      owedBy: 'sales',
      clause: '3.2',
      rules: [{ target: { workingMinutes: 60, calendar: 'office' } }],
    },
  ],
};

/** What the statuses mean that each CRM ships with; the agreement's own `statuses` are laid over it. */
export const defaultStatuses: Readonly<Record<string, CrmStatuses>> = {
  espocrm,
  tryton,
  hubspot,
  odoo,
  dynamics,
  demo,
  pipedrive,
  zoho,
  salesforce,
  twenty,
  vtiger,
  suitecrm,
  frappe,
};

/** The meaning of a CRM's internal status; `undefined` where neither the agreement nor the default names it. */
export function statusMeaning(
  agreement: Pick<Agreement, 'statuses'>,
  crm: string,
  object: string,
  status: string,
): StatusMeaning | undefined {
  for (const map of [agreement.statuses, defaultStatuses]) {
    const ofCrm = map && Object.hasOwn(map, crm) ? map[crm] : undefined;
    for (const name of [object, '*']) {
      const ofObject = ofCrm && Object.hasOwn(ofCrm, name) ? ofCrm[name] : undefined;
      if (ofObject && Object.hasOwn(ofObject, status)) return ofObject[status];
    }
  }
  return undefined;
}
