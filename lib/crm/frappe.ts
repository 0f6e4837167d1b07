/**
 * Frappe CRM, cloud and self-hosted: leads and deals in a list, on a board and on their own page. A row is a link with the
 * record's name, a card carries it; but neither names a single field, columns can be chosen at will, and a board's columns
 * may be anything. So the page says which record it is, and the API all the rest.
 */
import { frappeApi, frappeDoctypes, isFrappeName as isName } from './frappe-api';
import { detect } from './frappe-detect';
import { allMatches, boundedString, firstMatch, placeAfter } from './read';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable, Site } from './types';

const seen = (css: string): readonly DatedSelector[] => [{ css, since: '2026-08', seenOn: 'sources of Frappe CRM 1' }];
/** Links of notifications lead to leads, too, but hold no grid. */
const row = (list: string): string => `a[href*="/crm/${list}/"]:not([href*="/${list}/view"]):has(.grid)`;
const selectors = {
  root: seen('#app'),
  listRow: [...seen(row('leads')), ...seen(row('deals'))],
  boardColumn: seen('[data-column]'),
  boardCard: seen('[data-column] [data-name]'),
  rowText: seen('.truncate'),
  recordHeader: seen('#app-header header'),
  // The last one leads to the record itself.
  breadcrumb: seen('a[href*="/crm/"]'),
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** `/crm/leads/view/kanban`, `/crm/leads`, `/crm/leads/<name>`. */
function routeOf({ pathname }: URL, doc: Document): Route | null {
  const [, crm, list = '', name = '', view, ...more] = pathname.replace(/\/$/u, '').split('/');
  const object =
    crm === 'crm' && Object.hasOwn(frappeDoctypes, list) ? frappeDoctypes[list as keyof typeof frappeDoctypes] : null;
  if (object === null || more.length > 0) return null;
  if (name === '' || name === 'view') {
    if (view === 'kanban') return { kind: 'board', object };
    // Without a name the address opens the view that this person likes best.
    if (view === undefined) return { kind: firstMatch(doc, selectors.boardColumn) ? 'board' : 'list', object };
    return view === 'list' ? { kind: 'list', object } : null;
  }
  const recordId = decoded(name);
  return view === undefined && isName(recordId) ? { kind: 'record', object, recordId } : null;
}

const listOf = (object: string): string | undefined =>
  Object.entries(frappeDoctypes).find(([, doctype]) => doctype === object)?.[0];

/** The record that a link on this page leads to. */
function linkedName(link: Element, object: string): string | null {
  const path = link.getAttribute('href')?.split(/[?#]/u)[0] ?? '';
  const [, name] = path.split(`/crm/${listOf(object)}/`);
  return name === undefined || name.includes('/') ? null : decoded(name);
}

const known = (name: string | null): Reading =>
  isName(name) ? { ok: true, ref: { by: 'id', value: name }, fields: {}, missing: [] } : unreadable;

/** Behind the first text of a row or card, which is the name where nobody moved the columns. */
function placeInRow(el: Element): Placement {
  const text = firstMatch(el, selectors.rowText);
  return (text && placeAfter(text)) ?? { parent: el, before: null };
}

const ownLink = (header: Element, { route: { object, recordId } }: Page): Element | undefined =>
  allMatches(header, selectors.breadcrumb).findLast((link) => linkedName(link, object) === recordId);

function cookieOf({ doc }: Site, name: 'user_id' | 'full_name'): string | undefined {
  const value = doc.cookie.split('; ').find((cookie) => cookie.startsWith(`${name}=`));
  return boundedString(decoded(value?.slice(name.length + 1) ?? ''));
}

export const frappe: CrmAdapter = {
  id: 'frappe',
  label: 'Frappe CRM',
  hosts: ['https://*.frappe.cloud/*'],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.root,
      rows: selectors.listRow,
      read: (el, { route }) => known(linkedName(el, route.object)),
      place: placeInRow,
    },
    board: {
      root: selectors.root,
      rows: selectors.boardCard,
      read: (el) => known(el.getAttribute('data-name')),
      place: placeInRow,
    },
    record: {
      root: selectors.root,
      rows: selectors.recordHeader,
      // The heading of the last record stands until the next one is loaded.
      read: (el, page) => known(ownLink(el, page) ? (page.route.recordId ?? null) : null),
      place: (el, page) => {
        const link = ownLink(el, page);
        return link ? placeAfter(link) : null;
      },
    },
  },
  recordUrl(object, recordId, { url }) {
    const list = listOf(object);
    return list !== undefined && isName(recordId)
      ? new URL(`/crm/${list}/${encodeURIComponent(recordId)}`, url).href
      : undefined;
  },
  viewer(site) {
    const [id, name] = [cookieOf(site, 'user_id'), cookieOf(site, 'full_name')];
    if (id === undefined || id === 'Guest') return null;
    return { id, ...(name && { name }) };
  },
  api: frappeApi,
};
