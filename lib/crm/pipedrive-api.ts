/**
 * Pipedrive's documented API with the session of its own pages, read only. Their script sends the token of a readable
 * cookie as `session_token`; it is read when a request is made, goes into that request and nowhere else. Version 2 takes
 * up to 100 ids of deals, people and activities; leads have only lists, so the newest are walked and remembered.
 *
 * An open deal's status is its stage, `stage:<id>`, for "open" would not tell a new one from one that is being worked.
 */
import type { ReadInstant, Viewer } from '../lead/lead';
import { boundedString, gather, isRecord, utcInstant, type Gathered } from './read';
import { CrmApiError, type CrmApiErrorCode } from './request';
import type { ApiRecord, CrmApi, CrmRequest, Page, RecordRef, Site, SweepPage } from './types';

export type PipedriveObject = 'deal' | 'lead' | 'person';

export const isPipedriveObject = (name: string): name is PipedriveObject =>
  name === 'deal' || name === 'lead' || name === 'person';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;
/** Leads have UUIDs, everything else whole numbers. */
export const isId = (object: PipedriveObject, value: string): boolean =>
  object === 'lead' ? uuid.test(value) : /^[1-9]\d{0,14}$/u.test(value);

type Item = Readonly<Record<string, unknown>>;
type Ask = (path: string, query: Readonly<Record<string, string>>) => Promise<Item>;

/** Same for every list request, whatever its size, in Pipedrive's budget of tokens: so the largest page is the cheapest. */
const leadsAtOnce = 500;
/** Requests for lists of leads in one `fetch`. */
const listsAtOnce = 2;
/** Up to so many leads are asked for one by one, as on a lead's own page. */
const singly = 3;
/** ms; a walk that is older begins again. */
const walkAge = 60_000;
/** Ids that version 2 takes at once. */
const idsAtOnce = 100;

const sentAlong = 'last_activity_id,last_incoming_mail_time,last_outgoing_mail_time';

const codes: ReadonlyMap<unknown, CrmApiErrorCode> = new Map([
  [401, 'unauthorised'],
  [403, 'unauthorised'],
  [429, 'limited'],
]);

const unreadable = (): CrmApiError => new CrmApiError('unreadable', 'Pipedrive answered nothing of ours');

function asker({ doc }: Site, request: CrmRequest): Ask {
  const token = /(?:^|;\s*)pipe-session-token=([^;]+)/u.exec(doc.cookie)?.[1];
  if (token === undefined) throw new CrmApiError('unauthorised', 'Nobody is signed in to Pipedrive');
  return async (path, query) => {
    const search = new URLSearchParams({ ...query, session_token: token });
    const answer = await request(`/api/${path}?${search.toString()}`);
    if (!isRecord(answer)) throw unreadable();
    // Pipedrive can say no in an answer of its own.
    if (answer['success'] === false)
      throw new CrmApiError(codes.get(answer['errorCode']) ?? 'unreadable', 'Pipedrive answered with an error');
    return answer;
  };
}

function listIn(answer: Item): readonly Item[] {
  const { data } = answer;
  // An empty list of version 1 is `null`.
  if (data === null) return [];
  if (!Array.isArray(data)) throw unreadable();
  return data.filter(isRecord);
}

const numberIn = (item: Item, name: string): string | undefined => {
  const value = item[name];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
};
const instantIn = (item: Item, name: string): ReadInstant | undefined => utcInstant(item[name], 1000);

/** Types that Pipedrive ships and that are contacts; a done task or deadline is none. */
const contacts: ReadonlySet<unknown> = new Set(['call', 'meeting', 'email', 'lunch']);

/** When the last activity of each record was marked as done, by its id, where it was a contact: one request. */
async function askTouches(items: readonly Item[], ask: Ask): Promise<ReadonlyMap<string, ReadInstant>> {
  const ids = [...new Set(items.flatMap((item) => numberIn(item, 'last_activity_id') ?? []))].slice(0, idsAtOnce);
  if (ids.length === 0) return new Map();
  const found = listIn(await ask('v2/activities', { ids: ids.join(','), limit: String(idsAtOnce) }));
  return new Map(
    found.flatMap((activity): [string, ReadInstant][] => {
      const [id, done] = [numberIn(activity, 'id'), instantIn(activity, 'marked_as_done_time')];
      return id !== undefined && done && activity['done'] === true && contacts.has(activity['type'])
        ? [[id, done]]
        : [];
    }),
  );
}

