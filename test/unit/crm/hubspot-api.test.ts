/** HubSpot's search as its own pages use it, spoken by a real server on the loopback. Shapes after public sources; data made up. */
import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../lib/crm/hubspot';
import { CrmApiError } from '../../../lib/crm/request';
import type { ApiRecord, RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';

type Properties = Readonly<Record<string, unknown>>;
interface Held {
  readonly objectId: number | string;
  readonly properties: Properties;
}
interface Filter {
  readonly property: string;
  readonly operator: string;
  readonly value?: string;
  readonly values?: readonly string[];
}
interface Query {
  readonly objectTypeId: string;
  readonly count: number;
  readonly offset: number;
  readonly filterGroups: readonly { readonly filters: readonly Filter[] }[];
  readonly sorts: readonly unknown[];
  readonly requestOptions: { readonly properties: readonly string[] };
}

const held = (objectId: number, values: Properties): Held => ({
  objectId,
  properties: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
});
const ms = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour);
const exactly = (at: number) => ({ at, precision: 1 });

const nora = held(15_100_000_001, {
  firstname: 'Nora',
  lastname: 'Quick',
  email: 'nora@quick.example',
  phone: '+49 30 1234032',
  company: 'Quick GmbH',
  hs_lead_status: 'IN_PROGRESS',
  hs_analytics_source: 'ORGANIC_SEARCH',
  hubspot_owner_id: '9001',
  hubspot_owner_assigneddate: String(ms(20, 9)),
  createdate: String(ms(19, 8)),
  lastmodifieddate: '2026-11-23T18:37:24.120Z',
  hs_lifecyclestage_marketingqualifiedlead_date: String(ms(20, 8)),
  hs_first_outreach_date: String(ms(20, 10)),
  hs_object_id: '15100000001',
});
const unnamed = held(15_100_000_002, { email: 'tom@co.example', createdate: String(ms(19, 8)), hubspot_owner_id: '' });
const contacts: readonly Held[] = [nora, unnamed];

const numberOf = (item: Held): number => Number(item.objectId);

function matches(item: Held, { property, operator, value, values }: Filter): boolean {
  if (property === 'hs_object_id')
    return operator === 'GT' ? numberOf(item) > Number(value) : Boolean(values?.includes(String(item.objectId)));
  const found = item.properties[property] as { readonly value: unknown } | undefined;
  if (operator === 'HAS_PROPERTY') return found !== undefined;
  return operator === 'NEQ' ? found?.value !== value : found?.value === value;
}

/** Answers as HubSpot does: what the filters let through, sorted, only the properties that were asked for. */
function server(records: Readonly<Record<string, readonly Held[]>>, owners: Answer = noOwners): Answer {
  return (request, response, body) => {
    if (request.url?.startsWith('/api/crm/v3/owners')) return owners(request, response, body);
    const query = JSON.parse(body) as Query;
    const filters = query.filterGroups[0]?.filters ?? [];
    const all = (records[query.objectTypeId] ?? [])
      .filter((item) => filters.every((filter) => matches(item, filter)))
      .toSorted((a, b) => numberOf(a) - numberOf(b));
    const results = all.slice(query.offset, query.offset + query.count).map(({ objectId, properties }) => ({
      objectId,
      objectTypeId: query.objectTypeId,
      properties: Object.fromEntries(
        Object.entries(properties).filter(([name]) => query.requestOptions.properties.includes(name)),
      ),
    }));
    return json({ total: all.length, hasMore: all.length > query.count, offset: query.count, results })(
      request,
      response,
      body,
    );
  };
}

const noOwners: Answer = json({ message: 'This user may not see owners' }, 403);
const someOwners = json({
  results: [
    { id: '9001', email: 'lea@quick.example', firstName: 'Lea', lastName: 'Brandt', userId: 7 },
    { id: '9002', email: 'omar@quick.example', firstName: '', lastName: '' },
    { id: null, firstName: 'Nobody' },
    'x',
  ],
});

const byId = (...ids: (number | string)[]): RecordRef[] => ids.map((id) => ({ by: 'id', value: String(id) }));
const recordOf =
  (object: string) =>
  (id: number, fields: ApiRecord['fields'], missing: ApiRecord['missing'] = []): ApiRecord => ({
    ref: { by: 'id', value: String(id) },
    recordId: String(id),
    object,
    fields,
    missing,
  });
const [contact, dealt, led] = [recordOf('0-1'), recordOf('0-3'), recordOf('0-136')];

