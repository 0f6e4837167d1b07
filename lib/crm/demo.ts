/**
 * The bundled demo CRM, in test builds only: leads in a list (also virtualised), on a board and on their own page. Ids and raw
 * values come from attributes. Shown dates are localised text without a machine-readable form, so instants come from the
 * API alone.
 */
import { detect } from './demo-detect';
import {
  instantFields,
  type FieldName,
  type LeadFields,
  type ReadInstant,
  type TextField,
  type Viewer,
} from '../lead/lead';
import { boundedString, boundedText, cssFor, firstMatch, isRecord, placeAfter, utcInstant } from './read';
import { CrmApiError } from './request';
import type {
  ApiRecord,
  CrmAdapter,
  CrmRequest,
  Page,
  Placement,
  Reading,
  RecordRef,
  Route,
  SelectorTable,
  Site,
  SweepPage,
} from './types';

const object = 'lead';
const evidence = { since: '2026-11', seenOn: 'demo 1' } as const;

const selectors = {
  /** Outlives the views, which the CRM replaces as a whole. */
  root: [{ css: '#demo-crm #view', ...evidence }],
  /** A row without an id is waiting for its lead; a hidden one is parked and names the lead that it showed last. */
  listRow: [{ css: '.lead-row[data-record]:not([hidden])', ...evidence }],
  boardCard: [{ css: '.board .card[data-record]', ...evidence }],
  record: [{ css: '.record[data-record]:not([hidden])', ...evidence }],
  field: [{ css: '[data-field="{}"]', ...evidence }],
  viewer: [{ css: '.topbar [data-user-id]', ...evidence }],
} satisfies SelectorTable;

const isId = (value: string | null | undefined): value is string => /^[\w-]{1,40}$/u.test(value ?? '');

const shownTexts = ['company', 'source', 'campaign', 'region', 'tier', 'email', 'phone'] as const;

const findField = (row: Element, name: string): Element | null => row.querySelector(cssFor(selectors.field, name));

/** @param status where it stands apart from the row's fields. */
function readFields(row: Element, status?: string): Reading {
  const id = row.getAttribute('data-record');
  if (!isId(id)) return { ok: false, missing: ['recordId'] };
  const fields: { -readonly [Field in TextField]?: string } = {};
  const missing: FieldName[] = [];
  const keep = (field: TextField, value: string | undefined): void => {
    if (value !== undefined) fields[field] = value;
  };

  keep('name', boundedText(findField(row, 'name')));
  const statusCell = findField(row, 'status');
  keep('status', status ?? boundedString(statusCell?.getAttribute('data-value')));
  keep('statusLabel', boundedText(statusCell));

  const owner = findField(row, 'owner');
  const ownerId = owner?.getAttribute('data-value');
  keep('ownerId', boundedString(ownerId));
  // Where nobody owns it, the page says so in words: that is no name.
  if (fields.ownerId !== undefined) keep('owner', boundedText(owner));
  for (const name of shownTexts) keep(name, boundedText(findField(row, name)));

  if (fields.name === undefined) missing.push('name');
  if (fields.status === undefined) missing.push('status');
  if (ownerId === null || ownerId === undefined) missing.push('ownerId');
  return { ok: true, ref: { by: 'id', value: id }, fields, missing };
}

function placeByName(row: Element): Placement | null {
  const name = findField(row, 'name');
  return name && placeAfter(name);
}

/** A card is too narrow for a badge beside the name; its last line has room. */
function placeOnCard(card: Element): Placement | null {
  const tier = findField(card, 'tier');
  return tier ? placeAfter(tier) : placeByName(card);
}

