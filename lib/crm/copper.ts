/**
 * Copper: people, leads and opportunities. There is no record page: a record is a panel over its list, named in the
 * address. Its values stand in inputs that only their English placeholders tell apart, so the panel is read in English
 * alone. The list shows which record a row is of and its name. Opportunity boards are no surface: nothing is known of them.
 */
import { onHosts } from './match-pattern';
import { allMatches, boundedString, boundedText, cssFor, firstMatch, gather, placeAfter, utcInstant } from './read';
import type { CrmAdapter, Page, Placement, Reading, Route, SelectorTable } from './types';

/** The object in addresses of lists, and its short form in those of one record. */
const shortForms: Readonly<Record<string, string>> = { people: 'contact', leads: 'lead', opportunities: 'opportunity' };

const evidence = { since: '2026-07', seenOn: 'app.copper.com' } as const;
const selectors = {
  listRow: [{ css: 'tbody.ListViewTableBody tr.et-tr', ...evidence }],
  rowLink: [{ css: 'a.fullProfileLink', ...evidence }],
  rowName: [{ css: '.AvatarPill_text', ...evidence, note: 'the whole link begins with the initial of the avatar' }],
  panel: [{ css: '.EntityFullProfileFrame-fullProfile', ...evidence }],
  input: [{ css: 'input[placeholder="{}"]', ...evidence, note: 'labels belong to no input, and ids change' }],
  activity: [{ css: '.ActivityItem', ...evidence }],
  activityHead: [{ css: '.ActivityItem_headerContent', ...evidence }],
  activityTime: [{ css: '.ActivityItem_date time[datetime]', ...evidence }],
} satisfies SelectorTable;

const isId = (value: string | undefined): value is string => /^\d{1,19}$/u.test(value ?? '');

/** Longer addresses are none of Copper's; UTF-16 units. */
const longestAddress = 500;

/** The record that an address opens over its list. */
function openedIn(address: string): { readonly object: string; readonly recordId: string } | null {
  const [, object = '', recordId] =
    /[?&]fullProfile=([a-z]+)-(\d+)(?:&|$)/u.exec(address.slice(0, longestAddress)) ?? [];
  return Object.hasOwn(shortForms, object) && isId(recordId) ? { object, recordId } : null;
}

function routeOf(url: URL): Route | null {
  if (!/^\/companies\/\d+\/app\/?$/u.test(url.pathname)) return null;
  const opened = openedIn(url.hash);
  if (opened) return { kind: 'record', ...opened };
  const [, first = '', second = '', third = ''] = url.hash.replace(/[?&].*$/u, '').split('/');
  // The address that leads to a record; Copper turns it into the long one.
  const object = Object.keys(shortForms).find((name) => shortForms[name] === first);
  if (object !== undefined) return isId(second) ? { kind: 'record', object, recordId: second } : null;
  if (first !== 'browse' || !Object.hasOwn(shortForms, third)) return null;
  return second === 'list' || second === 'board' ? { kind: second, object: third } : null;
}

/** The link of the row's own record: a person's row links to the company, too. */
function ownLink(row: Element, page: Page) {
  for (const link of allMatches(row, selectors.rowLink)) {
    const opened = openedIn(link.getAttribute('href') ?? '');
    if (opened?.object === page.route.object) return { link, recordId: opened.recordId };
  }
  return null;
}

function readRow(row: Element, page: Page): Reading {
  const own = ownLink(row, page);
  if (!own) return { ok: false, missing: ['recordId'] };
  const read = gather();
  read.need('name', boundedText(firstMatch(own.link, selectors.rowName)));
  return { ok: true, ref: { by: 'id', value: own.recordId }, fields: read.fields, missing: read.missing };
}

function placeInRow(row: Element, page: Page): Placement | null {
  const own = ownLink(row, page);
  return own && placeAfter(own.link);
}

const inputOf = (panel: Element, name: string): HTMLInputElement | null =>
  panel.querySelector<HTMLInputElement>(cssFor(selectors.input, name));

/** What an input holds, but not what somebody is typing into it. */
function heldIn(panel: Element, name: string, page: Page): string | undefined {
  const input = inputOf(panel, name);
  return input && page.doc.activeElement !== input ? boundedString(input.value) : undefined;
}

/** Activities that are looked at; the newest are the first. */
const activitiesAtMost = 50;

/** Only a logged call is known to be an attempt of a person; what mails and notes look like is not. */
function lastCall(panel: Element) {
  const calls = allMatches(panel, selectors.activity)
    .slice(0, activitiesAtMost)
    .filter((item) => /\blogged a phone call\b/iu.test(boundedText(firstMatch(item, selectors.activityHead)) ?? ''))
    .flatMap((item) => utcInstant(firstMatch(item, selectors.activityTime)?.getAttribute('datetime'), 1000) ?? []);
  return calls.toSorted((one, other) => other.at - one.at)[0];
}

function readPanel(panel: Element, page: Page): Reading {
  const { recordId } = page.route;
  if (recordId === undefined) return { ok: false, missing: ['recordId'] };
  // Nothing of a panel in another language can be told apart.
  if (!inputOf(panel, 'Add Name')) return { ok: false, missing: ['name'] };
  const read = gather();
  read.keep('name', heldIn(panel, 'Add Name', page));
  read.keep('company', heldIn(panel, 'Add Company', page));
  read.keep('owner', heldIn(panel, 'Add Owner', page));
  read.keep('email', heldIn(panel, 'Add Email', page));
  read.keep('phone', heldIn(panel, 'Add Phone', page));
  read.keep('lastTouchAt', lastCall(panel));
  return { ok: true, ref: { by: 'id', value: recordId }, fields: read.fields, missing: read.missing };
}

const hosts = ['https://app.copper.com/*'];

export const copper: CrmAdapter = {
  id: 'copper',
  label: 'Copper',
  hosts,
  selfHosted: false,
  selectors,
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {
    list: { rows: selectors.listRow, read: readRow, place: placeInRow, attributes: ['href'] },
    record: {
      rows: selectors.panel,
      read: readPanel,
      place: (panel) => {
        const name = inputOf(panel, 'Add Name');
        return name && placeAfter(name);
      },
      attributes: ['datetime'],
    },
  },
  recordUrl(object, recordId, { url }) {
    const short = Object.hasOwn(shortForms, object) ? shortForms[object] : undefined;
    if (short === undefined || !isId(recordId)) return undefined;
    // Opened by its long address, Copper stays with its waiting sign.
    const address = new URL(url.pathname, url);
    address.hash = `#/${short}/${recordId}`;
    return address.href;
  },
};
