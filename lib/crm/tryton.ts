/**
 * Tryton's web client "sao", always self-hosted: opportunities in a list and on their own page.
 *
 * A list row carries no id and no field name: only localised headings and texts. So its handle is what it shows, the
 * heading and text of each of its character columns, and the API finds the record: the CRM itself says how it heads
 * `number` in this person's language, the text under that heading is searched for, and among equal numbers (each company
 * counts for itself) the description decides. What then has not exactly one record gets none, and so does a row that is
 * not saved yet. Order and number of columns do not matter; a view that heads the number otherwise cannot be read.
 */
import { boundedString, boundedText, placeAfter } from './read';
import { address, databaseOf, heading, opportunity, trytonApi, type ShownCell } from './tryton-api';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route } from './types';

const evidence = { since: '2026-11', seenOn: 'Tryton 6.0 (sao 6.0.28)' } as const;

const root: readonly DatedSelector[] = [{ css: '#tabcontent', ...evidence, note: 'in index.html; outlives every tab' }];
/** Panes of closed notebooks are inactive too, but only a tab's own pane is called `tab-…`. */
const activeTab = '#tabcontent .tab-pane[id^="tab-"].active';
const listRows: readonly DatedSelector[] = [
  {
    css: `${activeTab} .treeview tbody tr:not(.more-row):not(.form-one2many tr):not(.form-many2many tr)`,
    ...evidence,
    note: 'a form that is not saved yet has the address of its list: its lines are no leads',
  },
];
const recordRows: readonly DatedSelector[] = [{ css: `${activeTab} .tab-form`, ...evidence }];

function routeOf(url: URL, doc: Document): Route | null {
  const found = address.exec(url.hash);
  // The address is there before anybody has signed in.
  if (!found || !doc.querySelector('#user-preferences a')) return null;
  const recordId = found[2];
  return recordId === undefined
    ? { kind: 'list', object: opportunity }
    : { kind: 'record', object: opportunity, recordId };
}

function detect(doc: Document): number {
  const frame = doc.querySelector('#main_navbar #tablist') && doc.querySelector('#tabs #tabcontent');
  if (!frame || !doc.querySelector('#menu') || !doc.querySelector('#user-preferences')) return 0;
  return doc.querySelector('script[src*="tryton-sao"], link[href*="tryton-sao"]') ? 1 : 0.9;
}

// List

function readRow(row: Element): Reading {
  const cells = [...row.querySelectorAll('td[data-title]')].flatMap((cell): ShownCell[] => {
    const shown = cell.querySelector('.column-char');
    return shown ? [[heading(cell.getAttribute('data-title')), boundedText(shown) ?? '']] : [];
  });
  if (cells.every(([, text]) => text === '')) return { ok: false, missing: ['recordId'] };
  return { ok: true, ref: { by: 'handle', value: JSON.stringify(cells) }, fields: {}, missing: [] };
}

/**
 * Behind the text of the first visible character cell. Not beside it: sao writes a changed value into every child of
 * the element around it.
 */
function placeInRow(row: Element): Placement | null {
  const parent = row.querySelector('td[data-title]:not(.invisible) .column-char');
  return parent && { parent, before: null };
}

// Record

const formField = (panel: Element, name: string): Element | null =>
  panel.querySelector(`[name="${name}"]:not(.form-one2many *):not(.form-many2many *)`);

/**
 * Only what a person cannot have typed without saving it, and the description to tell one record from the next: sao
 * fills the same form with another record, after it has changed the address.
 */
function readRecord(panel: Element, page: Page): Reading {
  const { recordId } = page.route;
  if (recordId === undefined) return { ok: false, missing: ['recordId'] };
  const fields: { name?: string; status?: string; statusLabel?: string } = {};
  const description = formField(panel, 'description') as HTMLInputElement | null;
  const name = boundedString(description?.value);
  if (name !== undefined) fields.name = name;
  const state = formField(panel, 'state') as HTMLSelectElement | null;
  const [status, label] = [stateOf(state?.value), boundedText(state?.selectedOptions?.[0])];
  if (status !== undefined) fields.status = status;
  if (status !== undefined && label !== undefined) fields.statusLabel = label;
  return { ok: true, ref: { by: 'id', value: recordId }, fields, missing: state && !status ? ['status'] : [] };
}

/** sao keeps values of a selection as JSON. */
function stateOf(value: string | undefined): string | undefined {
  const text = /^"(\w+)"$/u.exec(value ?? '')?.[1];
  return boundedString(text);
}

/** Beside the title and not inside it, where a click opens the menu of the tab. */
function placeOnRecord(panel: Element): Placement | null {
  const title = panel.querySelector('.toolbar .navbar-brand');
  return title && placeAfter(title);
}

export const tryton: CrmAdapter = {
  id: 'tryton',
  label: 'Tryton',
  hosts: [],
  detect,
  route: routeOf,
  surfaces: {
    list: { root, rows: listRows, read: readRow, place: placeInRow },
    record: { root, rows: recordRows, read: readRecord, place: placeOnRecord },
  },
  recordUrl(object, recordId, page) {
    const database = databaseOf(page);
    if (object !== opportunity || database === null || !/^\d{1,12}$/u.test(recordId)) return undefined;
    const url = new URL(page.url);
    url.hash = `#${encodeURIComponent(database)}/model/${opportunity}/${recordId}`;
    return url.href;
  },
  api: trytonApi,
};
