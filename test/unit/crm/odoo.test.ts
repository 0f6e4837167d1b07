/** What the saved pages cannot show of Odoo: addresses, and pages that change under the same address. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { odoo } from '../../../lib/crm/odoo';
import type { Reading } from '../../../lib/crm/types';
import { listFixtures } from '../../contract/fixtures';
import { readRows } from '../../contract/reading';

function open(name: string): { doc: Document; url: URL } {
  const fixture = listFixtures('odoo').find((each) => each.name.endsWith(name));
  if (!fixture) throw new Error(`No fixture ${name}`);
  const window = new Window({ url: fixture.expected.url });
  window.document.write(fixture.html);
  return { doc: window.document as unknown as Document, url: new URL(fixture.expected.url) };
}
const readings = (doc: Document, url: URL): Reading[] =>
  readRows(odoo, doc, url)?.rows.map(({ reading }) => reading) ?? [];
const at = (path: string): URL => new URL(path, 'https://odoo.example.com/');
const object = 'crm.lead';

describe('addresses', () => {
  const form = open('record-lead-17-en').doc;
  it.each([
    ['/web#id=36&model=crm.lead&view_type=form', '36'],
    ['/web?debug=1#cids=1&menu_id=139&id=36', '36'],
    ['/odoo/action-213/20', '20'],
    ['/odoo/action-213/20?debug=1', '20'],
    ['/odoo/crm/20', '20'],
    ['/odoo/crm.lead/20', '20'],
    ['/odoo/crm/20/', '20'],
    ['/odoo/2/crm/20', '20'],
    ['/scoped_app/crm/20', '20'],
  ])('%s with a form of a lead is its record', (path, recordId) => {
    expect(odoo.route(at(path), form)).toEqual({ kind: 'record', object, recordId });
  });

  it.each([
    '/web#model=crm.lead&view_type=form',
    '/web#id=&model=crm.lead',
    '/web#id=new',
    '/web#id=36x',
    '/web#id=0',
    '/web#id=-5',
    '/web#id=99999999999',
    '/web#id=%3Cscript%3E',
    '/odoo/crm/new',
    '/odoo/crm',
    '/odoo',
    '/odoo/action-213',
    '/crm/20',
  ])('%s is no record: new, or nothing that could be one', (path) => {
    expect(odoo.route(at(path), form)).toBeNull();
  });

  it('a list is one of leads by its headings, or by the address', () => {
    const { doc, url } = open('list-lead-18-en');
    expect(odoo.route(url, doc)).toEqual({ kind: 'list', object });
    for (const heading of doc.querySelectorAll('[data-tooltip-info]')) heading.removeAttribute('data-tooltip-info');
    expect(odoo.route(url, doc)).toBeNull();
    expect(odoo.route(at('/odoo/crm.lead?view_type=list'), doc)).toEqual({ kind: 'list', object });
    expect(odoo.route(at('/web#model=crm.lead&view_type=list'), doc)).toEqual({ kind: 'list', object });
    expect(odoo.route(at('/web#model=res.partner&view_type=list'), doc)).toBeNull();
  });

  it('pages of other records and pages without a view have no route', () => {
    const { doc, url } = open('record-lead-17-en');
    doc.querySelector('.o_form_view')?.classList.remove('o_lead_opportunity_form');
    expect(odoo.route(url, doc)).toBeNull();
    doc.querySelector('.o_form_view')?.remove();
    expect(odoo.route(url, doc)).toBeNull();
  });

  it("a record's own address is that of the version that shows the page", () => {
    const page = (path: string) => ({ doc: form, url: at(path) });
    expect(odoo.recordUrl(object, '20', page('/odoo/action-213?view_type=list'))).toBe(
      'https://odoo.example.com/odoo/crm.lead/20',
    );
    expect(odoo.recordUrl(object, '20', page('/web?debug=1#model=crm.lead&view_type=list'))).toBe(
      'https://odoo.example.com/web#id=20&model=crm.lead&view_type=form',
    );
    expect(odoo.recordUrl(object, '20/../../x', page('/web'))).toBeUndefined();
    expect(odoo.recordUrl('res.partner', '20', page('/web'))).toBeUndefined();
  });
});

describe('pages that change', () => {
  it('the pager fills the same form with the next record: its name comes with it', () => {
    const { doc, url } = open('record-lead-17-en');
    const next = new URL(url);
    next.hash = url.hash.replace('id=36', 'id=15');
    const name = doc.querySelector('.o_last_breadcrumb_item span');
    if (name) name.textContent = 'Office chairs';
    expect(readings(doc, next)).toMatchObject([
      { ok: true, ref: { by: 'id', value: '15' }, fields: { name: 'Office chairs' } },
    ]);
  });

  it('a key that nobody could answer for makes no handle', () => {
    const { doc, url } = open('list-lead-18-en');
    const row = doc.querySelector('.o_data_row');
    for (const key of ['', 'a b', 'x'.repeat(61), '"]', '<b>']) {
      row?.setAttribute('data-id', key);
      expect(readings(doc, url)[0]).toEqual({ ok: false, missing: ['recordId'] });
    }
  });

  it('a cell of a megabyte is a bounded name', () => {
    const { doc, url } = open('list-lead-18-en');
    const cell = doc.querySelector('.o_data_cell[name="name"]');
    if (cell) cell.textContent = 'x'.repeat(1_000_000);
    const [reading] = readings(doc, url);
    expect(reading?.ok && reading.fields.name).toBe('x'.repeat(200));
  });
});
