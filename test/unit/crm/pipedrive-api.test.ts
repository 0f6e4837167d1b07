/** Pipedrive's documented API, spoken by a real server on the loopback. Shapes after the vendor's own client; data made up. */
import { describe, expect, it } from 'vitest';
import { pipedrive } from '../../../lib/crm/pipedrive';
import { CrmApiError } from '../../../lib/crm/request';
import type { RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';

const second = (...parts: [number, number, number, number, number, number]) => ({
  at: Date.UTC(...parts),
  precision: 1000,
});
const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));
const uuid = (n: number): string => `0b8f6a52-3c1d-4e7f-9a20-${String(n).padStart(12, '0')}`;
const session = 'pipe-session=http-only; pipe-session-token=0123456789abcdef; lang=en';

const deal = {
  id: 311,
  title: 'Rollout 40 seats',
  owner_id: 7,
  person_id: 801,
  org_id: 71,
  pipeline_id: 1,
  stage_id: 4,
  add_time: '2026-11-23T14:06:22Z',
  update_time: '2026-11-23T15:00:00.000Z',
  status: 'open',
  close_time: null,
  expected_close_date: '2026-12-01',
  origin: 'WebForms',
  is_deleted: false,
  is_archived: false,
  last_activity_id: 91,
  last_incoming_mail_time: '2026-11-23T14:30:00Z',
  last_outgoing_mail_time: '2026-11-23T14:20:00Z',
};
const won = { ...deal, id: 312, status: 'won', close_time: '2026-11-24T09:00:00Z', last_activity_id: null };
const call = { id: 91, type: 'call', done: true, deal_id: 311, marked_as_done_time: '2026-11-23T14:50:00Z' };

const person = {
  id: 801,
  name: 'Nora Quick',
  owner_id: 7,
  add_time: '2026-11-23T18:34:24Z',
  update_time: null,
  emails: [
    { value: 'old@quick.example', primary: false },
    { value: 'nora@quick.example', primary: true },
  ],
  phones: [{ value: '+49301234032', primary: true }],
  last_activity_id: null,
  last_incoming_mail_time: null,
  last_outgoing_mail_time: null,
};

const lead = {
  id: uuid(1),
  title: 'Vega Foods, 40 seats',
  owner_id: 7,
  is_archived: false,
  origin: 'LiveChat',
  add_time: '2026-11-23T14:06:22.000Z',
  update_time: '2026-11-23T14:06:23.000Z',
};

interface Account {
  readonly deals?: readonly { readonly id: number; readonly status: string }[];
  readonly persons?: readonly { readonly id: number }[];
  readonly activities?: readonly { readonly id: number }[];
  readonly leads?: readonly { readonly id: string }[];
}

/** Answers as Pipedrive does: ids and cursors in version 2, positions in version 1. */
const serve =
  (account: Account): Answer =>
  (request, response, body) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://pipedrive');
    const [, , , list = '', id] = pathname.split('/');
    const limit = Number(searchParams.get('limit'));
    if (searchParams.get('session_token') !== '0123456789abcdef')
      return json({ success: false, error: 'unauthorized access', errorCode: 401 }, 401)(request, response, body);
    if (pathname.startsWith('/api/v2/')) {
      const all = (account[list as 'deals' | 'persons' | 'activities'] ?? []) as readonly { id: number }[];
      const ids = searchParams.get('ids')?.split(',').map(Number);
      if (ids) {
        if (ids.length > 100)
          return json({ success: false, code: 'ERR_SCHEMA_VALIDATION_FAILED' }, 400)(request, response, body);
        return json({ success: true, data: all.filter((item) => ids.includes(item.id)) })(request, response, body);
      }
      const start = Number(atob(searchParams.get('cursor') ?? '') || 0);
      const data = all.slice(start, start + limit);
      const next = start + limit < all.length ? btoa(String(start + limit)) : null;
      return json({ success: true, data, additional_data: { next_cursor: next } })(request, response, body);
    }
    const leads = account.leads ?? [];
    if (list === 'leads' && id !== undefined) {
      const data = leads.find((one) => one.id === id);
      const missing = { success: false, error: 'Lead not found', errorCode: 404, data: null };
      return json(data ? { success: true, data } : missing, data ? 200 : 404)(request, response, body);
    }
    const start = Number(searchParams.get('start'));
    const data = leads.slice(start, start + limit);
    const more = start + limit < leads.length;
    const pagination = { start, limit, more_items_in_collection: more, ...(more && { next_start: start + limit }) };
    return json({ success: true, data: data.length === 0 ? null : data, additional_data: { pagination } })(
      request,
      response,
      body,
    );
  };

