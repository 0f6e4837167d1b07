/**
 * HubSpot's search as its own pages use it, with the session of the page, read only. One request for all leads on screen;
 * names of owners are asked for once a page and may fail without harm. The token against forged requests is read from the
 * page's cookie for each request and goes nowhere else. Not documented by HubSpot: whatever comes back is checked.
 */
import type { ReadInstant, Viewer } from '../lead/lead';
import {
  entities,
  isHubspotId,
  isHubspotObject,
  objects,
  portalOf,
  type ApiField,
  type Filter,
  type HubspotObject,
} from './hubspot-entities';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, Page, RecordRef, Site, SweepPage } from './types';

function tokenOf({ cookie }: Document): string | null {
  const [, token = ''] =
    /(?:^|; )hubspotapi-csrf=([^;]*)/u.exec(cookie) ?? /(?:^|; )csrf\.app=([^;]*)/u.exec(cookie) ?? [];
  // What could not stand in a header would fail as a bug of ours.
  return /^[\u0021-\u007E]{1,1024}$/u.test(token) ? token : null;
}

/** By its shape: the error's class may be another bundle's. */
const codeOf = (error: unknown): unknown => (isRecord(error) ? error['code'] : undefined);

/** One request; after a refusal one more, if HubSpot has meanwhile handed out another token. */
async function ask(site: Site, request: CrmRequest, path: string, json?: unknown): Promise<unknown> {
  const token = tokenOf(site.doc);
  if (token === null) throw new CrmApiError('unauthorised', 'Nobody is signed in to HubSpot');
  const send = (value: string): Promise<unknown> =>
    request(path, {
      headers: { 'X-HubSpot-CSRF-hubspotapi': value },
      ...(json === undefined ? {} : { method: 'POST', json }),
    });
  try {
    return await send(token);
  } catch (error) {
    const next = tokenOf(site.doc);
    if (codeOf(error) !== 'unauthorised' || next === null || next === token) throw error;
    return send(next);
  }
}

function accountOf({ url }: Site): string {
  const portal = portalOf(url);
  if (portal === null) throw new CrmApiError('unreadable', 'The address names no HubSpot account');
  return portal;
}

interface Found {
  readonly recordId: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Records by their ids, oldest first: the order must be the same each time, or pages would overlap. */
async function search(
  object: HubspotObject,
  filters: readonly Filter[],
  count: number,
  site: Site,
  request: CrmRequest,
): Promise<{ readonly found: readonly Found[]; readonly more: boolean }> {
  const { name, fields, closing } = entities[object];
  const path = `/api/crm-search/search?portalId=${accountOf(site)}&clienttimeout=14000`;
  const answer = await ask(site, request, path, {
    objectTypeId: object,
    count,
    offset: 0,
    query: '',
    filterGroups: [{ filters }],
    sorts: [{ property: 'hs_object_id', order: 'ASC' }],
    requestOptions: { properties: [...name, ...Object.values(fields), ...closing] },
  });
  const results = isRecord(answer) ? answer['results'] : undefined;
  if (!Array.isArray(results)) throw new CrmApiError('unreadable', 'HubSpot answered no list of records');
  const found = results.flatMap((item: unknown) => {
    const id = isRecord(item) ? item['objectId'] : undefined;
    const recordId = Number.isSafeInteger(id) || typeof id === 'string' ? String(id) : '';
    const values = isRecord(item) ? item['properties'] : undefined;
    return isHubspotId(recordId) ? [{ recordId, properties: isRecord(values) ? values : {} }] : [];
  });
  return { found, more: results.length >= count || (isRecord(answer) && answer['hasMore'] === true) };
}

/** HubSpot keeps an instant as ms in digits, and writes it in ISO form here and there. */
function instantOf(value: unknown): ReadInstant | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const isMs = typeof text === 'string' && /^\d{12,13}$/u.test(text);
  return isMs ? { at: Number(text), precision: 1 } : utcInstant(text, 1);
}

