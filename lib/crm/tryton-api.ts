/**
 * Tryton's JSON-RPC, as its web client speaks it: which records a page's references stand for, and what the CRM holds of
 * them. It only reads. The person's session is read from the page's storage when a request is made, goes into that
 * request and nowhere else.
 */
import type { FieldName, LeadFields, ReadInstant, Viewer } from '../lead/lead';
import { boundedString, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, Page, RecordRef } from './types';

export const opportunity = 'sale.opportunity';

/** `#crm/model/sale.opportunity;views=…` or `#crm/model/sale.opportunity/6;…`; an unsaved record has no id. */
export const address = /^#!?([^/;]+)\/model\/sale\.opportunity(?:\/(\d{1,12}))?(?:;|$)/u;

export const databaseOf = (page: Page): string | null => {
  const name = address.exec(page.url.hash)?.[1];
  try {
    return name === undefined ? null : decodeURIComponent(name);
  } catch {
    return null;
  }
};

/** Headings end with the language's own colon in a cell, and without it in an answer. */
export const heading = (value: unknown): string => (boundedString(value) ?? '').replace(/[\s:：]+$/u, '');

export type ShownCell = readonly [heading: string, text: string];

type Context = Readonly<Record<string, unknown>>;
type Call = (method: string, params: readonly unknown[]) => Promise<unknown>;

function stored(storage: Storage | undefined, key: string): Context | null {
  try {
    const value: unknown = JSON.parse(storage?.getItem(key) ?? 'null');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Base64 of UTF-8, as the server takes a session apart. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join(''));

/** What sao sends along with each call: language, company and all that the server's access rules look at. */
const contextOf = (page: Page): Context =>
  stored(page.doc.defaultView?.sessionStorage, `sao_context_${databaseOf(page)}`) ?? {};

function caller(page: Page, request: CrmRequest): Call {
  const database = databaseOf(page);
  const session = stored(page.doc.defaultView?.localStorage, `sao_session_${database}`);
  const [login, userId, key] = [session?.['login'], session?.['user_id'], session?.['session']];
  if (database === null || typeof login !== 'string' || typeof userId !== 'number' || typeof key !== 'string')
    throw new CrmApiError('unauthorised', 'Nobody is signed in to Tryton');
  const headers = {
    Authorization: `Session ${base64([login, userId, key].join(':'))}`,
    // Without it Tryton answers a lost session with a challenge, and the browser asks for a password.
    'X-Requested-With': 'XMLHttpRequest',
  };
  return async (method, params) => {
    const json = { id: 0, method, params };
    const answer = await request(`/${encodeURIComponent(database)}/`, { method: 'POST', headers, json });
    if (!isRecord(answer)) throw new CrmApiError('unreadable', 'Tryton answered no JSON-RPC');
    if (answer['error'] !== undefined) throw errorOf(answer['error']);
    if (answer['result'] === undefined) throw new CrmApiError('unreadable', 'Tryton answered no result');
    return answer['result'];
  };
}

/** Tryton answers 200 and `error: [name, …]`. For somebody who only reads, a `UserError` says that he may not. */
function errorOf(error: unknown): CrmApiError {
  const name: unknown = Array.isArray(error) ? error[0] : undefined;
  if (name === 'UserError' || name === 'LoginException')
    return new CrmApiError('unauthorised', 'Tryton does not let this person read opportunities');
  if (name === 'RateLimitException') return new CrmApiError('limited', 'Tryton was asked too often');
  return new CrmApiError('failing', 'Tryton answered with an error');
}

interface Headings {
  readonly number: string;
  readonly description: string;
}

/** By database, company and language; asked for once a page. */
const headingsOf = new WeakMap<Document, Map<string, Headings>>();

async function askHeadings(page: Page, context: Context, call: Call): Promise<Headings> {
  const known = headingsOf.get(page.doc) ?? new Map<string, Headings>();
  headingsOf.set(page.doc, known);
  const key = JSON.stringify([databaseOf(page), context['company'], context['language']]);
  const cached = known.get(key);
  if (cached) return cached;
  const answer = await call(`model.${opportunity}.fields_get`, [['number', 'description'], context]);
  const of = (name: string): string => {
    const field = isRecord(answer) ? answer[name] : undefined;
    return heading(isRecord(field) ? field['string'] : undefined);
  };
  const headings = { number: of('number'), description: of('description') };
  if (headings.number === '') throw new CrmApiError('unreadable', 'Tryton does not say how it heads a number');
  known.set(key, headings);
  return headings;
}

/** The one text under a heading; none where two columns have the same one. */
function textUnder(cells: readonly ShownCell[], wanted: string): string | undefined {
  const under = cells.filter(([title]) => title === wanted);
  return wanted !== '' && under.length === 1 ? under[0]?.[1] : undefined;
}

interface Wanted {
  readonly ref: RecordRef;
  readonly number: string;
  readonly description: string | undefined;
}

function wantedOf(ref: RecordRef, headings: Headings): Wanted[] {
  const cells = JSON.parse(ref.value) as ShownCell[];
  const number = textUnder(cells, headings.number);
  return number ? [{ ref, number, description: textUnder(cells, headings.description) }] : [];
}

const apiFields = [
  'number',
  'description',
  'state',
  'employee',
  'employee.rec_name',
  'party.rec_name',
  'create_date',
  'write_date',
  'end_date',
  'company.timezone',
];

/** One `search_read` for all references. */
async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
): Promise<readonly ApiRecord[]> {
  const call = caller(page, request);
  const context = contextOf(page);
  const byId = refs.filter(({ by, value }) => by === 'id' && /^\d{1,12}$/u.test(value));
  const handles = refs.filter(({ by }) => by === 'handle');
  const headings = handles.length > 0 ? await askHeadings(page, context, call) : null;
  const wanted = headings ? handles.flatMap((ref) => wantedOf(ref, headings)) : [];
  if (byId.length + wanted.length === 0) return [];
  const clauses = [
    ['id', 'in', byId.map(({ value }) => Number(value))],
    ['number', 'in', [...new Set(wanted.map(({ number }) => number))]],
  ].filter(([, , values]) => (values as unknown[]).length > 0);
  const params = [['OR', ...clauses], 0, null, null, apiFields, context];
  const answer = await call(`model.${opportunity}.search_read`, params);
  if (!Array.isArray(answer)) throw new CrmApiError('unreadable', 'Tryton answered no list of records');
  const records = answer.filter((item) => isRecord(item) && Number.isInteger(item['id'])) as Context[];
  const found = (ref: RecordRef, record: Context | undefined): ApiRecord[] =>
    record ? [{ ref, recordId: String(record['id']), ...readApi(record) }] : [];
  return [
    ...byId.flatMap((ref) =>
      found(
        ref,
        records.find((record) => String(record['id']) === ref.value),
      ),
    ),
    ...wanted.flatMap((row) => found(row.ref, theOne(row, records))),
  ];
}

