import type { CrmStatuses } from './types';

/**
 * Picklists Lead_Status and Stage as Zoho CRM ships them; deals are Potentials in its addresses. `converted` is no value
 * of the picklist: it stands for a lead whose `Converted__s` is true.
 */
export const zoho: CrmStatuses = {
  Leads: {
    'Not Contacted': 'new',
    'Attempted to Contact': 'touched',
    Contacted: 'touched',
    'Contact in Future': 'paused',
    'Pre-Qualified': 'accepted',
    'Junk Lead': 'rejected',
    'Not Qualified': 'rejected',
    'Lost Lead': 'lost',
    converted: 'won',
  },
  Potentials: {
    Qualification: 'new',
    'Needs Analysis': 'touched',
    'Value Proposition': 'touched',
    'Id. Decision Makers': 'touched',
    'Identify Decision Makers': 'touched',
    'Proposal/Price Quote': 'touched',
    'Negotiation/Review': 'touched',
    'Closed Won': 'won',
    'Closed Lost': 'lost',
    'Closed Lost to Competition': 'lost',
    'Closed-Lost to Competition': 'lost',
  },
};
