/** What the saved pages cannot show of EspoCRM: addresses, and pages that change under the same address. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { espocrm } from '../../../lib/crm/espocrm';
import type { Reading } from '../../../lib/crm/types';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('espocrm').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const empty = new Window().document as unknown as Document;
const crm = (hash: string): URL => new URL(`https://crm.example.com/${hash}`);
const readings = (doc: Document, url: URL): Reading[] =>
  readRows(espocrm, doc, url)?.rows.map(({ reading }) => reading) ?? [];
const unreadable: Reading = { ok: false, missing: ['recordId'] };

describe('addresses', () => {
  it.each([
    ['#Lead', { kind: 'list', object: 'Lead' }],
    ['#Lead/', { kind: 'list', object: 'Lead' }],
    ['#Lead/list', { kind: 'list', object: 'Lead' }],
    ['#Lead/list/primaryFilter=actual&search=a/b', { kind: 'list', object: 'Lead' }],
    ['#Lead?x=1', { kind: 'list', object: 'Lead' }],
    ['#Opportunity', { kind: 'list', object: 'Opportunity' }],
    ['#Lead/view/660c1f0a7b3d9e001', { kind: 'record', object: 'Lead', recordId: '660c1f0a7b3d9e001' }],
    ['#Lead/view/12/tab=1', { kind: 'record', object: 'Lead', recordId: '12' }],
    ['#Opportunity/edit/12', { kind: 'record', object: 'Opportunity', recordId: '12' }],
    ['', null],
    ['#', null],
    ['#Home', null],
    ['#Account/view/12', null],
    ['#Lead/create', null],
    ['#Lead/convert/12', null],
    ['#Lead/related/12/opportunities', null],
    ['#Lead/view', null],
    ['#Lead/view/', null],
    ['#Lead/view/%3Cscript%3E', null],
    ['#constructor/view/12', null],
    ['#lead', null],
  ])('%s', (hash, route) => {
    expect(espocrm.route(crm(hash), empty)).toEqual(route);
  });

  it('the same address is a list or a board, as the page shows it', () => {
    const { doc, url } = open('board-opportunity-es');
    expect(espocrm.route(url, doc)?.kind).toBe('board');
    doc.querySelector('.list-kanban')?.remove();
    expect(espocrm.route(url, doc)?.kind).toBe('list');
  });

  it("a record's address keeps the path of the installation", () => {
    const page = {
      doc: empty,
      url: new URL('https://x.example/crm/?a=1#Lead'),
      route: { kind: 'list', object: 'Lead' },
    } as const;
    expect(espocrm.recordUrl('Lead', '12', page)).toBe('https://x.example/crm/?a=1#Lead/view/12');
    expect(espocrm.recordUrl('Account', '12', page)).toBeUndefined();
    expect(espocrm.recordUrl('Lead', '../12', page)).toBeUndefined();
  });
});

describe('a page that is changing', () => {
  it('the last record, still shown under the address of the next one, is read as neither', () => {
    const { doc, url } = open('record-lead-en');
    const [first] = readings(doc, url);
    expect(first).toMatchObject({ ok: true, ref: { value: '660c1f0a7b3d9e001' } });
    expect(readings(doc, crm('#Lead/view/660c1f0a7b3d9e999'))).toEqual([unreadable]);
    // Back, or the address was only visited: the view is still that of its own record.
    expect(readings(doc, url)).toEqual([first]);
  });

  it('the next record comes in a view of its own', () => {
    const { doc, url } = open('record-lead-en');
    readings(doc, url);
    const view = doc.querySelector('.record .detail') as Element;
    view.replaceWith(view.cloneNode(true));
    expect(readings(doc, crm('#Lead/view/660c1f0a7b3d9e999'))).toMatchObject([
      { ok: true, ref: { value: '660c1f0a7b3d9e999' } },
    ]);
  });

  it('a view of another entity is no record of this one', () => {
    const { doc } = open('record-lead-en');
    expect(readings(doc, crm('#Opportunity/view/660c1f0a7b3d9e001'))).toEqual([unreadable]);
  });

  it('a card that was moved has the stage of the column that it lies in', () => {
    const { doc, url } = open('board-opportunity-es');
    const card = doc.querySelector('.item') as Element;
    doc.querySelector('.group-column[data-name="Closed Won"] .group-column-list')?.append(card);
    const moved = readRows(espocrm, doc, url)?.rows.find(({ el }) => el === card);
    expect(moved?.reading).toMatchObject({ ok: true, fields: { status: 'Closed Won' } });
  });
});

describe('recognition', () => {
  it('needs the frame of the application: a sign-in page is not enough yet', () => {
    const { doc, url } = open('list-lead-en');
    expect(espocrm.detect(doc, url)).toBe(1);
    doc.querySelector('#navbar')?.remove();
    expect(espocrm.detect(doc, url)).toBe(0);
  });

  it('is sure enough without the credit in the footer, and not without either sign', () => {
    const { doc, url } = open('list-lead-en');
    doc.querySelector('#footer')?.remove();
    expect(espocrm.detect(doc, url)).toBe(0.9);
    doc.querySelector('.menu-container')?.remove();
    expect(espocrm.detect(doc, url)).toBeLessThan(0.5);
    expect(espocrm.viewer?.({ doc, url })).toBeNull();
  });
});
