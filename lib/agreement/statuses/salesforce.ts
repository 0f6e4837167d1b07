import type { CrmStatuses } from './types';

/**
 * Lead.Status and Opportunity.StageName as Salesforce ships them (Salesforce Help: standard picklist values), by API name.
 * Pages show labels alone: where an org has kept the shipped ones, in English, they are the same words.
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
