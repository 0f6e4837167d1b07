import type { CrmStatuses } from './types';

/**
 * `statuscode` of lead, opportunity and contact, as the table reference of Dynamics 365 Sales names the shipped values. It
 * tells the state as well, because no value is used for two states. A company's own values start at 100,000,000.
 */
export const dynamics: CrmStatuses = {
  lead: {
    // New, Contacted
    '1': 'new',
    '2': 'touched',
    // Qualified
    '3': 'won',
    // Lost, Cannot Contact, No Longer Interested, Canceled
    '4': 'lost',
    '5': 'lost',
    '6': 'lost',
    '7': 'closed',
  },
  opportunity: {
    // In Progress, On Hold
    '1': 'new',
    '2': 'paused',
    // Won, Canceled, Out-Sold
    '3': 'won',
    '4': 'closed',
    '5': 'lost',
  },
  contact: {
    // Active, Inactive
    '1': 'new',
    '2': 'closed',
  },
};
