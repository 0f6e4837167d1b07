/**
 * Pipedrive, on its maker's hosts alone: deals, leads of the inbox and people. What a page shows without hashed classes is
 * the record's address, its title and little more, so everything a clock needs comes from the API. A drawer over a list
 * has no address of its own and is no surface; archived leads are left alone, for they have no running clock.
 */
import { onHosts } from './match-pattern';
import { isId, isPipedriveObject, pipedriveApi, type PipedriveObject } from './pipedrive-api';
import { boundedString, boundedText, cssFor, cssOf, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable } from './types';

const hosts = ['https://*.pipedrive.com/*'];

const dialer = { since: '2026-09', seenOn: 'Pipedrive, as a list dialer reads it' } as const;
const tile = { since: '2024-01', seenOn: 'Pipedrive, source of its own deal tile (age unknown)' } as const;
const timers = { since: '2026-03', seenOn: 'Pipedrive, as two time trackers read it' } as const;
const selectors = {
  // The leads inbox is a grid and people are a table, as a calendar is, too; deals have neither a table nor roles.
  listRow: [
    { css: '[role="grid"] [role="rowgroup"] [role="row"]', ...dialer },
    { css: 'table tbody tr:has(a[href^="/person/"])', ...dialer },
    { css: 'a[href^="/deal/"]', ...dialer },
  ],
  recordLink: [{ css: 'a[href*="/{}/"]', ...dialer }],
  companyLink: [{ css: 'a[href*="/organization/"]', ...dialer }],
  phoneLink: [
    { css: 'a[href^="tel:"]', ...dialer },
    { css: 'a[href^="callto:"]', ...dialer },
  ],
  board: [{ css: '[data-test="pipeline-view"]', ...tile }],
  boardCard: [{ css: '[data-test="pipeline-deal-tile"]', ...tile }],
  cardLink: [{ css: 'a[href^="/deal/"]', ...tile }],
  cardLabel: [{ css: '[data-test="deal-label"]', ...tile }],
  recordTitle: [
    { css: '[data-testid="header-title"]', ...timers },
    { css: '[data-testid="SidebarLeadTitle"]', ...timers },
  ],
  // The number is the version of their kit.
  titleInput: [
    { css: '.cui5-editable-text__input', ...timers },
    { css: 'textarea', since: '2024-01', seenOn: 'Pipedrive, as a time tracker reads it' },
  ],
} satisfies SelectorTable;

/** How a record type is called in addresses. */
const inAddress: Readonly<Record<PipedriveObject, string>> = { deal: 'deal', lead: 'leads/inbox', person: 'person' };

const unreadable: Reading = { ok: false, missing: ['recordId'] };

function routeOf({ pathname }: URL): Route | null {
  const [first = '', second = '', third = ''] = pathname.slice(1).split('/');
  if (first === 'deal' || first === 'person')
    return isId(first, second) ? { kind: 'record', object: first, recordId: second } : null;
  if (first === 'deals' && (second === '' || second === 'list')) return { kind: 'list', object: 'deal' };
  if (first === 'persons' && second === 'list') return { kind: 'list', object: 'person' };
  if (first === 'pipeline' && isId('deal', second)) return { kind: 'board', object: 'deal' };
  if (first !== 'leads' || second !== 'inbox') return null;
  if (third === '') return { kind: 'list', object: 'lead' };
  return isId('lead', third) ? { kind: 'record', object: 'lead', recordId: third } : null;
}

/** The link to the record itself: a row holds those of its person and organisation, too. */
function linkOf(row: Element, object: PipedriveObject): Element | null {
  const css = cssFor(selectors.recordLink, inAddress[object]);
  return row.matches(css) ? row : row.querySelector(css);
}

function idIn(link: Element | null, object: PipedriveObject): string | undefined {
  const path = link?.getAttribute('href')?.slice(0, 300) ?? '';
  const [, rest = ''] = path.split(`/${inAddress[object]}/`);
  const [id = ''] = rest.split(/[/?#]/u);
  return isId(object, id) ? id : undefined;
}

function readListRow(row: Element, { route: { object } }: Page): Reading {
  if (!isPipedriveObject(object)) return unreadable;
  const link = linkOf(row, object);
  const id = idIn(link, object);
  if (id === undefined) return unreadable;
  const read = gather();
  read.need('name', boundedText(link));
  read.keep('company', boundedText(firstMatch(row, selectors.companyLink)));
  const phone = firstMatch(row, selectors.phoneLink)?.getAttribute('href')?.slice(0, 100).split(':')[1];
  read.keep('phone', boundedString(phone));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function placeInRow(row: Element, { route: { object } }: Page): Placement | null {
  const link = isPipedriveObject(object) ? linkOf(row, object) : null;
  return link && placeAfter(link);
}

/** A tile's first link holds the coloured label if there is one, the title, and then whom the deal is with. */
function titleOnCard(card: Element): string | undefined {
  const link = firstMatch(card, selectors.cardLink);
  const label = cssOf(selectors.cardLabel);
  const title = [...(link?.children ?? [])].find((child) => !child.matches(label) && !child.querySelector(label));
  return boundedText(title);
}

function readCard(card: Element): Reading {
  const id = card.getAttribute('data-test-deal-id') ?? '';
  if (!isId('deal', id)) return unreadable;
  const read = gather();
  read.need('name', titleOnCard(card));
  return { ok: true, ref: { by: 'id', value: id }, fields: read.fields, missing: read.missing };
}

function placeOnCard(card: Element): Placement | null {
  const link = firstMatch(card, selectors.cardLink);
  return link ? placeAfter(link) : { parent: card, before: null };
}

function readRecord(title: Element, { doc, route: { recordId } }: Page): Reading {
  if (recordId === undefined) return unreadable;
  const read = gather();
  const input = firstMatch(title, selectors.titleInput);
  // What is being typed is not what the CRM holds.
  if (input !== null && input === doc.activeElement)
    return { ok: true, ref: { by: 'id', value: recordId }, fields: {}, missing: [] };
  const typed = input && 'value' in input ? boundedString(input.value) : undefined;
  read.need('name', typed ?? boundedText(input ?? title));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: read.fields, missing: read.missing };
}

export const pipedrive: CrmAdapter = {
  id: 'pipedrive',
  label: 'Pipedrive',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: { rows: selectors.listRow, read: readListRow, place: placeInRow },
    board: { root: selectors.board, rows: selectors.boardCard, read: readCard, place: placeOnCard },
    record: { rows: selectors.recordTitle, read: readRecord, place: placeAfter },
  },
  recordUrl(object, recordId, { url }) {
    if (!isPipedriveObject(object) || !isId(object, recordId)) return undefined;
    return new URL(`/${inAddress[object]}/${recordId}`, url.origin).href;
  },
  api: pipedriveApi,
};
