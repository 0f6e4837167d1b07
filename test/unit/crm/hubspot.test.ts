/** What the saved pages cannot show of HubSpot: addresses, and pages that change while they are read. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../lib/crm/hubspot';
import type { Page, Reading, Route, Surface } from '../../../lib/crm/types';

const empty = new Window().document as unknown as Document;
const at = (path: string, host = 'app.hubspot.com'): URL => new URL(path, `https://${host}`);
const unreadable: Reading = { ok: false, missing: ['recordId'] };

function show(html: string, path: string): Page {
  const url = at(path);
  const window = new Window({ url: url.href });
  window.document.write(html);
  const doc = window.document as unknown as Document;
  return { doc, url, route: hubspot.route(url, doc) as Route, now: () => 0 };
}

function surfaceOf(page: Page): Surface {
  const surface = hubspot.surfaces[page.route.kind];
  if (!surface) throw new Error('No surface');
  return surface;
}

function readFirst(page: Page, css: string): Reading {
  const row = page.doc.querySelector(css);
  if (!row) throw new Error(`No ${css}`);
  return surfaceOf(page).read(row, page);
}

describe('addresses', () => {
  it.each([
    ['/contacts/4400118/objects/0-1/views/all/list', { kind: 'list', object: '0-1' }],
    ['/contacts/4400118/objects/0-3/views/9912/board', { kind: 'board', object: '0-3' }],
    ['/contacts/4400118/objects/0-136/views/all/list?query=x#y', { kind: 'list', object: '0-136' }],
    ['/contacts/4400118/record/0-1/151', { kind: 'record', object: '0-1', recordId: '151' }],
    [
      '/contacts/4400118/record/0-136/151/view/1?interaction=note',
      { kind: 'record', object: '0-136', recordId: '151' },
    ],
    ['/contacts/4400118/contact/151', { kind: 'record', object: '0-1', recordId: '151' }],
    ['/contacts/4400118/deal/151/', { kind: 'record', object: '0-3', recordId: '151' }],
    ['/contacts/4400118/company/151', null],
    ['/contacts/4400118/constructor/151', null],
    ['/contacts/4400118/objects/0-2/views/all/list', null],
    ['/contacts/4400118/objects/0-1/views/all', null],
    ['/contacts/4400118/objects/0-1/lists/all/list', null],
    ['/contacts/4400118/record/0-1', null],
    ['/contacts/4400118/record/0-1/', null],
    ['/contacts/4400118/record/0-1/x', null],
    ['/contacts/4400118/record/toString/1', null],
    ['/contacts/portal/record/0-1/151', null],
    ['/contacts/4400118', null],
    ['/deals/4400118/record/0-3/151', null],
    ['/', null],
  ])('%s', (path, route) => {
    expect(hubspot.route(at(path), empty)).toEqual(route);
  });

  it.each([
    ['app.hubspot.com', 1],
    ['app-eu1.hubspot.com', 1],
    ['app-na2.hubspot.com', 1],
    ['app-ap1.hubspot.com', 1],
    ['www.hubspot.com', 0],
    ['hubspot.com', 0],
    ['share.hubspot.com', 0],
    ['app.hubspot.com.example', 0],
  ])('%s is HubSpot’s CRM: %s', (host, certainty) => {
    expect(hubspot.detect(empty, at('/', host))).toBe(certainty);
  });

  it('of a record is on the same host and in the account that the page belongs to', () => {
    const site = { doc: empty, url: at('/reports-dashboard/4400118/view/1', 'app-eu1.hubspot.com') };
    expect(hubspot.recordUrl('0-3', '151', site)).toBe('https://app-eu1.hubspot.com/contacts/4400118/record/0-3/151');
    expect(hubspot.recordUrl('0-2', '151', site)).toBeUndefined();
    expect(hubspot.recordUrl('0-3', '1/../2', site)).toBeUndefined();
    expect(hubspot.recordUrl('0-3', '151', { doc: empty, url: at('/login') })).toBeUndefined();
  });
});

describe('a record page', () => {
  const html = '<body><span data-selenium-test="highlightTitle">Nora Quick</span></body>';
  const css = '[data-selenium-test="highlightTitle"]';
  const named = (value: string, name: string): Reading => ({
    ok: true,
    ref: { by: 'id', value },
    fields: { name },
    missing: [],
  });
  const next = (page: Page, path: string): Page => ({
    ...page,
    url: at(path),
    route: hubspot.route(at(path), page.doc) as Route,
  });

  it('shows the last record until the next one is there, although the address is the next one’s', () => {
    const first = show(html, '/contacts/1/record/0-1/11');
    expect(readFirst(first, css)).toEqual(named('11', 'Nora Quick'));
    const second = next(first, '/contacts/1/record/0-1/12');
    expect(readFirst(second, css)).toEqual(unreadable);
    const title = first.doc.querySelector(css) as Element;
    title.textContent = 'Ada Vega';
    expect(readFirst(second, css)).toEqual(named('12', 'Ada Vega'));
    expect(readFirst(first, css)).toEqual(unreadable);
    title.textContent = 'Nora Quick';
    expect(readFirst(first, css)).toEqual(named('11', 'Nora Quick'));
  });

  it('knows the next record by its own title, even where both are called alike', () => {
    const contact = show(html, '/contacts/1/record/0-1/11');
    expect(readFirst(contact, css)).toEqual(named('11', 'Nora Quick'));
    const lead = next(contact, '/contacts/1/record/0-136/11');
    expect(readFirst(lead, css)).toEqual(unreadable);
    const old = contact.doc.querySelector(css) as Element;
    old.replaceWith(old.cloneNode(true));
    expect(readFirst(lead, css)).toEqual(named('11', 'Nora Quick'));
  });

  it('is the next record’s after a while, where both are called alike and the page keeps its title', () => {
    const first = show(html, '/contacts/1/record/0-1/11');
    readFirst(first, css);
    let now = 0;
    const second = { ...next(first, '/contacts/1/record/0-1/12'), now: () => now };
    expect(readFirst(second, css)).toEqual(unreadable);
    now = 2_499;
    expect(readFirst(second, css)).toEqual(unreadable);
    now = 2_500;
    // By its address alone: whose words the title shows is not known.
    const alike = { ok: true, ref: { by: 'id', value: '12' }, fields: {}, missing: [] };
    expect(readFirst(second, css)).toEqual(alike);
    const third = { ...next(first, '/contacts/1/record/0-1/13'), now: () => now };
    expect(readFirst(third, css)).toEqual(unreadable);
    expect(readFirst(first, css)).toEqual(named('11', 'Nora Quick'));
  });

  it('that is renamed stays the same record', () => {
    const page = show(html, '/contacts/1/record/0-1/11');
    readFirst(page, css);
    (page.doc.querySelector(css) as Element).textContent = 'Nora Quick-Vega';
    expect(readFirst(page, css)).toEqual(named('11', 'Nora Quick-Vega'));
  });
});

describe('a row of a list', () => {
  const list = (cells: string, id = 'row-11'): Page =>
    show(
      `<body><table data-test-id="framework-data-table"><tbody><tr data-test-id="${id}">${cells}</tr></tbody></table></body>`,
      '/contacts/1/objects/0-1/views/all/list',
    );
  const cell = (name: string, content: string): string =>
    `<td data-table-external-id="cell-0-1-${name}-11">${content}</td>`;

  it.each([
    ['no digits', 'row-abc'],
    ['nothing', 'row-'],
    ['more digits than an id has', `row-${'1'.repeat(20)}`],
    ['a megabyte', `row-${'1'.repeat(1_000_000)}`],
  ])('whose id is %s cannot be read', (_name, id) => {
    expect(readFirst(list(cell('name', 'Nora'), id), 'tr')).toEqual(unreadable);
  });

  it.each([
    ['another record', '<td data-table-external-id="cell-0-1-name-12">Ada</td>'],
    ['another type', '<td data-table-external-id="cell-0-2-name-11">Ada</td>'],
    ['something very long', `<td data-table-external-id="cell-0-1-${'x'.repeat(1_000_000)}-11">Ada</td>`],
  ])('of which a cell names %s cannot be read', (_name, other) => {
    expect(readFirst(list(cell('name', 'Nora') + other), 'tr')).toEqual(unreadable);
  });

  it('is told by the names of properties whole: `name_2` and `email_domain` are others', () => {
    const cells = cell('name_2', 'No') + cell('email_domain', 'a@b') + cell('hs_lead_status_2', 'No');
    expect(readFirst(list(cells), 'tr')).toEqual({ ok: true, ref: { by: 'id', value: '11' }, fields: {}, missing: [] });
  });

  it('that is being edited says nothing of what is typed', () => {
    const cells = cell('name', 'Nora') + cell('hs_lead_status', '<textarea>Open</textarea>');
    expect(readFirst(list(cells), 'tr')).toMatchObject({ fields: { name: 'Nora' }, missing: [] });
  });

  it('with a thousand cells is read in bounds', () => {
    const cells = Array.from({ length: 1000 }, (_, n) => cell(`p${n}`, 'x')).join('');
    expect(readFirst(list(cells), 'tr')).toMatchObject({ ok: true, fields: {} });
  });
});

describe('a card of a board', () => {
  const board = (card: string): Page => show(`<body>${card}</body>`, '/contacts/1/objects/0-3/views/all/board');
  const css = '[data-test-id="cdb-column-item"]';
  const linking = (href: string): string => `<div data-test-id="cdb-column-item"><a href="${href}">x</a></div>`;

  it.each([
    ['another type', '/contacts/1/record/0-1/5'],
    ['another site', 'https://elsewhere.example/contacts/1/record/0-3/5'],
    ['nowhere', 'http://%/record/'],
  ])('that names its record by a link to %s cannot be read', (_name, href) => {
    expect(readFirst(board(linking(href)), css)).toEqual(unreadable);
  });

  it('names its record by its own link, and outside of columns has no stage', () => {
    expect(readFirst(board(linking('/contacts/1/record/0-3/5?x=1')), css)).toEqual({
      ok: true,
      ref: { by: 'id', value: '5' },
      fields: {},
      missing: ['name'],
    });
  });
});