const noraRecord = contact(15_100_000_001, {
  name: 'Nora Quick',
  status: 'IN_PROGRESS',
  source: 'ORGANIC_SEARCH',
  email: 'nora@quick.example',
  phone: '+49 30 1234032',
  company: 'Quick GmbH',
  owner: 'Lea Brandt',
  ownerId: '9001',
  createdAt: exactly(ms(19, 8)),
  handedOverAt: exactly(ms(20, 8)),
  assignedAt: exactly(ms(20, 9)),
  firstTouchAt: exactly(ms(20, 10)),
  modifiedAt: exactly(Date.UTC(2026, 10, 23, 18, 37, 24, 120)),
});

const many = (length: number, first: number, values: Properties): Held[] =>
  Array.from({ length }, (_, n) => held(first + n, { createdate: String(ms(1, 8)), ...values }));
const hundred = many(100, 500, { firstname: 'Ada', hubspot_owner_id: '9001' });

const path = '/contacts/4400118/objects/0-1/views/all/list';
const cookie = 'hubspotutk=a=b; hubspotapi-csrf=AAAA-token_1; other=1';
const talk = { adapter: hubspot, path, cookie };

apiBattery({
  ...talk,
  answer: server({ '0-1': contacts }, someOwners),
  refs: byId(15_100_000_001, 15_100_000_002, 404),
  records: [
    noraRecord,
    contact(15_100_000_002, { name: 'tom@co.example', email: 'tom@co.example', createdAt: exactly(ms(19, 8)) }),
  ],
  elsewhere: ['closedAt'],
  screen: { refs: byId(...hundred.map(numberOf)), answer: server({ '0-1': hundred }, someOwners) },
  requests: 2,
  sweep: {
    answer: server(
      {
        '0-1': many(6_050, 1_000, { firstname: 'Ada', hs_lead_status: 'NEW', hubspot_owner_id: '9001' }),
        '0-3': many(2_950, 50, { dealname: 'Pilot', dealstage: 'a', hs_is_closed: 'false', hubspot_owner_id: '9001' }),
        '0-136': many(1_000, 1_000, {
          hs_lead_name: 'Lead',
          hs_pipeline_stage: 'new-stage-id',
          hubspot_owner_id: '9001',
        }),
      },
      someOwners,
    ),
    viewer: { id: '9001' },
  },
});

async function fetchFrom(answer: Answer, refs: readonly RecordRef[], at: Partial<typeof talk> = {}) {
  const { server: seen, page, api, request } = await visit({ ...talk, ...at }, answer);
  return { seen, page, read: () => api.fetch(refs, page, request, noWorld) };
}

async function codeOf(result: Promise<unknown>): Promise<unknown> {
  return result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );
}

