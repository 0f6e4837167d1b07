/**
 * Salesforce Lightning: leads, contacts and opportunities. One document holds several cached pages, so only the visible one
 * is watched. Record pages name their fields by API name; list views do not, and there only the record and its name are
 * read. Shown statuses are labels, which an org may translate or rename: no raw status can be read, and no source.
 *
 * Lightning is on its way from synthetic to native shadow roots: what is not found flat is looked for in open roots.
 * Nothing is asked of an API: the host of the pages answers none without a permission for cookies.
 */
import type { FieldName } from '../lead/lead';
import { onHosts } from './match-pattern';
import { shownInstant } from './shown';
import { allMatches, boundedString, boundedText, cssFor, cssOf, firstMatch, gather, placeAfter } from './read';
import { linkedId, longId } from './salesforce-id';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable } from './types';

interface SalesforceObject {
  /** The first three characters of its record ids. */
  readonly prefix: string;
  /** API names of the fields, where objects differ. */
  readonly fields: Readonly<Partial<Record<FieldName, string>>>;
}

const person = { email: 'Email', phone: 'Phone' } as const;
const objects: Readonly<Record<string, SalesforceObject>> = {
  Lead: { prefix: '00Q', fields: { ...person, statusLabel: 'Status', company: 'Company' } },
  Contact: { prefix: '003', fields: { ...person, company: 'AccountId' } },
  Opportunity: { prefix: '006', fields: { statusLabel: 'StageName', company: 'AccountId' } },
};

const isObject = (name: string | undefined): name is string => name !== undefined && Object.hasOwn(objects, name);
const isOf = (id: string | undefined, object: string): id is string =>
  id !== undefined && id.startsWith(objects[object]?.prefix ?? ' ');

/** Months are those of the newest public source: nobody of us has seen an org. */
const seen = (css: string, since: string, seenOn: string): DatedSelector => ({ css, since, seenOn });
const utam = "Salesforce's page objects 9.0.0";
const base = 'lightning-base-components 1.28.15';
const standardPage = seen(
  '.windowViewMode-normal:not([aria-hidden="true"])',
  '2026-01',
  'Lightning, standard navigation',
);
const consolePage = seen(
  '.windowViewMode-maximized.active.lafPageHost:not([aria-hidden="true"])',
  '2026-01',
  'Lightning, console navigation',
);
const splitList = '.forceListViewManagerSplitViewList';
/** From the page down to the table; each has a root of its own where shadow roots are native. */
const listHosts = [
  'lst-object-home',
  'lst-list-view-manager',
  'lst-common-list-internal',
  'lst-primary-display-manager',
  'lst-primary-display',
  'lst-primary-display-grid',
  'lightning-datatable',
];

const selectors = {
  page: [standardPage, consolePage],
  listRoot: [standardPage, consolePage, seen(splitList, '2026-01', 'Lightning console, split view')],
  board: [seen('#kanbanView', '2026-01', 'Lightning kanban, Aura')],
  listRow: [
    // The key of a row of a list view is its record id.
    seen('tbody tr[data-row-key-value]', '2026-01', base),
    seen('table.uiVirtualDataTable tbody tr', '2026-01', 'Lightning list view, Aura'),
    seen(`${splitList} .slds-split-view__list-item-action[data-recordid]`, '2026-01', 'Lightning, split view'),
  ],
  rowHead: [seen('th a', '2026-01', 'Lightning list views, LWC and Aura')],
  rowHeadCell: [seen('th', '2026-01', base)],
  splitName: [seen('.uiOutputText', '2026-01', 'Lightning, split view')],
  card: [seen('#kanbanView .pipelineViewCard', '2026-01', 'Lightning kanban, Aura')],
  cardName: [seen('.primaryDisplayField a', '2026-01', 'Lightning kanban, Aura')],
  cardInside: [seen('.pipelineViewCardInnerWrapper', '2026-01', 'Lightning kanban, Aura')],
  column: [seen('.runtime_sales_pipelineboardPipelineViewColumn', '2026-01', 'Lightning kanban, Aura')],
  columnLabel: [seen('.stageHeaderLabel', '2026-01', 'Lightning kanban, Aura')],
  title: [seen('records-highlights2 [slot="primaryField"]', '2026-01', utam)],
  field: [seen('[data-target-selection-name="sfdc:RecordField.{}"]', '2026-09', "Lightning, Winter '26")],
  value: [
    seen('[data-output-element-id="output-field"]', '2026-08', 'Lightning record page'),
    seen('.test-id__field-value', '2026-08', 'Lightning record page'),
  ],
  recordLink: [seen('a[href*="/lightning/r/"]', '2026-01', utam)],
  stampDate: [seen('records-modstamp lightning-formatted-text', '2026-01', utam)],
  listShadow: listHosts.map((css) => seen(css, '2026-01', utam)),
  recordShadow: [
    seen('records-lwc-highlights-panel', '2026-01', utam),
    seen('records-record-layout-item', '2026-01', utam),
  ],
} satisfies SelectorTable;

