/** Zoho CRM's documented API, spoken by a real server on the loopback. Shapes after the vendor's documentation; data made up. */
import { describe, expect, it } from 'vitest';
import { CrmApiError } from '../../../lib/crm/request';
import type { RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import { zoho } from '../../../lib/crm/zoho';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';

const id = (n: number): string => `50626830000${String(n).padStart(8, '0')}`;
const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));
const leadsPath = '/crm/org60012345678/tab/Leads/custom-view/5062683000000087501/list';
const dealsPath = '/crm/org60012345678/tab/Potentials/custom-view/5062683000000087502/list';
const session = 'CT_CSRF_TOKEN=abc-123; lang=en';

const lead = {
  id: id(1),
  Full_Name: 'Nora Quick',
  Company: 'Quick GmbH',
  Owner: { name: 'Lea Brandt', id: id(900), email: 'lea@vega.example' },
  Lead_Status: 'Attempted to Contact',
  Lead_Source: 'Web Download',
  Email: 'nora@quick.example',
  Phone: null,
  Mobile: '+491701234032',
  Created_Time: '2026-11-23T19:34:24+01:00',
  Modified_Time: '2026-11-23T19:37:24+01:00',
  Last_Activity_Time: '2026-11-24T09:00:00+01:00',
  Converted__s: false,
  Converted_Date_Time: null,
};
const converted = { ...lead, id: id(2), Converted__s: true, Converted_Date_Time: '2026-11-24T10:00:00+01:00' };
const deal = {
  id: id(5),
  Deal_Name: 'Rollout 40 seats',
  Owner: { name: 'Lea Brandt', id: id(900) },
  Stage: 'Needs Analysis',
  Lead_Source: 'Partner',
  Account_Name: { name: 'Vega Foods', id: id(700) },
  Campaign_Source: { name: 'Autumn fair', id: id(600) },
  Closing_Date: '2026-12-01',
  Created_Time: '2026-11-23T14:06:22Z',
  Modified_Time: '2026-11-23T15:00:00Z',
};

const created = { at: Date.UTC(2026, 10, 23, 18, 34, 24), precision: 1000 };
const leadFields = {
  name: 'Nora Quick',
  company: 'Quick GmbH',
  owner: 'Lea Brandt',
  ownerId: id(900),
  status: 'Attempted to Contact',
  source: 'Web Download',
  email: 'nora@quick.example',
  phone: '+491701234032',
  createdAt: created,
  modifiedAt: { at: Date.UTC(2026, 10, 23, 18, 37, 24), precision: 1000 },
};

interface Known {
  readonly id: string;
  readonly [column: string]: unknown;
}

/** Answers as Zoho does: at most 100 ids, 204 for nothing, COQL with the criteria that the sweep writes. */
const serve =
  (modules: {
    readonly Leads?: readonly Known[];
    readonly Deals?: readonly Known[];
    readonly Contacts?: readonly Known[];
  }): Answer =>
  (request, response, body) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://zoho');
    const answer = (value: Answer): void => value(request, response, body);
    const nothing = (): void => void response.writeHead(204).end();
    if (request.headers['x-zcsrf-token'] !== 'crmcsrfparam=abc-123')
      return answer(json({ code: 'INVALID_TOKEN', status: 'error' }, 401));
    if (pathname === '/crm/v8/coql') {
      const { select_query: query } = JSON.parse(body) as { select_query: string };
      const found = /^select id from (\w+) where (.+) order by id asc limit (\d+)$/u.exec(query);
      const [, table = '', where = '', limit = ''] = found ?? [];
      const after = /id > '(\d+)'/u.exec(where)?.[1];
      const owner = /Owner = '(\d+)'/u.exec(where)?.[1];
      const all = (modules[table as 'Leads'] ?? []).filter(
        (item) =>
          (after === undefined || BigInt(item.id) > BigInt(after)) &&
          (owner === undefined || (item['Owner'] as { id: string }).id === owner),
      );
      const data = all.slice(0, Number(limit)).map((item) => ({ id: item.id }));
      const info = { count: data.length, more_records: all.length > data.length };
      return data.length === 0 ? nothing() : answer(json({ data, info }));
    }
    const ids = searchParams.get('ids')?.split(',') ?? [];
    if (ids.length > 100) return answer(json({ code: 'LIMIT_EXCEEDED', status: 'error' }, 400));
    const asked = new Set(ids);
    const data = (modules[pathname.split('/')[3] as 'Leads'] ?? []).filter((item) => asked.has(item.id));
    return data.length === 0 ? nothing() : answer(json({ data, info: { more_records: false } }));
  };

