import type { CrmStatuses } from './types';

/** Metadata of Lead.status and Opportunity.stage as EspoCRM ships them. */
export const espocrm: CrmStatuses = {
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
};
