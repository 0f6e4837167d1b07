/** EspoCRM's API as its own pages use it, spoken by a real server on the loopback. Shapes as recorded on 8.1; data made up. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { espocrm } from '../../../lib/crm/espocrm';
import { createRequest, CrmApiError } from '../../../lib/crm/request';
import { noWorld } from '../../../lib/crm/world';
import type { ApiRecord, RecordRef, SweepPage } from '../../../lib/crm/types';
import { apiBattery, visit } from './battery';
import { longestLine, startLoopback, type Answer, type Loopback } from './loopback';

const lead = {
  id: '660c1f0a7b3d9e001',
  name: 'Nora Quick',
  salutationName: null,
  firstName: 'Nora',
  lastName: 'Quick',
  status: 'In Process',
  source: 'Web Site',
  emailAddress: 'nora@quick.example',
  phoneNumber: '+49301234032',
  accountName: 'Quick GmbH',
  createdAt: '2026-11-23 18:34:24',
  modifiedAt: '2026-11-23 18:37:24',
  convertedAt: null,
  assignedUserId: '65f0a1c2d3e4b5a01',
  assignedUserName: 'Lea Brandt',
  campaignId: null,
  campaignName: null,
  createdById: '65f0a1c2d3e4b5a02',
} as const;

const opportunity = {
  id: '660c1f0a7b3d9e006',
  name: 'Rollout 40 seats',
  amount: 14_000,
  amountCurrency: 'USD',
  stage: 'Closed Won',
  leadSource: 'Partner',
  closeDate: '2026-12-01',
  accountId: '660c1f0a7b3d9a001',
  accountName: 'Vega Foods',
  createdAt: '2026-11-23 14:06:22',
  modifiedAt: '2026-11-23 15:00:00',
  assignedUserId: null,
  assignedUserName: null,
  campaignName: 'Autumn fair',
} as const;

const leadFields = {
  name: 'Nora Quick',
  status: 'In Process',
  source: 'Web Site',
  email: 'nora@quick.example',
  phone: '+49301234032',
  company: 'Quick GmbH',
  owner: 'Lea Brandt',
  ownerId: '65f0a1c2d3e4b5a01',
  createdAt: { at: Date.UTC(2026, 10, 23, 18, 34, 24), precision: 1000 },
  modifiedAt: { at: Date.UTC(2026, 10, 23, 18, 37, 24), precision: 1000 },
};

const servers: Loopback[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));

async function serve(answer: Answer) {
  const server = await startLoopback(answer);
  servers.push(server);
  const fetchFrom = (refs: readonly RecordRef[], path = '/#Lead'): Promise<readonly ApiRecord[]> => {
    const url = new URL(path, server.origin);
    const doc = new Window({ url: url.href }).document as unknown as Document;
    const route = espocrm.route(url, doc);
    if (!route || !espocrm.api) throw new Error('No route or no API');
    return espocrm.api.fetch(refs, { doc, url, route, now: Date.now }, createRequest(server.origin, fetch), noWorld);
  };
  return { server, fetchFrom };
}

/** A server that answers as Espo does: the asked records that it has; nobody has done anything with them. */
function espo(records: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[]): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://espo');
    if (/\/(?:Email|Call|Meeting)$/u.test(pathname)) return answering({ total: 0, list: [] })(request, response);
    const ids = searchParams.getAll('where[0][value][]');
    const limit = Number(searchParams.get('maxSize'));
    const known =
      searchParams.get('where[0][type]') === 'in' && searchParams.get('where[0][attribute]') === 'id' && limit <= 200;
    const list = records.filter(({ id }) => ids.includes(id)).slice(0, limit);
    response.writeHead(known ? 200 : 403, { 'Content-Type': 'application/json' });
    response.end(known ? JSON.stringify({ total: list.length, list }) : '');
  };
}

const answering =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof CrmApiError ? [error.code, error.retryAfterMs] : error),
  );
}