const hundredDeals = Array.from({ length: 100 }, (_, n) => ({ ...deal, id: n + 1, last_activity_id: n + 1001 }));
const manyDeals = Array.from({ length: 7_000 }, (_, n) => ({ ...deal, id: n + 1, last_activity_id: null }));
const manyLeads = Array.from({ length: 3_000 }, (_, n) => ({ ...lead, id: uuid(n) }));

describe('deals', () => {
  apiBattery({
    adapter: pipedrive,
    path: '/pipeline/1',
    cookie: session,
    answer: serve({ deals: [deal, won], persons: [person], activities: [call] }),
    refs: byId('311', '312', '404'),
    records: [
      {
        ref: { by: 'id', value: '311' },
        recordId: '311',
        fields: {
          name: 'Rollout 40 seats',
          status: 'stage:4',
          ownerId: '7',
          source: 'WebForms',
          createdAt: second(2026, 10, 23, 14, 6, 22),
          modifiedAt: second(2026, 10, 23, 15, 0, 0),
          lastTouchAt: second(2026, 10, 23, 14, 50, 0),
          lastInboundAt: second(2026, 10, 23, 14, 30, 0),
        },
        // There may have been touches before the last.
        missing: ['firstTouchAt'],
      },
      {
        ref: { by: 'id', value: '312' },
        recordId: '312',
        fields: {
          name: 'Rollout 40 seats',
          status: 'won',
          ownerId: '7',
          source: 'WebForms',
          createdAt: second(2026, 10, 23, 14, 6, 22),
          modifiedAt: second(2026, 10, 23, 15, 0, 0),
          lastTouchAt: second(2026, 10, 23, 14, 20, 0),
          lastInboundAt: second(2026, 10, 23, 14, 30, 0),
          closedAt: second(2026, 10, 24, 9, 0, 0),
        },
        missing: ['firstTouchAt'],
      },
    ],
    elsewhere: ['email', 'phone'],
    screen: {
      refs: byId(...hundredDeals.map(({ id }) => String(id))),
      answer: serve({
        deals: hundredDeals,
        activities: Array.from(hundredDeals, ({ last_activity_id: id }) => ({ ...call, id })),
      }),
    },
    requests: 2,
    sweep: { answer: serve({ deals: manyDeals, leads: manyLeads }), viewer: { id: '7' } },
  });
});

async function fetchOn(path: string, refs: readonly RecordRef[], answer: Answer, cookie = session) {
  const { server, page, api, request } = await visit({ adapter: pipedrive, path, cookie }, answer);
  return { server, page, api, request, result: api.fetch(refs, page, request, noWorld) };
}

async function codeOf(result: Promise<unknown>): Promise<unknown> {
  return result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );
}