describe('a screen of leads', () => {
  it('is one search by ids with the page’s token, and one question for the names of owners', async () => {
    const { seen, read } = await fetchFrom(server({ '0-1': contacts }, someOwners), byId(15_100_000_001, 7));
    await read();
    await read();
    expect(seen.seen.map(({ line }) => line)).toEqual([
      'POST /api/crm-search/search?portalId=4400118&clienttimeout=14000',
      'GET /api/crm/v3/owners?limit=500&portalId=4400118',
      'POST /api/crm-search/search?portalId=4400118&clienttimeout=14000',
    ]);
    for (const { headers } of seen.seen) expect(headers['x-hubspot-csrf-hubspotapi']).toBe('AAAA-token_1');
    const query = JSON.parse(seen.seen[0]?.body ?? '') as Query;
    expect(query).toMatchObject({
      objectTypeId: '0-1',
      count: 2,
      offset: 0,
      filterGroups: [{ filters: [{ property: 'hs_object_id', operator: 'IN', values: ['15100000001', '7'] }] }],
      sorts: [{ property: 'hs_object_id', order: 'ASC' }],
    });
    expect(query.requestOptions.properties).not.toContain('hs_sa_first_engagement_date');
    expect(query.requestOptions.properties).not.toContain('notes_last_contacted');
  });

  it('of deals has the stage, and a closing date only where the deal is closed', async () => {
    const deal = { dealname: 'Renewal', createdate: String(ms(3, 8)), closedate: String(ms(21, 9)) };
    const deals = [
      held(1, { ...deal, dealstage: 'closedwon', hs_is_closed: 'true', hs_lastmodifieddate: ms(21, 10) }),
      held(2, { ...deal, dealstage: 'contractsent', hs_is_closed: 'false' }),
      held(3, { ...deal, hs_is_closed: true }),
    ];
    const { read } = await fetchFrom(server({ '0-3': deals }), byId(1, 2, 3), {
      path: '/contacts/4400118/objects/0-3/views/all/board',
    });
    const shared = { name: 'Renewal', createdAt: exactly(ms(3, 8)) };
    const closedAt = exactly(ms(21, 9));
    expect(await read()).toEqual([
      dealt(1, { ...shared, status: 'closedwon', closedAt, modifiedAt: exactly(ms(21, 10)) }),
      dealt(2, { ...shared, status: 'contractsent' }),
      dealt(3, { ...shared, closedAt }, ['status']),
    ]);
  });

  it('of the lead object has the name and the stage of its pipeline', async () => {
    const lead = held(33, {
      hs_lead_name: 'Nora Quick',
      hs_pipeline_stage: 'attempting-stage-id',
      hs_createdate: '2026-11-19T08:00:00Z',
    });
    const { seen, read } = await fetchFrom(server({ '0-136': [lead] }), byId(33), {
      path: '/contacts/4400118/record/0-136/33',
    });
    expect(await read()).toEqual([
      led(33, { name: 'Nora Quick', status: 'attempting-stage-id', createdAt: exactly(ms(19, 8)) }),
    ]);
    // Nobody owns it: there is no name to ask for.
    expect(seen.seen).toHaveLength(1);
  });

  it('is read without names where owners may not be seen, and they are not asked for again', async () => {
    const { seen, read } = await fetchFrom(server({ '0-1': [nora] }), byId(15_100_000_001));
    const { owner: _owner, ...fields } = noraRecord.fields;
    expect(await read()).toEqual([{ ...noraRecord, fields }]);
    expect(await read()).toEqual([{ ...noraRecord, fields }]);
    expect(seen.seen.filter(({ line }) => line.startsWith('GET'))).toHaveLength(1);
  });

  it('calls an owner without a name by the mail address', async () => {
    const owned = held(1, { firstname: 'A', createdate: String(ms(1, 1)), hubspot_owner_id: '9002' });
    const { read } = await fetchFrom(server({ '0-1': [owned] }, someOwners), byId(1));
    expect((await read())[0]?.fields).toMatchObject({ ownerId: '9002', owner: 'omar@quick.example' });
  });

  it('leaves out what nobody asked for and what has no id, and names what it cannot read', async () => {
    const results = [
      { objectId: '15100000009', properties: {} },
      { properties: nora.properties },
      { objectId: 1.5, properties: {} },
      { objectId: { $gt: 0 } },
      null,
      {
        objectId: '7',
        properties: {
          firstname: { value: { a: 1 } },
          hs_lead_status: { value: ['NEW'] },
          createdate: { value: 'yesterday' },
          lastmodifieddate: { value: '99' },
          email: { value: '' },
          phone: null,
          hubspot_owner_id: 9001,
        },
      },
    ];
    const { read } = await fetchFrom(json({ results }), byId(7));
    const [only, ...others] = await read();
    expect(others).toEqual([]);
    expect(only?.fields).toEqual({ ownerId: '9001' });
    expect(only?.missing.toSorted()).toEqual(['createdAt', 'modifiedAt', 'name', 'status']);
  });

  it.each([
    ['an object instead of a list', { results: { 0: nora } }],
    ['a bare list', [nora]],
    ['a message', { status: 'error', message: 'x' }],
  ])('%s is unreadable', async (_name, body) => {
    const { read } = await fetchFrom(json(body), byId(1));
    expect(await codeOf(read())).toBe('unreadable');
  });

  it('of nothing that is an id asks nothing', async () => {
    const { seen, read } = await fetchFrom(server({}), [
      ...byId('x', '', '1'.repeat(20)),
      { by: 'handle', value: '1' },
    ]);
    expect(await read()).toEqual([]);
    expect(seen.seen).toEqual([]);
  });
});

