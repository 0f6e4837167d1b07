/**
 * Twenty, cloud and self-hosted: opportunities and people in a table, on a board and on their own page. Rows and fields are
 * known by attributes with ids and internal names. A row counts only if it links to the record that it names: behind the
 * sign-in box stand made-up rows that look real. The side panel opens a record without an address: it is no surface.
 */
import { allMatches, boundedText, cssFor, firstMatch, gather, placeAfter } from './read';
import { languageOf, shownInstant } from './shown';
import { isTwentyId as isId, singularOf, twentyApi, type TwentyObject } from './twenty-api';
import { detect } from './twenty-detect';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable } from './types';

const seen = (css: string): readonly DatedSelector[] => [{ css, since: '2026-11', seenOn: 'Twenty of July 2025' }];
const selectors = {
  root: seen('#root'),
  listRow: seen('[data-testid^="row-id-"][data-selectable-id]'),
  // Both: entries of the sidebar can be dragged, too.
  boardCard: seen('[data-rfd-draggable-id][data-selectable-id]'),
  recordView: seen('[id$="show-page-left-container"]'),
  recordLink: seen('a[href*="/object/"][href*="{}"]'),
  companyLink: seen('a[href*="/object/company/"]'),
  chipText: seen('[data-testid="tooltip"]'),
  // A table and a board have the same address.
  boardHeader: seen('#record-board-header'),
  // `label-<record>-<field>`
  label: seen('[id^="label-{}"]'),
  added: seen('[id^="date-id-"]'),
  // What a select shows; an empty one shows a placeholder that is none.
  tag: seen('h3'),
  pageTitle: seen('[data-testid="top-bar-title"]'),
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };
const isObject = (name: string): name is TwentyObject => Object.values<string>(singularOf).includes(name);

/** `/objects/opportunities?viewId=…` and `/object/opportunity/<uuid>`. */
function routeOf({ pathname }: URL, doc: Document): Route | null {
  const [, kind, name = '', recordId, ...more] = pathname.replace(/\/$/u, '').split('/');
  if (more.length > 0) return null;
  if (kind === 'object') {
    return isObject(name) && isId(recordId) ? { kind: 'record', object: name, recordId } : null;
  }
  if (kind !== 'objects' || recordId !== undefined || !Object.hasOwn(singularOf, name)) return null;
  const isBoard = firstMatch(doc, selectors.boardHeader) !== null;
  return { kind: isBoard ? 'board' : 'list', object: singularOf[name as keyof typeof singularOf] };
}

/** A chip begins with the letter of its avatar, so its text is not its name. */
const chipText = (chip: Element | null): string | undefined =>
  chip ? boundedText(firstMatch(chip, selectors.chipText)) : undefined;

/** The link to the record that the row names. On hover a copy of its cell lies over the row: the first one is the row's. */
function linkOf(row: Element, object: string): Element | null {
  const id = row.getAttribute('data-selectable-id');
  const link = isId(id) ? row.querySelector(cssFor(selectors.recordLink, id)) : null;
  return link?.getAttribute('href')?.split(/[?#]/u)[0]?.endsWith(`/object/${object}/${id}`) ? link : null;
}

/** Company of a row or record. Tables name no fields: where two columns hold companies, neither is taken. */
function companyOf(row: Element): string | undefined {
  const links = allMatches(row, selectors.companyLink);
  const [first] = links;
  const same = links.every((link) => link.getAttribute('href') === first?.getAttribute('href'));
  return first && same ? chipText(first) : undefined;
}

function readRow(row: Element, { route: { object } }: Page): Reading {
  const link = linkOf(row, object);
  const id = row.getAttribute('data-selectable-id');
  if (!link || !isId(id)) return unreadable;
  const read = gather();
  read.need('name', chipText(link));
  read.keep('company', companyOf(row));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function placeInRow(row: Element, { route: { object } }: Page): Placement | null {
  const link = linkOf(row, object);
  return link && placeAfter(link);
}

/** What stands beside a field's label: the next element in document order that is not inside it. */
function valueBeside(label: Element, view: Element): Element | null {
  let el: Element | null = label;
  while (el && el !== view && !el.nextElementSibling) el = el.parentElement;
  const value = el && el !== view ? el.nextElementSibling : null;
  const labels = cssFor(selectors.label, '');
  return value && !value.matches(labels) && !value.querySelector(labels) ? value : null;
}

/** "Added about 11 hours ago" in its English pages, as `date-fns` rounds it; exact enough for an age, and for no clock. */
function createdOn(view: Element, page: Page, recordId: string): ReturnType<typeof shownInstant> {
  const text = /^Added (.+)$/u.exec(boundedText(firstMatch(view, selectors.added)) ?? '')?.[1];
  return text === undefined ? text : shownInstant(text, page, recordId, { ...languageOf(page), rounding: 'nearest' });
}

function readRecord(view: Element, page: Page): Reading {
  const {
    route: { recordId },
    doc,
  } = page;
  // Labels carry the id of the record that is shown; under the address of the next one the last one may still stand.
  const label = (name: string): Element | null => view.querySelector(cssFor(selectors.label, `${recordId}-${name}`));
  if (!isId(recordId) || !label('')) return unreadable;
  const read = gather();
  read.need('name', chipText(firstMatch(doc, selectors.pageTitle)));
  const stageLabel = label('stage');
  const stage = stageLabel?.id.endsWith('-stage') ? valueBeside(stageLabel, view) : null;
  if (stage) read.keep('statusLabel', boundedText(firstMatch(stage, selectors.tag)));
  read.keep('company', companyOf(view));
  read.keep('createdAt', createdOn(view, page, recordId));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: read.fields, missing: read.missing };
}

/** At the end of the page's heading, behind the name that a click would edit. */
function placeOnRecord(_view: Element, { doc }: Page): Placement | null {
  const parent = firstMatch(doc, selectors.pageTitle);
  return parent && { parent, before: null };
}

export const twenty: CrmAdapter = {
  id: 'twenty',
  label: 'Twenty',
  hosts: ['https://*.twenty.com/*'],
  selfHosted: true,
  selectors,
  detect,
  route: routeOf,
  surfaces: {
    list: { root: selectors.root, rows: selectors.listRow, read: readRow, place: placeInRow },
    board: { root: selectors.root, rows: selectors.boardCard, read: readRow, place: placeInRow },
    record: { root: selectors.root, rows: selectors.recordView, read: readRecord, place: placeOnRecord },
  },
  recordUrl(object, recordId, { url }) {
    return isObject(object) && isId(recordId) ? new URL(`/object/${object}/${recordId}`, url).href : undefined;
  },
  api: twentyApi,
};