const unreadable: Reading = { ok: false, missing: ['recordId'] };

/** The id of the link's record. */
const idOf = (link: Element | null): string | undefined =>
  longId(link?.getAttribute('data-recordid')) ?? linkedId(link);

/** A row of either list view, or an item of the split view: which record it is of, and what shows the record's name. */
function itemOf(row: Element, object: string): { readonly id: string; readonly name: Element | null } | null {
  const key = longId(row.getAttribute('data-row-key-value') ?? row.getAttribute('data-recordid'));
  const head = firstMatch(row, selectors.rowHead);
  const id = key ?? idOf(head);
  if (!isOf(id, object)) return null;
  if (idOf(head) === id) return { id, name: head };
  // The name may stand in any column; another column may link to another record of the same object.
  const link = allMatches(row, selectors.recordLink).find((other) => idOf(other) === id);
  return { id, name: link ?? firstMatch(row, selectors.splitName) };
}

function readItem(row: Element, page: Page): Reading {
  const item = itemOf(row, page.route.object);
  if (!item) return unreadable;
  const read = gather();
  read.need('name', boundedText(item.name));
  return { ok: true, ref: { by: 'id', value: item.id }, fields: read.fields, missing: read.missing };
}

function placeItem(row: Element, page: Page): Placement | null {
  const name = itemOf(row, page.route.object)?.name;
  if (name) return placeAfter(name);
  const parent = firstMatch(row, selectors.rowHeadCell);
  return parent && { parent, before: null };
}

/** Longest list of classes that is looked through for an id; UTF-16 units. */
const longestClasses = 1000;