const many = (from: number, count: number, one: Known): Known[] =>
  Array.from({ length: count }, (_, n) => ({ ...one, id: id(from + n) }));

describe('leads', () => {
  apiBattery({
    adapter: zoho,
    path: leadsPath,
    cookie: session,
    answer: serve({ Leads: [lead, converted] }),
    refs: byId(id(1), id(2), id(404)),
    records: [
      { ref: { by: 'id', value: id(1) }, recordId: id(1), fields: leadFields, missing: [] },
      {
        ref: { by: 'id', value: id(2) },
        recordId: id(2),
        fields: {
          ...leadFields,
          status: 'converted',
          closedAt: { at: Date.UTC(2026, 10, 24, 9), precision: 1000 },
        },
        missing: [],
      },
    ],
    elsewhere: ['campaign'],
    screen: {
      refs: byId(...many(1, 100, lead).map((one) => one.id)),
      answer: serve({ Leads: many(1, 100, lead) }),
    },
    requests: 1,
    sweep: {
      answer: serve({ Leads: many(1, 7_000, lead), Deals: many(20_000, 3_000, deal) }),
      viewer: { id: id(900) },
    },
  });
});

async function fetchOn(
  path: string,
  refs: readonly RecordRef[],
  answer: Answer,
  more: { cookie?: string; html?: string } = { cookie: session },
) {
  const { server, page, api, request } = await visit({ adapter: zoho, path, ...more }, answer);
  return { server, result: api.fetch(refs, page, request, noWorld) };
}

async function codeOf(result: Promise<unknown>): Promise<unknown> {
  return result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );
}

