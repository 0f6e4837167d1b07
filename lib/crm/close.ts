/**
 * Close: leads in a list, and leads on the board of their opportunities. Rows and cards carry no id; the link to the lead
 * does. Known from one public source alone, which reads modules' class names: their readable part is matched, never the
 * hash behind it. What a lead's own page looks like is
 * not known, nor who is signed in, nor an API for the page's session.
 */
import { onHosts } from './match-pattern';
import { allMatches, boundedString, boundedText, firstMatch, gather, placeAfter } from './read';
import type { CrmAdapter, DatedSelector, Page, Placement, Reading, Route, SelectorTable } from './types';

const hosts = ['https://app.close.com/*'];
const object = 'lead';

const evidence = { since: '2026-01', seenOn: 'Close' } as const;
const selectors = {
  listRow: [{ css: 'tbody tr[class*="DataTable_row_"]', ...evidence }],
  boardCard: [
    {
      css: '[class*="Table_Column_list_"] [class*="OpportunityCard_card_"]',
      ...evidence,
      note: 'one for each opportunity, so that a lead may have several',
    },
  ],
  leadLink: [{ css: 'a[href*="/lead/lead_"]', ...evidence }],
  mailLink: [{ css: 'a[href^="mailto:"]', ...evidence }],
  phoneLink: [{ css: 'a[href^="tel:"]', ...evidence }],
} satisfies SelectorTable;

const isId = (value: string | undefined): value is string => /^lead_[A-Za-z0-9]{1,64}$/u.test(value ?? '');
/** Longer addresses are not Close's. */
const longestHref = 2000;

function routeOf(url: URL): Route | null {
  const [, place, recordId] = url.pathname.split('/');
  if (place === 'lead') return isId(recordId) ? { kind: 'record', object, recordId } : null;
  if (place === 'leads') return { kind: 'list', object };
  return place === 'opportunities' ? { kind: 'board', object } : null;
}

/** The first link to a lead of this CRM; a lead's own website could be called alike. */
function leadLink(row: Element, page: Page): { readonly link: Element; readonly recordId: string } | null {
  const link = firstMatch(row, selectors.leadLink);
  const href = link?.getAttribute('href') ?? '';
  const url = href.length <= longestHref && URL.canParse(href, page.url.href) ? new URL(href, page.url) : null;
  const recordId = url?.origin === page.url.origin ? routeOf(url)?.recordId : undefined;
  return link && recordId !== undefined ? { link, recordId } : null;
}

/** The address that the links of a kind lead to, if it is one: of several contacts' nobody says which is the lead's. */
function onlyTarget(row: Element, links: readonly DatedSelector[]): string | undefined {
  const targets = new Set(
    allMatches(row, links).map((link) => {
      const [address = ''] = (link.getAttribute('href') ?? '').slice(0, longestHref).split('?');
      return address.slice(address.indexOf(':') + 1);
    }),
  );
  const [target] = targets.size === 1 ? targets : [];
  try {
    return boundedString(decodeURIComponent(target ?? ''));
  } catch {
    return undefined;
  }
}

function readItem(row: Element, page: Page): Reading {
  const lead = leadLink(row, page);
  if (!lead) return { ok: false, missing: ['recordId'] };
  const found = gather();
  found.need('name', boundedText(lead.link));
  found.keep('email', onlyTarget(row, selectors.mailLink));
  found.keep('phone', onlyTarget(row, selectors.phoneLink));
  return { ok: true, ref: { by: 'id', value: lead.recordId }, fields: found.fields, missing: found.missing };
}

function placeItem(row: Element, page: Page): Placement | null {
  const lead = leadLink(row, page);
  return lead && placeAfter(lead.link);
}

export const close: CrmAdapter = {
  id: 'close',
  label: 'Close',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: { rows: selectors.listRow, read: readItem, place: placeItem },
    board: { rows: selectors.boardCard, read: readItem, place: placeItem },
  },
  recordUrl(name, recordId, { url }) {
    return name === object && isId(recordId) ? `${url.origin}/lead/${recordId}/` : undefined;
  },
};
