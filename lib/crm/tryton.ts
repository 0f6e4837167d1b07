/**
 * Tryton's web client "sao", always self-hosted: opportunities in a list and on their own page.
 *
 * A list row carries no id and no field name: only localised headings and texts. So its handle is what it shows, the
 * heading and text of each of its character columns, and the API finds the record: the CRM itself says how it heads
 * `number` in this person's language, the text under that heading is searched for, and among equal numbers (each company
 * counts for itself) the description decides. What then has not exactly one record gets none, and so does a row that is
 * not saved yet. Order and number of columns do not matter; a view that heads the number otherwise cannot be read.
 */
import { detect } from './tryton-detect';
import { allMatches, boundedString, boundedText, cssFor, firstMatch, placeAfter } from './read';
import { address, databaseOf, heading, isId, object, trytonApi, type ShownCell } from './tryton-api';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable } from './types';

const evidence = { since: '2026-11', seenOn: 'Tryton 6.0 (sao 6.0.28)' } as const;

/** Panes of a form's notebook are active or not, too; only a tab's own pane is called `tab-…`. */
const activeTab = '#tabcontent .tab-pane[id^="tab-"].active';
const selectors = {
  root: [{ css: '#tabcontent', ...evidence, note: 'outlives every tab' }],
  listRow: [
    {
      css: `${activeTab} .tab-form:not(:has(.form-one2many, .form-many2many)) .treeview tbody tr:not(.more-row)`,
      ...evidence,
      note: 'a form that is not saved yet has the address of its list: its lines are no leads',
    },
  ],
  record: [{ css: `${activeTab} .tab-form`, ...evidence }],
  cell: [{ css: 'td[data-title]', ...evidence }],
  cellText: [{ css: '.column-char', ...evidence }],
  nameText: [{ css: 'td[data-title]:not(.invisible) .column-char', ...evidence }],
  field: [{ css: '[name="{}"]', ...evidence }],
  title: [{ css: '.toolbar .navbar-brand', ...evidence }],
} satisfies SelectorTable;

function routeOf(url: URL, doc: Document): Route | null {
  const found = address.exec(url.hash);
  // The address is there before anybody has signed in.
  if (!found || !doc.querySelector('#user-preferences a')) return null;
  const recordId = found[1];
  return recordId === undefined ? { kind: 'list', object } : { kind: 'record', object, recordId };
}

/** Text alone: a badge is placed among it. */
const textOf = (el: Element): string =>
  boundedString([...el.childNodes].map((node) => (node.nodeName === '#text' ? node.nodeValue : '')).join('')) ?? '';

function readRow(row: Element): Reading {
  const cells = allMatches(row, selectors.cell).flatMap((cell): ShownCell[] => {
    const shown = firstMatch(cell, selectors.cellText);
    return shown ? [[heading(cell.getAttribute('data-title')), textOf(shown)]] : [];
  });
  if (cells.every(([, text]) => text === '')) return { ok: false, missing: ['recordId'] };
  return { ok: true, ref: { by: 'handle', value: JSON.stringify(cells) }, fields: {}, missing: [] };
}

/** Behind the first visible text. Not beside its element: sao writes a new value into all children of the one around it. */
function placeInRow(row: Element): Placement | null {
  const parent = firstMatch(row, selectors.nameText);
  return parent && { parent, before: null };
}

/**
 * sao fills one form with record after record, and changes the address first. So only what nobody can have typed is read,
 * and the description, to tell one record from the next; the rest is the API's.
 */
function readRecord(panel: Element, { route: { recordId } }: Page): Reading {
  if (recordId === undefined) return { ok: false, missing: ['recordId'] };
  const field = (name: string): Element | undefined =>
    [...panel.querySelectorAll(cssFor(selectors.field, name))].find(
      (el) => !el.closest('.form-one2many, .form-many2many'),
    );
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
  const title = firstMatch(panel, selectors.title);
  return title && placeAfter(title);
}

export const tryton: CrmAdapter = {
  id: 'tryton',
  label: 'Tryton',
  hosts: [],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: { root: selectors.root, rows: selectors.listRow, read: readRow, place: placeInRow },
    record: { root: selectors.root, rows: selectors.record, read: readRecord, place: placeOnRecord },
  },
  recordUrl(name, recordId, page) {
    const database = databaseOf(page);
    if (name !== object || database === null || !isId(recordId)) return undefined;
    const url = new URL(page.url);
    url.hash = `#${encodeURIComponent(database)}/model/${object}/${recordId}`;
    return url.href;
  },
  api: trytonApi,
};
