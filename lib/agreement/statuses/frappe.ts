import type { CrmStatuses } from './types';

/** CRM Lead Status and CRM Deal Status as Frappe CRM's installation creates them. */
export const frappe: CrmStatuses = {
  'CRM Lead': {
    New: 'new',
    Contacted: 'touched',
    Nurture: 'touched',
    Qualified: 'accepted',
    Unqualified: 'rejected',
    Junk: 'rejected',
  },
  'CRM Deal': {
    Qualification: 'new',
    'Demo/Making': 'touched',
    'Proposal/Quotation': 'touched',
    Negotiation: 'touched',
    'Ready to Close': 'touched',
    Won: 'won',
    Lost: 'lost',
  },
};
