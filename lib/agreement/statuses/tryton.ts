import type { CrmStatuses } from './types';

/**
 * sale.opportunity.state. Tryton keeps no record of contact attempts, so turning a lead into an opportunity is the first
 * act on it that we can see.
 */
export const tryton: CrmStatuses = {
  'sale.opportunity': {
    lead: 'new',
    opportunity: 'touched',
    converted: 'won',
    won: 'won',
    cancelled: 'closed',
    lost: 'lost',
  },
};
