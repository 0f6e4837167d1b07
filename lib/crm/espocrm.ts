/**
 * EspoCRM, self-hosted and cloud: leads and opportunities. Ids and fields come from attributes with internal names. Shown
 * statuses and sources are translated labels, and shown dates are relative to the CRM user's zone, so raw values and
 * instants come from the API alone. Quick views, stream notes and panels of related records are no surfaces: the
 * selectors leave them out.
 */
import type { FieldName, LeadFields, ReadInstant, TextField } from '../lead/lead';
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

type EspoObject = 'Lead' | 'Opportunity';

interface EspoApiField {
  readonly field: FieldName;
  readonly attribute: string;
  /** Clocks need it, so its absence is news. The others may be hidden from a role, or taken off the entity. */
  readonly needed?: true;
}

interface EspoNames {
  /** Field of the status, as named on pages. */
  readonly status: string;
  readonly company: string;
  readonly api: readonly EspoApiField[];
}

const common: readonly EspoApiField[] = [
  { field: 'name', attribute: 'name', needed: true },
  { field: 'createdAt', attribute: 'createdAt', needed: true },
  { field: 'modifiedAt', attribute: 'modifiedAt' },
  { field: 'ownerId', attribute: 'assignedUserId', needed: true },
  { field: 'owner', attribute: 'assignedUserName' },
  { field: 'company', attribute: 'accountName' },
  { field: 'campaign', attribute: 'campaignName' },
];

const names: Readonly<Record<EspoObject, EspoNames>> = {
  Lead: {
    status: 'status',
    company: 'accountName',
    api: [
      ...common,
      { field: 'status', attribute: 'status', needed: true },
      { field: 'source', attribute: 'source' },
      { field: 'email', attribute: 'emailAddress' },
      { field: 'phone', attribute: 'phoneNumber' },
      { field: 'closedAt', attribute: 'convertedAt' },
    ],
  },
  Opportunity: {
    status: 'stage',
    company: 'account',
    // `closeDate` is when somebody hopes to close: no instant of ours.
    api: [
      ...common,
      { field: 'status', attribute: 'stage', needed: true },
      { field: 'source', attribute: 'leadSource' },
    ],
  },
};

const isEspoObject = (name: string): name is EspoObject => Object.hasOwn(names, name);
/** 17 hex digits or a UUID; anything else that fits could not be told from a path. */
const isId = (value: string | null | undefined): value is string => /^[\w-]{1,36}$/u.test(value ?? '');

const seenOn = 'EspoCRM 8.1';
const note = 'the same in the sources of 7.1 and 9';
const mainRoot: readonly DatedSelector[] = [{ css: '#content', since: '2026-11', seenOn, note }];
const board: readonly DatedSelector[] = [
  {
    css: '#main .list-kanban .group-column .item',
    since: '2026-11',
    seenOn: 'sources of EspoCRM 7.1 to 9',
  },
];

/** Finds a field of one row by its internal name. */
type Find = (name: string) => Element | null;

const unreadable: Reading = { ok: false, missing: ['recordId'] };

/** A field that is being edited says what somebody types, not what the CRM holds. */
const isShown = (el: Element | null): el is Element =>
  el !== null && !el.classList.contains('hidden') && !el.querySelector('input, select, textarea');

function textOf(el: Element | null): string | undefined {
  return isShown(el) && !el.querySelector('.none-value') ? boundedText(el) : undefined;
}

function attributeOf(el: Element | null, attribute: string): string | undefined {
  return isShown(el) ? boundedString(el.querySelector(`[${attribute}]`)?.getAttribute(attribute)) : undefined;
}

/** The id in a link such as `#User/view/<id>`. */
function linkedId(link: Element | null | undefined): string | undefined {
  const id = link?.getAttribute('href')?.split('/')[2];
  return isId(id) ? id : undefined;
}

