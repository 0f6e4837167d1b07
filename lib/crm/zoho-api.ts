/**
 * Zoho CRM's documented API with the session of its own pages, read only: `ids` for the rows of a screen, a COQL query for
 * the sweep. The token that their script sends along is read when a request is made, goes into that request and nowhere
 * else. `Last_Activity_Time` is no touch: any change moves it. `Closing_Date` is when somebody hopes to close.
 */
import type { Viewer } from '../lead/lead';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, CrmRequestInit, Page, RecordRef, Site, SweepPage } from './types';

/** Modules by their names in addresses. */
export type ZohoModule = 'Leads' | 'Contacts' | 'Potentials';

interface ZohoNames {
  /** What the API calls the module. */
  readonly module: string;
  readonly name: string;
  readonly status?: string;
  readonly company: string;
  readonly campaign?: string;
  readonly more: readonly string[];
  /** What makes a record open; in a query. */
  readonly open?: string;
}

const names: Readonly<Record<ZohoModule, ZohoNames>> = {
  Leads: {
    module: 'Leads',
    name: 'Full_Name',
    status: 'Lead_Status',
    company: 'Company',
    more: ['Email', 'Phone', 'Mobile', 'Converted__s', 'Converted_Date_Time'],
  },
  Contacts: { module: 'Contacts', name: 'Full_Name', company: 'Account_Name', more: ['Email', 'Phone', 'Mobile'] },
  Potentials: {
    module: 'Deals',
    name: 'Deal_Name',
    status: 'Stage',
    company: 'Account_Name',
    campaign: 'Campaign_Source',
    more: [],
    // Stages that Zoho ships as closed; an account's own are read and told apart by the agreement.
    open: "Stage not in ('Closed Won', 'Closed Lost', 'Closed Lost to Competition', 'Closed-Lost to Competition')",
  },
};

export const isZohoModule = (name: string): name is ZohoModule => Object.hasOwn(names, name);
/** Some 19 digits. */
export const isId = (value: string | undefined): value is string => /^\d{6,20}$/u.test(value ?? '');

/** `/crm/org60012345678/tab/Leads/…`; older addresses name no organisation. */
export const orgIn = ({ pathname }: URL): string | undefined => /^\/crm\/org(\d{1,20})\//u.exec(pathname)?.[1];

/** Ids that one request takes. */
const idsAtOnce = 100;
/** The status of a lead that was converted: its `Lead_Status` stays what it was. */
const converted = 'converted';
/** Modules whose records are open until somebody closes them, in the order of the sweep. */
const swept: readonly ZohoModule[] = ['Leads', 'Potentials'];

type Item = Readonly<Record<string, unknown>>;
type Ask = (path: string, init?: CrmRequestInit) => Promise<Item | undefined>;

function tokenOf(doc: Document): string | undefined {
  const cookie = /(?:^|;\s*)CT_CSRF_TOKEN=([^;]{1,500})/u.exec(doc.cookie)?.[1];
  const input = doc.querySelector('input#token');
  return cookie ?? boundedString(input && 'value' in input ? input.value : undefined, 500);
}

const unreadable = (): CrmApiError => new CrmApiError('unreadable', 'Zoho CRM answered nothing of ours');

function asker({ doc, url }: Site, request: CrmRequest): Ask {
  const [token, org] = [tokenOf(doc), orgIn(url)];
  if (token === undefined) throw new CrmApiError('unauthorised', 'Nobody is signed in to Zoho CRM');
  const headers = {
    'X-ZCSRF-TOKEN': `crmcsrfparam=${token}`,
    'X-Requested-With': 'XMLHttpRequest',
    ...(org !== undefined && { 'X-CRM-ORG': org }),
  };
  return async (path, init = {}) => {
    const answer = await request(`/crm/v8/${path}`, { ...init, headers });
    // Zoho answers 204 where nothing matches.
    if (answer === undefined) return undefined;
    if (!isRecord(answer)) throw unreadable();
    if (answer['status'] === 'error') throw errorOf(answer['code']);
    return answer;
  };
}

const refusals: ReadonlySet<unknown> = new Set([
  'NO_PERMISSION',
  'AUTHENTICATION_FAILURE',
  'AUTHORIZATION_FAILED',
  'INVALID_TOKEN',
  'OAUTH_SCOPE_MISMATCH',
]);
const limits: ReadonlySet<unknown> = new Set(['TOO_MANY_REQUESTS', 'API_LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']);

function errorOf(code: unknown): CrmApiError {
  const known = refusals.has(code) ? 'unauthorised' : limits.has(code) ? 'limited' : 'unreadable';
  return new CrmApiError(known, 'Zoho CRM answered with an error');
}

function recordsIn(answer: Item | undefined): readonly Item[] {
  if (answer === undefined) return [];
  const { data } = answer;
  if (!Array.isArray(data)) throw unreadable();
  return data.filter(isRecord);
}

const columnsOf = ({ name, status, company, campaign, more }: ZohoNames): readonly string[] => [
  'id',
  'Owner',
  'Created_Time',
  'Modified_Time',
  'Lead_Source',
  name,
  company,
  ...[status, campaign].flatMap((column) => column ?? []),
  ...more,
];

/** A linked record is `{ name, id }`; of a plain text there is only the text. */
const nameOf = (value: unknown): string | undefined => boundedString(isRecord(value) ? value['name'] : value);

