import type { CrmStatuses } from './types';

/**
 * Stages are records of each database. Odoo's `crm` module creates four when it is installed (New, Qualified, Proposition,
 * Won), as the first of their table: ids 1 to 4 on the captured pages of 17 and 18. A database that replaced them has other
 * ids, and names them in its agreement. `won` and `lost` are told by the adapter, from probability and archiving as Odoo's
 * own code does, whatever the stage is called.
 */
export const odoo: CrmStatuses = {
  'crm.lead': {
    'stage:1': 'new',
    'stage:2': 'touched',
    'stage:3': 'touched',
    won: 'won',
    lost: 'lost',
  },
};
