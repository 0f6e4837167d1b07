/** The battery must be able to fail: what writes, or asks for more than it should, is not on its list. */
import { describe, expect, it } from 'vitest';
import { reads } from './battery';

const rpc = (method: string, extra: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ method, ...extra });
const odoo = (model: string, method: string): [string, string] => [
  `POST /web/dataset/call_kw/${model}/${method}`,
  rpc('call', { params: { model, method } }),
];

describe('what the battery takes for reading', () => {
  it.each([
    ['odoo', ...odoo('crm.lead', 'web_search_read')],
    ['tryton', 'POST /crm/', rpc('model.sale.opportunity.search_read')],
    ['twenty', 'POST /graphql', JSON.stringify({ query: 'query($after: String) { opportunities { edges } }' })],
    ['zoho', 'POST /crm/v8/coql', JSON.stringify({ select_query: 'select id from Leads' })],
    ['frappe', 'GET /api/resource/CRM%20Lead?fields=x', ''],
  ])('%s: %s', (adapter, line, body) => {
    expect(reads(adapter, line, body)).toBe(true);
  });

  it.each([
    ['odoo', ...odoo('crm.lead', 'write')],
    ['odoo', 'POST /web/dataset/call_kw/crm.lead/web_search_read', rpc('call', { params: { method: 'unlink' } })],
    ['odoo', ...odoo('res.users', 'search_read')],
    ['tryton', 'POST /crm/', rpc('model.sale.opportunity.write')],
    ['tryton', 'POST /crm/', rpc('common.db.logout')],
    ['twenty', 'POST /graphql', JSON.stringify({ query: 'mutation { deleteOpportunity(id: 1) { id } }' })],
    ['twenty', 'POST /graphql', JSON.stringify({ query: 'query($a: ID) { x } mutation { y }' })],
    ['hubspot', 'POST /api/crm/v3/objects/contacts', '{}'],
    ['zoho', 'POST /crm/v8/Leads', '{}'],
    ['frappe', 'GET /api/method/frappe.client.delete?name=x', ''],
    ['espocrm', 'PUT /api/v1/Lead/1', ''],
    ['dynamics', 'DELETE /api/data/v9.2/leads(1)', ''],
    ['pipedrive', 'POST /api/v1/leads?x', '{}'],
  ])('not %s: %s', (adapter, line, body) => {
    expect(reads(adapter, line, body)).toBe(false);
  });
});
