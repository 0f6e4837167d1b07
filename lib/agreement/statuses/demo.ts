import type { CrmStatuses } from './types';

export const demo: CrmStatuses = {
  lead: {
    new: 'new',
    accepted: 'accepted',
    working: 'touched',
    'on-hold': 'paused',
    won: 'won',
    lost: 'lost',
  },
};
