/**
 * What is known of the three tables of Dynamics 365 Sales, by the vendor's own names, and how a grid's row names its
 * record. For the reading of pages, the API client and the script in the page's own world; it must stay small.
 */
import type { FieldName } from '../lead/lead';
import { boundedString } from './read';

export type DynamicsObject = 'lead' | 'contact' | 'opportunity';

export interface Table {
  /** Name of its collection in an address. */
  readonly set: string;
  readonly id: string;
  readonly name: string;
  /** The other columns, with the field that each is read for. Of several for one field the first that is filled counts. */
  readonly texts: readonly (readonly [column: string, field: FieldName])[];
  /** Look-ups that are shown by their name. */
  readonly lookups: readonly (readonly [column: string, field: FieldName])[];
  readonly closedOn?: string;
}

const reachable = [
  ['emailaddress1', 'email'],
  ['telephone1', 'phone'],
  ['mobilephone', 'phone'],
] as const;

export const tables: Readonly<Record<DynamicsObject, Table>> = {
  lead: {
    set: 'leads',
    id: 'leadid',
    name: 'fullname',
    texts: [...reachable, ['companyname', 'company'], ['leadsourcecode', 'source']],
    lookups: [
      ['ownerid', 'owner'],
      ['campaignid', 'campaign'],
    ],
  },
  contact: {
    set: 'contacts',
    id: 'contactid',
    name: 'fullname',
    texts: reachable,
    lookups: [
      ['ownerid', 'owner'],
      ['parentcustomerid', 'company'],
    ],
  },
  opportunity: {
    set: 'opportunities',
    id: 'opportunityid',
    name: 'name',
    texts: [],
    lookups: [
      ['ownerid', 'owner'],
      ['campaignid', 'campaign'],
      ['parentaccountid', 'company'],
    ],
    // `estimatedclosedate` is when somebody hopes to close: no instant of ours.
    closedOn: 'actualclosedate',
  },
};

export const isDynamicsObject = (name: string): name is DynamicsObject => Object.hasOwn(tables, name);

/** A GUID as the Web API writes it; the client's own scripts put it into braces and capitals. */
export function recordIdOf(value: unknown): string | undefined {
  const id = typeof value === 'string' && value.length <= 38 ? value.replaceAll(/[{}]/gu, '').toLowerCase() : '';
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(id) ? id : undefined;
}

/** A handle may be 100 units long, and JSON doubles some characters. */
const nameLength = 36;

/** A name as a handle has it. */
export const shownName = (name: string): string | undefined => boundedString(name, nameLength);

/**
 * A row's handle: its place in the grid, its record's name, and a checksum of all that it shows, so that a namesake in the
 * same place after sorting or paging has another handle.
 */
export function rowHandle(rowIndex: number, name: string, shown: string): string {
  let sum = 0x811c9dc5;
  // FNV-1a: short, and good enough to tell two rows apart.
  for (let at = 0; at < shown.length; at += 1) sum = Math.imul(sum ^ shown.charCodeAt(at), 0x01000193);
  return JSON.stringify([rowIndex, shownName(name), (sum >>> 0).toString(36)]);
}

/** Takes a handle apart; `null` for what is none. */
export function handleParts(handle: string): { readonly rowIndex: number; readonly name: string } | null {
  try {
    const [rowIndex, name]: readonly unknown[] = JSON.parse(handle) as unknown[];
    return typeof rowIndex === 'number' && typeof name === 'string' ? { rowIndex, name } : null;
  } catch {
    return null;
  }
}
