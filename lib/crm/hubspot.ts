/**
 * HubSpot: contacts, deals and leads. A cell of a list names type, property and record, whatever the language; a card
 * names its record; a record page names it in its address alone. Shown owners and dates are localised words ("No owner",
 * "Today at …"), and so is what stands for empty, so that those come from the API only. The sidebar's properties are
 * inputs, which say what somebody types: left to the API, too. Preview panels have no address of their own: no surface.
 */
import type { FieldName } from '../lead/lead';
import { hubspotApi } from './hubspot-api';
import { isHubspotId, isHubspotObject, portalOf, type HubspotObject } from './hubspot-entities';
import { onHosts } from './match-pattern';
import { allMatches, boundedText, cssOf, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable } from './types';

/** HubSpot's own and its regions, each by name: the other hosts below hubspot.com are no CRM. */
const hosts = [
  'https://app.hubspot.com/*',
  'https://app-eu1.hubspot.com/*',
  'https://app-na2.hubspot.com/*',
  'https://app-ap1.hubspot.com/*',
];

/** HubSpot has no versions. What its sources do not date is no older than the oldest month here. */
const seen = (css: string, since: string): DatedSelector => ({ css, since, seenOn: 'HubSpot' });
const selectors = {
  listRow: [
    seen('[data-test-id="framework-data-table"] tr[data-test-id^="row-"]', '2026-09'),
    seen('[data-test-id="crm-object-table"] tr[data-test-id^="row-"]', '2026-07'),
  ],
  cell: [seen('td[data-table-external-id^="cell-"]', '2026-04')],
  firstCell: [seen('td[data-column-index="0"]', '2026-09')],
  cellText: [
    seen('[data-test-id^="label-cell-formatted-property-"]', '2026-09'),
    seen('[data-test-id="truncated-object-label"]', '2026-04'),
    seen('a[data-link]', '2023-07'),
  ],
  boardCard: [seen('[data-test-id="cdb-column-item"]', '2023-07')],
  cardTitle: [
    seen('[data-test-id="board-card-section-title-link"]', '2026-09'),
    seen('[data-test-id="cdbc-title"]', '2023-07'),
  ],
  cardLink: [seen('a[href*="/record/"]', '2026-09')],
  column: [seen('[data-test-id="cdb-column"]', '2023-07')],
  columnName: [seen('[data-test-id="cdb-column-name"]', '2023-07')],
  recordTitle: [
    seen('[data-selenium-test="highlightTitle"]', '2026-04'),
    seen('[data-selenium-test$="-highlight-details"] h3:not(:has([data-selenium-test="highlightTitle"]))', '2024-03'),
  ],
  panel: [seen('[data-selenium-test="sidebar-preview-panel"]', '2026-03')],
} satisfies SelectorTable;

/** Columns of a list by HubSpot's internal names of the properties. */
interface Columns {
  readonly name: readonly string[];
  readonly status: string;
}

const columns: Readonly<Record<HubspotObject, Columns>> = {
  '0-1': { name: ['name', 'hs_full_name_or_email'], status: 'hs_lead_status' },
  '0-3': { name: ['dealname'], status: 'dealstage' },
  '0-136': { name: ['hs_lead_name'], status: 'hs_pipeline_stage' },
};

/** A list or board, a record, or a record under its older address. */
const address =
  /^\/contacts\/\d{1,12}\/(?:objects\/([\d-]+)\/views\/[^/]+\/(list|board)|record\/([\d-]+)\/(\d{1,19})|(contact|deal)\/(\d{1,19}))(?:\/|$)/u;

function routeOf({ pathname }: Pick<URL, 'pathname'>): Route | null {
  const [, listed, kind, recorded, recordId, legacy, legacyId] = address.exec(pathname) ?? [];
  const object = listed ?? recorded ?? (legacy === 'deal' ? '0-3' : legacy && '0-1');
  if (object === undefined || !isHubspotObject(object)) return null;
  const id = recordId ?? legacyId;
  return id === undefined
    ? { kind: kind === 'board' ? 'board' : 'list', object }
    : { kind: 'record', object, recordId: id };
}

/** More columns than anybody shows. */
const mostCells = 200;
/** Type, property and record take less. */
const longestCellId = 300;

const unreadable: Reading = { ok: false, missing: ['recordId'] };

const objectOf = ({ route: { object } }: Page): HubspotObject | null => (isHubspotObject(object) ? object : null);

interface Row {
  readonly object: HubspotObject;
  readonly recordId: string;
  /** By property. */
  readonly cells: ReadonlyMap<string, Element>;
  /** Absent where a view hides the column. */
  readonly name: Element | undefined;
}

/** `null` where no record is named, or a cell names another one, as in a table of something else. */
function rowOf(el: Element, page: Page): Row | null {
  const [object, recordId] = [objectOf(page), el.getAttribute('data-test-id')?.slice('row-'.length, 40)];
  if (!object || !isHubspotId(recordId)) return null;
  const [start, end] = [`cell-${object}-`, `-${recordId}`];
  const cells = new Map<string, Element>();
  for (const cell of allMatches(el, selectors.cell).slice(0, mostCells)) {
    const id = cell.getAttribute('data-table-external-id') ?? '';
    if (id.length > longestCellId || !id.startsWith(start) || !id.endsWith(end)) return null;
    cells.set(id.slice(start.length, -end.length), cell);
  }
  const name = columns[object].name.find((property) => cells.has(property)) ?? '';
  return { object, recordId, cells, name: cells.get(name) };
}