function readRow(
  find: Find,
  object: EspoObject,
  recordId: string,
  name: string | undefined,
  more: LeadFields,
): Reading {
  const fields: { -readonly [Field in TextField]?: string } = {};
  const missing: FieldName[] = [];
  const keep = (field: TextField, value: string | undefined): void => {
    if (value !== undefined) fields[field] = value;
  };

  keep('name', name);
  if (name === undefined) missing.push('name');
  const status = find(names[object].status);
  keep('statusLabel', textOf(status));
  if (isShown(status) && fields.statusLabel === undefined) missing.push('statusLabel');

  const owner = find('assignedUser');
  const userLink = isShown(owner) ? owner.querySelector('a[href^="#User/view/"]') : null;
  keep('owner', userLink ? boundedText(userLink) : textOf(owner));
  keep('ownerId', linkedId(userLink));
  if (fields.owner !== undefined && fields.ownerId === undefined) missing.push('ownerId');

  keep('company', textOf(find(names[object].company)));
  keep('campaign', textOf(find('campaign')));
  keep('email', attributeOf(find('emailAddress'), 'data-email-address'));
  keep('phone', attributeOf(find('phoneNumber'), 'data-phone-number'));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: { ...fields, ...more }, missing };
}

/** What the row belongs to; while Espo loads the next page, the last one stands under the new address. */
function objectOf(row: Element, page: Page): EspoObject | null {
  const scope = row.closest('[data-scope]')?.getAttribute('data-scope');
  return scope === page.route.object && isEspoObject(scope) ? scope : null;
}

const cellLink = (row: Element): Element | null => row.querySelector('[data-name="name"] a.link');

function readItem(row: Element, page: Page): Reading {
  const object = objectOf(row, page);
  const id = row.getAttribute('data-id');
  if (!object || !isId(id)) return unreadable;
  const find: Find = (name) => row.querySelector(`.cell[data-name="${name}"], .field[data-name="${name}"]`);
  const column = row.closest('.group-column');
  const status = boundedString(column?.getAttribute('data-name'));
  const reading = readRow(find, object, id, boundedText(cellLink(row)), status === undefined ? {} : { status });
  return reading.ok && column && status === undefined
    ? { ...reading, missing: [...reading.missing, 'status'] }
    : reading;
}

function placeItem(row: Element): Placement | null {
  const link = cellLink(row);
  if (link) return placeAfter(link);
  const parent = row.querySelector('[data-name="name"]');
  return parent && { parent, before: null };
}

/**
 * The record that a detail view was first seen with. Espo makes a new view for every record, but changes the address
 * before the next one is loaded: until then the old view would be read as the new record.
 */
const firstRecordOf = new WeakMap<Element, string>();

function readRecord(view: Element, page: Page): Reading {
  const object = objectOf(view, page);
  const id = page.route.recordId;
  if (!object || id === undefined) return unreadable;
  const first = firstRecordOf.get(view) ?? id;
  firstRecordOf.set(view, first);
  if (first !== id) return unreadable;
  const find: Find = (name) =>
    [...view.querySelectorAll(`.field[data-name="${name}"]`)].find((field) => !field.closest('.list')) ?? null;
  return readRow(find, object, id, textOf(find('name')) ?? boundedText(titleOf(page.doc)), {});
}

const titleOf = (doc: Document): Element | null => doc.querySelector('#main .header-title .title');

function routeOf(url: URL, doc: Document): Route | null {
  const [path = ''] = url.hash.slice(1).split(/[?&]/u);
  const [object = '', action = '', recordId] = path.split('/');
  if (!isEspoObject(object)) return null;
  if (action === 'view' || action === 'edit') return isId(recordId) ? { kind: 'record', object, recordId } : null;
  if (action !== '' && action !== 'list' && action !== 'index') return null;
  // The address is the same for both; which of them is shown, only the page says.
  return { kind: doc.querySelector('#main .list-kanban') ? 'board' : 'list', object };
}

