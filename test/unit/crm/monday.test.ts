/** What the saved pages cannot show of monday: addresses, and a panel that goes on to another item. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { monday } from '../../../lib/crm/monday';
import type { Reading } from '../../../lib/crm/types';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('monday').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const empty = new Window().document as unknown as Document;
const at = (path: string): URL => new URL(path, 'https://contoso.monday.com');
const readings = (doc: Document, url: URL): Reading[] =>
  readRows(monday, doc, url)?.rows.map(({ reading }) => reading) ?? [];

describe('addresses', () => {
  it.each([
    ['/boards/12', { kind: 'list', object: '12' }],
    ['/boards/12/', { kind: 'list', object: '12' }],
    ['/boards/12/views/34', { kind: 'list', object: '12' }],
    ['/boards/12/pulses/56', { kind: 'record', object: '12', recordId: '56' }],
    ['/boards/12/views/34/pulses/56?x=1', { kind: 'record', object: '12', recordId: '56' }],
    ['/boards/12/pulses/', null],
    ['/boards/constructor', null],
    ['/my_work', null],
    ['/overviews/7', null],
    ['/', null],
  ])('%s', (path, route) => {
    expect(monday.route(at(path), empty)).toEqual(route);
  });

  it('the same address is a table or a kanban, as the page shows it', () => {
    const { doc, url } = open('board-en');
    expect(monday.route(url, doc)?.kind).toBe('board');
    for (const card of doc.querySelectorAll('[data-testid="list-item-renderer"]')) card.remove();
    expect(monday.route(url, doc)?.kind).toBe('list');
  });

  it('an item has one on its board, and what is no id has none', () => {
    const site = { doc: empty, url: at('/boards/12/views/34') };
    expect(monday.recordUrl('12', '56', site)).toBe('https://contoso.monday.com/boards/12/pulses/56');
    expect(monday.recordUrl('12', '../56', site)).toBeUndefined();
    expect(monday.recordUrl('leads', '56', site)).toBeUndefined();
  });

  it('a panel that still shows the last item under the address of the next one says nothing but the id', () => {
    const { doc, url } = open('record-side-panel');
    expect(readings(doc, url)).toMatchObject([{ ref: { value: '2536250444' }, fields: { name: 'Nora Quick' } }]);
    const next = at('/boards/5088029457/pulses/2536250445');
    const bare = { ok: true, ref: { by: 'id', value: '2536250445' }, fields: {}, missing: [] };
    expect(readings(doc, next)).toEqual([bare]);
    const name = doc.querySelector('.item-page-item-name');
    if (name) name.textContent = 'Tom & Co';
    expect(readings(doc, next)).toMatchObject([{ ref: { value: '2536250445' }, fields: { name: 'Tom & Co' } }]);
  });

  it('a row of another board, such as a subitem, is no lead of this one', () => {
    const { doc } = open('list-en');
    expect(readings(doc, at('/boards/6000000001')).filter(({ ok }) => ok)).toMatchObject([
      { ref: { value: '9000000001' } },
    ]);
  });
});