describe('what is particular to Pipedrive', () => {
  it('reads people with their primary mail and phone, and without a touch where nobody made one', async () => {
    const { server, result } = await fetchOn('/persons/list', byId('801'), serve({ persons: [person] }));
    expect(await result).toEqual([
      {
        ref: { by: 'id', value: '801' },
        recordId: '801',
        fields: {
          name: 'Nora Quick',
          ownerId: '7',
          email: 'nora@quick.example',
          phone: '+49301234032',
          createdAt: second(2026, 10, 23, 18, 34, 24),
        },
        missing: [],
      },
    ]);
    expect(server.seen.map(({ line }) => line.split('?')[0])).toEqual(['GET /api/v2/persons']);
  });

  it('a lead on its own page is asked for by its id', async () => {
    const { server, result } = await fetchOn(`/leads/inbox/${uuid(1)}`, byId(uuid(1)), serve({ leads: [lead] }));
    expect(await result).toEqual([
      {
        ref: { by: 'id', value: uuid(1) },
        recordId: uuid(1),
        fields: {
          name: 'Vega Foods, 40 seats',
          status: 'open',
          ownerId: '7',
          source: 'LiveChat',
          createdAt: second(2026, 10, 23, 14, 6, 22),
          modifiedAt: second(2026, 10, 23, 14, 6, 23),
        },
        missing: [],
      },
    ]);
    expect(server.seen.map(({ line }) => line.split('?')[0])).toEqual([`GET /api/v1/leads/${uuid(1)}`]);
  });

  it('a lead that is gone leaves the other one beside it readable', async () => {
    const refs = byId(uuid(1), uuid(2));
    const { server, result } = await fetchOn(`/leads/inbox/${uuid(1)}`, refs, serve({ leads: [lead] }));
    expect((await result).map(({ recordId }) => recordId)).toEqual([uuid(1)]);
    // Whether it is gone or Pipedrive answers nonsense, the list tells.
    expect(server.seen.map(({ line }) => line.split('?')[0])).toEqual([
      `GET /api/v1/leads/${uuid(1)}`,
      `GET /api/v1/leads/${uuid(2)}`,
      'GET /api/v1/leads',
    ]);
  });

  it('an archived lead says so', async () => {
    const { result } = await fetchOn(
      '/leads/inbox',
      byId(uuid(1)),
      serve({ leads: [{ ...lead, is_archived: true } as typeof lead] }),
    );
    expect((await result)[0]?.fields.status).toBe('archived');
  });

  it('100 leads of a screen cost two lists at most, the next screen goes on from there, and what was found is remembered', async () => {
    const leads = Array.from({ length: 2_200 }, (_, n) => ({ ...lead, id: uuid(n) }));
    const refs = (from: number) => byId(...leads.slice(from, from + 100).map(({ id }) => id));
    const { server, page, api, request, result } = await fetchOn('/leads/inbox', refs(900), serve({ leads }));
    expect(await result).toHaveLength(100);
    expect(server.seen).toHaveLength(2);
    expect(server.seen[0]?.line).toContain('sort=add_time+DESC');
    expect(await api.fetch(refs(400), page, request, noWorld)).toHaveLength(100);
    expect(server.seen).toHaveLength(2);
    expect(await api.fetch(refs(1_200), page, request, noWorld)).toHaveLength(100);
    expect(server.seen).toHaveLength(3);
    // Behind the last list there is nothing to ask for.
    expect(await api.fetch(byId(...[7, 8, 9, 10].map((n) => uuid(n + 90_000))), page, request, noWorld)).toEqual([]);
    expect(server.seen).toHaveLength(5);
    expect(await api.fetch(byId(...[7, 8, 9, 10].map((n) => uuid(n + 90_000))), page, request, noWorld)).toEqual([]);
    expect(server.seen).toHaveLength(5);
  });

  it('a walk older than a minute begins again', async () => {
    const leads = Array.from({ length: 10 }, (_, n) => ({ ...lead, id: uuid(n) }));
    const refs = byId(...leads.map(({ id }) => id));
    const { server, page, api, request } = await visit(
      { adapter: pipedrive, path: '/leads/inbox', cookie: session },
      serve({ leads }),
    );
    await api.fetch(refs, { ...page, now: () => 0 }, request, noWorld);
    await api.fetch(refs, { ...page, now: () => 59_999 }, request, noWorld);
    expect(server.seen).toHaveLength(1);
    await api.fetch(refs, { ...page, now: () => 60_000 }, request, noWorld);
    expect(server.seen).toHaveLength(2);
  });

  it('lists that point back to themselves end the walk', async () => {
    const round = json({
      success: true,
      data: [lead],
      additional_data: { pagination: { more_items_in_collection: true, next_start: 0 } },
    });
    const { server, page, api, request, result } = await fetchOn(
      '/leads/inbox',
      byId(...[2, 3, 4, 5].map(uuid)),
      round,
    );
    expect(await result).toEqual([]);
    expect(server.seen).toHaveLength(1);
    expect(await api.sweep?.('lead:0', null, page, request)).toMatchObject({ next: null });
  });

  it.each([
    ['a task', { type: 'task' }],
    ['a deadline', { type: 'deadline' }],
    ['a type of the account’s own', { type: 'call___no_answer' }],
    ['a planned call', { done: false }],
    ['a call marked at no time', { marked_as_done_time: '' }],
  ])('%s is no touch, but may hide one', async (_name, change) => {
    const account = { deals: [{ ...deal, last_outgoing_mail_time: null }], activities: [{ ...call, ...change }] };
    const { result } = await fetchOn('/pipeline/1', byId('311'), serve(account));
    const [record] = await result;
    expect(record?.fields).not.toHaveProperty('lastTouchAt');
    expect(record?.missing).toEqual(['firstTouchAt', 'lastTouchAt']);
  });

  it('the later of mail and activity is the last touch', async () => {
    const later = { ...deal, last_outgoing_mail_time: '2026-11-23T16:00:00Z' };
    const { result } = await fetchOn('/pipeline/1', byId('311'), serve({ deals: [later], activities: [call] }));
    expect((await result)[0]?.fields.lastTouchAt).toEqual(second(2026, 10, 23, 16, 0, 0));
  });

  it('the token is read from the cookie at each request; without it nothing is asked', async () => {
    const { server, result } = await fetchOn('/deal/311', byId('311'), serve({ deals: [deal] }), 'pipe-session=x');
    expect(await codeOf(result)).toBe('unauthorised');
    expect(server.seen).toEqual([]);
    const other = await fetchOn('/deal/311', byId('311'), serve({ deals: [deal] }), 'a-pipe-session-token=wrong');
    expect(await codeOf(other.result)).toBe('unauthorised');
    expect(other.server.seen).toEqual([]);
  });

  it('only ids of the page’s own kind are asked for', async () => {
    const refs = [...byId('x', '1,2', '0', uuid(1), '-3', '9'.repeat(20)), { by: 'handle', value: '311' } as const];
    const { server, result } = await fetchOn('/pipeline/1', refs, serve({ deals: [deal] }));
    expect(await result).toEqual([]);
    expect(server.seen).toEqual([]);
  });

  it.each([
    [{ success: false, errorCode: 401 }, 'unauthorised'],
    [{ success: false, errorCode: 403 }, 'unauthorised'],
    [{ success: false, errorCode: 429 }, 'limited'],
    [{ success: false, code: 'ERR' }, 'unreadable'],
    [{ success: false, errorCode: 'constructor' }, 'unreadable'],
    [{ success: true, data: { 0: deal } }, 'unreadable'],
    [{ success: true }, 'unreadable'],
  ])('%j means %s', async (body, code) => {
    const { result } = await fetchOn('/pipeline/1', byId('311'), json(body));
    expect(await codeOf(result)).toBe(code);
  });

  it('records without an id are left out, and values of another kind are missing', async () => {
    const odd = { id: 312, title: 7, status: 'open', stage_id: 'x', owner_id: -1, add_time: 'yesterday', emails: 3 };
    const { result } = await fetchOn(
      '/pipeline/1',
      byId('311', '312'),
      json({ data: [{ ...deal, id: '311' }, null, odd] }),
    );
    expect(await result).toEqual([
      {
        ref: { by: 'id', value: '312' },
        recordId: '312',
        fields: {},
        missing: ['name', 'createdAt', 'ownerId', 'status'],
      },
    ]);
  });

  it('says who is signed in', async () => {
    const { page, api, request } = await visit(
      { adapter: pipedrive, path: '/deals', cookie: session },
      json({ success: true, data: { id: 7, name: 'Lea Brandt', email: 'lea@vega.example' } }),
    );
    expect(await api.viewer?.(page, request, '')).toEqual({ id: '7', name: 'Lea Brandt' });
  });

  it('sweeps the person’s own open deals by id, then the leads in the order that the list has', async () => {
    const { server, page, api, request } = await visit(
      { adapter: pipedrive, path: '/deals', cookie: session },
      serve({ deals: [deal], activities: [call], leads: [lead] }),
    );
    const first = await api.sweep?.(null, { id: '7' }, page, request);
    expect(first?.records.map(({ object, recordId }) => [object, recordId])).toEqual([['deal', '311']]);
    expect(first?.records[0]?.fields.lastTouchAt).toEqual(second(2026, 10, 23, 14, 50, 0));
    const last = await api.sweep?.(first?.next ?? '', { id: '7' }, page, request);
    expect(last).toMatchObject({ records: [{ object: 'lead', recordId: uuid(1) }], next: null });
    const query = (n: number) => new URL(server.seen[n]?.line.slice(4) ?? '', server.origin).searchParams;
    expect(Object.fromEntries(query(0))).toMatchObject({ owner_id: '7', status: 'open', sort_by: 'id', limit: '100' });
    expect(Object.fromEntries(query(2))).toMatchObject({ owner_id: '7', start: '0', limit: '200' });
    await api.sweep?.(null, null, page, request);
    expect(query(3).has('owner_id')).toBe(false);
  });

  it('sweeps nothing for a person without an id: nobody’s leads are somebody else’s', async () => {
    const { server, page, api, request } = await visit(
      { adapter: pipedrive, path: '/deals', cookie: session },
      serve({ deals: [deal] }),
    );
    expect(await api.sweep?.(null, { name: 'Lea Brandt' }, page, request)).toEqual({ records: [], next: null });
    expect(server.seen).toEqual([]);
  });
});
