import type { CrmStatuses } from './types';

/** Drop-down lists lead_status_dom and sales_stage_dom as SuiteCRM 7 ships them. A contact has no status. */
export const suitecrm: CrmStatuses = {
  Leads: {
    New: 'new',
    Assigned: 'new',
    'In Process': 'touched',
    Converted: 'won',
    Recycled: 'rejected',
    Dead: 'lost',
  },
  Opportunities: {
    Prospecting: 'new',
    Qualification: 'touched',
    'Needs Analysis': 'touched',
    'Value Proposition': 'touched',
    'Id. Decision Makers': 'touched',
    'Perception Analysis': 'touched',
    'Proposal/Price Quote': 'touched',
    'Negotiation/Review': 'touched',
    'Closed Won': 'won',
    'Closed Lost': 'lost',
  },
};
