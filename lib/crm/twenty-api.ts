/**
 * Twenty's own GraphQL API with the session of its pages, read only. The person's token is read from the cookie that the
 * page itself reads it from, at each request; it goes into that request and nowhere else, and is never refreshed.
 */
import type { Viewer } from '../lead/lead';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, RecordRef, Site, SweepPage } from './types';

/** The objects that we read, by their names in the plural. */
export const singularOf = { opportunities: 'opportunity', people: 'person' } as const;
export type TwentyObject = (typeof singularOf)[keyof typeof singularOf];

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;
export const isTwentyId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

/** Twenty answers at most this many records to one question; a request may hold several. */
const pageSize = 60;

type Item = Readonly<Record<string, unknown>>;
const itemOf = (value: unknown): Item => (isRecord(value) ? value : {});

/** The cookie holds JSON: a token that says who it is for, and one that we must not touch. */
function tokenOf({ doc }: Site): string {
  try {
    const kept = /(?:^|; )tokenPair=([^;]{1,8000})/u.exec(doc.cookie)?.[1] ?? '';
    const pair = itemOf(JSON.parse(decodeURIComponent(kept)));
    const { token } = itemOf(pair['accessOrWorkspaceAgnosticToken'] ?? pair['accessToken']);
    if (typeof token === 'string' && /^[\w.-]{1,8000}$/u.test(token)) return token;
  } catch {
    // Told below.
  }
  throw new CrmApiError('unauthorised', 'Nobody is signed in to Twenty here');
}

/** GraphQL answers 200 and `errors: [{ extensions: { code } }]`. */
function errorOf(errors: readonly unknown[]): CrmApiError {
  const codes = errors.map((error) => String(itemOf(itemOf(error)['extensions'])['code']));
  if (codes.some((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'))
    return new CrmApiError('unauthorised', 'Twenty does not let this person read that');
  if (codes.includes('INTERNAL_SERVER_ERROR')) return new CrmApiError('failing', 'Twenty answered with an error');
  return new CrmApiError('unreadable', 'Twenty did not understand the question');
}

async function ask(site: Site, request: CrmRequest, query: string, variables: Item): Promise<Item> {
  const headers = { Authorization: `Bearer ${tokenOf(site)}` };
  const answer = await request('/graphql', { method: 'POST', headers, json: { query, variables } });
  if (isRecord(answer) && Array.isArray(answer['errors']) && answer['errors'].length > 0)
    throw errorOf(answer['errors']);
  if (!isRecord(answer) || !isRecord(answer['data'])) throw new CrmApiError('unreadable', 'Twenty answered no data');
  return answer['data'];
}

const personName = 'name { firstName lastName }';
const reach = 'emails { primaryEmail } phones { primaryPhoneNumber primaryPhoneCallingCode }';
const common = `id createdAt updatedAt createdBy { source }
  company { name accountOwner { id ${personName} } }`;
const fieldsOf: Readonly<Record<TwentyObject, string>> = {
  opportunity: `${common} name stage pointOfContact { ${reach} }`,
  person: `${common} ${personName} ${reach}`,
};

function fullName(value: unknown): string | undefined {
  const { firstName, lastName } = itemOf(value);
  return boundedString([firstName, lastName].filter((part) => typeof part === 'string').join(' '));
}

function phoneOf(value: unknown): string | undefined {
  const { primaryPhoneNumber: number, primaryPhoneCallingCode: code } = itemOf(value);
  const digits = boundedString(number);
  return digits === undefined || digits.startsWith('+') ? digits : `${boundedString(code, 8) ?? ''}${digits}`;
}

/**
 * An opportunity has nobody of its own: who looks after its company looks after it. The contact is the customer's person,
 * and so are mail and phone.
 */
function readItem(item: Item, object: TwentyObject): Pick<ApiRecord, 'fields' | 'missing'> {
  const read = gather();
  const company = itemOf(item['company']);
  const owner = itemOf(company['accountOwner']);
  const person = object === 'person' ? item : itemOf(item['pointOfContact']);
  read.need('createdAt', utcInstant(item['createdAt'], 1));
  read.keep('modifiedAt', utcInstant(item['updatedAt'], 1));
  read.need('name', object === 'person' ? fullName(item['name']) : boundedString(item['name']));
  if (object === 'opportunity') read.need('status', boundedString(item['stage']));
  read.keep('source', boundedString(itemOf(item['createdBy'])['source']));
  read.keep('company', boundedString(company['name']));
  read.keep('ownerId', isTwentyId(owner['id']) ? owner['id'] : undefined);
  read.keep('owner', fullName(owner['name']));
  read.keep('email', boundedString(itemOf(person['emails'])['primaryEmail']));
  read.keep('phone', phoneOf(person['phones']));
  return { fields: read.fields, missing: read.missing };
}

/** Records of a connection; what has no id is none. */
function nodesOf(connection: unknown): readonly Item[] {
  const edges = itemOf(connection)['edges'];
  if (!Array.isArray(edges)) throw new CrmApiError('unreadable', 'Twenty answered no list of records');
  return edges.map((edge) => itemOf(itemOf(edge)['node'])).filter(({ id }) => isTwentyId(id));
}

const recordOf = (item: Item, object: TwentyObject, ref: RecordRef): ApiRecord => ({
  ref,
  recordId: ref.value,
  object,
  ...readItem(item, object),
});

/** Who the token was made for; the server checks it, we only want the name of a field in it. */
function memberIn(token: string): string | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims = itemOf(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))));
    return isTwentyId(claims['workspaceMemberId']) ? claims['workspaceMemberId'] : undefined;
  } catch {
    return undefined;
  }
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Where a sweep stands: its companies, and how far their opportunities have been listed. */
interface Place {
  /** Cursor of the companies that come next; `null` for the first. */
  readonly companies: string | null;
  /** Those whose opportunities are being listed. */
  readonly ids?: readonly string[];
  readonly after?: string;
}

