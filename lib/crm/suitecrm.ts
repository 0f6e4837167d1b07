/**
 * SuiteCRM 7 (theme SuiteP), self-hosted: leads, contacts and opportunities in lists and on their own page. Cells and
 * fields carry internal names. Lists show translated statuses, a record page also holds the value behind the label. There
 * is no session API. The page states how this person writes dates, and their distance from UTC today; in which zone that
 * is, they say.
 */
import type { FieldName, ReadInstant } from '../lead/lead';
import { shownInstant } from './shown';
import { allMatches, boundedString, boundedText, cssFor, firstMatch, gather, placeAfter } from './read';
import { detect } from './suitecrm-detect';
import type { CrmAdapter, DatedSelector, Page, Reading, Route, SelectorTable, Site } from './types';

type SuiteObject = 'Leads' | 'Contacts' | 'Opportunities';
const objects: Readonly<Record<SuiteObject, { readonly status?: string; readonly name: string }>> = {
  Leads: { status: 'status', name: 'full_name' },
  Contacts: { name: 'full_name' },
  Opportunities: { status: 'sales_stage', name: 'name' },
};

/** Fields that lists and record pages call alike. */
const shownFields: readonly (readonly [FieldName, string])[] = [
  ['owner', 'assigned_user_name'],
  ['company', 'account_name'],
  ['campaign', 'campaign_name'],
  ['email', 'email1'],
  ['phone', 'phone_work'],
];
const dates: readonly (readonly [FieldName, string])[] = [
  ['createdAt', 'date_entered'],
  ['modifiedAt', 'date_modified'],
];

const seen = (css: string, note?: string): readonly DatedSelector[] => [
  { css, since: '2024-10', seenOn: 'sources of SuiteCRM 7', ...(note !== undefined && { note }) },
];
const selectors = {
  listRow: seen(
    'table.list.view tbody tr:has(td[field])',
    'panels of related records have the table, but no named cells',
  ),
  cell: seen('td[field]'),
  rowLink: seen('td[field="name"] a', 'who may not open the record sees its name without a link'),
  rowId: seen('input[name="mass[]"]', 'only where this person may change many at once'),
  recordView: seen('.detail-view'),
  field: seen('.detail-view-field[field="{}"]'),
  fieldValue: seen('input.sugar_field[type="hidden"]'),
  linkedId: seen('.sugar_field[data-id-value]'),
  shownRecord: seen('#formDetailView input[name="record"]'),
  title: seen('.module-title-text'),
  viewer: seen('.user-dropdown a[href*="module=Users"][href*="record="]'),
  viewerName: seen('.user_label'),
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };
const isObject = (name: string | null): name is SuiteObject => name !== null && Object.hasOwn(objects, name);
/** A UUID, or what an import brought along. */
const isId = (value: string | null | undefined): value is string => /^[\w-]{1,36}$/u.test(value ?? '');

/** What an address asks for; pages that are loaded without leaving the last one have it behind the `#`. */
function askedIn(address: string): URLSearchParams {
  const [before = '', hash = ''] = address.split('#', 2);
  let asked = before;
  try {
    if (hash.startsWith('ajaxUILoc=')) asked = decodeURIComponent(hash.slice('ajaxUILoc='.length));
  } catch {
    // What cannot be decoded is no address of ours.
  }
  return new URLSearchParams(asked.split('?', 2)[1] ?? '');
}

function routeOf(url: URL): Route | null {
  if (!/\/(?:index\.php)?$/u.test(url.pathname)) return null;
  const asked = askedIn(url.href);
  const object = asked.get('module');
  if (!isObject(object)) return null;
  const action = asked.get('action') ?? 'index';
  if (action === 'index' || action === 'ListView') return { kind: 'list', object };
  const recordId = asked.get('record');
  return action === 'DetailView' && isId(recordId) ? { kind: 'record', object, recordId } : null;
}

interface DateSettings {
  readonly order?: 'dmy' | 'mdy' | 'ymd';
  /** This person's distance from UTC when the page was made, ms; east is positive. */
  readonly offset?: number;
}

/** By page: a small script states them once. */
const settingsOf = new WeakMap<Document, DateSettings>();

function dateSettings(doc: Document): DateSettings {
  const known = settingsOf.get(doc);
  if (known) return known;
  let settings: DateSettings = {};
  for (const script of doc.querySelectorAll('script:not([src])')) {
    const source = script.textContent.slice(0, 4000);
    const places = /date_reg_positions = \{([^}]{1,60})\}/u.exec(source)?.[1];
    if (places === undefined) continue;
    const order = [...places.matchAll(/'([dmY])': ?(\d)/gu)]
      .toSorted(([, , a], [, , b]) => Number(a) - Number(b))
      .map(([, letter]) => letter?.toLowerCase())
      .join('');
    const seconds = Number(/time_offset = (-?\d{1,6});/u.exec(source)?.[1] ?? Number.NaN);
    settings = {
      ...((order === 'dmy' || order === 'mdy' || order === 'ymd') && { order }),
      ...(Math.abs(seconds) <= 14 * 3600 && { offset: seconds * 1000 }),
    };
    break;
  }
  settingsOf.set(doc, settings);
  return settings;
}

