import type { CrmStatuses } from './types';

/** Options of Opportunity.stage in a new workspace. A person has no status. */
export const twenty: CrmStatuses = {
  opportunity: {
    NEW: 'new',
    SCREENING: 'touched',
    MEETING: 'touched',
    PROPOSAL: 'touched',
    CUSTOMER: 'won',
  },
};