/** Filters and cursors go in as variables, never as text of the query. */
async function askPage(
  plural: 'companies' | 'opportunities',
  fields: string,
  filter: Item,
  after: string | null,
  site: Site,
  request: CrmRequest,
): Promise<{ readonly nodes: readonly Item[]; readonly next: string | null }> {
  const type = plural === 'companies' ? 'CompanyFilterInput' : 'OpportunityFilterInput';
  const query = `query($filter: ${type}, $after: String) {
    ${plural}(filter: $filter, orderBy: [{ createdAt: AscNullsFirst }, { id: AscNullsFirst }], first: ${pageSize}, after: $after) {
      edges { node { ${fields} } } pageInfo { hasNextPage endCursor }
    }
  }`;
  const connection = itemOf((await ask(site, request, query, { filter, after }))[plural]);
  const { hasNextPage, endCursor } = itemOf(connection['pageInfo']);
  const more = hasNextPage === true && typeof endCursor === 'string' && endCursor !== after;
  return { nodes: nodesOf(connection), next: more ? endCursor : null };
}

/**
 * Opportunities only: a person has no stage, and so is never open. Whose they are stands on their companies, so those are
 * listed first, a page at a time, and the opportunities of each page after it. What is won is left out here: an installation
 * may have taken that stage away, and would refuse to filter by it.
 */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  if (!isTwentyId(viewer?.id)) return { records: [], next: null };
  let place = JSON.parse(cursor ?? '{"companies":null}') as Place;
  if (!place.ids) {
    const owned = { accountOwnerId: { in: [viewer.id] } };
    const { nodes, next } = await askPage('companies', 'id', owned, place.companies, site, request);
    place = { companies: next, ids: nodes.map(({ id }) => String(id)) };
  }
  const { companies, ids = [], after } = place;
  if (ids.length === 0) return { records: [], next: null };
  const theirs = { companyId: { in: ids } };
  const { nodes, next } = await askPage('opportunities', fieldsOf.opportunity, theirs, after ?? null, site, request);
  const records = nodes.map((item) => recordOf(item, 'opportunity', { by: 'id', value: String(item['id']) }));
  const following = next !== null ? { companies, ids, after: next } : companies !== null ? { companies } : null;
  return {
    records: records.filter(({ fields }) => fields.status !== 'CUSTOMER' && fields.ownerId === viewer.id),
    next: following && JSON.stringify(following),
  };
}

export const twentyApi: CrmApi = {
  batch: 120,
  exhaustive: Object.values(singularOf),
  async fetch(refs, page, request) {
    const { object } = page.route;
    const plural = (Object.keys(singularOf) as (keyof typeof singularOf)[]).find((name) => singularOf[name] === object);
    const asked = new Map(
      refs.filter(({ by, value }) => by === 'id' && isTwentyId(value)).map((ref) => [ref.value, ref]),
    );
    if (plural === undefined || asked.size === 0) return [];
    const ids = [...asked.keys()];
    const parts = Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, n) => `p${n}`);
    const filter = `${capital(singularOf[plural])}FilterInput`;
    const query = `query(${parts.map((part) => `$${part}: ${filter}`).join(', ')}) {
      ${parts.map((part) => `${part}: ${plural}(filter: $${part}, first: ${pageSize}) { edges { node { ${fieldsOf[singularOf[plural]]} } } }`).join('\n')}
    }`;
    const chunk = (n: number): Item => ({ id: { in: ids.slice(n * pageSize, (n + 1) * pageSize) } });
    const data = await ask(page, request, query, Object.fromEntries(parts.map((part, n) => [part, chunk(n)])));
    return parts
      .flatMap((part) => nodesOf(data[part]))
      .flatMap((item) => {
        const ref = asked.get(String(item['id']));
        return ref ? [recordOf(item, singularOf[plural], ref)] : [];
      });
  },
  async viewer(site, request) {
    const id = memberIn(tokenOf(site));
    if (id === undefined) return null;
    const query = `query($id: UUID!) { workspaceMember(filter: { id: { eq: $id } }) { id ${personName} } }`;
    const name = fullName(itemOf((await ask(site, request, query, { id }))['workspaceMember'])['name']);
    return { id, ...(name && { name }) };
  },
  sweep,
};
