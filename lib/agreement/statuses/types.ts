import type { StatusMeaning } from '../schema';

/** What the statuses mean that one CRM ships with: object (or `*`) → internal status → meaning. */
export type CrmStatuses = Readonly<Record<string, Readonly<Record<string, StatusMeaning>>>>;
