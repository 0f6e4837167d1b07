/**
 * Tryton's RPC as its own web client speaks it, read only. The person's session is read from the page's storage when a
 * request is made and goes into that request; beside that it is only compared with itself, to notice that somebody has
 * signed in again.
 */
import type { FieldName, LeadFields, ReadInstant, Viewer } from '../lead/lead';
import { boundedString, isRecord, utcInstant } from './read';
import { CrmApiError } from './request';
import type { ApiRecord, CrmApi, CrmRequest, Page, RecordRef, Site, SweepPage } from './types';

export const object = 'sale.opportunity';

/** `#crm/model/sale.opportunity;views=…` or `#crm/model/sale.opportunity/6;…`; an unsaved record has no id. */
export const address = /^#!?[^/;]+\/model\/sale\.opportunity(?:\/(\d{1,12}))?(?:;|$)/u;
export const isId = (value: string): boolean => /^\d{1,12}$/u.test(value);

/** The address of every page of sao begins with it. */
export function databaseOf({ url }: Site): string | null {
  try {
    return decodeURIComponent(/^#!?([^/;]+)/u.exec(url.hash)?.[1] ?? '') || null;
  } catch {
    return null;
  }
}

/** Headings end with the language's own colon in a cell, and without it in an answer. */
export const heading = (value: unknown): string => (boundedString(value) ?? '').replace(/[\s:：]+$/u, '');

export type ShownCell = readonly [heading: string, text: string];

type Context = Readonly<Record<string, unknown>>;
type Call = (method: string, params: readonly unknown[]) => Promise<unknown>;

function stored(kept: Storage | undefined, key: string): Context | null {
  try {
    const value: unknown = JSON.parse(kept?.getItem(key) ?? 'null');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Base64 of UTF-8. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join(''));

function sessionOf(site: Site): Context | null {
  return stored(site.doc.defaultView?.localStorage, `sao_session_${databaseOf(site)}`);
}

/** sao signs a person in again without a new page. */
function signIn(site: Site): string | null {
  const key = sessionOf(site)?.['session'];
  return typeof key === 'string' ? key : null;
}

/** What sao sends along with each call: language, company and all that the server's access rules look at. */
function contextOf(site: Site): Context {
  return stored(site.doc.defaultView?.sessionStorage, `sao_context_${databaseOf(site)}`) ?? {};
}

function caller(page: Site, request: CrmRequest): Call {
  const database = databaseOf(page);
  const session = sessionOf(page);
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
    if (isRecord(answer) && answer['error'] !== undefined) throw errorOf(answer['error']);
    if (!isRecord(answer) || answer['result'] === undefined)
      throw new CrmApiError('unreadable', 'Tryton answered no result');
    return answer['result'];
  };
}

/** Tryton answers 200 and `error: [name, …]`. To somebody who only reads, a `UserError` says that he may not. */
function errorOf(error: unknown): CrmApiError {
  const name: unknown = Array.isArray(error) ? error[0] : undefined;
  if (name === 'UserError' || name === 'LoginException')
    return new CrmApiError('unauthorised', 'Tryton does not let this person read that');
  if (name === 'RateLimitException') return new CrmApiError('limited', 'Tryton was asked too often');
  return new CrmApiError('failing', 'Tryton answered with an error');
}

type Headings = { readonly [Field in 'number' | 'description']: string };

/** By what the headings depend on; asked for once a page. */
const headingsOf = new WeakMap<Document, { readonly key: string; readonly headings: Headings }>();

async function askHeadings(page: Page, context: Context, call: Call): Promise<Headings> {
  const key = JSON.stringify([databaseOf(page), context['language']]);
  const known = headingsOf.get(page.doc);
  if (known?.key === key) return known.headings;
  const answer = await call(`model.${object}.fields_get`, [['number', 'description'], context]);
  const of = (name: string): string => {
    const field = isRecord(answer) ? answer[name] : undefined;
    return heading(isRecord(field) ? field['string'] : undefined);
  };
  const headings = { number: of('number'), description: of('description') };
  if (headings.number === '') throw new CrmApiError('unreadable', 'Tryton does not say how it heads a number');
  headingsOf.set(page.doc, { key, headings });
  return headings;
}

/** The text under a heading; none where two columns share it. */
function textUnder(cells: readonly ShownCell[], wanted: string): string | undefined {
  const under = cells.filter(([title]) => title === wanted);
  return under.length === 1 ? under[0]?.[1] : undefined;
}

const apiFields =
  'number description state employee employee.rec_name party.rec_name create_date write_date end_date company.timezone';

/** One `search_read` for all references. */
async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
): Promise<readonly ApiRecord[]> {
  const call = caller(page, request);
  const context = contextOf(page);
  const byId = refs.filter(({ by, value }) => by === 'id' && isId(value));
  const handles = refs.filter(({ by }) => by === 'handle');
  const headings = handles.length > 0 ? await askHeadings(page, context, call) : { number: '', description: '' };
  const shown = handles.map((ref) => {
    const cells = JSON.parse(ref.value) as ShownCell[];
    return { ref, number: textUnder(cells, headings.number), alike: textUnder(cells, headings.description) };
  });
  const ids = byId.map(({ value }) => Number(value));
  const numbers = [...new Set(shown.flatMap(({ number }) => number || []))];
  if (ids.length + numbers.length === 0) return [];
  const domain = ['OR', ['id', 'in', ids], ['number', 'in', numbers]];
  const answer = await call(`model.${object}.search_read`, [domain, 0, null, null, apiFields.split(' '), context]);
  const records = recordsIn(answer);
  const found = (ref: RecordRef, same: readonly Context[]): ApiRecord[] =>
    same.length === 1 && same[0] ? [{ ref, recordId: String(same[0]['id']), ...readApi(same[0]) }] : [];
  return [
    ...byId.flatMap((ref) => found(ref, matching(records, 'id', ref.value))),
    ...shown.flatMap(({ ref, number, alike }) => {
      const same = number ? matching(records, 'number', number) : [];
      return found(ref, same.length > 1 ? matching(same, 'description', alike) : same);
    }),
  ];
}