describe('a batch of records', () => {
  it('is asked for without credentials of ours, and says what the page cannot: raw status, instants', async () => {
    const { server, fetchFrom } = await serve(espo([lead]));
    await expect(fetchFrom(byId(lead.id))).resolves.toEqual([
      { ref: { by: 'id', value: lead.id }, recordId: lead.id, fields: leadFields, missing: [] },
    ]);
    // Leads, and what people did with them: mails, calls, meetings.
    expect(server.seen).toHaveLength(4);
    expect(server.seen[0]?.headers).toMatchObject({ 'x-requested-with': 'XMLHttpRequest' });
    expect(Object.keys(server.seen[0]?.headers ?? {}).filter((name) => /auth|cookie|api-key/u.test(name))).toEqual([]);
    const select = new URL(server.seen[0]?.line.slice(4) ?? '', server.origin).searchParams.get('select')?.split(',');
    expect(select?.toSorted()).toEqual(
      [
        'id name status source emailAddress phoneNumber accountName campaignName createdAt modifiedAt convertedAt',
        'assignedUserId assignedUserName',
      ]
        .join(' ')
        .split(' ')
        .toSorted(),
    );
  });

  it('of opportunities has the stage as status, the source of the lead, and no closing date that is only hoped for', async () => {
    const { server, fetchFrom } = await serve(espo([opportunity]));
    await expect(fetchFrom(byId(opportunity.id), '/crm/#Opportunity')).resolves.toEqual([
      {
        ref: { by: 'id', value: opportunity.id },
        recordId: opportunity.id,
        fields: {
          name: 'Rollout 40 seats',
          status: 'Closed Won',
          source: 'Partner',
          company: 'Vega Foods',
          campaign: 'Autumn fair',
          createdAt: { at: Date.UTC(2026, 10, 23, 14, 6, 22), precision: 1000 },
          modifiedAt: { at: Date.UTC(2026, 10, 23, 15, 0, 0), precision: 1000 },
        },
        missing: [],
      },
    ]);
    expect(server.seen[0]?.line).toMatch(/^GET \/crm\/api\/v1\/Opportunity\?/u);
  });

  it.each([
    ['/#Lead', '/api/v1/Lead'],
    ['/crm/#Lead', '/crm/api/v1/Lead'],
    ['/crm/index.php?x=1#Lead/view/660c1f0a7b3d9e001', '/crm/api/v1/Lead'],
  ])('is asked beside the page: %s → %s', async (page, path) => {
    const { server, fetchFrom } = await serve(espo([]));
    await fetchFrom(byId(lead.id), page);
    expect(new URL(server.seen[0]?.line.slice(4) ?? '', server.origin).pathname).toBe(path);
  });

  it('leaves out what the CRM does not know, and what nobody asked for', async () => {
    const { fetchFrom } = await serve(answering({ total: 2, list: [lead, { ...lead, id: 'another' }] }));
    const records = await fetchFrom(byId(lead.id, '660c1f0a7b3d9e404'));
    expect(records.map(({ recordId }) => recordId)).toEqual([lead.id]);
  });

  it('a converted lead closed when it was converted', async () => {
    const { fetchFrom } = await serve(espo([{ ...lead, status: 'Converted', convertedAt: '2026-11-23 19:00:00' }]));
    const [record] = await fetchFrom(byId(lead.id));
    expect(record?.fields.closedAt).toEqual({ at: Date.UTC(2026, 10, 23, 19), precision: 1000 });
  });

  it('of 100 ids, each as long as a UUID, takes four requests in lines that every server takes', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `0b8f6a52-3c1d-4e7f-9a20-${String(n).padStart(12, '0')}`);
    const { server, fetchFrom } = await serve(espo(ids.map((id) => ({ ...lead, id }))));
    const records = await fetchFrom(byId(...ids));
    expect(records.map(({ recordId }) => recordId)).toEqual(ids);
    expect(server.seen).toHaveLength(4);
    for (const { line } of server.seen) expect(`${line} HTTP/1.1`.length).toBeLessThanOrEqual(longestLine);
    expect(espocrm.api?.batch).toBe(100);
  });

  it('of nothing that is an id asks nothing', async () => {
    const { server, fetchFrom } = await serve(espo([lead]));
    await expect(fetchFrom([])).resolves.toEqual([]);
    await expect(
      fetchFrom([...byId('a&select=*', 'x'.repeat(40), ''), { by: 'handle', value: 'abc' }]),
    ).resolves.toEqual([]);
    expect(server.seen).toHaveLength(0);
  });

  it('asks for a record once that is named twice', async () => {
    const { server, fetchFrom } = await serve(espo([lead]));
    await expect(fetchFrom(byId(lead.id, lead.id))).resolves.toHaveLength(1);
    expect(server.seen[0]?.line).toContain('maxSize=1&');
  });
});