/** One question, not one for each alternative: lists are long. */
const labelOf = (cell: Element): Element | null => cell.querySelector(cssOf(selectors.cellText));

/** What a cell shows; nothing for one that is being edited, and for the dashes that stand for empty. */
function textOf(cell: Element | undefined): string | undefined {
  if (!cell || cell.querySelector('input, select, textarea')) return undefined;
  const text = boundedText(labelOf(cell) ?? cell);
  return text === undefined || /^[-–—]+$/u.test(text) ? undefined : text;
}

function readRow(el: Element, page: Page): Reading {
  const row = rowOf(el, page);
  if (!row) return unreadable;
  const { object, recordId, cells, name } = row;
  const found = gather();
  if (name) found.need('name', textOf(name));
  found.keep('statusLabel', textOf(cells.get(columns[object].status)));
  if (object === '0-1') {
    found.keep('company', textOf(cells.get('company')));
    const [email, phone] = [textOf(cells.get('email')), textOf(cells.get('phone'))];
    if (email?.includes('@')) found.keep('email', email);
    if (/\d/u.test(phone ?? '')) found.keep('phone', phone);
  }
  return { ok: true, ref: { by: 'id', value: recordId }, fields: found.fields, missing: found.missing };
}

const placeBeside = (title: Element): Placement | null => placeAfter(title.closest('a') ?? title);

function placeInRow(el: Element, page: Page): Placement | null {
  const cell = rowOf(el, page)?.name ?? firstMatch(el, selectors.firstCell);
  const text = cell && labelOf(cell);
  return text ? placeBeside(text) : cell && { parent: cell, before: null };
}

/** The record that a link leads to, where it is one of this type. */
function linkedId(link: Element | null, { url, route }: Page): string | undefined {
  const target = link as HTMLAnchorElement | null;
  const found = target?.origin === url.origin ? routeOf(target) : null;
  return found?.object === route.object ? found.recordId : undefined;
}

function readCard(card: Element, page: Page): Reading {
  const object = objectOf(page);
  const stated = card.getAttribute('data-selenium-id');
  const recordId = isHubspotId(stated) ? stated : linkedId(firstMatch(card, selectors.cardLink), page);
  if (!object || recordId === undefined) return unreadable;
  const found = gather();
  found.need('name', boundedText(firstMatch(card, selectors.cardTitle)));
  // Contacts may be in columns by whatever property somebody chose; the others are in those of their pipeline.
  const column = object === '0-1' ? null : card.closest(cssOf(selectors.column));
  if (column) found.need('statusLabel', boundedText(firstMatch(column, selectors.columnName)));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: found.fields, missing: found.missing };
}

function placeOnCard(card: Element): Placement | null {
  const title = firstMatch(card, selectors.cardTitle);
  return title ? placeBeside(title) : { parent: card, before: null };
}

/**
 * What a title said when it was last believed. HubSpot changes the address before the next record is there: until a title
 * says something else, or is another element, it is still the last record's.
 */
const believed = new WeakMap<Element, { readonly record: string; readonly name: string | undefined }>();
/** Since when a title that was another record's stands under this one's address. */
const lingering = new WeakMap<Element, { readonly record: string; readonly since: number }>();
/** The next record is there by then, ms: half a second before the overlay stops looking. */
const lingersAtMost = 2_500;

/** Whether this title is still the last record's, as far as its words tell. */
function isOfAnother(title: Element, record: string, name: string | undefined): boolean {
  const last = believed.get(title);
  return last !== undefined && last.record !== record && last.name === name;
}

/**
 * The next record may well be called as the last one. The address names it for certain, and the API reads the rest: only
 * its name is not taken from here.
 */
function readAlike(title: Element, record: string, recordId: string, at: number): Reading {
  const known = lingering.get(title);
  const since = known?.record === record ? known.since : at;
  lingering.set(title, { record, since });
  return at - since < lingersAtMost
    ? unreadable
    : { ok: true, ref: { by: 'id', value: recordId }, fields: {}, missing: [] };
}

function readTitle(title: Element, page: Page): Reading {
  const { object, recordId } = page.route;
  if (recordId === undefined || title.closest(cssOf(selectors.panel))) return unreadable;
  const [record, name] = [`${object}/${recordId}`, boundedText(title)];
  if (isOfAnother(title, record, name)) return readAlike(title, record, recordId, page.now());
  lingering.delete(title);
  believed.set(title, { record, name });
  const missing: FieldName[] = name === undefined ? ['name'] : [];
  return { ok: true, ref: { by: 'id', value: recordId }, fields: name === undefined ? {} : { name }, missing };
}

export const hubspot: CrmAdapter = {
  id: 'hubspot',
  label: 'HubSpot',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    // Nodes are used again, and the next record may show the same words.
    list: { rows: selectors.listRow, read: readRow, place: placeInRow, attributes: ['data-test-id'] },
    board: { rows: selectors.boardCard, read: readCard, place: placeOnCard, attributes: ['data-selenium-id'] },
    record: { rows: selectors.recordTitle, read: readTitle, place: placeAfter },
  },
  recordUrl(object, recordId, { url }) {
    const portal = portalOf(url);
    if (portal === null || !isHubspotObject(object) || !isHubspotId(recordId)) return undefined;
    return `${url.origin}/contacts/${portal}/record/${object}/${recordId}`;
  },
  api: hubspotApi,
};
