/**
 * Odoo 17 and 18: leads and opportunities, which are one record type, `crm.lead`. Rows and cards carry no record id but a
 * client-side key, and only the page's own world knows which record that is; so their handle is the key and the name
 * that the row shows, and the API takes a record only if it has that name. The address names no type in Odoo 18, so what
 * a page is about is told by the page: the forms and boards of leads have classes of their own, and headings of a list
 * name the type. Dialogs and lists inside a form are no surfaces.
 */
import { detect } from './odoo-detect';
import type { ReadInstant, TextField } from '../lead/lead';
import { boundedString, boundedText, cssFor, firstMatch, gather, placeAfter } from './read';
import { isId, object, odooApi } from './odoo-api';
import { languageOf, shownInstant } from './shown';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable, Site } from './types';
import { createWorld } from './world';

const seen = (css: string, seenOn = 'Odoo 17 and 18'): DatedSelector => ({ css, since: '2026-11', seenOn });
const selectors = {
  // Outlives every view.
  root: [seen('.o_action_manager')],
  form: [seen('.o_action_manager .o_form_view.o_lead_opportunity_form')],
  board: [seen('.o_action_manager .o_crm_kanban_view')],
  list: [seen('.o_action_manager .o_list_view')],
  // Odoo 17 has it in the address.
  leadHeading: [seen('.o_list_view th [data-tooltip-info*=\'"resModel":"crm.lead"\']', 'Odoo 18')],
  listRow: [seen('.o_action_manager .o_list_view .o_data_row')],
  // Without a key they only fill the last line of a board.
  card: [seen('.o_action_manager .o_crm_kanban_view .o_kanban_record[data-id]')],
  cell: [seen('.o_data_cell[name="{}"]')],
  cardName: [seen('.fw-bold.fs-5', 'Odoo 18'), seen('.o_kanban_record_title span', 'Odoo 17')],
  shownOwner: [seen('.o_field_widget[name="user_id"] [data-tooltip]')],
  // The saved name; the form below holds what is typed.
  breadcrumb: [seen('.o_last_breadcrumb_item span')],
  saved: [seen('.o_form_saved')],
  // The span with a title says how long.
  stage: [seen('.o_statusbar_status [aria-checked="true"] span:not([title])', 'Odoo 18')],
  mail: [seen('.o_field_widget[name="email_from"] a[href^="mailto:"]')],
  telephone: [seen('.o_field_widget[name="phone"] a[href^="tel:"]')],
} satisfies SelectorTable;

/** `/odoo/action-213/20`, `/odoo/crm/20`, `/odoo/crm.lead/20`: Odoo 18; before, all stood in the hash. */
const isPath = (url: URL): boolean => /^\/(?:odoo|scoped_app)(?:\/|$)/u.test(url.pathname);
const lastSegment = (url: URL): string => url.pathname.split('/').findLast((part) => part !== '') ?? '';
const inHash = (url: URL, name: string): string | null => new URLSearchParams(url.hash.slice(1)).get(name);

function recordIdOf(url: URL): string | null {
  const id = isPath(url) ? lastSegment(url) : inHash(url, 'id');
  return id !== null && isId(id) ? id : null;
}

function routeOf(url: URL, doc: Document): Route | null {
  if (firstMatch(doc, selectors.form)) {
    const recordId = recordIdOf(url);
    return recordId === null ? null : { kind: 'record', object, recordId };
  }
  if (firstMatch(doc, selectors.board)) return { kind: 'board', object };
  if (!firstMatch(doc, selectors.list)) return null;
  const named = isPath(url) ? lastSegment(url) : inHash(url, 'model');
  return named === object || firstMatch(doc, selectors.leadHeading) ? { kind: 'list', object } : null;
}

/** The text of an element that may hold a badge. */
function ownText(el: Element | null): string | undefined {
  const nodes = [...(el?.childNodes ?? [])].filter(({ nodeName }) => nodeName !== 'RELEVO-BADGE');
  return boundedString(nodes.map(({ textContent }) => textContent).join(''));
}

/** Columns that a list may have, beside the name. Which it has, each person chooses. */
const columns: readonly (readonly [TextField, string])[] = [
  ['owner', 'user_id'],
  ['company', 'partner_name'],
  ['email', 'email_from'],
  ['phone', 'phone'],
  ['statusLabel', 'stage_id'],
  ['source', 'source_id'],
  ['campaign', 'campaign_id'],
];

