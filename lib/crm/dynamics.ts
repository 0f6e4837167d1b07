/**
 * Dynamics 365 Sales in its Unified Interface: leads, contacts and opportunities, in the grid of a list and on their form.
 * Attributes carry the columns' own names, so no language matters. The grid keeps its record ids to the page's own scripts:
 * a row's handle is its place and what it shows, `world-dynamics.ts` says which record lies there, and the API client
 * believes it only where the record says the same. What was typed into a form and is not saved yet looks like what is, so
 * status and instants, which clocks go by, come from the API alone. The kanban control has no public evidence.
 */
import { api } from './dynamics-api';
import { hosts } from './dynamics-hosts';
import { isDynamicsObject, recordIdOf, rowHandle, tables, type DynamicsObject } from './dynamics-tables';
import { onHosts } from './match-pattern';
import { allMatches, boundedString, boundedText, cssFor, cssOf, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable, Site } from './types';
import { createWorld } from './world';

const playwright = { since: '2026-05', seenOn: "Microsoft's Playwright samples for model-driven apps" } as const;
const easyRepro = { since: '2023-07', seenOn: 'EasyRepro, Unified Interface' } as const;
/** Found alike in many public test suites and page scripts. */
const forms = { since: '2023-07', seenOn: 'test suites of Unified Interface forms' } as const;
const modern = { since: '2026-09', seenOn: 'Unified Interface with the modern header' } as const;

const selectors = {
  grid: [{ css: '[data-id="entity_control-powerapps_onegrid_control_container"]', ...easyRepro }],
  gridRow: [
    {
      css: '[data-id="entity_control-powerapps_onegrid_control_container"] .ag-center-cols-container [role="row"][row-index]',
      ...playwright,
      note: 'pinned columns repeat the row index in containers of their own',
    },
  ],
  cell: [
    { css: '[role="gridcell"][col-id]', ...playwright, note: "the column's own name, or a joined table's with a dot" },
  ],
  cellLink: [{ css: 'a[aria-label]', ...playwright }],
  form: [{ css: '[data-id="editFormRoot"]', ...easyRepro }],
  title: [
    { css: '[data-id="header_title"]', ...easyRepro, note: 'its text may end with "- Unsaved", its title does not' },
  ],
  input: [
    { css: 'input[data-id="{}.fieldControl-text-box-text"]', ...playwright },
    { css: 'input[data-id="{}.fieldControl-mail-text-input"]', ...forms },
    { css: 'input[data-id="{}.fieldControl-phone-text-input"]', ...forms },
  ],
  lookup: [
    { css: '[data-id="{}.fieldControl-LookupResultsDropdown_{}_selected_tag_text"]', ...easyRepro },
    {
      css: '[data-id="header_{}.fieldControl-LookupResultsDropdown_{}_selected_tag_text"]',
      ...easyRepro,
      note: 'classic header',
    },
  ],
  header: [{ css: 'uci-header-control-list', ...modern }],
  headerValue: [
    {
      css: 'uci-header-control-list-item[data-name="header_{}"] > [slot="value"]',
      ...modern,
      note: "in the list's open shadow root",
    },
  ],
} satisfies SelectorTable;

function routeOf(url: URL): Route | null {
  const { pathname, searchParams } = url;
  const object = searchParams.get('etn') ?? '';
  if (pathname !== '/main.aspx' || !isDynamicsObject(object)) return null;
  if (searchParams.get('pagetype') === 'entitylist') return { kind: 'list', object };
  const recordId = recordIdOf(searchParams.get('id'));
  // A form without an id makes a new record.
  if (searchParams.get('pagetype') !== 'entityrecord' || recordId === undefined) return null;
  return { kind: 'record', object, recordId };
}

const unreadable: Reading = { ok: false, missing: ['recordId'] };

/** What stands for an empty value. */
const filled = (text: string | undefined): string | undefined => (text === '---' ? undefined : text);

type Find = (column: string) => string | undefined;

/** Everything but name and status, which list and form show in their own ways. */
function readColumns(read: ReturnType<typeof gather>, object: DynamicsObject, textAt: Find, nameAt: Find): void {
  const { texts, lookups } = tables[object];
  for (const [column, field] of lookups) read.keep(field, nameAt(column));
  for (const [column, field] of texts) {
    // Sources are shown as their labels; the API has the value.
    if (field !== 'source' && !(field in read.fields)) read.keep(field, textAt(column));
  }
}

const objectOf = ({ route: { object } }: Page): DynamicsObject | null => (isDynamicsObject(object) ? object : null);