function readTouches(read: Gathered, item: Item, touches: ReadonlyMap<string, ReadInstant>): void {
  const mail = instantIn(item, 'last_outgoing_mail_time');
  const lastActivity = numberIn(item, 'last_activity_id');
  const done = touches.get(lastActivity ?? '');
  // Only the last of each is stated: before it there may have been others, and behind a task that was done, any.
  if (mail || lastActivity !== undefined) read.miss('firstTouchAt');
  if (lastActivity !== undefined && !done) read.miss('lastTouchAt');
  read.keep('lastTouchAt', mail && done && mail.at > done.at ? mail : (done ?? mail));
  read.keep('lastInboundAt', instantIn(item, 'last_incoming_mail_time'));
}

function readCommon(item: Item, name: string): Gathered {
  const read = gather();
  read.need('name', boundedString(item[name]));
  read.need('createdAt', instantIn(item, 'add_time'));
  read.keep('modifiedAt', instantIn(item, 'update_time'));
  read.need('ownerId', numberIn(item, 'owner_id'));
  return read;
}

type Reader = (item: Item, touches: ReadonlyMap<string, ReadInstant>) => Gathered;

const readers: Readonly<Record<PipedriveObject, Reader>> = {
  deal(item, touches) {
    const read = readCommon(item, 'title');
    const [status, stage] = [boundedString(item['status']), numberIn(item, 'stage_id')];
    read.need('status', status === 'open' ? stage && `stage:${stage}` : status);
    read.keep('source', boundedString(item['origin']));
    // `expected_close_date` is when somebody hopes to close: no instant of ours.
    read.keep('closedAt', instantIn(item, 'close_time'));
    readTouches(read, item, touches);
    return read;
  },
  lead(item) {
    const read = readCommon(item, 'title');
    read.keep('status', item['is_archived'] === true ? 'archived' : 'open');
    read.keep('source', boundedString(item['origin']));
    return read;
  },
  person(item, touches) {
    const read = readCommon(item, 'name');
    read.keep('email', primaryOf(item['emails']));
    read.keep('phone', primaryOf(item['phones']));
    readTouches(read, item, touches);
    return read;
  },
};

function primaryOf(values: unknown): string | undefined {
  const all = Array.isArray(values) ? values.slice(0, 50).filter(isRecord) : [];
  return boundedString((all.find((value) => value['primary'] === true) ?? all[0])?.['value']);
}

/** What a list holds, by id; what has none is left out. */
function recordsIn(
  items: readonly Item[],
  object: PipedriveObject,
  touches: ReadonlyMap<string, ReadInstant>,
): Map<string, ApiRecord> {
  return new Map(
    items.flatMap((item): [string, ApiRecord][] => {
      const id = object === 'lead' ? boundedString(item['id']) : numberIn(item, 'id');
      if (id === undefined || !isId(object, id)) return [];
      const { fields, missing } = readers[object](item, touches);
      return [[id, { ref: { by: 'id', value: id }, recordId: id, fields, missing }]];
    }),
  );
}

interface Walk {
  readonly began: number;
  readonly found: Map<string, ApiRecord>;
  /** Where the next list begins; `null` after the last. */
  start: number | null;
}

const walks = new WeakMap<Document, Walk>();

/** The lists of leads have no filter by id: newest first, as far as needed, a few lists at a time, remembered. */
async function walkLeads(ids: readonly string[], page: Page, ask: Ask): Promise<ReadonlyMap<string, ApiRecord>> {
  const last = walks.get(page.doc);
  const walk: Walk =
    last && page.now() - last.began < walkAge ? last : { began: page.now(), found: new Map(), start: 0 };
  walks.set(page.doc, walk);
  for (let asked = 0; asked < listsAtOnce && walk.start !== null; asked += 1) {
    if (ids.every((id) => walk.found.has(id))) break;
    const query = { limit: String(leadsAtOnce), start: String(walk.start), sort: 'add_time DESC' };
    const answer = await ask('v1/leads', query);
    for (const [id, record] of recordsIn(listIn(answer), 'lead', new Map())) walk.found.set(id, record);
    walk.start = nextStart(answer, walk.start);
  }
  return walk.found;
}

/** Where the next list of version 1 begins; only ever further on, so that no walk goes round in circles. */
function nextStart(answer: Item, start: number): number | null {
  const more = isRecord(answer['additional_data']) ? answer['additional_data'] : {};
  const paging = isRecord(more['pagination']) ? more['pagination'] : more;
  const next = paging['next_start'];
  const on = paging['more_items_in_collection'] === true && Number.isSafeInteger(next) && (next as number) > start;
  return on ? (next as number) : null;
}

