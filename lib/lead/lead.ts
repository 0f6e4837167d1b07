/**
 * What a lead is, how it is named, and what was read of it. Pure: no DOM, no browser API, no clock.
 * Everything here is plain JSON, because it crosses from the page to the worker and lies in the database.
 */

/** One record in a CRM that marketing can hand to sales. */
export interface LeadId {
  /** Adapter id, for example `espocrm`. */
  readonly crm: string;
  /** Origin of the CRM, for example `https://crm.example.com`. */
  readonly origin: string;
  /** The CRM's own name of the record type, for example `Lead` or `sale.opportunity`. */
  readonly object: string;
  readonly recordId: string;
}

/** `crm|origin|object|recordId`, each part with `%` and `|` percent-encoded, so that it can be taken apart again. */
export type LeadKey = string;

const encodePart = (part: string): string => part.replaceAll('%', '%25').replaceAll('|', '%7C');
const decodePart = (part: string): string =>
  part.includes('%') ? part.replaceAll('%7C', '|').replaceAll('%25', '%') : part;

/** The key that names one lead across tabs, restarts and people. */
export function leadKey(id: LeadId): LeadKey {
  return [id.crm, id.origin, id.object, id.recordId].map(encodePart).join('|');
}

/** Takes a key apart; `null` when it is none. */
export function parseLeadKey(key: LeadKey): LeadId | null {
  const parts = key.split('|');
  if (parts.length !== 4 || parts.some((part) => part === '')) return null;
  const [crm, origin, object, recordId] = parts.map(decodePart) as [string, string, string, string];
  return { crm, origin, object, recordId };
}

/**
 * An instant as it was read. The true instant lies in `[at, at + precision)`; both in ms.
 * "Today 18:34" has a precision of 60,000, a bare date one of 86,400,000, an API timestamp in seconds 1,000.
 */
export interface ReadInstant {
  readonly at: number;
  readonly precision: number;
}

/** Text fields that a condition of the agreement may name. */
export const textFields = [
  'name',
  'company',
  'owner',
  'ownerId',
  'status',
  'statusLabel',
  'source',
  'campaign',
  'region',
  'tier',
  'email',
  'phone',
] as const;
export type TextField = (typeof textFields)[number];

/** Instants that an adapter may read. An instant that the CRM does not state is absent, never guessed. */
export const instantFields = [
  'createdAt',
  'handedOverAt',
  'assignedAt',
  'firstTouchAt',
  'lastTouchAt',
  'lastInboundAt',
  'pausedAt',
  'closedAt',
  'modifiedAt',
] as const;
export type InstantField = (typeof instantFields)[number];

export type FieldName = TextField | InstantField;

/**
 * Values of one lead. `status` is the CRM's internal value and never a translated label (that is `statusLabel`);
 * `owner` is a display name and `ownerId` the CRM's id of that person.
 */
export type LeadFields = { readonly [Field in TextField]?: string } & {
  readonly [Field in InstantField]?: ReadInstant;
};

/** Which kind of page a lead was seen on. */
export type RouteKind = 'record' | 'list' | 'board';

/** What an adapter read of one lead, once. */
export interface Observation {
  readonly id: LeadId;
  /**
   * When the CRM's data was current, epoch ms: the answer's arrival for `api`, the first sight of this content for
   * `page`. A page that was left open since yesterday keeps yesterday's instant.
   */
  readonly seenAt: number;
  readonly source: 'page' | 'api';
  readonly surface: RouteKind;
  /** Address of the lead's own page, same origin; opens it from the popup. */
  readonly url?: string;
  readonly fields: LeadFields;
  /** Fields that this surface should have and that could not be read. */
  readonly missing: readonly FieldName[];
}

/** A lead as the ledger knows it: the newest value of each field, and when the CRM was last seen to say so. */
export interface Lead {
  readonly key: LeadKey;
  readonly id: LeadId;
  readonly fields: LeadFields;
  readonly url?: string;
  readonly seenAt: number;
  /** The CRM was asked for touches last and did not let us read them: having seen the lead proves no lack of them. */
  readonly touchesUnread?: true;
}

/** The person who is signed in to the CRM, as far as the page tells. */
export interface Viewer {
  readonly id?: string;
  readonly name?: string;
}
