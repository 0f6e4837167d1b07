/**
 * vtiger 8, self-hosted: leads, contacts and opportunities ("Potentials") in lists and on their own page. Rows carry ids,
 * and cells the values that the database holds. There is no session API: what the page does not show is not known, and the
 * page states how this person writes dates but not their zone, so every shown instant spans a day until they say it.
 */
import type { FieldName } from '../lead/lead';
import { shownInstant } from './shown';
import { allMatches, boundedString, boundedText, cssFor, firstMatch, gather, placeAfter } from './read';
import { detect } from './vtiger-detect';
import type { CrmAdapter, DatedSelector, Page, Reading, Route, SelectorTable, Site } from './types';

type VtigerObject = 'Leads' | 'Contacts' | 'Potentials';

/** A column by its internal name; `raw`: the database's value; `shown`: what people see. */
type Column = readonly [field: FieldName, name: string, how: 'raw' | 'shown' | 'date'];

const common: readonly Column[] = [
  ['ownerId', 'assigned_user_id', 'raw'],
  ['owner', 'assigned_user_id', 'shown'],
  ['source', 'leadsource', 'raw'],
  ['createdAt', 'createdtime', 'date'],
  ['modifiedAt', 'modifiedtime', 'date'],
];
const reach: readonly Column[] = [
  ['email', 'email', 'raw'],
  ['phone', 'phone', 'raw'],
];
const objects: Readonly<
  Record<VtigerObject, { readonly names: readonly string[]; readonly columns: readonly Column[] }>
> = {
  Leads: {
    names: ['firstname', 'lastname'],
    columns: [
      ...common,
      ...reach,
      ['status', 'leadstatus', 'raw'],
      ['statusLabel', 'leadstatus', 'shown'],
      ['company', 'company', 'raw'],
    ],
  },
  Contacts: { names: ['firstname', 'lastname'], columns: [...common, ...reach, ['company', 'account_id', 'shown']] },
  Potentials: {
    names: ['potentialname'],
    columns: [
      ...common,
      ['status', 'sales_stage', 'raw'],
      ['statusLabel', 'sales_stage', 'shown'],
      ['company', 'related_to', 'shown'],
      ['campaign', 'campaignid', 'shown'],
    ],
  },
};

const seen = (css: string, note?: string): readonly DatedSelector[] => [
  { css, since: '2026-11', seenOn: 'vtiger 8.2', ...(note !== undefined && { note }) },
];
const selectors = {
  root: seen('#page'),
  listRow: seen('#listview-table tr.listViewEntries[data-id]'),
  cell: seen('td[data-name]'),
  cellValue: seen('.value'),
  rowLink: seen('td[data-name$="name"] a[href*="view=Detail"]'),
  recordView: seen('.detailViewContainer'),
  recordId: seen('#recordId'),
  recordName: seen('.recordLabel'),
  field: seen('[id$="_detailView_fieldValue_{}"]', 'on the Details tab only'),
  fieldData: seen('[data-name="{}"][data-value]', 'beside the value, where this person may edit it'),
  viewer: seen('#menubar_item_right_LBL_MY_PREFERENCES'),
  viewerName: seen('.profile-container h4'),
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };
const isObject = (name: string | null): name is VtigerObject => name !== null && Object.hasOwn(objects, name);
const isId = (value: string | null | undefined): value is string => /^[1-9]\d{0,11}$/u.test(value ?? '');

function routeOf({ pathname, searchParams }: URL): Route | null {
  const object = searchParams.get('module');
  if (!isObject(object) || !/\/(?:index\.php)?$/u.test(pathname)) return null;
  const view = searchParams.get('view');
  if (view === 'List') return { kind: 'list', object };
  const recordId = searchParams.get('record');
  return view === 'Detail' && isId(recordId) ? { kind: 'record', object, recordId } : null;
}

/** `mm-dd-yyyy` and the like, as this person's settings have it. */
function orderOf(doc: Document): 'dmy' | 'mdy' | 'ymd' | undefined {
  const format = doc.body.getAttribute('data-user-dateformat')?.slice(0, 20) ?? '';
  const order = (format.match(/d+|m+|y+/gu) ?? []).map((part) => part.charAt(0)).join('');
  return order === 'dmy' || order === 'mdy' || order === 'ymd' ? order : undefined;
}

