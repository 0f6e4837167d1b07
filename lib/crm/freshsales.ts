/**
 * Freshsales (Freshworks CRM), on its maker's hosts alone: the list of contacts, and of them only what a link with an id
 * carries. Nothing else of its pages is known well enough to be read, so records are recognised by their address and hold
 * no badge. The session's own routes answer one record at a time or a page of a view whose order the address does not
 * say, so no API is asked.
 */
import { onHosts } from './match-pattern';
import { boundedText, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable } from './types';

const hosts = ['https://*.myfreshworks.com/*'];

const seen = { since: '2026-09', seenOn: 'Freshsales, as a test suite of an account reads its list' } as const;
const selectors = {
  listRow: [
    {
      css: '.ag-row:has(a[href*="/crm/sales/contacts/"])',
      ...seen,
      note: 'the grid draws a row once for each group of fixed columns: only the part with the link is the row',
    },
    { css: 'table tr:has(a[href*="/crm/sales/contacts/"])', ...seen, note: 'the same list as a table' },
  ],
  rowLink: [{ css: 'a[href*="/crm/sales/contacts/"]', ...seen }],
} satisfies SelectorTable;

/** Record types by their names in addresses. */
const objects: ReadonlySet<string> = new Set(['contacts', 'deals', 'leads']);
const isId = (value: string | undefined): value is string => /^\d{1,20}$/u.test(value ?? '');

const unreadable: Reading = { ok: false, missing: ['recordId'] };

function routeOf({ pathname }: URL): Route | null {
  const [, object = '', next = '', view] = /^\/crm\/sales\/(\w+)\/(\w+)(?:\/(\d+))?\/?$/u.exec(pathname) ?? [];
  if (!objects.has(object)) return null;
  if (isId(next) && view === undefined) return { kind: 'record', object, recordId: next };
  // Deals have a board under the same address, leads nothing that was seen.
  return object === 'contacts' && next === 'view' && view !== undefined ? { kind: 'list', object } : null;
}

function readRow(row: Element, { route: { object } }: Page): Reading {
  const link = firstMatch(row, selectors.rowLink);
  const href = link?.getAttribute('href')?.slice(0, 300) ?? '';
  const [, name, id] = /\/crm\/sales\/(\w+)\/(\d+)(?:[/?#]|$)/u.exec(href) ?? [];
  if (name !== object || !isId(id)) return unreadable;
  const read = gather();
  read.need('name', boundedText(link));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function placeInRow(row: Element): Placement | null {
  const link = firstMatch(row, selectors.rowLink);
  return link && placeAfter(link);
}

export const freshsales: CrmAdapter = {
  id: 'freshsales',
  label: 'Freshsales',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: { list: { rows: selectors.listRow, read: readRow, place: placeInRow } },
  recordUrl(object, recordId, { url }) {
    if (!objects.has(object) || !isId(recordId)) return undefined;
    return new URL(`/crm/sales/${object}/${recordId}`, url.origin).href;
  },
};
