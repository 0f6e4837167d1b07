import type { CrmStatuses } from './types';

/**
 * Pick lists leadstatus and sales_stage as vtiger ships them. How warm a lead is says nothing of who did what, so those
 * values mean nothing here. A contact has no status.
 */
export const vtiger: CrmStatuses = {
  Leads: {
    'Attempted to Contact': 'touched',
    'Contact in Future': 'paused',
    Contacted: 'touched',
    'Junk Lead': 'rejected',
    'Lost Lead': 'lost',
    'Not Contacted': 'new',
    Qualified: 'accepted',
  },
  Potentials: {
    Prospecting: 'new',
    Qualification: 'touched',
    'Needs Analysis': 'touched',
    'Value Proposition': 'touched',
    'Id. Decision Makers': 'touched',
    'Perception Analysis': 'touched',
    'Proposal or Price Quote': 'touched',
    'Negotiation or Review': 'touched',
    'Closed Won': 'won',
    'Closed Lost': 'lost',
  },
};