function routeOf(url: URL): Route | null {
  const [first, second, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (first !== 'leads' || rest.length > 0) return null;
  if (second === undefined) return { kind: url.searchParams.get('view') === 'board' ? 'board' : 'list', object };
  if (second === 'all') return { kind: 'list', object };
  return isId(second) ? { kind: 'record', object, recordId: second } : null;
}

/** Names in an answer: ours are the same, but for the start of a pause. */
const apiInstants: Readonly<Record<string, string>> = { pausedAt: 'heldAt' };
const apiTexts = ['name', 'status', 'statusLabel', ...shownTexts] as const;

function readApi(lead: Readonly<Record<string, unknown>>): Pick<ApiRecord, 'fields' | 'missing'> {
  const fields: Partial<Record<FieldName, string | ReadInstant>> = {};
  const missing: FieldName[] = [];
  const keep = (field: FieldName, value: unknown, read: string | ReadInstant | undefined): void => {
    if (read !== undefined) fields[field] = read;
    else if (value !== undefined && value !== null && value !== '') missing.push(field);
  };
  for (const field of apiTexts) keep(field, lead[field], boundedString(lead[field]));
  for (const field of instantFields) {
    const value = lead[apiInstants[field] ?? field];
    keep(field, value, utcInstant(value, 1_000));
  }
  const { owner } = lead;
  if (isRecord(owner)) {
    keep('ownerId', owner['id'], boundedString(owner['id']));
    keep('owner', owner['name'], boundedString(owner['name']));
  } else if (owner !== null) missing.push('ownerId');
  if (fields.status === undefined && !missing.includes('status')) missing.push('status');
  return { fields: fields as LeadFields, missing };
}

async function fetchLeads(refs: readonly RecordRef[], _page: Page, request: CrmRequest): Promise<readonly ApiRecord[]> {
  const asked = new Map(refs.filter(({ by, value }) => by === 'id' && isId(value)).map((ref) => [ref.value, ref]));
  if (asked.size === 0) return [];
  const answer = await request(`/api/leads?ids=${[...asked.keys()].join(',')}`);
  const leads: unknown = isRecord(answer) ? answer['leads'] : undefined;
  if (!Array.isArray(leads)) throw new CrmApiError('unreadable', 'The demo CRM answered no list of leads');
  return leads.flatMap((lead: unknown) => {
    const id = isRecord(lead) ? lead['id'] : undefined;
    if (!isRecord(lead) || typeof id !== 'string')
      throw new CrmApiError('unreadable', 'A lead of the demo CRM has no id');
    const ref = asked.get(id);
    return ref ? [{ ref, recordId: id, ...readApi(lead) }] : [];
  });
}

/** Of the signed-in person, whoever the page says it is; the cursor is the last id. */
async function sweep(
  cursor: string | null,
  viewer: Viewer | null,
  _site: Site,
  request: CrmRequest,
): Promise<SweepPage> {
  const query = new URLSearchParams({ view: 'open', limit: '200', ...(viewer && { owner: 'mine' }) });
  if (cursor !== null) query.set('after', cursor);
  const answer = await request(`/api/leads?${query.toString()}`);
  const leads: unknown = isRecord(answer) ? answer['leads'] : undefined;
  if (!Array.isArray(leads)) throw new CrmApiError('unreadable', 'The demo CRM answered no list of leads');
  const records = leads.flatMap((lead: unknown): ApiRecord[] => {
    const value = isRecord(lead) ? boundedString(lead['id']) : undefined;
    if (!isRecord(lead) || !isId(value)) return [];
    return [{ ref: { by: 'id', value }, recordId: value, object, ...readApi(lead) }];
  });
  const more = isRecord(answer) && answer['more'] === true;
  return { records, next: more ? (records.at(-1)?.recordId ?? null) : null };
}

export const demo: CrmAdapter = {
  id: 'demo',
  label: 'Demo CRM',
  hosts: [],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.root,
      rows: selectors.listRow,
      read: (row) => readFields(row),
      place: placeByName,
      attributes: ['data-record', 'hidden', 'data-value'],
    },
    board: {
      root: selectors.root,
      rows: selectors.boardCard,
      read: (card) => readFields(card, boundedString(card.getAttribute('data-status'))),
      place: placeOnCard,
      attributes: ['data-record'],
    },
    record: {
      root: selectors.root,
      rows: selectors.record,
      // While the next lead is on its way the old one stands under the new address: the page's own id is the true one.
      read: (record) => readFields(record),
      place: placeByName,
      attributes: ['data-record', 'hidden', 'data-value'],
    },
  },
  recordUrl(type, recordId, page) {
    return type === object && isId(recordId) ? new URL(`/leads/${recordId}`, page.url).href : undefined;
  },
  viewer({ doc }) {
    const user = firstMatch(doc, selectors.viewer);
    const id = boundedString(user?.getAttribute('data-user-id'));
    const name = boundedString(user?.getAttribute('data-user-name'));
    return id === undefined && name === undefined ? null : { ...(id && { id }), ...(name && { name }) };
  },
  api: { batch: 100, fetch: fetchLeads, sweep },
};
