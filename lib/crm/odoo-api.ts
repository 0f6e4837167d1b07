/**
 * Odoo's JSON-RPC as its own web client speaks it, with the session's cookie and nothing else; naive instants are UTC.
 *
 * One request for the leads, two for their messages: the written and spoken attempts of people of the company, and the
 * mails of everybody else. A comment or mail of an internal user that is no internal note is a touch, and so is a call or
 * meeting that he marks as done. Notes, tracking, mailings and what Odoo sends by itself are none.
 *
 * Stages are records of each database, renamed and translated at will, so the status is `stage:<id>`, and `won` or `lost`
 * as Odoo's own code tells it: probability 100, or archived.
 */
import type { ReadInstant, Viewer } from '../lead/lead';
import { createHistory, type History, type HistoryList, type Kind } from './history';
import { boundedString, gather, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, AskWorld, CrmApi, CrmRequest, Page, RecordRef, Site, SweepPage } from './types';

export const object = 'crm.lead';

/** Greater numbers are no ids: the database would refuse the whole question. */
export const isId = (value: string): boolean => /^[1-9]\d{0,8}$/u.test(value);

type Values = Readonly<Record<string, unknown>>;
type Domain = readonly unknown[];

async function call(request: CrmRequest, path: string, params: Values): Promise<unknown> {
  const json = { id: 0, jsonrpc: '2.0', method: 'call', params };
  const answer = await request(path, { method: 'POST', json });
  if (isRecord(answer) && answer['error'] !== undefined) throw errorOf(answer['error']);
  if (!isRecord(answer) || answer['result'] === undefined)
    throw new CrmApiError('unreadable', 'Odoo answered no result');
  return answer['result'];
}

/** Odoo answers 200 and an error: 100 is a lost session, else the name of an exception says what it is. */
function errorOf(error: unknown): CrmApiError {
  const { code, data } = isRecord(error) ? error : {};
  const name = String(isRecord(data) ? data['name'] : '');
  return code === 100 || /\b(?:SessionExpiredException|AccessError|AccessDenied)$/u.test(name)
    ? new CrmApiError('unauthorised', 'Odoo does not let this person read that')
    : new CrmApiError('failing', 'Odoo answered with an error');
}

const ask = (request: CrmRequest, model: string, method: string, kwargs: Values): Promise<unknown> =>
  call(request, `/web/dataset/call_kw/${model}/${method}`, { model, method, args: [], kwargs });

function recordsIn(list: unknown): readonly Values[] {
  if (!Array.isArray(list)) throw new CrmApiError('unreadable', 'Odoo answered no list of records');
  return list.filter((item) => isRecord(item));
}

const linked = { fields: { display_name: {} } };
/** What to answer of each lead, as its own pages ask for it. */
const specification = {
  name: {},
  partner_name: {},
  email_from: {},
  phone: {},
  active: {},
  probability: {},
  create_date: {},
  write_date: {},
  date_open: {},
  date_closed: {},
  user_id: linked,
  stage_id: linked,
  source_id: linked,
  campaign_id: linked,
};

async function readLeads(
  request: CrmRequest,
  domain: Domain,
  limit: number,
  context: Values,
): Promise<readonly Values[]> {
  const kwargs = { domain, specification, limit, order: 'id', context };
  const answer = await ask(request, object, 'web_search_read', kwargs);
  return recordsIn(isRecord(answer) ? answer['records'] : undefined).filter(({ id }) => isId(String(id)));
}

/** Messages in one answer: 20 for each of 100 leads. */
const messagesAtMost = 2_000;

/** One of the two lists of messages. */
function readMessages(request: CrmRequest, ids: readonly number[], is: Kind, domain: Domain): HistoryList {
  const about = [['model', '=', object], ['res_id', 'in', ids], ...domain];
  return {
    of: [is],
    async page(from, offset) {
      const way = from === 'oldest' ? 'asc' : 'desc';
      const order = `date ${way}, id ${way}`;
      const kwargs = { domain: about, fields: ['res_id', 'date'], order, offset, limit: messagesAtMost };
      const list = recordsIn(await ask(request, 'mail.message', 'search_read', kwargs));
      const entries = list.map(({ res_id: lead, date }) => ({ lead: String(lead), at: instant(date), is }));
      return { entries, full: list.length >= messagesAtMost };
    },
  };
}

/**
 * A person of the company says to have called or met, or wrote. Odoo's own robot is one of the company, too, but archived. A
 * mail that answers nothing is one that made the lead: a colleague forwarded it.
 */
// Operators stand before their two terms; terms side by side are all required.
const touches: Domain = [
  ['author_id.partner_share', '=', false],
  ['author_id.active', '=', true],
  '|',
  ['mail_activity_type_id.category', 'in', ['phonecall', 'meeting']],
  '&',
  ['subtype_id.internal', '=', false],
  '|',
  ['message_type', '=', 'comment'],
  '&',
  ['message_type', '=', 'email'],
  ['parent_id', '!=', false],
];
/** Somebody else wrote: a contact, or an address that Odoo does not know. */
const inbound: Domain = [
  ['message_type', '=', 'email'],
  '|',
  ['author_id', '=', false],
  ['author_id.partner_share', '=', true],
];

/** What was said to and by each of these leads; in two requests, whatever their number, but for a very long history. */
async function readTalk(request: CrmRequest, ids: readonly number[]): Promise<History> {
  const history = createHistory();
  if (ids.length > 0)
    await Promise.all([
      history.add(readMessages(request, ids, 'touch', touches)),
      history.add(readMessages(request, ids, 'inbound', inbound)),
    ]);
  return history;
}