function readCard(card: Element, { route: { object } }: Page): Reading {
  const link = firstMatch(card, selectors.cardName);
  const classes = (card.getAttribute('class') ?? '').slice(0, longestClasses).split(/\s+/u);
  const id = [...classes.map((name) => longId(name)), idOf(link)].find((found) => isOf(found, object));
  if (id === undefined) return unreadable;
  const read = gather();
  read.need('name', boundedText(link));
  const column = card.closest(cssOf(selectors.column));
  // The number of cards may stand behind the stage.
  const label = column && boundedText(firstMatch(column, selectors.columnLabel))?.replace(/\s*\(\d[\d.,]*\+?\)$/u, '');
  read.need('statusLabel', boundedString(label));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function placeCard(card: Element): Placement | null {
  const link = firstMatch(card, selectors.cardName);
  if (link) return placeAfter(link);
  const parent = firstMatch(card, selectors.cardInside);
  return parent && { parent, before: null };
}

/** Open roots that are looked into on one record page. */
const shadowsAtMost = 50;

function shadowRootsIn(scope: ParentNode, found: ShadowRoot[] = []): ShadowRoot[] {
  for (const { shadowRoot } of allMatches(scope, selectors.recordShadow)) {
    if (found.length >= shadowsAtMost) break;
    if (!shadowRoot || found.includes(shadowRoot)) continue;
    found.push(shadowRoot);
    shadowRootsIn(shadowRoot, found);
  }
  return found;
}

/** The page itself, flat, and then its open roots. */
type Scopes = readonly ParentNode[];
const scopesOf = (view: Element): Scopes => [view, ...shadowRootsIn(view)];

function findIn(scopes: Scopes, css: string): Element | null {
  for (const scope of scopes) {
    const found = scope.querySelector(css);
    if (found) return found;
  }
  return null;
}

/** What a field shows; nothing while somebody edits it. In a native root the value is a child of the root's host. */
function valueOf(scopes: Scopes, apiName: string): Element | null {
  const field = findIn(scopes, cssFor(selectors.field, apiName));
  if (!field || field.querySelector('input, textarea, [role="combobox"]')) return null;
  const root = field.getRootNode();
  const slotted = 'host' in root ? firstMatch(root.host as Element, selectors.value) : null;
  return slotted ?? firstMatch(field, selectors.value);
}

const titleOf = (scopes: Scopes, object: string): Element | null =>
  findIn(scopes, cssOf(selectors.title)) ?? valueOf(scopes, `${object}.Name`);

function stampOf(scopes: Scopes, apiName: string): string | undefined {
  const value = valueOf(scopes, apiName);
  const stamp = value && boundedText(firstMatch(value, selectors.stampDate));
  return stamp?.replace(/^[,\s]+/u, '');
}

/**
 * The order of day and month. A person's locale decides it and the page's language is another setting, so only a date
 * that leaves no choice tells it for the others on the page.
 */
function orderOf(dates: readonly (string | undefined)[]): { readonly order?: 'dmy' | 'mdy' } {
  for (const date of dates) {
    const [, first, second] = /^(\d{1,2})\D{1,2}(\d{1,2})\D{1,2}\d{4}\b/u.exec(date ?? '') ?? [];
    if (Number(first) > 12) return { order: 'dmy' };
    if (Number(second) > 12) return { order: 'mdy' };
  }
  return {};
}

function readRecord(view: Element, page: Page): Reading {
  const { object, recordId } = page.route;
  if (recordId === undefined) return unreadable;
  const scopes = scopesOf(view);
  const title = titleOf(scopes, object);
  // The frame of a page is there before its record.
  if (!title) return { ok: false, missing: ['name'] };
  const read = gather();
  read.need('name', boundedText(title));
  for (const [field, apiName] of Object.entries(objects[object]?.fields ?? {}))
    read.keep(field as FieldName, boundedText(valueOf(scopes, `${object}.${apiName}`)));

  const owner = valueOf(scopes, `${object}.OwnerId`);
  const ownerLink = owner && firstMatch(owner, selectors.recordLink);
  read.keep('owner', boundedText(ownerLink ?? owner));
  read.keep('ownerId', linkedId(ownerLink));
  if (owner && read.fields.ownerId === undefined) read.miss('ownerId');

  const dates: readonly (readonly [FieldName, string | undefined])[] = [
    ['createdAt', stampOf(scopes, `${object}.CreatedById`)],
    ['modifiedAt', stampOf(scopes, `${object}.LastModifiedById`)],
    ['firstTouchAt', boundedText(valueOf(scopes, `${object}.FirstCallDateTime`))],
  ];
  const told = orderOf(dates.map(([, date]) => date));
  for (const [field, date] of dates) if (date !== undefined) read.need(field, shownInstant(date, page, recordId, told));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: read.fields, missing: read.missing };
}

function routeOf(url: URL, doc: Document): Route | null {
  const record = /^\/lightning\/r\/(?:([A-Za-z]\w*)\/)?([\dA-Za-z]{15,18})\/view$/u.exec(url.pathname);
  if (record) {
    const recordId = longId(record[2]);
    const object = Object.keys(objects).find((name) => isOf(recordId, name) && (record[1] ?? name) === name);
    return recordId !== undefined && object !== undefined ? { kind: 'record', object, recordId } : null;
  }
  const object = /^\/lightning\/o\/(\w+)\/(?:list|home)$/u.exec(url.pathname)?.[1];
  if (!isObject(object)) return null;
  // The address is the same for both, and a board may be cached: the visible page says which it is.
  const isBoard = allMatches(doc, selectors.page).some((page) => firstMatch(page, selectors.board));
  return { kind: isBoard ? 'board' : 'list', object };
}

const hosts = [
  'https://*.lightning.force.com/*',
  'https://*.lightning.force.com.mcas.ms/*',
  'https://*.lightning.force.mil/*',
];
/** Pages are hidden and shown, and rows are given to other records, by their attributes alone. */
const attributes = ['aria-hidden', 'data-recordid', 'data-row-key-value', 'href'];

export const salesforce: CrmAdapter = {
  id: 'salesforce',
  label: 'Salesforce',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: {
      root: selectors.listRoot,
      rows: selectors.listRow,
      read: readItem,
      place: placeItem,
      attributes,
      shadow: selectors.listShadow,
    },
    board: { root: selectors.page, rows: selectors.card, read: readCard, place: placeCard, attributes },
    record: {
      root: selectors.page,
      rows: selectors.page,
      read: readRecord,
      place: (view, page) => {
        const title = titleOf(scopesOf(view), page.route.object);
        return title && placeAfter(title);
      },
      attributes,
      shadow: selectors.recordShadow,
    },
  },
  recordUrl: (object, recordId, { url }) =>
    isOf(longId(recordId), object) ? new URL(`/lightning/r/${object}/${recordId}/view`, url).href : undefined,
};
