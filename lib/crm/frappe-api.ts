/**
 * Frappe's own REST API with the session of its pages, read only: one request for the records of a screen, and one each
 * for the mails and the calls with them. Its times are local to the site; the page states which zone that is, and where it
 * does not, every instant spans a day.
 */
import { knownZone, timeInterval } from '../lead/shown-date-zone';
import type { FieldName, ReadInstant, Viewer } from '../lead/lead';
import { createHistory, type Entry, type History } from './history';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, RecordRef, Site } from './types';

/** The record types that we read, by their part of an address. */
export const frappeDoctypes = { leads: 'CRM Lead', deals: 'CRM Deal' } as const;
export type FrappeObject = (typeof frappeDoctypes)[keyof typeof frappeDoctypes];

/** A record's name is what its maker wants it to be, and may be a sentence; `view` is an address of its own. */
export const isFrappeName = (value: string | null | undefined): value is string =>
  /^[^/<>"\p{Cc}]{1,140}$/u.test(value ?? '') && value !== 'view' && value === boundedString(value);

interface Doctype {
  readonly fields: readonly (readonly [field: FieldName, column: string, needed?: true])[];
  readonly owner: string;
  /** Not ended, by the statuses as shipped. */
  readonly open: readonly Filter[];
}
type Filter = readonly [column: string, operator: string, value: unknown];

const common: Doctype['fields'] = [
  ['createdAt', 'creation', true],
  ['modifiedAt', 'modified'],
  ['status', 'status', true],
  ['source', 'source'],
  ['company', 'organization'],
  ['region', 'territory'],
  ['email', 'email'],
  ['phone', 'mobile_no'],
  ['firstTouchAt', 'first_responded_on'],
];
const doctypes: Readonly<Record<FrappeObject, Doctype>> = {
  'CRM Lead': {
    fields: [...common, ['name', 'lead_name', true], ['ownerId', 'lead_owner']],
    owner: 'lead_owner',
    open: [
      ['status', 'not in', ['Unqualified', 'Junk']],
      ['converted', '=', 0],
    ],
  },
  'CRM Deal': {
    fields: [...common, ['name', 'organization'], ['ownerId', 'deal_owner']],
    owner: 'deal_owner',
    open: [['status', 'not in', ['Won', 'Lost']]],
  },
};
const isDoctype = (name: string): name is FrappeObject => Object.hasOwn(doctypes, name);

type Item = Readonly<Record<string, unknown>>;

const pageSize = 100;
/** Of the 8,000 characters that servers take of an address, so many may be names; as shipped, 100 take 2,900. */
const namesLength = 6_500;
/** Mails, or calls, in one answer. */
const activityLimit = 500;

async function list(
  request: CrmRequest,
  doctype: string,
  fields: readonly string[],
  filters: readonly Filter[],
  {
    limit,
    start = 0,
    order = 'creation asc, name asc',
  }: { readonly limit: number; readonly start?: number; readonly order?: string },
): Promise<readonly Item[]> {
  const query = new URLSearchParams({
    fields: JSON.stringify(fields),
    filters: JSON.stringify(filters),
    order_by: order,
    limit_start: String(start),
    limit_page_length: String(limit),
  });
  const answer = await request(`/api/resource/${encodeURIComponent(doctype)}?${query.toString()}`);
  if (!isRecord(answer) || !Array.isArray(answer['data']))
    throw new CrmApiError('unreadable', 'Frappe answered no list of records');
  return answer['data'].filter(isRecord);
}

/** By page: what a script of it states once. */
const zoneOf = new WeakMap<Document, { readonly zone: string | undefined }>();

/** The site's zone, which the server writes into the page: `window["timezone"] = {"system": "Asia/Kolkata", …}`. */
function siteZone({ doc }: Site): string | undefined {
  const found = zoneOf.get(doc);
  if (found) return found.zone;
  let zone: string | undefined;
  for (const script of doc.querySelectorAll('script:not([src])')) {
    const stated = /window\["timezone"\] = \{[^}]{0,200}?"system": ?"([\w+/-]{1,64})"/u.exec(script.textContent)?.[1];
    if (stated !== undefined) zone = knownZone(stated);
  }
  zoneOf.set(doc, { zone });
  return zone;
}

/** A time of the site, to the second. */
function siteInstant(value: unknown, site: Site): ReadInstant | undefined {
  const local =
    typeof value === 'string' && !/[zZ]|[+-]\d{2}:?\d{2}$/u.test(value.slice(11)) ? utcInstant(value, 1000) : undefined;
  return local && timeInterval(siteZone(site), Math.floor(local.at / 1000) * 1000, local.precision);
}

interface Activity {
  readonly doctype: string;
  /** What counts at all. */
  readonly genuine: Filter;
  /** Columns: the lead's name, the instant, and who spoke to whom. */
  readonly lead: string;
  readonly at: string;
  readonly way: string;
  /** What `way` holds where a person here did it; the rest came from the lead. */
  readonly outbound: string;
}

/** What people do with a lead. Frappe files its own notifications as "Automated Message", which are asked for by nobody. */
const activities: readonly Activity[] = [
  {
    doctype: 'Communication',
    genuine: ['communication_type', '=', 'Communication'],
    lead: 'reference_name',
    at: 'communication_date',
    way: 'sent_or_received',
    outbound: 'Sent',
  },
  {
    doctype: 'CRM Call Log',
    genuine: ['status', '=', 'Completed'],
    lead: 'reference_docname',
    at: 'start_time',
    way: 'type',
    outbound: 'Outgoing',
  },
];

async function historyOf(
  site: Site,
  request: CrmRequest,
  object: FrappeObject,
  names: readonly string[],
): Promise<History> {
  const history = createHistory();
  for (const { doctype, genuine, lead, at, way, outbound } of activities)
    await history.add({
      of: ['touch', 'inbound'],
      async page(from, start) {
        const filters: Filter[] = [['reference_doctype', '=', object], [lead, 'in', names], genuine];
        const order = `${at} ${from === 'oldest' ? 'asc' : 'desc'}, name asc`;
        const items = await list(request, doctype, [lead, at, way], filters, { limit: activityLimit, start, order });
        const entries = items.map((item): Entry => {
          const is = item[way] === outbound ? 'touch' : 'inbound';
          return { lead: String(item[lead]), at: siteInstant(item[at], site), is };
        });
        return { entries, full: items.length >= activityLimit };
      },
    });
  return history;
}

function readItem(
  item: Item,
  object: FrappeObject,
  history: History,
  site: Site,
): Pick<ApiRecord, 'fields' | 'missing'> {
  const read = gather();
  const touches: ReadInstant[] = [];
  for (const [field, column, needed] of doctypes[object].fields) {
    const value = item[column];
    const isInstant = field.endsWith('At');
    const known = isInstant ? siteInstant(value, site) : boundedString(value);
    if (field === 'firstTouchAt' && typeof known === 'object') touches.push(known);
    else read.keep(field, known);
    if (known === undefined && (needed || (value !== null && value !== undefined && value !== ''))) read.miss(field);
  }
  history.tell(read, String(item['name']), touches);
  return { fields: read.fields, missing: read.missing };
}

/** Names in groups that fit an address each: people may give records names of their own. */
function grouped(names: readonly string[]): string[][] {
  const groups: string[][] = [[]];
  let length = 0;
  for (const name of names) {
    const more = new URLSearchParams([['', `${JSON.stringify(name)},`]]).toString().length;
    length += more;
    if (length > namesLength) groups.push([]);
    if (length > namesLength) length = more;
    groups.at(-1)?.push(name);
  }
  return groups;
}

async function records(
  site: Site,
  request: CrmRequest,
  object: FrappeObject,
  items: readonly Item[],
  refOf: (name: string) => RecordRef | undefined,
): Promise<readonly ApiRecord[]> {
  const known = items.flatMap((item) => {
    const ref = typeof item['name'] === 'string' ? refOf(item['name']) : undefined;
    return ref ? [{ item, ref }] : [];
  });
  if (known.length === 0) return [];
  const names = known.map(({ ref }) => ref.value);
  const histories = new Map<string, History>();
  for (const group of grouped(names)) {
    const history = await historyOf(site, request, object, group);
    for (const name of group) histories.set(name, history);
  }
  return known.flatMap(({ item, ref }) => {
    const history = histories.get(ref.value);
    return history ? [{ ref, recordId: ref.value, object, ...readItem(item, object, history, site) }] : [];
  });
}

const columnsOf = (object: FrappeObject): string[] => [
  ...new Set(['name', ...doctypes[object].fields.map(([, column]) => column)]),
];

/** Which page of which record type: `CRM Lead:100`. */
function readCursor(cursor: string | null): { readonly object: FrappeObject; readonly start: number } {
  const [object = '', start = '0'] = (cursor ?? 'CRM Lead:0').split(':');
  return { object: isDoctype(object) ? object : 'CRM Lead', start: Number(start) || 0 };
}

export const frappeApi: CrmApi = {
  batch: 100,
  exhaustive: Object.keys(doctypes),
  async fetch(refs, page, request) {
    const { object } = page.route;
    const asked = new Map(
      refs.filter(({ by, value }) => by === 'id' && isFrappeName(value)).map((ref) => [ref.value, ref]),
    );
    if (!isDoctype(object) || asked.size === 0) return [];
    const items: Item[] = [];
    for (const names of grouped([...asked.keys()]))
      items.push(...(await list(request, object, columnsOf(object), [['name', 'in', names]], { limit: names.length })));
    return records(page, request, object, items, (name) => asked.get(name));
  },
  async sweep(cursor: string | null, viewer: Viewer | null, site: Site, request: CrmRequest) {
    const { object, start } = readCursor(cursor);
    const { owner, open } = doctypes[object];
    const filters: readonly Filter[] = viewer?.id === undefined ? open : [[owner, '=', viewer.id], ...open];
    const items = await list(request, object, columnsOf(object), filters, { limit: pageSize, start });
    const after = object === 'CRM Lead' ? 'CRM Deal:0' : null;
    return {
      records: await records(site, request, object, items, (value) =>
        isFrappeName(value) ? { by: 'id', value } : undefined,
      ),
      next: items.length < pageSize ? after : `${object}:${start + pageSize}`,
    };
  },
};