const instant = (value: unknown): ReadInstant | undefined => utcInstant(value, 1000);
/** Odoo's word for "nothing" is `false`. */
const nameOf = (value: unknown): string | undefined =>
  isRecord(value) ? boundedString(value['display_name']) : undefined;
const idOf = (value: unknown): string | undefined =>
  isRecord(value) && isId(String(value['id'])) ? String(value['id']) : undefined;

function statusOf({ active, probability, stage_id: stage }: Values): string | undefined {
  if (active === false) return 'lost';
  const id = idOf(stage);
  return probability === 100 ? 'won' : id && `stage:${id}`;
}

function recordOf(ref: RecordRef, lead: Values, talk: History): ApiRecord {
  const gathered = gather();
  const { fields, missing } = gathered;
  gathered.need('name', boundedString(lead['name']));
  gathered.need('status', statusOf(lead));
  if (lead['active'] !== false) gathered.keep('statusLabel', nameOf(lead['stage_id']));
  gathered.need('createdAt', instant(lead['create_date']));
  gathered.keep('owner', nameOf(lead['user_id']));
  gathered.keep('ownerId', idOf(lead['user_id']));
  if (lead['user_id'] !== false && !fields.ownerId) gathered.miss('ownerId');
  gathered.keep('company', boundedString(lead['partner_name']));
  gathered.keep('email', boundedString(lead['email_from']));
  gathered.keep('phone', boundedString(lead['phone']));
  gathered.keep('source', nameOf(lead['source_id']));
  gathered.keep('campaign', nameOf(lead['campaign_id']));
  gathered.keep('modifiedAt', instant(lead['write_date']));
  // Odoo sets it once, when the lead gets its first salesperson.
  gathered.keep('assignedAt', instant(lead['date_open']));
  gathered.keep('closedAt', instant(lead['date_closed']));
  talk.tell(gathered, String(lead['id']));
  return { ref, recordId: String(lead['id']), object, fields, missing };
}

interface Wanted {
  readonly ref: RecordRef;
  readonly id: string;
  /** What the row shows, where its id is only the page's word. */
  readonly name?: string;
}

async function identify(refs: readonly RecordRef[], world: AskWorld): Promise<readonly Wanted[]> {
  const shown = refs
    .filter(({ by }) => by === 'handle')
    .map((ref) => ({ ref, handle: JSON.parse(ref.value) as readonly [key: string, name: string] }));
  const ids = shown.length > 0 ? await world(shown.map(({ handle: [key] }) => key)) : new Map<string, string>();
  return [
    ...refs.flatMap((ref) => (ref.by === 'id' ? [{ ref, id: ref.value }] : [])),
    ...shown.map(({ ref, handle: [key, name] }) => ({ ref, id: ids.get(key) ?? '', name })),
  ].filter(({ id }) => isId(id));
}

async function fetchRecords(
  refs: readonly RecordRef[],
  _page: Page,
  request: CrmRequest,
  world: AskWorld,
): Promise<readonly ApiRecord[]> {
  const wanted = await identify(refs, world);
  const ids = [...new Set(wanted.map(({ id }) => Number(id)))];
  if (ids.length === 0) return [];
  // Lost leads are archived, and archived records are asked for or not answered.
  const leads = await readLeads(request, [['id', 'in', ids]], ids.length, { active_test: false });
  const byId = new Map(leads.map((lead) => [String(lead['id']), lead]));
  const known = wanted.flatMap(({ ref, id, name }) => {
    const lead = byId.get(id);
    const agrees = name === undefined || name === boundedString(lead?.['name']);
    return lead && agrees ? [{ ref, lead }] : [];
  });
  const talk = await readTalk(
    request,
    known.map(({ lead }) => Number(lead['id'])),
  );
  return known.map(({ ref, lead }) => recordOf(ref, lead, talk));
}

/** Leads of one page of a sweep. */
const sweptAtOnce = 200;

/** Open: neither archived, which Odoo leaves out by itself, nor won. By id, so that nothing moves between two pages. */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  _site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const owner = viewer?.id;
  // Whose leads to ask for is not known.
  if (viewer && !(owner !== undefined && isId(owner))) return { records: [], next: null };
  const domain = [
    ['id', '>', Number(cursor ?? 0)],
    ['probability', '!=', 100],
    ...(owner === undefined ? [] : [['user_id', '=', Number(owner)]]),
  ];
  const leads = await readLeads(request, domain, sweptAtOnce, {});
  const talk = await readTalk(
    request,
    leads.map(({ id }) => Number(id)),
  );
  const records = leads.map((lead) => recordOf({ by: 'id', value: String(lead['id']) }, lead, talk));
  const last = records.at(-1)?.recordId;
  return { records, next: leads.length === sweptAtOnce && last !== undefined ? last : null };
}

async function askViewer(_site: Site, request: CrmRequest): Promise<Viewer | null> {
  const info = await call(request, '/web/session/get_session_info', {});
  const id = isRecord(info) ? String(info['uid']) : '';
  if (!isRecord(info) || !isId(id)) return null;
  const name = boundedString(info['name']);
  return { id, ...(name !== undefined && { name }) };
}

export const odooApi: CrmApi = { batch: 100, exhaustive: [object], fetch: fetchRecords, viewer: askViewer, sweep };
