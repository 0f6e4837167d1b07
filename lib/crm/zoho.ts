/**
 * Zoho CRM, on its maker's hosts alone: leads, contacts and deals, which its addresses call Potentials. Its elements lie in
 * the light DOM; column headings are translated and cells are numbered by position, so a cell is known by the component
 * that shows it. Components out of view are placeholders: what is not there yet is absent, not missing. Pages that an
 * account designed itself (Canvas) cannot be read.
 */
import { onHosts } from './match-pattern';
import { boundedString, boundedText, cssFor, cssOf, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable } from './types';
import { isId, isZohoModule, orgIn, zohoApi } from './zoho-api';

const hosts = [
  'https://crm.zoho.com/*',
  'https://crm.zoho.eu/*',
  'https://crm.zoho.in/*',
  'https://crm.zoho.com.au/*',
  'https://crm.zoho.jp/*',
  'https://crm.zoho.ca/*',
];

const lists = { since: '2026-02', seenOn: 'Zoho CRM, as three userscripts read its lists' } as const;
const records = { since: '2026-08', seenOn: 'Zoho CRM, as userscripts and a time tracker read a record' } as const;
const older = { since: '2024-01', seenOn: 'Zoho CRM before its present record page' } as const;
const vendor = { since: '2026-02', seenOn: 'source of Zoho’s own components' } as const;
const kanban = { since: '2026-02', seenOn: 'Zoho CRM, as one extension reads its kanban of deals' } as const;
const selectors = {
  table: [{ css: 'crux-table-component[cx-prop-module]', ...lists }],
  listRow: [{ css: 'lyte-exptable-tr[data-zcqa="detailView"]', ...lists }],
  rowLink: [{ css: 'a[id^="listView_"]', ...lists }],
  /** Where the link is not named. */
  moduleLink: [{ css: 'a[href*="/tab/{}/"]', ...lists }],
  record: [
    { css: 'crm-detail-view', ...records },
    { css: '#kventitydetailspage', ...older },
  ],
  // LASTNAME until August 2026.
  title: [
    { css: '#titlecard_FULLNAME', ...records },
    { css: '#titlecard_LASTNAME', ...records },
  ],
  email: [{ css: 'a.cxEmailViewLink[href^="mailto:"]', ...vendor }],
  phone: [{ css: '.cxPhoneViewValue', ...vendor }],
  boardCard: [{ css: 'lyte-card.crm-kv-card', ...kanban }],
  cardLink: [{ css: 'a.crm-kv-header-link', ...kanban }],
  cardOwner: [{ css: '[data-zcqa="recordOwner"]', ...kanban }],
  column: [{ css: 'lyte-board[data-zcqa^="kanbanHeader_"]', ...kanban }],
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };

function routeOf({ pathname }: URL, doc: Document): Route | null {
  const [, object = '', next = '', view = '', kind = ''] =
    /^\/crm\/(?:org\d{1,20}\/)?tab\/(\w+)\/([\w-]+)(?:\/(\d+))?(?:\/(\w+))?/u.exec(pathname) ?? [];
  if (!isZohoModule(object)) return null;
  if (isId(next)) return { kind: 'record', object, recordId: next };
  if (next !== 'custom-view' || view === '') return null;
  // The address of a kanban is not known; that it is one, only the page says.
  if (doc.querySelector(cssOf(selectors.boardCard))) return { kind: 'board', object };
  return kind === 'list' ? { kind: 'list', object } : null;
}

/** `listView_<id>`, or the id in an address of the same module. */
function idIn(link: Element | null, object: string): string | undefined {
  const named = /^listView_(\d+)$/u.exec(link?.id.slice(0, 100) ?? '')?.[1];
  if (isId(named)) return named;
  const href = link?.getAttribute('href')?.slice(0, 500) ?? '';
  const [, module, id] = /\/tab\/(\w+)\/(\d+)(?:[/?#]|$)/u.exec(href) ?? [];
  return module === object && isId(id) ? id : undefined;
}

/** The link to the record itself: other columns link to its account and its campaign. */
const linkOf = (row: Element, object: string): Element | null =>
  firstMatch(row, selectors.rowLink) ?? row.querySelector(cssFor(selectors.moduleLink, object));

/** What the one component of its kind shows: with two of them, nobody could say which is the lead's. */
function only(row: Element, css: string): Element | undefined {
  const [first, second] = row.querySelectorAll(css);
  return second ? undefined : first;
}

function readListRow(row: Element, { route: { object } }: Page): Reading {
  const module = row.closest(cssOf(selectors.table))?.getAttribute('cx-prop-module');
  // While Zoho loads another module, the last one's rows stand under its address. Deals are called so or Potentials.
  if (module !== object && !(module === 'Deals' && object === 'Potentials')) return unreadable;
  const link = linkOf(row, object);
  const id = idIn(link, object);
  if (id === undefined) return unreadable;
  const read = gather();
  read.need('name', boundedText(link));
  read.keep('email', boundedText(only(row, cssOf(selectors.email))));
  read.keep('phone', boundedText(only(row, cssOf(selectors.phone))));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function readCard(card: Element, { route: { object } }: Page): Reading {
  const link = firstMatch(card, selectors.cardLink);
  const id = idIn(link, object);
  if (id === undefined) return unreadable;
  const read = gather();
  read.need('name', boundedText(link));
  read.keep('owner', boundedText(firstMatch(card, selectors.cardOwner)));
  const column = card.closest(cssOf(selectors.column))?.getAttribute('data-zcqa');
  // Whether the column is named by the stored value or by the shown one is not known: so it is no `status`.
  read.keep('statusLabel', boundedString(column?.slice(0, 300).replace('kanbanHeader_', '')));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function readRecord(view: Element, { route: { object, recordId } }: Page): Reading {
  if (recordId === undefined) return unreadable;
  const read = gather();
  const title = boundedText(firstMatch(view, selectors.title));
  // The title of a deal is not known: its absence is no news.
  if (object === 'Potentials') read.keep('name', title);
  else read.need('name', title);
  read.keep('email', boundedText(only(view, cssOf(selectors.email))));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: read.fields, missing: read.missing };
}

function placeOnRecord(view: Element): Placement | null {
  const title = firstMatch(view, selectors.title);
  return title && placeAfter(title);
}

function placeInRow(row: Element, { route: { object } }: Page): Placement | null {
  const link = linkOf(row, object);
  return link && placeAfter(link);
}

function placeOnCard(card: Element): Placement | null {
  const link = firstMatch(card, selectors.cardLink);
  return link && placeAfter(link);
}

export const zoho: CrmAdapter = {
  id: 'zoho',
  label: 'Zoho CRM',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: { rows: selectors.listRow, read: readListRow, place: placeInRow },
    board: { rows: selectors.boardCard, read: readCard, place: placeOnCard },
    record: { rows: selectors.record, read: readRecord, place: placeOnRecord },
  },
  recordUrl(object, recordId, { url }) {
    if (!isZohoModule(object) || !isId(recordId)) return undefined;
    const org = orgIn(url);
    return new URL(`/crm/${org === undefined ? '' : `org${org}/`}tab/${object}/${recordId}`, url.origin).href;
  },
  api: zohoApi,
};
