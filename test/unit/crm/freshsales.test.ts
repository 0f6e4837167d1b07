/** Freshsales' addresses, beyond what every adapter keeps. */
import { Window } from 'happy-dom';
import { afterEach, expect, it } from 'vitest';
import { freshsales } from '../../../lib/crm/freshsales';

const windows: Window[] = [];
afterEach(async () => {
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

it.each([
  ['/crm/sales/contacts/402219350001', { kind: 'record', object: 'contacts', recordId: '402219350001' }],
  ['/crm/sales/deals/402012367001', { kind: 'record', object: 'deals', recordId: '402012367001' }],
  ['/crm/sales/leads/402012367001', { kind: 'record', object: 'leads', recordId: '402012367001' }],
  ['/crm/sales/contacts/view/402015942732', { kind: 'list', object: 'contacts' }],
  ['/crm/sales/contacts/view/402015942732/', { kind: 'list', object: 'contacts' }],
  ['/crm/sales/deals/view/402015942744', null],
  ['/crm/sales/accounts/402012650001', null],
  ['/crm/sales/contacts/import', null],
  ['/crm/sales/my_dashboards', null],
  ['/crm/marketer/contacts/402219350001', null],
])('%s', (path, route) => {
  const window = new Window({ url: `https://vega.myfreshworks.com${path}` });
  windows.push(window);
  expect(freshsales.route(new URL(window.location.href), window.document as unknown as Document)).toEqual(route);
});