/** One look at all cells is cheaper than one for each column. */
const cellsOf = (row: Element): ReadonlyMap<string | null, Element> =>
  new Map(allMatches(row, selectors.cell).map((cell) => [cell.getAttribute('col-id'), cell]));

function nameLink(cells: ReadonlyMap<string | null, Element>, object: DynamicsObject): Element | null {
  const cell = cells.get(tables[object].name);
  return cell ? firstMatch(cell, selectors.cellLink) : null;
}

function readRow(row: Element, page: Page): Reading {
  const object = objectOf(page);
  const index = /^\d{1,6}$/u.exec(row.getAttribute('row-index') ?? '')?.[0];
  const cells = cellsOf(row);
  const name = object && boundedString(nameLink(cells, object)?.getAttribute('aria-label'));
  // A view need not show the column that its rows are called by.
  if (!object || !name || index === undefined) return unreadable;
  const cell: Find = (column) => filled(boundedText(cells.get(column)));
  const read = gather();
  read.keep('name', name);
  read.keep('statusLabel', cell('statuscode'));
  readColumns(read, object, cell, cell);
  const handle = rowHandle(Number(index), name, JSON.stringify(read.fields));
  return { ok: true, ref: { by: 'handle', value: handle }, fields: read.fields, missing: read.missing };
}

function placeInRow(row: Element, page: Page): Placement | null {
  const object = objectOf(page);
  const link = object && nameLink(cellsOf(row), object);
  return link && placeAfter(link);
}

/** What a form last showed, and of which record. */
const shownBy = new WeakMap<Element, { readonly recordId: string; readonly fields: string }>();

/** While the address is the next record's already, the form may still be the last one's: then only the id is certain. */
function isOfAnother(form: Element, recordId: string, fields: string): boolean {
  const last = shownBy.get(form);
  if (last && last.recordId !== recordId && last.fields === fields) return true;
  shownBy.set(form, { recordId, fields });
  return false;
}

function readForm(form: Element, page: Page): Reading {
  const { recordId } = page.route;
  const object = objectOf(page);
  // A dialog with a form of its own, or a second session: nothing says which of them the address means.
  if (!object || recordId === undefined || page.doc.querySelectorAll(cssOf(selectors.form)).length > 1)
    return unreadable;
  const input: Find = (column) => {
    const found = form.querySelector<HTMLInputElement>(cssFor(selectors.input, column));
    // Somebody is typing there.
    return found === page.doc.activeElement ? undefined : filled(boundedString(found?.value));
  };
  const tag: Find = (column) => filled(boundedText(form.querySelector(cssFor(selectors.lookup, column))));
  const read = gather();
  read.need('name', boundedString(titleOf(page)?.getAttribute('title')));
  const header = firstMatch(page.doc, selectors.header)?.shadowRoot;
  const inHeader: Find = (column) => filled(boundedText(header?.querySelector(cssFor(selectors.headerValue, column))));
  read.keep('statusLabel', inHeader('statuscode'));
  readColumns(read, object, input, (column) => tag(column) ?? inHeader(column));
  const ref = { by: 'id', value: recordId } as const;
  if (isOfAnother(form, recordId, JSON.stringify(read.fields))) return { ok: true, ref, fields: {}, missing: [] };
  return { ok: true, ref, fields: read.fields, missing: read.missing };
}

const titleOf = ({ doc }: Site): Element | null => firstMatch(doc, selectors.title);

export const dynamics: CrmAdapter = {
  id: 'dynamics',
  label: 'Dynamics 365 Sales',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.grid,
      rows: selectors.gridRow,
      read: readRow,
      place: placeInRow,
      // The grid moves rows by their index, and writes another record into a row's link.
      attributes: ['row-index', 'aria-label'],
    },
    record: {
      rows: selectors.form,
      read: readForm,
      place: (_form, page) => {
        const title = titleOf(page);
        return title && placeAfter(title);
      },
      attributes: ['title'],
      shadow: selectors.header,
    },
  },
  recordUrl(object, recordId, { url }) {
    const id = recordIdOf(recordId);
    if (!isDynamicsObject(object) || id === undefined) return undefined;
    const address = new URL('/main.aspx', url.origin);
    for (const app of ['appid', 'appname']) {
      const value = url.searchParams.get(app);
      if (value !== null) address.searchParams.set(app, value);
    }
    for (const [name, value] of [
      ['pagetype', 'entityrecord'],
      ['etn', object],
      ['id', id],
    ] as const)
      address.searchParams.set(name, value);
    return address.href;
  },
  world: createWorld,
  api,
};