function theOne({ number, description }: Wanted, records: readonly Context[]): Context | undefined {
  const same = records.filter((record) => boundedString(record['number']) === number);
  if (same.length === 1) return same[0];
  const alike = same.filter((record) => (boundedString(record['description']) ?? '') === description);
  return alike.length === 1 ? alike[0] : undefined;
}

const closedStates: ReadonlySet<unknown> = new Set(['converted', 'won', 'lost', 'cancelled']);

function readApi(record: Context): Pick<ApiRecord, 'fields' | 'missing'> {
  const read: Partial<Record<FieldName, string | ReadInstant | undefined>> = {
    name: boundedString(record['description']) ?? boundedString(record['number']),
    status: boundedString(record['state']),
    ownerId: typeof record['employee'] === 'number' ? String(record['employee']) : undefined,
    owner: nameOf(record['employee.']),
    company: nameOf(record['party.']),
    createdAt: instantOf(record['create_date']),
    modifiedAt: instantOf(record['write_date']),
    // On an open lead it is when somebody hopes to close.
    closedAt: closedStates.has(record['state']) ? dayOf(record['end_date'], record['company.']) : undefined,
  };
  const needed: readonly FieldName[] = ['name', 'status', 'createdAt'];
  return {
    fields: Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as LeadFields,
    missing: needed.filter((name) => read[name] === undefined),
  };
}

const nameOf = (linked: unknown): string | undefined =>
  isRecord(linked) ? boundedString(linked['rec_name']) : undefined;

/** `2026-11-23` of Tryton's `{ __class__, year, month, day, … }`. */
function isoParts(value: unknown, ...names: readonly string[]): string[] {
  return names.map((name) => String(isRecord(value) ? value[name] : '').padStart(name === 'microsecond' ? 6 : 2, '0'));
}

/** Tryton's own timestamps: UTC, to the microsecond. */
function instantOf(value: unknown): ReadInstant | undefined {
  const date = isoParts(value, 'year', 'month', 'day').join('-');
  const time = isoParts(value, 'hour', 'minute', 'second').join(':');
  return utcInstant(`${date}T${time}.${isoParts(value, 'microsecond').join('')}Z`, 1);
}

const hourMs = 3_600_000;

/** A day in UTC, or in the company's zone where it has set one: that day begins at most 14 h earlier and ends 12 h later. */
function dayOf(value: unknown, company: unknown): ReadInstant | undefined {
  const day = utcInstant(`${isoParts(value, 'year', 'month', 'day').join('-')}T00:00:00Z`, 24 * hourMs);
  const utc = isRecord(company) && company['timezone'] === null;
  return day && !utc ? { at: day.at - 14 * hourMs, precision: day.precision + 26 * hourMs } : day;
}

async function askViewer(page: Page, request: CrmRequest): Promise<Viewer | null> {
  const preferences = await caller(page, request)('model.res.user.get_preferences', [true, {}]);
  if (!isRecord(preferences) || typeof preferences['employee'] !== 'number') return null;
  const name = boundedString(preferences['employee.rec_name']);
  return { id: String(preferences['employee']), ...(name && { name }) };
}

export const trytonApi: CrmApi = { batch: 100, fetch: fetchRecords, viewer: askViewer };