function readApi(item: Item, module: ZohoModule): Pick<ApiRecord, 'fields' | 'missing'> {
  const { name, status, company, campaign } = names[module];
  const read = gather();
  const owner = item['Owner'];
  read.need('name', boundedString(item[name]));
  read.need('createdAt', utcInstant(item['Created_Time'], 1000));
  read.keep('modifiedAt', utcInstant(item['Modified_Time'], 1000));
  read.need('ownerId', isRecord(owner) ? boundedString(owner['id'], 20) : undefined);
  read.keep('owner', nameOf(owner));
  read.keep('company', nameOf(item[company]));
  if (campaign !== undefined) read.keep('campaign', nameOf(item[campaign]));
  read.keep('source', boundedString(item['Lead_Source']));
  read.keep('email', boundedString(item['Email']));
  read.keep('phone', boundedString(item['Phone']) ?? boundedString(item['Mobile']));
  if (item['Converted__s'] === true) {
    read.keep('status', converted);
    read.keep('closedAt', utcInstant(item['Converted_Date_Time'], 1000));
  } else if (status !== undefined) {
    const value = boundedString(item[status]);
    read.keep('status', value);
    // An empty picklist is `null`; without the column nothing can be said.
    if (value === undefined && item[status] !== null) read.miss('status');
  }
  return { fields: read.fields, missing: read.missing };
}

/** One request for up to 100 ids; ids that Zoho does not know, and records that nobody asked for, are left out. */
async function askRecords(ids: readonly string[], module: ZohoModule, ask: Ask): Promise<readonly ApiRecord[]> {
  const query = new URLSearchParams({
    ids: ids.join(','),
    fields: columnsOf(names[module]).join(','),
    per_page: String(idsAtOnce),
    ...(module === 'Leads' && { converted: 'both' }),
  });
  const answer = await ask(`${names[module].module}?${query.toString()}`);
  return recordsIn(answer).flatMap((item) => {
    const id = boundedString(item['id'], 21);
    const known = isId(id) && ids.includes(id);
    return known ? [{ ref: { by: 'id', value: id }, recordId: id, ...readApi(item, module) } as const] : [];
  });
}

async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
): Promise<readonly ApiRecord[]> {
  const { object } = page.route;
  const ids = new Set(refs.filter(({ by, value }) => by === 'id' && isId(value)).map(({ value }) => value));
  return isZohoModule(object) && ids.size > 0 ? askRecords([...ids], object, asker(page, request)) : [];
}

async function askViewer(site: Site, request: CrmRequest): Promise<Viewer | null> {
  const answer = await asker(site, request)('users?type=CurrentUser');
  const users: unknown = answer?.['users'];
  const user: unknown = Array.isArray(users) ? users[0] : undefined;
  if (!isRecord(user)) throw unreadable();
  const [id, name] = [boundedString(user['id'], 21), boundedString(user['full_name'])];
  return isId(id) ? { id, ...(name && { name }) } : null;
}

/**
 * Leads, then deals, each in the order of their ids, which is that of their creation, and each page after the last id of
 * the one before: COQL's own offset ends at 10,000 in older editions. The query gives the ids alone and the records are
 * asked for by them, because a query cannot say whether a lead was converted (an account answered `INVALID_QUERY`).
 * @param cursor `<module>:<last id>`.
 */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const ask = asker(site, request);
  // Without an id nobody can be told from anybody else.
  if (viewer && !isId(viewer.id)) return { records: [], next: null };
  const [, name = '', last = ''] = /^(\w+):(\d*)$/u.exec(cursor ?? '') ?? [];
  const module = isZohoModule(name) && swept.includes(name) ? name : 'Leads';
  const criteria = [
    isId(viewer?.id) ? `Owner = '${viewer.id}'` : 'Owner is not null',
    isId(last) ? `id > '${last}'` : 'id is not null',
    ...[names[module].open].flatMap((open) => open ?? []),
  ];
  const answer = await ask('coql', { method: 'POST', json: { select_query: queryOf(module, criteria) } });
  const ids = recordsIn(answer)
    .flatMap(({ id }) => boundedString(id, 21) ?? [])
    .filter(isId)
    .slice(0, idsAtOnce);
  const known = ids.length === 0 ? [] : await askRecords(ids, module, ask);
  const open = known.filter(({ fields }) => fields.status !== converted);
  const info = answer?.['info'];
  const end = ids.at(-1);
  // The next page must lie behind this one, or there would be no end.
  const more = isRecord(info) && info['more_records'] === true && end !== undefined && isBehind(end, last);
  const following = swept[swept.indexOf(module) + 1];
  const records = Array.from(open, (record) => ({ ...record, object: module }));
  return { records, next: more ? `${module}:${end}` : following ? `${following}:` : null };
}

/** More than two criteria must be bracketed in twos. Nothing of a page or an answer goes in but digits. */
function queryOf(module: ZohoModule, criteria: readonly string[]): string {
  const where = criteria.reduce((before, criterion) => `(${before} and ${criterion})`);
  return `select id from ${names[module].module} where ${where} order by id asc limit ${idsAtOnce}`;
}

/** Ids are whole numbers too large for a number of JavaScript's. */
const isBehind = (id: string, last: string): boolean => !isId(last) || BigInt(id) > BigInt(last);

export const zohoApi: CrmApi = {
  batch: idsAtOnce,
  exhaustive: Object.keys(names),
  fetch: fetchRecords,
  viewer: askViewer,
  sweep,
};
