import type { CrmStatuses } from './types';

/**
 * `status` of a deal in Pipedrive's API, and whether a lead is archived. An open deal's status is its stage, `stage:<id>`:
 * stages are records of each account, so what they mean only its agreement can say.
 */
export const pipedrive: CrmStatuses = {
  deal: {
    won: 'won',
    lost: 'lost',
    deleted: 'closed',
  },
  lead: {
    open: 'new',
    archived: 'closed',
  },
};
