/**
 * Tryton's web client "sao", always self-hosted: opportunities in a list and on their own page.
 *
 * A list row carries no id and no field name: only localised headings and texts. So its handle is what it shows, the
 * heading and text of each of its character columns, and the API finds the record: the CRM itself says how it heads
 * `number` in this person's language, the text under that heading is searched for, and among equal numbers (each company
 * counts for itself) the description decides. What then has not exactly one record gets none, and so does a row that is
 * not saved yet. Order and number of columns do not matter; a view that heads the number otherwise cannot be read.
 *
 * The person's session is read from the page's storage when a request is made, goes into that request and nowhere else.
 */
import type { FieldName, LeadFields, ReadInstant, Viewer } from '../lead/lead';
import { boundedString, boundedText, isRecord, placeAfter, utcInstant } from './read';
import { CrmApiError } from './request';
import type {
  ApiRecord,
  CrmAdapter,
  CrmRequest,
  DatedSelector,
  Page,
  Placement,
  Reading,
  RecordRef,
  Route,
} from './types';

const object = 'sale.opportunity';
const evidence = { since: '2026-11', seenOn: 'Tryton 6.0 (sao 6.0.28)' } as const;

const root: readonly DatedSelector[] = [{ css: '#tabcontent', ...evidence, note: 'outlives every tab' }];
/** Panes of a form's notebook are active or not, too; only a tab's own pane is called `tab-…`. */
const activeTab = '#tabcontent .tab-pane[id^="tab-"].active';
const listRows: readonly DatedSelector[] = [
  {
    css: `${activeTab} .tab-form:not(:has(.form-one2many, .form-many2many)) .treeview tbody tr:not(.more-row)`,
    ...evidence,
    note: 'a form that is not saved yet has the address of its list: its lines are no leads',
  },
];
const recordRows: readonly DatedSelector[] = [{ css: `${activeTab} .tab-form`, ...evidence }];

/** `#crm/model/sale.opportunity;views=…` or `#crm/model/sale.opportunity/6;…`; an unsaved record has no id. */
const address = /^#!?([^/;]+)\/model\/sale\.opportunity(?:\/(\d{1,12}))?(?:;|$)/u;
const isId = (value: string): boolean => /^\d{1,12}$/u.test(value);

function databaseOf({ url }: Page): string | null {
  try {
    return decodeURIComponent(address.exec(url.hash)?.[1] ?? '') || null;
  } catch {
    return null;
  }
}

function routeOf(url: URL, doc: Document): Route | null {
  const found = address.exec(url.hash);
  // The address is there before anybody has signed in.
  if (!found || !doc.querySelector('#user-preferences a')) return null;
  const recordId = found[2];
  return recordId === undefined ? { kind: 'list', object } : { kind: 'record', object, recordId };
}

/** Exported by itself: the content script holds this part of every adapter, and loads the rest where it says yes. */
export function detect(doc: Document): number {
  const frame = ['#main_navbar #tablist', '#tabs #tabcontent', '#menu', '#user-preferences'];
  if (!frame.every((css) => doc.querySelector(css))) return 0;
  return doc.querySelector('script[src*="tryton-sao"], link[href*="tryton-sao"]') ? 1 : 0.9;
}

/** Headings end with the language's own colon in a cell, and without it in an answer. */
const heading = (value: unknown): string => (boundedString(value) ?? '').replace(/[\s:：]+$/u, '');

type ShownCell = readonly [heading: string, text: string];

/** Text alone: a badge is placed among it. */
const textOf = (el: Element): string =>
  boundedString([...el.childNodes].map((node) => (node.nodeName === '#text' ? node.nodeValue : '')).join('')) ?? '';

function readRow(row: Element): Reading {
  const cells = [...row.querySelectorAll('td[data-title]')].flatMap((cell): ShownCell[] => {
    const shown = cell.querySelector('.column-char');
    return shown ? [[heading(cell.getAttribute('data-title')), textOf(shown)]] : [];
  });
  if (cells.every(([, text]) => text === '')) return { ok: false, missing: ['recordId'] };
  return { ok: true, ref: { by: 'handle', value: JSON.stringify(cells) }, fields: {}, missing: [] };
}

/** Behind the first visible text. Not beside its element: sao writes a new value into all children of the one around it. */
function placeInRow(row: Element): Placement | null {
  const parent = row.querySelector('td[data-title]:not(.invisible) .column-char');
  return parent && { parent, before: null };
}

/**
 * sao fills one form with record after record, and changes the address first. So only what nobody can have typed is read,
 * and the description, to tell one record from the next; the rest is the API's.
 */
function readRecord(panel: Element, { route: { recordId } }: Page): Reading {
  if (recordId === undefined) return { ok: false, missing: ['recordId'] };
  const field = (name: string): Element | undefined =>
    [...panel.querySelectorAll(`[name="${name}"]`)].find((el) => !el.closest('.form-one2many, .form-many2many'));
  const description = field('description') as HTMLInputElement | undefined;
  const state = field('state') as HTMLSelectElement | undefined;
  const name = boundedString(description?.value);
  // A selection keeps its values as JSON.
  const status = /^"(\w+)"$/u.exec(state?.value ?? '')?.[1];
  const statusLabel = status === undefined ? undefined : boundedText(state?.selectedOptions?.[0]);
  return {
    ok: true,
    ref: { by: 'id', value: recordId },
    fields: { ...(name && { name }), ...(status && { status }), ...(statusLabel && { statusLabel }) },
    missing: state && status === undefined ? ['status'] : [],
  };
}

/** Beside the title and not inside it, where a click opens the tab's menu. */
function placeOnRecord(panel: Element): Placement | null {
  const title = panel.querySelector('.toolbar .navbar-brand');
  return title && placeAfter(title);
}

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
  // What sao sends along with each call: language, company and all that the server's access rules look at.
  const context = stored(page.doc.defaultView?.sessionStorage, `sao_context_${databaseOf(page)}`) ?? {};
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
  if (!Array.isArray(answer)) throw new CrmApiError('unreadable', 'Tryton answered no list of records');
  const records = answer.filter((item) => isRecord(item) && Number.isInteger(item['id'])) as Context[];
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

async function askViewer(page: Page, request: CrmRequest): Promise<Viewer | null> {
  const preferences = await caller(page, request)('model.res.user.get_preferences', [true, {}]);
  if (!isRecord(preferences) || typeof preferences['employee'] !== 'number') return null;
  const name = boundedString(preferences['employee.rec_name']);
  return { id: String(preferences['employee']), ...(name && { name }) };
}

export const tryton: CrmAdapter = {
  id: 'tryton',
  label: 'Tryton',
  hosts: [],
  detect,
  route: routeOf,
  surfaces: {
    list: { root, rows: listRows, read: readRow, place: placeInRow },
    record: { root, rows: recordRows, read: readRecord, place: placeOnRecord },
  },
  recordUrl(name, recordId, page) {
    const database = databaseOf(page);
    if (name !== object || database === null || !isId(recordId)) return undefined;
    const url = new URL(page.url);
    url.hash = `#${encodeURIComponent(database)}/model/${object}/${recordId}`;
    return url.href;
  },
  api: { batch: 100, fetch: fetchRecords, viewer: askViewer },
};
