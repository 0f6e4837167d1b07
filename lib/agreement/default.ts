/** The built-in agreement: what holds until a team writes its own. */
import type { Agreement, StatusMeaning } from './schema';

const officeDay = [['09:00', '18:00']] as [string, string][];

/**
 * Accept within 240 working minutes, first touch within 60.
 * Source of the 60: Oldroyd, McElheran and Elkington, "The Short Life of Online Sales Leads", Harvard Business Review,
 * March 2011: firms that tried to reach a lead within an hour were nearly seven times as likely to qualify it.
 */
export const defaultAgreement: Agreement = {
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

type StatusMap = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, StatusMeaning>>>>>>;

/**
 * What the statuses mean that each CRM ships with; the agreement's own `statuses` are laid over it.
 * EspoCRM: metadata of Lead.status and Opportunity.stage. Tryton: sale.opportunity.state; Tryton keeps no record of
 * contact attempts, so turning a lead into an opportunity is the first act on it that we can see.
 */
export const defaultStatuses: StatusMap = {
  espocrm: {
    Lead: {
      New: 'new',
      Assigned: 'new',
      'In Process': 'touched',
      Converted: 'won',
      Recycled: 'rejected',
      Dead: 'lost',
    },
    Opportunity: {
      Prospecting: 'new',
      Qualification: 'touched',
      Proposal: 'touched',
      Negotiation: 'touched',
      'Closed Won': 'won',
      'Closed Lost': 'lost',
    },
  },
  tryton: {
    'sale.opportunity': {
      lead: 'new',
      opportunity: 'touched',
      converted: 'won',
      won: 'won',
      cancelled: 'closed',
      lost: 'lost',
    },
  },
  demo: {
    lead: {
      new: 'new',
      accepted: 'accepted',
      working: 'touched',
      'on-hold': 'paused',
      won: 'won',
      lost: 'lost',
    },
  },
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