describe('an answer that is not as it should be', () => {
  const failing =
    (status: number, headers: Record<string, string>, body = ''): RequestListener =>
    (_request, response) => {
      response.writeHead(status, headers).end(body);
    };
  const json = { 'Content-Type': 'application/json' };

  it.each([
    ['401', failing(401, json), ['unauthorised', null]],
    ['403', failing(403, { 'X-Status-Reason': 'Forbidden' }), ['unauthorised', null]],
    ['429 with a wait', failing(429, { 'Retry-After': '30' }), ['limited', 30_000]],
    ['500', failing(500, json, '{"messageTranslation":null}'), ['failing', null]],
    ['503 while it is upgraded', failing(503, { 'Retry-After': '60' }), ['failing', 60_000]],
    ['truncated JSON', failing(200, json, '{"total":36,"list":[{"id":"6b0487e4'), ['unreadable', null]],
    [
      'a page',
      failing(200, { 'Content-Type': 'text/html' }, '<!doctype html><title>EspoCRM</title>'),
      ['unreadable', null],
    ],
    ['no list', answering({ total: 1 }), ['unreadable', null]],
    ['a list that is an object', answering({ total: 1, list: { 0: lead } }), ['unreadable', null]],
    ['a bare list', answering([lead]), ['unreadable', null]],
    ['null', answering(null), ['unreadable', null]],
  ] as [string, RequestListener, unknown][])('%s', async (_name, answer, code) => {
    const { fetchFrom } = await serve(answer);
    expect(await codeOf(fetchFrom(byId(lead.id)))).toEqual(code);
  });

  it('records without an id are left out, the others read', async () => {
    const { id: _id, ...nameless } = lead;
    const { fetchFrom } = await serve(answering({ total: 4, list: [nameless, null, 'x', { ...lead, id: 7 }, lead] }));
    expect((await fetchFrom(byId(lead.id, '7'))).map(({ recordId }) => recordId)).toEqual([lead.id]);
  });

  it('what cannot be read is missing, what is empty is absent', async () => {
    const odd = {
      ...lead,
      name: '',
      status: { value: 'New' },
      createdAt: 'Today 18:34',
      modifiedAt: 1_795_458_864,
      emailAddress: ['a'],
      phoneNumber: '',
      accountName: null,
      assignedUserId: null,
      assignedUserName: null,
    };
    const { fetchFrom } = await serve(espo([odd]));
    const [record] = await fetchFrom(byId(lead.id));
    expect(record?.fields).toEqual({ source: 'Web Site' });
    expect(record?.missing.toSorted()).toEqual(['createdAt', 'email', 'modifiedAt', 'name', 'status']);
  });

  it('a field that a role may not see is missing where a clock needs it', async () => {
    const { fetchFrom } = await serve(espo([{ id: lead.id }]));
    const [record] = await fetchFrom(byId(lead.id));
    expect(record?.fields).toEqual({});
    expect(record?.missing.toSorted()).toEqual(['createdAt', 'name', 'ownerId', 'status']);
  });
});