describe('what is particular to Zoho CRM', () => {
  it('deals are Potentials in addresses and Deals in the API; a closing date that is hoped for is none', async () => {
    const { server, result } = await fetchOn(dealsPath, byId(id(5)), serve({ Deals: [deal] }));
    expect(await result).toEqual([
      {
        ref: { by: 'id', value: id(5) },
        recordId: id(5),
        fields: {
          name: 'Rollout 40 seats',
          company: 'Vega Foods',
          campaign: 'Autumn fair',
          owner: 'Lea Brandt',
          ownerId: id(900),
          status: 'Needs Analysis',
          source: 'Partner',
          createdAt: { at: Date.UTC(2026, 10, 23, 14, 6, 22), precision: 1000 },
          modifiedAt: { at: Date.UTC(2026, 10, 23, 15), precision: 1000 },
        },
        missing: [],
      },
    ]);
    expect(server.seen[0]?.line).toMatch(/^GET \/crm\/v8\/Deals\?/u);
  });

  it('contacts have no status, and that is no news', async () => {
    const contact = { ...lead, id: id(6), Account_Name: { name: 'Quick GmbH', id: id(701) } };
    const { result } = await fetchOn(`/crm/tab/Contacts/${id(6)}`, byId(id(6)), serve({ Contacts: [contact] }));
    const [record] = await result;
    expect(record?.fields).not.toHaveProperty('status');
    expect(record?.fields.company).toBe('Quick GmbH');
    expect(record?.missing).toEqual([]);
  });

  it('an empty status is absent, a column that a role may not see is missing', async () => {
    const { Lead_Status: _hidden, ...hidden } = { ...lead, id: id(3) };
    const { result } = await fetchOn(
      leadsPath,
      byId(id(1), id(3)),
      serve({ Leads: [{ ...lead, Lead_Status: null }, hidden] }),
    );
    expect((await result).map(({ fields, missing }) => [fields.status, missing])).toEqual([
      [undefined, []],
      [undefined, ['status']],
    ]);
  });

  it('sends what their own script sends, and the organisation of the address', async () => {
    const { server, result } = await fetchOn(leadsPath, byId(id(1)), serve({ Leads: [lead] }));
    await result;
    expect(server.seen[0]?.headers).toMatchObject({
      'x-zcsrf-token': 'crmcsrfparam=abc-123',
      'x-crm-org': '60012345678',
      'x-requested-with': 'XMLHttpRequest',
    });
    const old = await fetchOn(`/crm/tab/Leads/${id(1)}`, byId(id(1)), serve({ Leads: [lead] }));
    await old.result;
    expect(old.server.seen[0]?.headers).not.toHaveProperty('x-crm-org');
  });

  it('takes the token from the page where no cookie can be read, and asks nothing without one', async () => {
    const html = '<input type="hidden" id="token" value="abc-123">';
    const { result } = await fetchOn(leadsPath, byId(id(1)), serve({ Leads: [lead] }), { html });
    expect(await result).toHaveLength(1);
    const none = await fetchOn(leadsPath, byId(id(1)), serve({ Leads: [lead] }), { cookie: 'NOT_CT_CSRF_TOKEN=x' });
    expect(await codeOf(none.result)).toBe('unauthorised');
    expect(none.server.seen).toEqual([]);
  });

  it('204 means that nothing matches, in a list of ids and in a sweep', async () => {
    const { result } = await fetchOn(leadsPath, byId(id(404)), serve({}));
    expect(await result).toEqual([]);
    const { page, api, request } = await visit({ adapter: zoho, path: leadsPath, cookie: session }, serve({}));
    expect(await api.sweep?.(null, null, page, request)).toEqual({ records: [], next: 'Potentials:' });
    expect(await api.sweep?.('Potentials:', null, page, request)).toEqual({ records: [], next: null });
  });

  it.each([
    [{ status: 'error', code: 'NO_PERMISSION' }, 'unauthorised'],
    [{ status: 'error', code: 'API_LIMIT_EXCEEDED' }, 'limited'],
    [{ status: 'error', code: 'INVALID_QUERY' }, 'unreadable'],
    [{ data: { 0: lead } }, 'unreadable'],
    [[lead], 'unreadable'],
  ])('%j means %s', async (body, code) => {
    const { result } = await fetchOn(leadsPath, byId(id(1)), json(body));
    expect(await codeOf(result)).toBe(code);
  });

  it('records without an id, or that nobody asked for, are left out', async () => {
    const answer = json({ data: [{ ...lead, id: null }, { ...lead, id: id(77) }, 'x', null, lead] });
    const { result } = await fetchOn(leadsPath, byId(id(1)), answer);
    expect((await result).map(({ recordId }) => recordId)).toEqual([id(1)]);
  });

  it('only digits are asked for', async () => {
    const refs = [...byId("1' or '1'='1", 'x', '', '1'.repeat(30)), { by: 'handle', value: id(1) } as const];
    const { server, result } = await fetchOn(leadsPath, refs, serve({ Leads: [lead] }));
    expect(await result).toEqual([]);
    expect(server.seen).toEqual([]);
  });

  it('says who is signed in', async () => {
    const { page, api, request } = await visit(
      { adapter: zoho, path: leadsPath, cookie: session },
      json({ users: [{ id: id(900), full_name: 'Lea Brandt', email: 'lea@vega.example' }] }),
    );
    expect(await api.viewer?.(page, request, '')).toEqual({ id: id(900), name: 'Lea Brandt' });
  });

  it('sweeps leads that are not converted, then deals that are not closed, each with its object', async () => {
    const { server, page, api, request } = await visit(
      { adapter: zoho, path: dealsPath, cookie: session },
      serve({ Leads: [lead, converted], Deals: [deal] }),
    );
    const first = await api.sweep?.(null, { id: id(900) }, page, request);
    expect(first?.records.map(({ object, recordId }) => [object, recordId])).toEqual([['Leads', id(1)]]);
    const last = await api.sweep?.(first?.next ?? '', { id: id(900) }, page, request);
    expect(last?.records.map(({ object, recordId }) => [object, recordId])).toEqual([['Potentials', id(5)]]);
    expect(last?.next).toBeNull();
    const query = (n: number) => (JSON.parse(server.seen[n]?.body ?? '') as { select_query: string }).select_query;
    expect(query(0)).toBe(
      `select id from Leads where (Owner = '${id(900)}' and id is not null) order by id asc limit 100`,
    );
    expect(query(2)).toContain(`where ((Owner = '${id(900)}' and id is not null) and Stage not in ('Closed Won',`);
  });

  it('a page that does not lie behind the one before ends the list, and a cursor of another kind begins anew', async () => {
    const round = json({ data: [{ ...lead, id: id(1) }], info: { more_records: true } });
    const { page, api, request } = await visit({ adapter: zoho, path: leadsPath, cookie: session }, round);
    expect((await api.sweep?.(`Leads:${id(1)}`, null, page, request))?.next).toBe('Potentials:');
    expect((await api.sweep?.("Leads:1' or", null, page, request))?.next).toBe(`Leads:${id(1)}`);
  });

  it('sweeps nothing for a person without an id', async () => {
    const { server, page, api, request } = await visit(
      { adapter: zoho, path: leadsPath, cookie: session },
      serve({ Leads: [lead] }),
    );
    expect(await api.sweep?.(null, { name: 'Lea Brandt' }, page, request)).toEqual({ records: [], next: null });
    expect(server.seen).toEqual([]);
  });
});