function recordsIn(answer: unknown): readonly Context[] {
  if (!Array.isArray(answer)) throw new CrmApiError('unreadable', 'Tryton answered no list of records');
  return answer.filter((item): item is Context => isRecord(item) && Number.isInteger(item['id']));
}

function matching(records: readonly Context[], name: string, wanted: string | undefined): Context[] {
  return records.filter((record) => (boundedString(`${(record[name] ?? '') as string | number}`) ?? '') === wanted);
}

const closedStates: ReadonlySet<unknown> = new Set(['converted', 'won', 'lost', 'cancelled']);

function readApi(record: Context): Pick<ApiRecord, 'fields' | 'missing'> {
  const read: Partial<Record<FieldName, string | ReadInstant | undefined>> = {
    name: boundedString(record['description']) ?? boundedString(record['number']),
    status: boundedString(record['state']),
    ownerId: typeof record['employee'] === 'number' ? String(record['employee']) : undefined,
    owner: nameOf(record['employee.']),
    company: nameOf(record['party.']),
    createdAt: instantOf(record['create_date'], 1),
    modifiedAt: instantOf(record['write_date'], 1),
    // On an open lead it is when somebody hopes to close.
    closedAt: closedStates.has(record['state']) ? dayOf(record['end_date'], record['company.']) : undefined,
  };
  return {
    fields: Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as LeadFields,
    missing: (['name', 'status', 'createdAt'] as const).filter((name) => read[name] === undefined),
  };
}

const nameOf = (linked: unknown): string | undefined =>
  isRecord(linked) ? boundedString(linked['rec_name']) : undefined;

/** Tryton's `{ __class__, year, month, day, … }`: UTC, to the microsecond. */
function instantOf(value: unknown, precision: number): ReadInstant | undefined {
  if (!isRecord(value)) return undefined;
  const of = (name: string, length = 2): string => `${(value[name] ?? 0) as number}`.padStart(length, '0');
  const date = `${of('year', 4)}-${of('month')}-${of('day')}`;
  return utcInstant(`${date}T${of('hour')}:${of('minute')}:${of('second')}.${of('microsecond', 6)}Z`, precision);
}

const hourMs = 3_600_000;

/** A day in UTC, or in the company's zone where it has one: that day begins at most 14 h earlier and ends 12 h later. */
function dayOf(value: unknown, company: unknown): ReadInstant | undefined {
  const day = instantOf(value, 24 * hourMs);
  const inUtc = isRecord(company) && company['timezone'] === null;
  return day && !inUtc ? { at: day.at - 14 * hourMs, precision: day.precision + 26 * hourMs } : day;
}

async function askViewer(page: Site, request: CrmRequest): Promise<Viewer | null> {
  const preferences = await caller(page, request)('model.res.user.get_preferences', [true, {}]);
  if (!isRecord(preferences) || typeof preferences['employee'] !== 'number') return null;
  const name = boundedString(preferences['employee.rec_name']);
  return { id: String(preferences['employee']), ...(name && { name }) };
}

/** Leads in one page of a sweep. */
const sweepSize = 200;

/** Open leads of this employee; the cursor is the last id, so that what is closed meanwhile shifts nothing. */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const open: unknown[] = [
    ['state', 'in', ['lead', 'opportunity']],
    ['id', '>', Number(cursor ?? 0)],
  ];
  if (viewer?.id !== undefined) open.push(['employee', '=', Number(viewer.id)]);
  const order = [['id', 'ASC']];
  const answer = await caller(site, request)(`model.${object}.search_read`, [
    open,
    0,
    sweepSize,
    order,
    apiFields.split(' '),
    contextOf(site),
  ]);
  const records = recordsIn(answer);
  return {
    records: records.map((record) => {
      const value = String(record['id']);
      return { ref: { by: 'id', value }, recordId: value, object, ...readApi(record) };
    }),
    next: records.length < sweepSize ? null : String(records.at(-1)?.['id']),
  };
}

export const trytonApi: CrmApi = {
  batch: 100,
  exhaustive: [object],
  fetch: fetchRecords,
  session: signIn,
  viewer: askViewer,
  sweep,
};