function textOf(value: unknown): string | undefined {
  return boundedString(typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
}

function readRecord(object: HubspotObject, { properties }: Found, owners: ReadonlyMap<string, string>) {
  const { name, fields, staged, closing } = entities[object];
  const valueOf = (property: string): unknown => {
    const held = Object.hasOwn(properties, property) ? properties[property] : undefined;
    const value = isRecord(held) && 'value' in held ? held['value'] : held;
    return value === '' || value === null ? undefined : value;
  };
  const record = gather();
  const parts = name.flatMap((property) => textOf(valueOf(property)) ?? []);
  record.need('name', boundedString(parts.join(' ')) ?? (object === '0-1' ? textOf(valueOf('email')) : undefined));
  for (const [field, property] of Object.entries(fields) as [ApiField, string][]) {
    const value = valueOf(property);
    const read = field.endsWith('At') ? instantOf(value) : textOf(value);
    const needed = value !== undefined || field === 'createdAt' || (field === 'status' && staged);
    if (needed) record.need(field, read);
  }
  const { ownerId } = record.fields;
  if (ownerId !== undefined) record.keep('owner', owners.get(ownerId));
  // On an open deal it is when somebody hopes to close.
  const [isClosed, closedAt] = closing.map(valueOf);
  if (textOf(isClosed) === 'true') record.keep('closedAt', instantOf(closedAt));
  return { fields: record.fields, missing: record.missing };
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

/** Owners in one answer; who comes after them stays an id. */
const mostOwners = 500;
/** Asked for once a page; for names never again where that failed. */
const ownersOf = new WeakMap<Document, Promise<readonly Owner[]>>();

async function askOwners(site: Site, request: CrmRequest): Promise<readonly Owner[]> {
  const answer = await ask(site, request, `/api/crm/v3/owners?limit=${mostOwners}&portalId=${accountOf(site)}`);
  const results = isRecord(answer) && Array.isArray(answer['results']) ? answer['results'] : [];
  return results
    .slice(0, mostOwners)
    .filter(isRecord)
    .flatMap((owner) => {
      const [id, first, last, email] = ['id', 'firstName', 'lastName', 'email'].map((key) => textOf(owner[key]));
      const name = boundedString([first, last].join(' ')) ?? email;
      return id === undefined || name === undefined ? [] : [{ id, name, ...(email !== undefined && { email }) }];
    });
}

/** A lead without its owner's name is still a lead: the id is what counts. */
async function namesOf(site: Site, request: CrmRequest): Promise<ReadonlyMap<string, string>> {
  const asked = ownersOf.get(site.doc) ?? askOwners(site, request);
  ownersOf.set(site.doc, asked);
  return new Map((await asked.catch(() => [])).map(({ id, name }) => [id, name]));
}

const plain = (text: string | undefined): string => (text ?? '').trim().toLocaleLowerCase();

/**
 * HubSpot says nowhere who is signed in. The person is the one owner that has the name, or the address, by which they call
 * themselves in their settings; where two have it, or none, nobody is.
 */
async function askViewer(site: Site, request: CrmRequest, named: string): Promise<Viewer | null> {
  const wanted = plain(named);
  if (wanted === '') return null;
  const owners = await (ownersOf.get(site.doc)?.catch(() => null) ?? null);
  const asked = owners ?? (await askOwners(site, request));
  const [found, ...more] = asked.filter(({ name, email }) => plain(name) === wanted || plain(email) === wanted);
  return found && more.length === 0 ? { id: found.id, name: found.name } : null;
}

async function readAll(
  object: HubspotObject,
  found: readonly Found[],
  site: Site,
  request: CrmRequest,
): Promise<ApiRecord[]> {
  const owned = found.some(({ properties }) => properties['hubspot_owner_id'] !== undefined);
  const owners = owned ? await namesOf(site, request) : new Map<string, string>();
  return found.map((each) => {
    const { fields, missing } = readRecord(object, each, owners);
    return { ref: { by: 'id', value: each.recordId }, recordId: each.recordId, object, fields, missing };
  });
}

async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
): Promise<readonly ApiRecord[]> {
  const { object } = page.route;
  const ids = new Set(refs.flatMap(({ by, value }) => (by === 'id' && isHubspotId(value) ? value : [])));
  if (!isHubspotObject(object) || ids.size === 0) return [];
  const filter: Filter = { property: 'hs_object_id', operator: 'IN', values: [...ids] };
  const { found } = await search(object, [filter], ids.size, page, request);
  const wanted = found.filter(({ recordId }) => ids.has(recordId));
  return readAll(object, wanted, page, request);
}

const pageSize = 100;

/**
 * Contacts, then deals, then leads. HubSpot gives no more than 10,000 results to one search, so each page begins behind
 * the last id instead of at an offset.
 */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const [object = '', after = ''] = (cursor ?? `${objects[0]}:`).split(':');
  if (!isHubspotObject(object) || (after !== '' && !isHubspotId(after)))
    throw new CrmApiError('unreadable', 'This is no cursor of HubSpot’s');
  const filters: readonly Filter[] = [
    ...entities[object].open,
    ...(viewer?.id === undefined ? [] : [{ property: 'hubspot_owner_id', operator: 'EQ', value: viewer.id } as const]),
    ...(after === '' ? [] : [{ property: 'hs_object_id', operator: 'GT', value: after } as const]),
  ];
  const following = objects[objects.indexOf(object) + 1];
  const end = following === undefined ? null : `${following}:`;
  const searched = await search(object, filters, pageSize, site, request).catch((error: unknown) => {
    // An account without this object, or a role that may not see it: the others have been swept all the same.
    const refused = codeOf(error) === 'unauthorised' || codeOf(error) === 'unreadable';
    if (!refused || after !== '' || object === objects[0]) throw error;
    return { found: [], more: false };
  });
  const records = await readAll(object, searched.found, site, request);
  const last = searched.found.at(-1)?.recordId;
  if (searched.more && (last === undefined || BigInt(last) <= BigInt(after)))
    throw new CrmApiError('unreadable', 'HubSpot answers the same records again');
  return { records, next: searched.more ? `${object}:${last}` : end };
}

export const hubspotApi: CrmApi = {
  batch: 100,
  exhaustive: objects,
  fetch: fetchRecords,
  session: ({ doc }) => tokenOf(doc),
  viewer: askViewer,
  sweep,
};