/** What a row shows, as far as it does. */
type Shown = Partial<Record<TextField, string | undefined>>;

function readItem(row: Element, { name, ...more }: Shown, createdAt?: ReadInstant): Reading {
  const key = row.getAttribute('data-id') ?? '';
  // Keys are `datapoint_12`. Without a name (a column is hidden, a cell edited) nobody could check which record this is.
  if (!/^\w{1,60}$/u.test(key) || name === undefined) return { ok: false, missing: ['recordId'] };
  const gathered = gather();
  for (const [field, value] of Object.entries({ name, ...more })) gathered.keep(field as TextField, value);
  gathered.keep('createdAt', createdAt);
  const { fields, missing } = gathered;
  return { ok: true, ref: { by: 'handle', value: JSON.stringify([key, name]) }, fields, missing };
}

const cellOf = (row: Element, column: string): Element | null => row.querySelector(cssFor(selectors.cell, column));
const nameCell = (row: Element): Element | null => cellOf(row, 'name');

function readRow(row: Element, page: Page): Reading {
  const shown: Shown = { name: ownText(nameCell(row)) };
  for (const [field, column] of columns) shown[field] = boundedText(cellOf(row, column));
  // In the zone of the CRM's user; it stands in where the API, which has it exactly, is refused.
  const created = boundedText(cellOf(row, 'create_date'));
  const of = row.getAttribute('data-id') ?? '';
  return readItem(row, shown, created === undefined ? undefined : shownInstant(created, page, of, languageOf(page)));
}

const cardName = (card: Element): Element | null => firstMatch(card, selectors.cardName);
const attributeOf = (el: Element, list: readonly DatedSelector[], name: string): string | undefined =>
  boundedString(firstMatch(el, list)?.getAttribute(name));
const ownerOn = (el: Element): string | undefined => attributeOf(el, selectors.shownOwner, 'data-tooltip');

const readCard = (card: Element): Reading => readItem(card, { name: ownText(cardName(card)), owner: ownerOn(card) });

function readRecord(form: Element, { route: { recordId } }: Page): Reading {
  if (recordId === undefined) return { ok: false, missing: ['recordId'] };
  const gathered = gather();
  gathered.need('name', boundedText(firstMatch(form, selectors.breadcrumb)));
  // Until it is saved, a form shows what somebody types.
  if (firstMatch(form, selectors.saved)) {
    gathered.keep('statusLabel', boundedText(firstMatch(form, selectors.stage)));
    gathered.keep('owner', ownerOn(form));
    gathered.keep('email', attributeOf(form, selectors.mail, 'href')?.slice('mailto:'.length));
    gathered.keep('phone', attributeOf(form, selectors.telephone, 'href')?.slice('tel:'.length));
  }
  const { fields, missing } = gathered;
  return { ok: true, ref: { by: 'id', value: recordId }, fields, missing };
}

/** At the end of the name: Odoo fills and takes away the text before it, and never looks further. */
const placeIn = (name: Element | null): Placement | null => name && { parent: name, before: null };

function recordUrl(name: string, recordId: string, { url }: Site): string | undefined {
  if (name !== object || !isId(recordId)) return undefined;
  if (isPath(url)) return new URL(`/odoo/${object}/${recordId}`, url).href;
  return new URL(`/web#id=${recordId}&model=${object}&view_type=form`, url).href;
}

export const odoo: CrmAdapter = {
  id: 'odoo',
  label: 'Odoo',
  hosts: ['https://*.odoo.com/*'],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.root,
      rows: selectors.listRow,
      read: readRow,
      place: (row) => placeIn(nameCell(row)),
      attributes: ['data-id'],
    },
    board: {
      root: selectors.root,
      rows: selectors.card,
      read: readCard,
      place: (card) => placeIn(cardName(card)),
      attributes: ['data-id', 'data-tooltip'],
    },
    record: {
      root: selectors.root,
      rows: selectors.form,
      read: readRecord,
      place(form) {
        const title = firstMatch(form, selectors.breadcrumb);
        return title && placeAfter(title);
      },
      attributes: ['aria-checked', 'data-tooltip', 'href'],
    },
  },
  recordUrl,
  world: createWorld,
  api: odooApi,
};
