/**
 * EspoCRM, self-hosted and cloud: leads and opportunities. Ids and fields come from attributes with internal names. Shown
 * statuses and sources are translated labels, and shown dates are relative to the CRM user's zone, so raw values and exact
 * instants come from the API; the shown creation stands in where that is refused. Quick views, stream notes and panels of related records are no surfaces: the
 * selectors leave them out.
 */
import { detect } from './espocrm-detect';
import type { FieldName, LeadFields, ReadInstant, TextField } from '../lead/lead';
import { espocrmApi, isEspoId as isId, isEspoObject, type EspoObject } from './espocrm-api';
import { boundedString, boundedText, cssFor, cssOf, firstMatch, placeAfter } from './read';
import { languageOf, shownInstant } from './shown';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable } from './types';

/** Fields that pages name otherwise than the other entity does. */
const names: Readonly<Record<EspoObject, { readonly status: string; readonly company: string }>> = {
  Lead: { status: 'status', company: 'accountName' },
  Opportunity: { status: 'stage', company: 'account' },
};

const seenOn = 'EspoCRM 8.1';
const note = 'the same in the sources of 7.1 and 9';
const seen = (css: string): readonly DatedSelector[] => [{ css, since: '2026-11', seenOn, note }];
const selectors = {
  root: seen('#content'),
  listRow: seen('#main .list[data-scope] tr.list-row'),
  boardCard: [
    { css: '#main .list-kanban .group-column .item', since: '2026-11', seenOn: 'sources of EspoCRM 7.1 to 9' },
  ],
  recordView: seen('#main .record .detail[data-scope]'),
  itemField: [...seen('.cell[data-name="{}"]'), ...seen('.field[data-name="{}"]')],
  itemName: seen('[data-name="name"] a.link'),
  recordField: seen('.field[data-name="{}"]'),
  recordTitle: seen('#main .header-title .title'),
  ownerLink: seen('a[href^="#User/view/"]'),
  column: seen('.group-column'),
  viewer: seen('[aria-labelledby="nav-menu-dropdown"] a[href^="#User/view/"]'),
} satisfies SelectorTable;

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
  const userLink = isShown(owner) ? firstMatch(owner, selectors.ownerLink) : null;
  keep('owner', userLink ? boundedText(userLink) : textOf(owner));
  keep('ownerId', linkedId(userLink));
  if (fields.owner !== undefined && fields.ownerId === undefined) missing.push('ownerId');

  keep('company', textOf(find(names[object].company)));
  keep('campaign', textOf(find('campaign')));
  keep('email', attributeOf(find('emailAddress'), 'data-email-address'));
  keep('phone', attributeOf(find('phoneNumber'), 'data-phone-number'));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: { ...fields, ...more }, missing };
}

/** "Today 18:34", and in the person's own form before yesterday. */
function createdIn(find: Find, recordId: string, page: Page): { readonly createdAt?: ReadInstant } {
  const text = textOf(find('createdAt'));
  const createdAt = text === undefined ? undefined : shownInstant(text, page, recordId, languageOf(page));
  return createdAt ? { createdAt } : {};
}

/** What the row belongs to; while Espo loads the next page, the last one stands under the new address. */
function objectOf(row: Element, page: Page): EspoObject | null {
  const scope = row.closest('[data-scope]')?.getAttribute('data-scope');
  return scope === page.route.object && isEspoObject(scope) ? scope : null;
}

const cellLink = (row: Element): Element | null => firstMatch(row, selectors.itemName);

function readItem(row: Element, page: Page): Reading {
  const object = objectOf(row, page);
  const id = row.getAttribute('data-id');
  if (!object || !isId(id)) return unreadable;
  const find: Find = (name) => row.querySelector(cssFor(selectors.itemField, name));
  const column = row.closest(cssOf(selectors.column));
  const status = boundedString(column?.getAttribute('data-name'));
  const more = { ...(status !== undefined && { status }), ...createdIn(find, id, page) };
  const reading = readRow(find, object, id, boundedText(cellLink(row)), more);
  return reading.ok && column && status === undefined
    ? { ...reading, missing: [...reading.missing, 'status'] }
    : reading;
}

function placeItem(row: Element): Placement | null {
  const link = cellLink(row);
  if (link) return placeAfter(link);
  const parent = row.querySelector(cssFor(selectors.itemField, 'name'));
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
    [...view.querySelectorAll(cssFor(selectors.recordField, name))].find((field) => !field.closest('.list')) ?? null;
  const name = textOf(find('name')) ?? boundedText(titleOf(page.doc));
  return readRow(find, object, id, name, createdIn(find, id, page));
}

const titleOf = (doc: Document): Element | null => firstMatch(doc, selectors.recordTitle);

function routeOf(url: URL, doc: Document): Route | null {
  const [path = ''] = url.hash.slice(1).split(/[?&]/u);
  const [object = '', action = '', recordId] = path.split('/');
  if (!isEspoObject(object)) return null;
  if (action === 'view' || action === 'edit') return isId(recordId) ? { kind: 'record', object, recordId } : null;
  if (action !== '' && action !== 'list' && action !== 'index') return null;
  // The address is the same for both; which of them is shown, only the page says.
  return { kind: doc.querySelector('#main .list-kanban') ? 'board' : 'list', object };
}

export const espocrm: CrmAdapter = {
  id: 'espocrm',
  label: 'EspoCRM',
  hosts: ['https://*.espocloud.com/*'],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.root,
      rows: selectors.listRow,
      read: readItem,
      place: placeItem,
    },
    board: { root: selectors.root, rows: selectors.boardCard, read: readItem, place: placeItem },
    record: {
      root: selectors.root,
      rows: selectors.recordView,
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
    const link = firstMatch(doc, selectors.viewer);
    const [id, name] = [linkedId(link), boundedText(link)];
    return id === undefined && name === undefined ? null : { ...(id && { id }), ...(name && { name }) };
  },
  api: espocrmApi,
};
