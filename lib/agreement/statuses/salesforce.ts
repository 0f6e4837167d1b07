import type { CrmStatuses } from './types';

/**
 * Lead.Status and Opportunity.StageName as Salesforce ships them (Salesforce Help: standard picklist values), by API name.
 * Pages show labels alone, so these hold for a status that somebody else than a page told.
 */
export const salesforce: CrmStatuses = {
  Lead: {
    'Open - Not Contacted': 'new',
    'Working - Contacted': 'touched',
    'Closed - Converted': 'won',
    'Closed - Not Converted': 'lost',
  },
  Opportunity: {
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
