/** Pipedrive's pages, beyond what every adapter keeps. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { pipedrive } from '../../../lib/crm/pipedrive';
import { readPage } from '../../contract/reading';

const lead = '0b8f6a52-3c1d-4e7f-9a20-000000000001';
const windows: Window[] = [];
afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

function open(path: string, html: string): { doc: Document; url: URL } {
  const window = new Window({ url: `https://vega.pipedrive.com${path}` });
  windows.push(window);
  window.document.write(html);
  return { doc: window.document as unknown as Document, url: new URL(window.location.href) };
}

const routeOf = (path: string): unknown => {
  const { doc, url } = open(path, '');
  return pipedrive.route(url, doc);
};

describe('addresses', () => {
  it.each([
    ['/deal/311', { kind: 'record', object: 'deal', recordId: '311' }],
    ['/deal/311/', { kind: 'record', object: 'deal', recordId: '311' }],
    ['/person/801', { kind: 'record', object: 'person', recordId: '801' }],
    [`/leads/inbox/${lead}`, { kind: 'record', object: 'lead', recordId: lead }],
    ['/leads/inbox', { kind: 'list', object: 'lead' }],
    ['/deals', { kind: 'list', object: 'deal' }],
    ['/deals/list/user/everyone', { kind: 'list', object: 'deal' }],
    ['/persons/list', { kind: 'list', object: 'person' }],
    ['/pipeline/3/user/everyone', { kind: 'board', object: 'deal' }],
    ['/deal/new', null],
    ['/deal/0', null],
    ['/leads/archived', null],
    ['/leads/inbox/settings', null],
    ['/pipeline', null],
    ['/organization/71', null],
    ['/settings/users', null],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});

it('a title that is being typed is not read: the record keeps the name that it had', () => {
  const { doc, url } = open('/deal/311', '<div data-testid="header-title"><textarea>Rollo</textarea></div>');
  const title = doc.querySelector('textarea');
  title?.focus();
  expect(readPage(pipedrive, doc, url).rows).toEqual([{ ref: { by: 'id', value: '311' }, fields: {}, missing: [] }]);
  title?.blur();
  expect(readPage(pipedrive, doc, url).rows).toEqual([
    { ref: { by: 'id', value: '311' }, fields: { name: 'Rollo' }, missing: [] },
  ]);
});

it('a link of another record type names no row, and an address without end is cut', () => {
  const long = `/deal/${'1'.repeat(1_000_000)}`;
  const { doc, url } = open('/deals', `<a href="/deal/">x</a><a href="${long}">y</a><a href="/deal/12abc">z</a>`);
  expect(readPage(pipedrive, doc, url).rows).toEqual([
    { ok: false, missing: ['recordId'] },
    { ok: false, missing: ['recordId'] },
    { ok: false, missing: ['recordId'] },
  ]);
});
