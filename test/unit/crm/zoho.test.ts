/** Zoho CRM's pages, beyond what every adapter keeps. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { zoho } from '../../../lib/crm/zoho';
import { readPage } from '../../contract/reading';

const id = '5062683000007880001';
const windows: Window[] = [];
afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

function open(path: string, html: string): { doc: Document; url: URL } {
  const window = new Window({ url: `https://crm.zoho.com${path}` });
  windows.push(window);
  window.document.write(html);
  return { doc: window.document as unknown as Document, url: new URL(window.location.href) };
}

const routeOf = (path: string, html = ''): unknown => {
  const { doc, url } = open(path, html);
  return zoho.route(url, doc);
};

describe('addresses', () => {
  it.each([
    [`/crm/org60012345678/tab/Leads/${id}`, { kind: 'record', object: 'Leads', recordId: id }],
    [`/crm/tab/Contacts/${id}`, { kind: 'record', object: 'Contacts', recordId: id }],
    [`/crm/org6/tab/Leads/custom-view/${id}/list`, { kind: 'list', object: 'Leads' }],
    [`/crm/org6/tab/Leads/custom-view/${id}/canvas`, null],
    [`/crm/org6/tab/Leads/custom-view`, null],
    [`/crm/org6/tab/Leads/create`, null],
    [`/crm/org6/tab/Leads`, null],
    [`/crm/org6/tab/Accounts/${id}`, null],
    [`/crm/org6/tab/CustomModule3/${id}`, null],
    [`/bigin/org6/Home`, null],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });

  it('what shows cards is a board, whatever its address ends with', () => {
    const card = '<lyte-card class="crm-kv-card"></lyte-card>';
    for (const end of ['list', 'kanban'])
      expect(routeOf(`/crm/org6/tab/Potentials/custom-view/${id}/${end}`, card)).toEqual({
        kind: 'board',
        object: 'Potentials',
      });
    expect(routeOf(`/crm/org6/tab/Potentials/${id}`, card)).toMatchObject({ kind: 'record' });
  });

  it('a record’s address keeps the organisation where the page names one', () => {
    const within = open(`/crm/org6/tab/Leads/custom-view/${id}/list`, '');
    expect(zoho.recordUrl('Potentials', id, within)).toBe(`https://crm.zoho.com/crm/org6/tab/Potentials/${id}`);
    const without = open('/crm/tab/Leads', '');
    expect(zoho.recordUrl('Leads', id, without)).toBe(`https://crm.zoho.com/crm/tab/Leads/${id}`);
    expect(zoho.recordUrl('Leads', '../x', without)).toBeUndefined();
    expect(zoho.recordUrl('Accounts', id, without)).toBeUndefined();
  });
});

it('rows of deals are read whether their table calls them Deals or Potentials', () => {
  for (const module of ['Deals', 'Potentials']) {
    const { doc, url } = open(
      `/crm/org6/tab/Potentials/custom-view/${id}/list`,
      `<crux-table-component cx-prop-module="${module}"><lyte-exptable-tr data-zcqa="detailView">
        <a id="listView_${id}" href="#">Pilot</a></lyte-exptable-tr></crux-table-component>`,
    );
    expect(readPage(zoho, doc, url).rows).toEqual([
      { ref: { by: 'id', value: id }, fields: { name: 'Pilot' }, missing: [] },
    ]);
  }
});

it('a deal’s own page has no title that is known: no badge, and no news', () => {
  const { doc, url } = open(`/crm/org6/tab/Potentials/${id}`, '<crm-detail-view><h1>Pilot</h1></crm-detail-view>');
  expect(readPage(zoho, doc, url).rows).toEqual([{ ref: { by: 'id', value: id }, fields: {}, missing: [] }]);
});
