/** What the saved pages cannot show of Frappe CRM: addresses, names, who is signed in. */
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { frappe } from '../../../lib/crm/frappe';

const window = new Window();
const empty = window.document as unknown as Document;
const at = (path: string): URL => new URL(path, 'https://crm.vega.example');

describe('addresses', () => {
  it.each([
    ['/crm/leads', { kind: 'list', object: 'CRM Lead' }],
    ['/crm/leads/view/', { kind: 'list', object: 'CRM Lead' }],
    ['/crm/deals/view/list?view=7', { kind: 'list', object: 'CRM Deal' }],
    ['/crm/deals/view/kanban', { kind: 'board', object: 'CRM Deal' }],
    ['/crm/leads/CRM-LEAD-2026-00001#calls', { kind: 'record', object: 'CRM Lead', recordId: 'CRM-LEAD-2026-00001' }],
    ['/crm/leads/Ada%20Vega', { kind: 'record', object: 'CRM Lead', recordId: 'Ada Vega' }],
    ['/crm/leads/view/group_by', null],
    ['/crm/leads/%E0%A4%A', null],
    ['/crm/leads/a%2Fb', null],
    ['/crm/leads/x/y', null],
    ['/crm/contacts/x', null],
    ['/crm/toString/x', null],
    ['/app/lead/x', null],
    ['/crm', null],
  ])('%s', (path, route) => {
    expect(frappe.route(at(path), empty)).toEqual(route);
  });

  it('a record’s address holds its name as it is written', () => {
    const site = { doc: empty, url: at('/crm/leads/view/kanban?view=1') };
    expect(frappe.recordUrl('CRM Lead', 'Ada & Co?', site)).toBe(
      'https://crm.vega.example/crm/leads/Ada%20%26%20Co%3F',
    );
    expect(frappe.recordUrl('Lead', 'x', site)).toBeUndefined();
    expect(frappe.recordUrl('CRM Lead', 'a/b', site)).toBeUndefined();
  });
});

describe('who is signed in', () => {
  const signedIn = (...cookies: string[]) => {
    const own = new Window({ url: 'https://crm.vega.example/crm/leads' });
    for (const cookie of cookies) own.document.cookie = cookie;
    return frappe.viewer?.({ doc: own.document as unknown as Document, url: at('/crm/leads') });
  };

  it('stands in the cookies that the page reads, too', () => {
    expect(signedIn('full_name=Lea%20Brandt', 'user_id=lea%40vega.example')).toEqual({
      id: 'lea@vega.example',
      name: 'Lea Brandt',
    });
    expect(signedIn('user_id=lea%40vega.example')).toEqual({ id: 'lea@vega.example' });
  });

  it('is nobody for a guest, without a cookie and with one that cannot be read', () => {
    expect(signedIn('user_id=Guest', 'full_name=Guest')).toBeNull();
    expect(signedIn('not_user_id=x')).toBeNull();
    expect(signedIn('user_id=%E0%A4%A')).toBeNull();
  });
});

it('is recognised under its own path alone', () => {
  const own = new Window({ url: 'https://crm.vega.example/crm/leads' });
  own.document.write('<link rel="icon" href="/assets/crm/manifest/x.png"><div id="app"></div>');
  const doc = own.document as unknown as Document;
  expect(frappe.detect(doc, at('/crm/leads'))).toBe(1);
  expect(frappe.detect(doc, at('/helpdesk'))).toBe(0);
  expect(frappe.detect(doc, at('/crmx'))).toBe(0);
  doc.querySelector('link')?.remove();
  expect(frappe.detect(doc, at('/crm/leads'))).toBe(0);
});