/** A whole installation: entities by name, filtered as Espo filters. */
function installation(entities: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '', 'http://espo');
    const name = url.pathname.split('/').at(-1) ?? '';
    const [offset, limit] = ['offset', 'maxSize'].map((one) => Number(url.searchParams.get(one))) as [number, number];
    const wheres = [0, 1, 2].flatMap((index) => {
      const attribute = url.searchParams.get(`where[${index}][attribute]`);
      const values = [
        ...url.searchParams.getAll(`where[${index}][value][]`),
        ...url.searchParams.getAll(`where[${index}][value]`),
      ];
      return attribute === null ? [] : [{ attribute, values }];
    });
    const all = (entities[name] ?? [])
      .filter((item) => wheres.every(({ attribute, values }) => values.includes(String(item[attribute]))))
      .filter((item) => !url.searchParams.has('primaryFilter') || item['status'] !== 'Converted');
    const by = url.searchParams.get('orderBy') ?? '';
    const way = url.searchParams.get('order') === 'desc' ? -1 : 1;
    // Espo takes the id where two are equal.
    const keyOf = (item: Readonly<Record<string, unknown>>): string => `${String(item[by])} ${String(item['id'])}`;
    const sorted = all.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -way : way));
    response.writeHead(limit > 200 ? 403 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ total: all.length, list: sorted.slice(offset, offset + limit) }));
  };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    ...lead,
    id: `660c1f0a7b3e${n.toString(16).padStart(5, '0')}`,
    status: 'New',
  }));
const touchesOf = (parentId: string) => ({
  Email: [
    { id: 'e1', parentType: 'Lead', parentId, status: 'Sent', dateSent: '2026-11-24 09:00:00', isAutoReply: true },
    { id: 'e2', parentType: 'Lead', parentId, status: 'Sent', dateSent: '2026-11-24 10:00:00', isAutoReply: false },
    { id: 'e3', parentType: 'Lead', parentId, status: 'Draft', dateSent: '2026-11-23 10:00:00' },
  ],
  Call: [
    { id: 'c1', parentType: 'Lead', parentId, status: 'Held', dateStart: '2026-11-24 11:00:00', direction: 'Outbound' },
    { id: 'c2', parentType: 'Lead', parentId, status: 'Held', dateStart: '2026-11-24 12:00:00', direction: 'Inbound' },
  ],
  Meeting: [{ id: 'm1', parentType: 'Lead', parentId, status: 'Planned', dateStart: '2026-11-23 12:00:00' }],
});
const complete = { ...lead, status: 'Converted', campaignName: 'Fair', convertedAt: '2026-11-25 08:00:00' };

apiBattery({
  adapter: espocrm,
  path: '/#Lead',
  answer: installation({ Lead: [complete], ...touchesOf(lead.id) }),
  refs: byId(lead.id, 'unknown'),
  records: [
    {
      ref: { by: 'id', value: lead.id },
      recordId: lead.id,
      fields: {
        ...leadFields,
        status: 'Converted',
        campaign: 'Fair',
        closedAt: { at: Date.UTC(2026, 10, 25, 8), precision: 1000 },
        // The automatic reply at nine, the draft and the call that came in are no touches.
        firstTouchAt: { at: Date.UTC(2026, 10, 24, 10), precision: 1000 },
        lastTouchAt: { at: Date.UTC(2026, 10, 24, 11), precision: 1000 },
        lastInboundAt: { at: Date.UTC(2026, 10, 24, 12), precision: 1000 },
      },
      missing: [],
    },
  ],
  screen: { refs: byId(...many(100).map(({ id }) => id)), answer: installation({ Lead: many(100) }) },
  requests: 4,
  sweep: {
    answer: installation({ Lead: [complete, ...many(9_990)], Opportunity: many(10) }),
    viewer: { id: lead.assignedUserId },
  },
});

