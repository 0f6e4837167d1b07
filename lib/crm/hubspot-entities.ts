/**
 * What HubSpot calls contacts, deals and leads, their ids and their properties: for reading pages and answers alike. No
 * labels, which every account may change; internal names only, as HubSpot ships them.
 */
import type { FieldName } from '../lead/lead';

/** HubSpot's own ids of contacts, deals and leads. */
export type HubspotObject = '0-1' | '0-3' | '0-136';

export type ApiField = Exclude<FieldName, 'name' | 'owner' | 'closedAt'>;

interface HubspotEntity {
  /** Properties that make up the name. */
  readonly name: readonly string[];
  readonly fields: Readonly<Partial<Record<ApiField, string>>>;
  /** Every record has a stage, so its absence is news. */
  readonly staged: boolean;
  /** Says whether and when it closed. */
  readonly closing: readonly string[];
  /** What an open lead is. */
  readonly open: readonly Filter[];
}

export interface Filter {
  readonly property: string;
  readonly operator: 'EQ' | 'NEQ' | 'GT' | 'IN' | 'HAS_PROPERTY';
  readonly value?: string;
  readonly values?: readonly string[];
}

const isNot = (property: string, ...values: readonly string[]): Filter[] =>
  values.map((value) => ({ property, operator: 'NEQ', value }));

export const entities: Readonly<Record<HubspotObject, HubspotEntity>> = {
  '0-1': {
    name: ['firstname', 'lastname'],
    fields: {
      createdAt: 'createdate',
      modifiedAt: 'lastmodifieddate',
      // When marketing had it ready for sales, as HubSpot defines the stage; until then a contact is no lead of sales'.
      handedOverAt: 'hs_lifecyclestage_marketingqualifiedlead_date',
      ownerId: 'hubspot_owner_id',
      assignedAt: 'hubspot_owner_assigneddate',
      status: 'hs_lead_status',
      source: 'hs_analytics_source',
      email: 'email',
      phone: 'phone',
      company: 'company',
      // Not `hs_sa_first_engagement_date`: it begins anew with each owner. Not `notes_last_contacted`, which does not say
      // who wrote, nor `hs_last_sales_activity_timestamp`, which is what the lead did.
      firstTouchAt: 'hs_first_outreach_date',
    },
    staged: false,
    closing: [],
    // Every visitor is a contact; the ones that sales works have a lead status.
    open: [
      { property: 'hs_lead_status', operator: 'HAS_PROPERTY' },
      ...isNot('hs_lead_status', 'UNQUALIFIED', 'BAD_TIMING'),
    ],
  },
  '0-3': {
    name: ['dealname'],
    fields: {
      createdAt: 'createdate',
      modifiedAt: 'hs_lastmodifieddate',
      ownerId: 'hubspot_owner_id',
      assignedAt: 'hubspot_owner_assigneddate',
      status: 'dealstage',
      source: 'hs_analytics_source',
    },
    staged: true,
    closing: ['hs_is_closed', 'closedate'],
    open: [{ property: 'hs_is_closed', operator: 'EQ', value: 'false' }],
  },
  '0-136': {
    name: ['hs_lead_name'],
    fields: {
      createdAt: 'hs_createdate',
      modifiedAt: 'hs_lastmodifieddate',
      ownerId: 'hubspot_owner_id',
      status: 'hs_pipeline_stage',
    },
    staged: true,
    closing: [],
    open: isNot('hs_pipeline_stage', 'qualified-stage-id', 'unqualified-stage-id'),
  },
};

/** In the order of a sweep. Every account has contacts; leads come with some plans only. */
export const objects = Object.keys(entities) as readonly HubspotObject[];

export const isHubspotObject = (name: string): name is HubspotObject => Object.hasOwn(entities, name);
export const isHubspotId = (value: string | null | undefined): value is string => /^\d{1,19}$/u.test(value ?? '');

/** The account's id, which stands second in every address of HubSpot's. */
export const portalOf = (url: URL): string | null =>
  /^\/[a-z][\w-]*\/(\d{1,12})(?:\/|$)/u.exec(url.pathname)?.[1] ?? null;
