import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { demo } from '../../../lib/crm/demo';
import { createRequest } from '../../../lib/crm/request';
import { noWorld } from '../../../lib/crm/world';
import type { Page, RecordRef } from '../../../lib/crm/types';
import { startDemoCrm, type ApiMode, type DemoCrm } from '../../demo-crm/server.ts';
import { officeHours } from '../../demo-crm/working-minutes.ts';

let crm: DemoCrm;
let cookie: string;

beforeAll(async () => {
  const now = Date.parse('2026-11-25T11:00:00Z');
  crm = await startDemoCrm({ now: () => now, openHours: officeHours('Europe/Madrid'), total: 60 });
  const response = await fetch(`${crm.origin}/signin?as=lucia`, { redirect: 'manual' });
  cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
beforeEach(() => {
  crm.control.api = 'ok';
});
afterAll(() => crm.close());

const refs = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));

function ask(wanted: RecordRef[]) {
  const url = new URL('/leads', crm.origin);
  const page = { url, route: { kind: 'list', object: 'lead' }, doc: undefined } as unknown as Page;
  const signedIn: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } });
  return (
    demo.api?.fetch(wanted, page, createRequest(crm.origin, signedIn), noWorld) ?? Promise.reject(new Error('no API'))
  );
}

test('one request answers all asked leads; unknown ones and strange ids are left out', async () => {
  const before = crm.control.requests.length;
  const records = await ask([...refs('L-1011', 'L-1017', 'L-404', '../me', 'a,b'), { by: 'handle', value: 'L-1001' }]);
  expect(crm.control.requests.slice(before).map(({ url }) => url)).toEqual(['/api/leads?ids=L-1011,L-1017,L-404']);
  expect(records.map(({ recordId }) => recordId)).toEqual(['L-1011', 'L-1017']);
  expect(records[0]).toMatchObject({
    ref: { by: 'id', value: 'L-1011' },
    missing: [],
    fields: {
      name: 'Élodie Marchand',
      status: 'on-hold',
      ownerId: 'lucia',
      owner: 'Lucía Ferrer',
      // 150 working minutes before Wednesday noon in Madrid, and 120 before it.
      handedOverAt: { at: Date.parse('2026-11-25T08:30:00Z'), precision: 1_000 },
      pausedAt: { at: Date.parse('2026-11-25T09:00:00Z'), precision: 1_000 },
    },
  });
  expect(records[1]?.fields).not.toHaveProperty('handedOverAt');
  expect(records[1]?.fields).not.toHaveProperty('createdAt');
});

test('a lead without an owner lacks nothing', async () => {
  const [lead] = await ask(refs('L-1005'));
  expect(lead).toMatchObject({ missing: [], fields: { name: 'Daniel Weiss' } });
  expect(lead?.fields).not.toHaveProperty('owner');
});

test('nothing is asked where there is nothing to ask', async () => {
  const before = crm.control.requests.length;
  expect(await ask([])).toEqual([]);
  expect(crm.control.requests).toHaveLength(before);
});

test.each<[ApiMode, string]>([
  ['down', 'failing'],
  ['refused', 'failing'],
  ['unauthorised', 'unauthorised'],
  ['limited', 'limited'],
  ['garbage', 'unreadable'],
  ['wrong-shape', 'unreadable'],
  ['html', 'unreadable'],
  ['huge', 'unreadable'],
])('an API that is %s is %s', async (mode, code) => {
  crm.control.api = mode;
  await expect(ask(refs('L-1001'))).rejects.toMatchObject({ name: 'CrmApiError', code });
});

test('fields of another shape are missing, not guessed', async () => {
  const page = { url: new URL('/leads', crm.origin), route: { kind: 'list', object: 'lead' } } as unknown as Page;
  const answer = {
    leads: [
      {
        id: 'L-1',
        name: { first: 'Ann' },
        status: 7,
        owner: 'Ann',
        company: 'x'.repeat(5_000),
        handedOverAt: '2026-02-30T10:00:00Z',
        createdAt: '11/23/2026',
        heldAt: null,
      },
    ],
  };
  const [lead] = (await demo.api?.fetch(refs('L-1'), page, () => Promise.resolve(answer), noWorld)) ?? [];
  expect(lead?.fields).toEqual({ company: 'x'.repeat(200) });
  expect(lead?.missing.toSorted()).toEqual(['createdAt', 'handedOverAt', 'name', 'ownerId', 'status']);
});

test.each([
  ['/leads', { kind: 'list', object: 'lead' }],
  ['/leads?view=board&lang=es', { kind: 'board', object: 'lead' }],
  ['/leads/all?rows=1000&plain=1', { kind: 'list', object: 'lead' }],
  ['/leads/L-1001', { kind: 'record', object: 'lead', recordId: 'L-1001' }],
  ['/leads/L-1001/edit', null],
  ['/leads/%3Cb%3E', null],
  ['/signin?to=/leads', null],
  ['/', null],
])('%s leads to %o', (path, route) => {
  expect(demo.route(new URL(path, crm.origin), undefined as unknown as Document)).toEqual(route);
});

test('a record has its own page, on this origin', () => {
  const page = { url: new URL('/leads?view=board', crm.origin) } as Page;
  expect(demo.recordUrl('lead', 'L-1001', page)).toBe(`${crm.origin}/leads/L-1001`);
  expect(demo.recordUrl('contact', 'L-1001', page)).toBeUndefined();
  expect(demo.recordUrl('lead', '../signout', page)).toBeUndefined();
});
