import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentSecurityPolicy, startDemoCrm, type ApiMode, type DemoCrm } from '../../demo-crm/server.ts';
import { officeHours } from '../../demo-crm/working-minutes.ts';

/** Wednesday noon in Madrid. */
const noon = Date.parse('2026-11-25T11:00:00Z');

let crm: DemoCrm;
let now: number;
let cookie: string;

async function signIn(as: string): Promise<string> {
  const response = await fetch(`${crm.origin}/signin?as=${as}`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const get = (path: string): Promise<Response> => fetch(crm.origin + path, { headers: { cookie }, redirect: 'manual' });
const getJson = async (path: string): Promise<any> => (await get(path)).json(); // oxlint-disable-line typescript/no-explicit-any
const patch = (id: string, change: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${crm.origin}/api/leads/${id}`, {
    method: 'PATCH',
    headers: { cookie, ...headers },
    body: JSON.stringify(change),
  });

beforeEach(async () => {
  now = noon;
  crm = await startDemoCrm({ now: () => now, openHours: officeHours('Europe/Madrid'), total: 120 });
  cookie = await signIn('lucia');
});

afterEach(() => crm.close());

describe('sign-in', () => {
  test('sets a cookie that scripts cannot read, and leads on within the site only', async () => {
    const response = await fetch(`${crm.origin}/signin?as=dev&to=${encodeURIComponent('/leads?view=board')}`, {
      redirect: 'manual',
    });
    expect(response.headers.get('set-cookie')).toMatch(/^demo_session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(response.headers.get('location')).toBe('/leads?view=board');
    for (const elsewhere of ['//evil.example/', '/\\evil.example', 'https://evil.example/']) {
      const bad = await get(`/signin?as=dev&to=${encodeURIComponent(elsewhere)}`);
      expect(bad.headers.get('location')).toBe('/leads');
    }
  });

  test('without a session the API answers 401 and a page leads to the sign-in', async () => {
    cookie = '';
    expect((await get('/api/leads?ids=L-1001')).status).toBe(401);
    expect((await get('/leads/L-1001')).headers.get('location')).toBe('/signin?to=%2Fleads%2FL-1001');
  });

  test('signing everybody out ends the session', async () => {
    expect((await getJson('/api/me')).name).toBe('Lucía Ferrer');
    crm.control.signOutEverybody();
    expect((await get('/api/me')).status).toBe(401);
  });
});

test('every answer carries the strict content security policy', async () => {
  for (const path of ['/leads', '/signin', '/client/app.js', '/api/me', '/nowhere'])
    expect((await get(path)).headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  expect(contentSecurityPolicy).toMatch(/default-src 'none'.*frame-src 'none'.*require-trusted-types-for 'script'/);
});

test('nothing outside the client folder is served', async () => {
  for (const path of ['/client/../server.ts', '/client/%2e%2e/server.ts', '/client/nothing.js', '/server.ts'])
    expect((await get(path)).status).toBe(404);
});

describe('reading leads', () => {
  test('a batch holds the known ids and nothing that only tests may know', async () => {
    const { leads } = await getJson('/api/leads?ids=L-1001,L-1003,L-9999');
    expect(leads.map(({ id }: { id: string }) => id)).toEqual(['L-1001', 'L-1003']);
    expect(Object.keys(leads[0])).toEqual([
      'id', 'name', 'company', 'status', 'owner', 'source', 'campaign', 'region', 'tier', 'email', 'phone', 'createdAt',
      'handedOverAt', 'assignedAt', 'firstTouchAt', 'lastTouchAt', 'lastInboundAt', 'heldAt', 'closedAt', 'modifiedAt',
    ]); // prettier-ignore
    expect(leads[0].handedOverAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('the list sorts, filters and pages; the rest of the leads are under view=all', async () => {
    const second = await getJson('/api/leads?view=list&sort=company&dir=asc&page=2');
    expect(second).toMatchObject({ total: 48, page: 2, pages: 2 });
    expect(second.leads).toHaveLength(23);
    const mine = await getJson('/api/leads?view=list&owner=mine&status=new&q=ferrer');
    expect(mine.total).toBe(0);
    const found = await getJson('/api/leads?view=list&owner=mine&status=new&q=fjord');
    expect(found.leads.map(({ name }: { name: string }) => name)).toEqual(['Nora Lindqvist']);
    expect(await getJson('/api/leads?view=all&offset=100&limit=50')).toMatchObject({ total: 120, offset: 100 });
  });
});

describe('changing a lead', () => {
  const lead = (id: string) => crm.leads.find(({ record }) => record.id === id)?.record;

  test('accept, call, hold, resume and close leave the dates that a CRM keeps', async () => {
    const at = (minutes: number): string => {
      now = noon + minutes * 60_000;
      return new Date(now).toISOString().replace('.000Z', 'Z');
    };
    const accepted = at(1);
    await patch('L-1002', { status: 'accepted' });
    expect(lead('L-1002')).toMatchObject({ status: 'accepted', firstTouchAt: null, modifiedAt: accepted });
    const called = at(2);
    await patch('L-1002', { touch: true });
    expect(lead('L-1002')).toMatchObject({ status: 'working', firstTouchAt: called, lastTouchAt: called });
    const held = at(3);
    await patch('L-1002', { status: 'on-hold' });
    expect(lead('L-1002')).toMatchObject({ status: 'on-hold', heldAt: held });
    at(4);
    await patch('L-1002', { resume: true });
    expect(lead('L-1002')).toMatchObject({ status: 'working', heldAt: null });
    const closed = at(5);
    await patch('L-1002', { status: 'won' });
    expect(lead('L-1002')).toMatchObject({ status: 'won', closedAt: closed, firstTouchAt: called, modifiedAt: closed });
  });

  test('a new owner comes with the instant of the assignment', async () => {
    await patch('L-1005', { ownerId: 'ingrid' });
    expect(lead('L-1005')).toMatchObject({ owner: { id: 'ingrid' }, assignedAt: '2026-11-25T11:00:00Z' });
  });

  test('what is no change is refused and changes nothing', async () => {
    const before = structuredClone(lead('L-1002'));
    for (const bad of [{ status: 'gone' }, { ownerId: 'nobody' }, { touch: 'yes' }, { name: 'Other' }, null, []])
      expect((await patch('L-1002', bad)).status).toBe(422);
    expect((await patch('L-1002', { status: 'won' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await patch('L-9999', { status: 'won' })).status).toBe(404);
    expect(lead('L-1002')).toEqual(before);
  });
});

describe('the API misbehaves on demand', () => {
  test('by default for batches only, so that the page goes on working', async () => {
    crm.control.api = 'down';
    expect((await get('/api/leads?ids=L-1001')).status).toBe(503);
    expect((await get('/api/leads?view=list')).status).toBe(200);
    crm.control.scope = 'all';
    expect((await get('/api/leads?view=list')).status).toBe(503);
  });

  test.each<[ApiMode, number, RegExp]>([
    ['unauthorised', 401, /json/],
    ['garbage', 200, /json/],
    ['wrong-shape', 200, /json/],
    ['html', 200, /html/],
  ])('%s', async (mode, status, type) => {
    crm.control.api = mode;
    const response = await get('/api/leads?ids=L-1001');
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(type);
    if (mode === 'garbage') await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('refused drops the connection', async () => {
    crm.control.api = 'refused';
    await expect(get('/api/leads?ids=L-1001')).rejects.toThrow();
  });

  test('slow answers later, as usual', async () => {
    crm.control.api = 'slow';
    crm.control.delayMs = 20;
    expect((await getJson('/api/leads?ids=L-1001')).leads).toHaveLength(1);
  });

  test('limited names the wait', async () => {
    crm.control.api = 'limited';
    crm.control.retryAfterSeconds = 7;
    const response = await get('/api/leads?ids=L-1001');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
  });

  test('too many requests in the window are limited, for that session and that long', async () => {
    crm.control.rate = { requests: 2, windowMs: 1_000 };
    const statuses = async (): Promise<number[]> => [
      (await get('/api/me')).status,
      (await get('/api/me')).status,
      (await get('/api/me')).status,
    ];
    expect(await statuses()).toEqual([200, 200, 429]);
    cookie = await signIn('dev');
    expect((await get('/api/me')).status).toBe(200);
    now += 1_001;
    expect((await get('/api/me')).status).toBe(200);
  });
});

test('requests are on record, and a reset dates the leads anew', async () => {
  await patch('L-1002', { status: 'lost' });
  await get('/api/leads?ids=L-1002');
  expect(crm.control.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'PATCH /api/leads/L-1002',
    'GET /api/leads?ids=L-1002',
  ]);
  now += 24 * 60 * 60_000;
  crm.control.reset();
  expect(crm.leads[1]?.record).toMatchObject({ status: 'new', handedOverAt: '2026-11-26T10:52:00Z' });
});