describe('the token', () => {
  it.each([
    ['', 'no cookie'],
    ['hubspotapi-csrf=', 'an empty one'],
    ['hubspotapi-csrf=a\u00E9b', 'one that no header can hold'],
    ['x-hubspotapi-csrf=a', 'another one'],
  ])('%s: nobody is signed in, nothing is asked (%s)', async (cookies) => {
    const { seen, page, read } = await fetchFrom(server({ '0-1': [nora] }), byId(1), { cookie: cookies });
    expect(await codeOf(read())).toBe('unauthorised');
    expect(hubspot.api?.session?.(page)).toBeNull();
    expect(seen.seen).toEqual([]);
  });

  it('may be the older one', async () => {
    const { seen, page, read } = await fetchFrom(server({ '0-1': [unnamed] }), byId(1), { cookie: 'csrf.app=OLD' });
    await read();
    expect(seen.seen[0]?.headers['x-hubspot-csrf-hubspotapi']).toBe('OLD');
    expect(hubspot.api?.session?.(page)).toBe('OLD');
  });

  it('that changed meanwhile is tried once after a refusal', async () => {
    let doc: Document | undefined;
    const tokens: unknown[] = [];
    const { page, read } = await fetchFrom((request, response, body) => {
      const token = request.headers['x-hubspot-csrf-hubspotapi'];
      tokens.push(token);
      if (doc) doc.cookie = 'hubspotapi-csrf=second';
      const answer = token === 'second' ? server({ '0-1': [nora] }) : json({}, 403);
      answer(request, response, body);
    }, byId(15_100_000_001));
    doc = page.doc;
    expect(await read()).toHaveLength(1);
    expect(tokens.slice(0, 2)).toEqual(['AAAA-token_1', 'second']);
  });

  it('that stays the same is not tried again, and a second refusal ends it', async () => {
    const same = await fetchFrom(json({}, 403), byId(1));
    expect(await codeOf(same.read())).toBe('unauthorised');
    expect(same.seen.seen).toHaveLength(1);

    let turn = 0;
    let doc: Document | undefined;
    const turning = await fetchFrom((request, response, body) => {
      turn += 1;
      if (doc) doc.cookie = `hubspotapi-csrf=turn-${turn}`;
      json({}, 403)(request, response, body);
    }, byId(1));
    doc = turning.page.doc;
    expect(await codeOf(turning.read())).toBe('unauthorised');
    expect(turning.seen.seen).toHaveLength(2);
  });
});

describe('a sweep', () => {
  async function sweeping(answer: Answer, at: Partial<typeof talk> = {}) {
    const { server: seen, page, api, request } = await visit({ ...talk, ...at }, answer);
    const sweep = async (cursor: string | null, viewer: { id: string } | null = null) => {
      if (!api.sweep) throw new Error('No sweep');
      return api.sweep(cursor, viewer, page, request);
    };
    return { seen, sweep };
  }
  const queryOf = (body: string | undefined): Query => JSON.parse(body ?? '') as Query;

  it('asks behind the last id, never at an offset, because HubSpot ends a search at 10,000 results', async () => {
    const { seen, sweep } = await sweeping(server({ '0-1': many(150, 1_000, { hs_lead_status: 'NEW' }) }));
    const first = await sweep(null);
    expect(first.next).toBe('0-1:1099');
    const second = await sweep(first.next);
    expect(second.next).toBe('0-3:');
    expect(second.records.map(({ recordId }) => recordId).slice(0, 2)).toEqual(['1100', '1101']);
    const queries = seen.seen.map(({ body }) => queryOf(body));
    for (const { offset, sorts } of queries) {
      expect(offset).toBe(0);
      expect(sorts).toEqual([{ property: 'hs_object_id', order: 'ASC' }]);
    }
    expect(queries[1]?.filterGroups[0]?.filters.at(-1)).toEqual({
      property: 'hs_object_id',
      operator: 'GT',
      value: '1099',
    });
  });

  it('goes on as long as HubSpot says that there is more, also after a short page', async () => {
    const { sweep } = await sweeping(json({ hasMore: true, results: many(3, 1_000, {}) }));
    expect((await sweep(null)).next).toBe('0-1:1002');
    const ended = await sweeping(json({ hasMore: false, results: many(3, 1_000, {}) }));
    expect((await ended.sweep(null)).next).toBe('0-3:');
  });

  it('leaves out what is closed, and what others own where it is one person’s', async () => {
    const mine = { hubspot_owner_id: '9001' };
    const { sweep } = await sweeping(
      server({
        '0-1': [
          held(1, { ...mine, hs_lead_status: 'NEW' }),
          held(2, { ...mine, hs_lead_status: 'UNQUALIFIED' }),
          held(3, { ...mine }),
          held(4, { hs_lead_status: 'NEW', hubspot_owner_id: '9002' }),
        ],
        '0-3': [held(5, { ...mine, hs_is_closed: 'true' }), held(6, { ...mine, hs_is_closed: 'false' })],
        '0-136': [
          held(7, { ...mine, hs_pipeline_stage: 'new-stage-id' }),
          held(8, { ...mine, hs_pipeline_stage: 'qualified-stage-id' }),
        ],
      }),
    );
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof sweep>> = await sweep(cursor, { id: '9001' });
      ids.push(...page.records.map((each) => `${each.object}/${each.recordId}`));
      cursor = page.next;
    } while (cursor !== null);
    expect(ids).toEqual(['0-1/1', '0-3/6', '0-136/7']);
    expect((await sweep(null)).records.map(({ recordId }) => recordId)).toEqual(['1', '4']);
  });

  it.each([403, 400, 404])('goes on without an object that this account does not have (%i)', async (status) => {
    const { sweep } = await sweeping(json({ message: 'no such object' }, status));
    expect(await sweep('0-3:')).toEqual({ records: [], next: '0-136:' });
    expect(await sweep('0-136:')).toEqual({ records: [], next: null });
    expect(await codeOf(sweep('0-1:'))).not.toBe('it answered');
    expect(await codeOf(sweep('0-136:5'))).not.toBe('it answered');
  });

  it('waits where it is asked to, for whichever object', async () => {
    const { sweep } = await sweeping(json({}, 429));
    expect(await codeOf(sweep('0-136:'))).toBe('limited');
  });

  it('does not go round in circles where the same records come again, or none has an id', async () => {
    const again = await sweeping(json({ results: many(100, 1_000, {}) }));
    const { next } = await again.sweep(null);
    expect(await codeOf(again.sweep(next))).toBe('unreadable');
    const nameless = await sweeping(json({ results: Array.from({ length: 100 }, () => ({ properties: {} })) }));
    expect(await codeOf(nameless.sweep(null))).toBe('unreadable');
  });

  it.each(['', '0-2:', '0-1:x', 'x', '0-1:1; DROP', '__proto__:'])('refuses the cursor "%s"', async (cursor) => {
    const { seen, sweep } = await sweeping(server({}));
    expect(await codeOf(sweep(cursor))).toBe('unreadable');
    expect(seen.seen).toEqual([]);
  });
});