/** Exported by itself: the content script holds this part of every adapter, and loads the rest where it says yes. */
export function detect(doc: Document): number {
  if (!doc.querySelector('#header #navbar .navbar') || !doc.querySelector('#content #main')) return 0;
  const credit = doc.querySelector('#footer a[href*="//www.espocrm.com"]');
  const user = doc.querySelector('[aria-labelledby="nav-menu-dropdown"] a[href^="#User/view/"]');
  if (credit && user) return 1;
  return credit || user ? 0.9 : 0.4;
}

/** One GET for all ids: `where` of type `in`; `maxSize` may be at most 200, above it Espo answers 403. */
async function fetchRecords(
  refs: readonly RecordRef[],
  page: Page,
  request: CrmRequest,
): Promise<readonly ApiRecord[]> {
  const { object } = page.route;
  const asked = new Map(refs.filter(({ by, value }) => by === 'id' && isId(value)).map((ref) => [ref.value, ref]));
  if (!isEspoObject(object) || asked.size === 0) return [];
  const query = new URLSearchParams([
    ['select', ['id', ...names[object].api.map(({ attribute }) => attribute)].join(',')],
    ['maxSize', String(asked.size)],
    ['where[0][type]', 'in'],
    ['where[0][attribute]', 'id'],
    ...[...asked.keys()].map((id) => ['where[0][value][]', id]),
  ]);
  const base = new URL('.', page.url).pathname;
  // Without this header Espo answers a lost session with a challenge, and the browser asks for a password.
  const headers = { 'X-Requested-With': 'XMLHttpRequest' };
  const answer = await request(`${base}api/v1/${object}?${query.toString()}`, { headers });
  if (!isRecord(answer) || !Array.isArray(answer['list']))
    throw new CrmApiError('unreadable', 'EspoCRM answered no list of records');
  return answer['list'].flatMap((item: unknown) => {
    const id = isRecord(item) ? item['id'] : undefined;
    const ref = typeof id === 'string' ? asked.get(id) : undefined;
    return isRecord(item) && ref ? [{ ref, recordId: ref.value, ...readApi(item, names[object].api) }] : [];
  });
}

function readApi(
  item: Readonly<Record<string, unknown>>,
  wanted: readonly EspoApiField[],
): Pick<ApiRecord, 'fields' | 'missing'> {
  const fields: Partial<Record<FieldName, string | ReadInstant>> = {};
  const missing: FieldName[] = [];
  for (const { field, attribute, needed } of wanted) {
    const value = item[attribute];
    const read = field.endsWith('At') ? utcInstant(value, 1000) : boundedString(value);
    if (read !== undefined) fields[field] = read;
    const empty = value === null || value === '';
    // Nobody may own a lead; but a lead without creation, name or status is one that we cannot read.
    const wrong = empty ? needed && field !== 'ownerId' : value === undefined ? needed : read === undefined;
    if (wrong) missing.push(field);
  }
  return { fields: fields as LeadFields, missing };
}

export const espocrm: CrmAdapter = {
  id: 'espocrm',
  label: 'EspoCRM',
  hosts: ['https://*.espocloud.com/*'],
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: mainRoot,
      rows: [{ css: '#main .list[data-scope] tr.list-row', since: '2026-11', seenOn, note }],
      read: readItem,
      place: placeItem,
    },
    board: { root: mainRoot, rows: board, read: readItem, place: placeItem },
    record: {
      root: mainRoot,
      rows: [{ css: '#main .record .detail[data-scope]', since: '2026-11', seenOn, note }],
      read: readRecord,
      place: (_view, page) => {
        const title = titleOf(page.doc);
        return title && placeAfter(title);
      },
    },
  },
  recordUrl(object, recordId, page) {
    if (!isEspoObject(object) || !isId(recordId)) return undefined;
    const url = new URL(page.url);
    url.hash = `#${object}/view/${recordId}`;
    return url.href;
  },
  viewer({ doc }) {
    const link = doc.querySelector('[aria-labelledby="nav-menu-dropdown"] a[href^="#User/view/"]');
    const [id, name] = [linkedId(link), boundedText(link)];
    return id === undefined && name === undefined ? null : { ...(id && { id }), ...(name && { name }) };
  },
  api: { batch: 100, fetch: fetchRecords },
};