/** vtiger writes every year in full. */
function dateOf(text: string, id: string, page: Page): ReturnType<typeof shownInstant> {
  const order = orderOf(page.doc);
  return /\d{4}/u.test(text) ? shownInstant(text, page, id, order && { order }) : undefined;
}

/** Where the values of a row or record come from, by internal name. */
interface Source {
  raw(name: string): string | undefined;
  shown(name: string): string | undefined;
}

function readFrom(source: Source, object: VtigerObject, id: string, title: string | undefined, page: Page): Reading {
  const { names, columns } = objects[object];
  const read = gather();
  const parts = names.flatMap((name) => source.raw(name) ?? []);
  read.need('name', title ?? boundedString(parts.join(' ')));
  for (const [field, name, how] of columns) {
    const text = how === 'raw' ? source.raw(name) : source.shown(name);
    const value = how === 'date' && text !== undefined ? dateOf(text, id, page) : text;
    // Nobody's id is 0: that is an empty reference.
    if (value !== undefined && !(field === 'ownerId' && value === '0')) read.keep(field, value);
    else if (how === 'date' && text !== undefined) read.miss(field);
  }
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function readRow(row: Element, page: Page): Reading {
  const { object } = page.route;
  const id = row.getAttribute('data-id');
  if (!isObject(object) || !isId(id)) return unreadable;
  // One look at all cells is cheaper than one for each name.
  const cells = new Map(allMatches(row, selectors.cell).map((cell) => [cell.getAttribute('data-name'), cell]));
  const source: Source = {
    raw: (name) => boundedString(cells.get(name)?.getAttribute('data-rawvalue')),
    shown: (name) => {
      const found = cells.get(name);
      return found ? boundedText(firstMatch(found, selectors.cellValue)) : undefined;
    },
  };
  return readFrom(source, object, id, undefined, page);
}

function readRecord(view: Element, page: Page): Reading {
  const { object, recordId } = page.route;
  const shownId = firstMatch(view, selectors.recordId)?.getAttribute('value');
  if (!isObject(object) || !isId(recordId) || shownId !== recordId) return unreadable;
  const field = (name: string): Element | null => view.querySelector(cssFor(selectors.field, name));
  const source: Source = {
    raw: (name) =>
      boundedString(field(name)?.querySelector(cssFor(selectors.fieldData, name))?.getAttribute('data-value')),
    shown: (name) => {
      const found = field(name);
      return found ? boundedText(firstMatch(found, selectors.cellValue)) : undefined;
    },
  };
  const title = firstMatch(view, selectors.recordName);
  return readFrom(source, object, recordId, boundedString(title?.getAttribute('title')) ?? boundedText(title), page);
}

export const vtiger: CrmAdapter = {
  id: 'vtiger',
  label: 'vtiger',
  hosts: [],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.root,
      rows: selectors.listRow,
      read: readRow,
      place: (row) => {
        const link = firstMatch(row, selectors.rowLink);
        return link ? placeAfter(link) : { parent: row.lastElementChild ?? row, before: null };
      },
      attributes: ['data-rawvalue'],
    },
    record: {
      root: selectors.root,
      rows: selectors.recordView,
      read: readRecord,
      place: (view) => {
        const name = firstMatch(view, selectors.recordName);
        return name && placeAfter(name);
      },
    },
  },
  recordUrl(object, recordId, { url }) {
    if (!isObject(object) || !isId(recordId)) return undefined;
    return new URL(`index.php?module=${object}&view=Detail&record=${recordId}`, url).href;
  },
  viewer({ doc }: Site) {
    const link = firstMatch(doc, selectors.viewer);
    const id = /[?&]record=(\d{1,12})(?:&|$)/u.exec(link?.getAttribute('href') ?? '')?.[1];
    const name = boundedText(firstMatch(doc, selectors.viewerName));
    return id === undefined && name === undefined ? null : { ...(id && { id }), ...(name && { name }) };
  },
};