describe('who is signed in', () => {
  async function who(named: string, owners: Answer = someOwners) {
    const { server: seen, page, api, request } = await visit(talk, server({ '0-1': contacts }, owners));
    return {
      seen,
      page,
      api,
      request,
      viewer: await api.viewer?.(page, request, named).catch((error: unknown) => error),
    };
  }

  it.each([
    ['the name', 'lea brandt ', { id: '9001', name: 'Lea Brandt' }],
    ['the address', 'LEA@quick.example', { id: '9001', name: 'Lea Brandt' }],
    ['the address of an owner without a name', 'omar@quick.example', { id: '9002', name: 'omar@quick.example' }],
    ['a part of the name', 'Lea', null],
    ['a name that no owner has', 'Ann', null],
  ])('is the owner with %s that the person gave', async (_what, named, viewer) => {
    expect((await who(named)).viewer).toEqual(viewer);
  });

  it('is not known where two owners have that name, or the person gave none: then nothing is asked', async () => {
    const lea = { firstName: 'Lea', lastName: 'Brandt' };
    const two = json({
      results: [
        { ...lea, id: '1' },
        { ...lea, id: '2' },
      ],
    });
    expect((await who('Lea Brandt', two)).viewer).toBeNull();
    const { seen, viewer } = await who('');
    expect(viewer).toBeNull();
    expect(seen.seen).toEqual([]);
  });

  it('is an open question where owners are not answered, also after a list that went without their names', async () => {
    const refused = await who('Lea Brandt', noOwners);
    expect(refused.viewer).toMatchObject({ code: 'unauthorised' });
    await refused.api.fetch(byId(15_100_000_001), refused.page, refused.request, noWorld);
    await expect(refused.api.viewer?.(refused.page, refused.request, 'Lea Brandt')).rejects.toMatchObject({
      code: 'unauthorised',
    });
  });

  it('costs no second question where the owners are known already', async () => {
    const { page, api, request, server: seen } = await visit(talk, server({ '0-1': contacts }, someOwners));
    await api.fetch(byId(15_100_000_001), page, request, noWorld);
    expect(await api.viewer?.(page, request, 'Lea Brandt')).toMatchObject({ id: '9001' });
    expect(seen.seen.filter(({ line }) => line.includes('/owners'))).toHaveLength(1);
  });
});
