/**
 * monday CRM: rows of a board's main table, cards of its kanban, and an item's own panel. Nothing in a page says that a board
 * holds leads: each board is a record type of its own, named by its id, and the agreement says which of them counts. Columns
 * (status, owner, dates) have no public evidence and some boards draw them on a canvas, so no more than item and name is read.
 */
import { onHosts } from './match-pattern';
import { allMatches, boundedText, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, Page, Placement, Reading, RecordRef, Route, SelectorTable } from './types';

const timer = { since: '2026-01', seenOn: 'monday.com as time trackers find it' } as const;

const selectors = {
  row: [
    {
      css: '.pulse-component[id^="row-pulse-currentBoard-"][id$="-notplaceholder"]',
      ...timer,
      note: 'a group ends in a row for new items, whose id ends in -placeholder',
    },
  ],
  rowName: [
    { css: '[role="heading"]', since: '2026-09', seenOn: "monday.com's main table" },
    { css: '.name-cell-text', ...timer },
  ],
  card: [
    {
      css: '[data-testid="list-item-renderer"] [data-testid="sortable-item"][data-listitemid^="sortable-list-item-"]',
      ...timer,
    },
  ],
  panel: [
    { css: '.slide-panel-content:has(.item-page-item-name)', ...timer, note: 'beside the board' },
    { css: '.modal-component-content:has(.item-page-name)', ...timer, note: 'over the board' },
  ],
  panelName: [
    { css: '.item-page-item-name', ...timer },
    { css: '.item-page-name', ...timer },
  ],
} satisfies SelectorTable;

const hosts = ['https://*.monday.com/*'] as const;

/** `/boards/{board}`, then perhaps a view, then perhaps the item that is open. */
const address = /^\/boards\/(\d{1,20})(?:\/views\/\d{1,20})?(?:\/pulses\/(\d{1,20}))?\/?$/u;
const isId = (value: string): boolean => /^\d{1,20}$/u.test(value);

function routeOf(url: URL, doc: Document): Route | null {
  const [, object, recordId] = address.exec(url.pathname) ?? [];
  if (object === undefined) return null;
  if (recordId !== undefined) return { kind: 'record', object, recordId };
  // Table and kanban are views of one board; which of them is shown, only the page says.
  return { kind: firstMatch(doc, selectors.card) ? 'board' : 'list', object };
}

const unreadable: Reading = { ok: false, missing: ['recordId'] };
const byId = (value: string): RecordRef => ({ by: 'id', value });

function readRow(row: Element, { route }: Page): Reading {
  const [, board, item] = /^row-pulse-currentBoard-(\d{1,20})-(\d{1,20})-notplaceholder$/u.exec(row.id) ?? [];
  // Subitems lie on a board of their own.
  if (item === undefined || board !== route.object) return unreadable;
  const name = boundedText(firstMatch(row, selectors.rowName));
  // A table that is drawn on a canvas has rows without a name, and no place for anything of ours.
  return name === undefined ? { ok: false, missing: ['name'] } : named(byId(item), name);
}

function named(ref: RecordRef, name: string): Reading {
  const read = gather();
  read.keep('name', name);
  return { ok: true, ref, fields: read.fields, missing: read.missing };
}

/** Where a card has its name is not known; its id is. */
function readCard(card: Element): Reading {
  const id = /^sortable-list-item-(\d{1,20})$/u.exec(card.getAttribute('data-listitemid') ?? '')?.[1];
  return id === undefined ? unreadable : { ok: true, ref: byId(id), fields: {}, missing: [] };
}

/** What a panel last showed, and of which item. */
const shownBy = new WeakMap<Element, { readonly recordId: string; readonly name: string }>();

function readPanel(panel: Element, { doc, route: { recordId } }: Page): Reading {
  const name = boundedText(firstMatch(panel, selectors.panelName));
  // Of two panels, one over the other, nothing says which the address means.
  if (recordId === undefined || name === undefined || allMatches(doc, selectors.panel).length > 1) return unreadable;
  const last = shownBy.get(panel);
  // While the address is the next item's already, the panel may still be the last one's: then only the id is certain.
  if (last && last.recordId !== recordId && last.name === name)
    return { ok: true, ref: byId(recordId), fields: {}, missing: [] };
  shownBy.set(panel, { recordId, name });
  return named(byId(recordId), name);
}

const placeBeside =
  (names: SelectorTable[string]) =>
  (row: Element): Placement | null => {
    const name = firstMatch(row, names);
    return name && placeAfter(name);
  };

export const monday: CrmAdapter = {
  id: 'monday',
  label: 'monday CRM',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: {
      rows: selectors.row,
      read: readRow,
      place: placeBeside(selectors.rowName),
      // A table that is scrolled may give a row another item.
      attributes: ['id'],
    },
    board: {
      rows: selectors.card,
      read: readCard,
      place: (card) => ({ parent: card, before: null }),
      attributes: ['data-listitemid'],
    },
    record: { rows: selectors.panel, read: readPanel, place: placeBeside(selectors.panelName) },
  },
  recordUrl: (board, item, { url }) =>
    isId(board) && isId(item) ? new URL(`/boards/${board}/pulses/${item}`, url.origin).href : undefined,
};