describe('what people did with a lead', () => {
  const touchFields = ['firstTouchAt', 'lastInboundAt', 'lastTouchAt'] as const;

  it.each([403, 404, 414])('is missing where Espo answers %i, and the lead is read all the same', async (status) => {
    const leads = installation({ Lead: [lead] });
    const { fetchFrom } = await serve((request, response, body) =>
      request.url?.includes('/Lead?') ? leads(request, response, body) : response.writeHead(status).end(),
    );
    const [record] = await fetchFrom(byId(lead.id));
    expect(record?.fields).toEqual(leadFields);
    expect(record?.missing.toSorted()).toEqual(touchFields);
  });

  it('is told as far as it is known where a part is closed, and what may be hidden is missing', async () => {
    const all = installation({ Lead: [lead], ...touchesOf(lead.id) });
    const { fetchFrom } = await serve((request, response, body) =>
      request.url?.includes('/Call?') ? response.writeHead(403).end() : all(request, response, body),
    );
    const [record] = await fetchFrom(byId(lead.id));
    expect(record?.fields.lastTouchAt).toEqual({ at: Date.UTC(2026, 10, 24, 10), precision: 1000 });
    expect(record?.missing.toSorted()).toEqual(touchFields);
  });

  const mail = (parentId: string, minute: number) => ({
    id: `e${parentId}${minute}`,
    parentType: 'Lead',
    parentId,
    status: 'Sent',
    dateSent: new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString().slice(0, 19).replace('T', ' '),
  });
  const atMinute = (minute: number) => ({ at: Date.UTC(2026, 10, 1, 0, minute), precision: 1000 });

  it('of a long history is known from both ends; what may lie between them is missing', async () => {
    const [busy, between, late, silent] = many(4).map(({ id }) => id) as [string, string, string, string];
    const Email = [...Array.from({ length: 900 }, (_, n) => mail(busy, n)), mail(between, 450), mail(late, 899)];
    const { server, fetchFrom } = await serve(installation({ Lead: many(4), Email }));
    const records = new Map((await fetchFrom(byId(busy, between, late, silent))).map((one) => [one.recordId, one]));
    const told = (id: string) => {
      const { fields, missing } = records.get(id) as ApiRecord;
      return { first: fields.firstTouchAt, last: fields.lastTouchAt, missing: missing.toSorted() };
    };
    expect(told(busy)).toEqual({ first: atMinute(0), last: atMinute(899), missing: [] });
    expect(told(between)).toEqual({ first: undefined, last: undefined, missing: ['firstTouchAt', 'lastTouchAt'] });
    // It was touched at the end, and may have been touched before.
    expect(told(late)).toEqual({ first: atMinute(899), last: atMinute(899), missing: ['firstTouchAt'] });
    expect(told(silent)).toEqual({ first: undefined, last: undefined, missing: ['firstTouchAt', 'lastTouchAt'] });
    expect(server.seen.filter(({ line }) => line.includes('/Email?'))).toHaveLength(3);
  });

  it('of 500 mails is known from its three pages, and nothing is missing', async () => {
    const [busy, silent] = many(2).map(({ id }) => id) as [string, string];
    const Email = Array.from({ length: 500 }, (_, n) => mail(busy, n));
    const { fetchFrom } = await serve(installation({ Lead: many(2), Email }));
    expect((await fetchFrom(byId(busy, silent))).map(({ missing }) => missing)).toEqual([[], []]);
  });

  it('is asked for in a sweep, too, in lines that every server takes', async () => {
    const leads = many(400);
    const Email = leads.map(({ id }, n) => mail(id, n));
    const on = { adapter: espocrm, path: '/#Lead' };
    const { api, page, request, server } = await visit(on, installation({ Lead: leads, Email }));
    const found: ApiRecord[] = [];
    for (let cursor: string | null = null; ;) {
      const swept: SweepPage | undefined = await api.sweep?.(cursor, { id: lead.assignedUserId }, page, request);
      found.push(...(swept?.records ?? []));
      cursor = swept?.next ?? null;
      if (cursor === null) break;
    }
    expect(found.map(({ fields }) => fields.firstTouchAt)).toEqual(leads.map((_, n) => atMinute(n)));
    expect(found.flatMap(({ missing }) => missing)).toEqual([]);
    for (const { line } of server.seen) expect(`${line} HTTP/1.1`.length).toBeLessThanOrEqual(longestLine);
  });

  it('is waited for where the server is busy: without it a touched lead would look late', async () => {
    const leads = installation({ Lead: [lead] });
    const { fetchFrom } = await serve((request, response, body) =>
      request.url?.includes('/Lead?') ? leads(request, response, body) : response.writeHead(429).end(),
    );
    expect(await codeOf(fetchFrom(byId(lead.id)))).toEqual(['limited', null]);
  });
});
