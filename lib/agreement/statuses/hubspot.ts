import type { CrmStatuses } from './types';

/**
 * Options of hs_lead_status, stages of the sales pipeline and of the lead pipeline as HubSpot ships them. An account may
 * rename their labels; these internal values stay. Qualifying a lead opens its deal; from there the deal counts.
 */
export const hubspot: CrmStatuses = {
  '0-1': {
    NEW: 'new',
    OPEN: 'accepted',
    IN_PROGRESS: 'touched',
    OPEN_DEAL: 'touched',
    UNQUALIFIED: 'rejected',
    ATTEMPTED_TO_CONTACT: 'touched',
    CONNECTED: 'touched',
    BAD_TIMING: 'rejected',
  },
  '0-3': {
    // Where every new deal begins, whatever its name says.
    appointmentscheduled: 'new',
    qualifiedtobuy: 'touched',
    presentationscheduled: 'touched',
    decisionmakerboughtin: 'touched',
    contractsent: 'touched',
    closedwon: 'won',
    closedlost: 'lost',
  },
  '0-136': {
    'new-stage-id': 'new',
    'attempting-stage-id': 'touched',
    'connected-stage-id': 'touched',
    'qualified-stage-id': 'won',
    'unqualified-stage-id': 'rejected',
  },
};