/** Clocks are shifted by an hour at most, and the offset is today's, not that day's. */
const shiftMs = 3_600_000;

/** As far as the offset tells, and exactly where the person's own zone agrees with it. */
function readInstant(text: string, id: string, page: Page): ReadInstant | undefined {
  const { order, offset } = dateSettings(page.doc);
  const told = order && { order };
  const zoned = shownInstant(text, page, id, told);
  if (offset === undefined) return zoned;
  const utc = shownInstant(text, page, id, { ...told, timeZone: 'UTC' });
  if (!utc) return undefined;
  const [at, precision] = [utc.at - offset - shiftMs, utc.precision + 2 * shiftMs];
  const agrees = page.dates?.().timeZone !== undefined && zoned && zoned.at >= at && zoned.at < at + precision;
  return agrees ? zoned : { at, precision };
}

/**
 * A record page says who did it behind the instant: "11/23/2026 11:08am by …". SuiteCRM writes every year in full, so what
 * a text says does not depend on when it is read.
 */
function dateOf(shown: string, id: string, page: Page): ReadInstant | undefined {
  const text = /^\S*\d{4}\S* \d{1,2}[:.]\d{2}(?: ?[ap]m)?(?= |$)/iu.exec(shown.slice(0, 40))?.[0];
  return text === undefined ? undefined : readInstant(text, id, page);
}

/** A field that is being edited says what somebody types, not what the CRM holds. */
const textOf = (el: Element | null): string | undefined =>
  el && !el.querySelector('input:not([type="hidden"]), select, textarea') ? boundedText(el) : undefined;

type Find = (name: string) => Element | null;

function readFrom(find: Find, object: SuiteObject, id: string, name: string | undefined, page: Page): Reading {
  const read = gather();
  read.need('name', name);
  const { status } = objects[object];
  const statusField = status === undefined ? null : find(status);
  const valueOf = (el: Element | null): string | undefined =>
    el ? boundedString(firstMatch(el, selectors.fieldValue)?.getAttribute('value')) : undefined;
  read.keep('status', valueOf(statusField));
  read.keep('statusLabel', textOf(statusField));
  read.keep('source', valueOf(find('lead_source')));
  for (const [field, column] of shownFields) read.keep(field, textOf(find(column)));
  const owner = find('assigned_user_name');
  const ownerId = owner ? firstMatch(owner, selectors.linkedId)?.getAttribute('data-id-value') : undefined;
  read.keep('ownerId', isId(ownerId) ? ownerId : undefined);
  for (const [field, column] of dates) {
    const text = textOf(find(column));
    if (text !== undefined) read.need(field, dateOf(text, id, page));
  }
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function readRow(row: Element, page: Page): Reading {
  const { object } = page.route;
  const link = firstMatch(row, selectors.rowLink);
  const linked = askedIn(link?.getAttribute('href') ?? '').get('record');
  const id = firstMatch(row, selectors.rowId)?.getAttribute('value') ?? linked;
  if (!isObject(object) || !isId(id)) return unreadable;
  // One look at all cells is cheaper than one for each name.
  const cells = new Map(allMatches(row, selectors.cell).map((cell) => [cell.getAttribute('field'), cell]));
  const find: Find = (name) => cells.get(name) ?? null;
  return readFrom(find, object, id, link ? boundedText(link) : textOf(find('name')), page);
}

function readRecord(view: Element, page: Page): Reading {
  const { object, recordId } = page.route;
  // Under the address of the next record the last one stands until it is loaded.
  const shown = firstMatch(page.doc, selectors.shownRecord)?.getAttribute('value');
  if (!isObject(object) || !isId(recordId) || (shown ?? recordId) !== recordId) return unreadable;
  const find: Find = (name) => view.querySelector(cssFor(selectors.field, name));
  const name = textOf(find(objects[object].name)) ?? boundedText(firstMatch(page.doc, selectors.title));
  return readFrom(find, object, recordId, name, page);
}

export const suitecrm: CrmAdapter = {
  id: 'suitecrm',
  label: 'SuiteCRM',
  hosts: [],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      rows: selectors.listRow,
      read: readRow,
      place: (row) => {
        const link = firstMatch(row, selectors.rowLink);
        return link ? placeAfter(link) : { parent: row.lastElementChild ?? row, before: null };
      },
    },
    record: {
      rows: selectors.recordView,
      read: readRecord,
      place: (view, { doc }) => {
        const title = firstMatch(doc, selectors.title);
        return title ? placeAfter(title) : { parent: view, before: view.firstElementChild };
      },
    },
  },
  recordUrl(object, recordId, { url }) {
    if (!isObject(object) || !isId(recordId)) return undefined;
    return new URL(`index.php?module=${object}&action=DetailView&record=${recordId}`, url).href;
  },
  viewer({ doc }: Site) {
    const id = askedIn(firstMatch(doc, selectors.viewer)?.getAttribute('href') ?? '').get('record');
    const name = boundedText(firstMatch(doc, selectors.viewerName));
    return !isId(id) && name === undefined ? null : { ...(isId(id) && { id }), ...(name && { name }) };
  },
};