async function findLeads(ids: readonly string[], page: Page, ask: Ask): Promise<ReadonlyMap<string, ApiRecord>> {
  if (ids.length > singly) return walkLeads(ids, page, ask);
  try {
    const answers = await Promise.all(ids.map((id) => ask(`v1/leads/${id}`, {})));
    const leads = answers.flatMap(({ data }) => listIn({ data: [data] }));
    return recordsIn(leads, 'lead', new Map());
  } catch (error) {
    // One that is gone looks the same as an answer of nonsense; the list tells which it is.
    if (!(error instanceof CrmApiError) || error.code !== 'unreadable') throw error;
    return walkLeads(ids, page, ask);
  }
}

async function fetchRecords(refs: readonly RecordRef[], page: Page, request: CrmRequest): Promise<ApiRecord[]> {
  const { object } = page.route;
  if (!isPipedriveObject(object)) return [];
  const ids = [
    ...new Set(refs.filter(({ by, value }) => by === 'id' && isId(object, value)).map(({ value }) => value)),
  ];
  if (ids.length === 0) return [];
  const ask = asker(page, request);
  const found = object === 'lead' ? await findLeads(ids, page, ask) : await findByIds(ids, object, ask);
  return ids.flatMap((id) => found.get(id) ?? []);
}

async function findByIds(ids: readonly string[], object: 'deal' | 'person', ask: Ask): Promise<Map<string, ApiRecord>> {
  const query = { ids: ids.join(','), limit: String(idsAtOnce), include_fields: sentAlong };
  const items = listIn(await ask(`v2/${object}s`, query));
  return recordsIn(items, object, await askTouches(items, ask));
}

async function askViewer(site: Site, request: CrmRequest): Promise<Viewer | null> {
  const { data } = await asker(site, request)('v1/users/me', {});
  if (!isRecord(data)) throw unreadable();
  const [id, name] = [numberIn(data, 'id'), boundedString(data['name'])];
  return id === undefined ? null : { id, ...(name && { name }) };
}

const withObject = (records: ReadonlyMap<string, ApiRecord>, object: PipedriveObject): ApiRecord[] =>
  Array.from(records.values(), (record) => ({ ...record, object }));

/** First the open deals, in the order of their ids, then the leads of the inbox, which come oldest first by themselves. */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const ask = asker(site, request);
  // Without an id nobody can be told from anybody else.
  if (viewer && !isId('deal', viewer.id ?? '')) return { records: [], next: null };
  const owner: Readonly<Record<string, string>> = viewer?.id === undefined ? {} : { owner_id: viewer.id };
  const [, list, from = ''] = /^(deal|lead):([^]*)$/u.exec(cursor ?? 'deal:') ?? [];
  return list === 'lead' ? sweepLeads(Number(from), owner, ask) : sweepDeals(from, owner, ask);
}

async function sweepDeals(cursor: string, owner: Readonly<Record<string, string>>, ask: Ask): Promise<SweepPage> {
  const answer = await ask('v2/deals', {
    ...owner,
    status: 'open',
    sort_by: 'id',
    sort_direction: 'asc',
    limit: String(idsAtOnce),
    include_fields: sentAlong,
    ...(cursor !== '' && { cursor }),
  });
  const items = listIn(answer);
  const records = recordsIn(items, 'deal', await askTouches(items, ask));
  const next = isRecord(answer['additional_data']) ? answer['additional_data']['next_cursor'] : undefined;
  const more = typeof next === 'string' && next !== '' && next !== cursor && next.length < 2000;
  return { records: withObject(records, 'deal'), next: more ? `deal:${next}` : 'lead:0' };
}

async function sweepLeads(start: number, owner: Readonly<Record<string, string>>, ask: Ask): Promise<SweepPage> {
  const from = Number.isSafeInteger(start) ? start : 0;
  const answer = await ask('v1/leads', { ...owner, limit: '200', start: String(from) });
  const records = recordsIn(listIn(answer), 'lead', new Map());
  const next = nextStart(answer, from);
  return { records: withObject(records, 'lead'), next: next === null ? null : `lead:${next}` };
}

export const pipedriveApi: CrmApi = {
  batch: idsAtOnce,
  // Of leads only the newest are walked.
  exhaustive: ['deal', 'person'],
  fetch: fetchRecords,
  viewer: askViewer,
  sweep,
};
