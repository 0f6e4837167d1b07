/** The Dataverse Web API in the shapes that its reference documents, spoken by a real server on the loopback; data made up. */
import { describe, expect, it } from 'vitest';
import { dynamics } from '../../../lib/crm/dynamics';
import { rowHandle } from '../../../lib/crm/dynamics-tables';
import { CrmApiError } from '../../../lib/crm/request';
import type { AskWorld, RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import type { Viewer } from '../../../lib/lead/lead';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';

type Item = Readonly<Record<string, unknown>>;

const label = 'OData.Community.Display.V1.FormattedValue';
const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const lea = '65f0a1c2-d3e4-4b5a-8c01-000000000001';
const at = (...parts: [number, number, number, number, number, number?]): { at: number; precision: number } => ({
  at: Date.UTC(...parts),
  precision: 1000,
});
const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));

const lead: Item = {
  '@odata.etag': 'W/"4711"',
  leadid: guid(1),
  fullname: 'Nora Quick',
  companyname: 'Quick GmbH',
  emailaddress1: 'nora@quick.example',
  telephone1: null,
  mobilephone: '+49 170 1234032',
  leadsourcecode: 8,
  [`leadsourcecode@${label}`]: 'Web',
  statecode: 0,
  [`statecode@${label}`]: 'Open',
  statuscode: 2,
  [`statuscode@${label}`]: 'Contacted',
  createdon: '2026-11-23T18:34:24Z',
  modifiedon: '2026-11-23T18:37:24Z',
  _ownerid_value: lea,
  [`_ownerid_value@${label}`]: 'Lea Brandt',
  _campaignid_value: guid(70),
  [`_campaignid_value@${label}`]: 'Autumn fair',
};

const opportunity: Item = {
  opportunityid: guid(2),
  name: 'Rollout 40 seats',
  statecode: 1,
  statuscode: 3,
  [`statuscode@${label}`]: 'Won',
  createdon: '2026-11-20T14:06:22Z',
  modifiedon: '2026-11-23T15:00:00Z',
  actualclosedate: '2026-11-23',
  _ownerid_value: lea,
  [`_ownerid_value@${label}`]: 'Lea Brandt',
  _campaignid_value: null,
  _parentaccountid_value: guid(80),
  [`_parentaccountid_value@${label}`]: 'Vega Foods',
};

const mail = (regarding: string, senton: string | null, more: Item = {}): Item => ({
  activityid: guid(900),
  _regardingobjectid_value: regarding,
  senton,
  actualend: '2026-11-24T23:59:59Z',
  directioncode: true,
  isworkflowcreated: null,
  ...more,
});

/** A server that answers as Dataverse does: the asked rows of the collection in the path, and 400 for what it can't read. */
function dataverse(sets: Readonly<Record<string, readonly Item[]>>): Answer {
  return (request, response, body) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://crm');
    const set = /^\/api\/data\/v9\.2\/(\w+)$/u.exec(pathname)?.[1] ?? '';
    const filter = searchParams.get('$filter') ?? '';
    const [, column = '', list = ''] =
      /Microsoft\.Dynamics\.CRM\.In\(PropertyName='(\w+)',PropertyValues=\[(.*)\]\)$/u.exec(filter) ?? [];
    const values = new Set(list.split(',').map((value) => value.replaceAll("'", '')));
    // A query function knows columns by their own names: `_regardingobjectid_value` is none.
    if (!Object.hasOwn(sets, set) || !searchParams.has('$select') || column.startsWith('_') || column === '')
      return json({ error: { code: '0x80060888', message: 'x' } }, 400)(request, response, body);
    const value = sets[set]?.filter((item) =>
      values.has(String(item[column] ?? item[`_${column}_value`]).toLowerCase()),
    );
    return json({ '@odata.context': 'x', value })(request, response, body);
  };
}

const none = { emails: [], phonecalls: [], appointments: [] };
const path = '/main.aspx?appid=1&pagetype=entitylist&etn=lead';

const screenIds = Array.from({ length: 100 }, (_, n) => guid(1000 + n));
const full = {
  ...none,
  leads: [lead],
  emails: [
    mail(guid(1), '2026-11-24T08:00:00Z'),
    mail(guid(1), '2026-11-24T07:00:00Z', { isworkflowcreated: true }),
    mail(guid(1), '2026-11-24T09:30:00Z', { directioncode: false }),
  ],
  phonecalls: [mail(guid(1), null, { actualend: '2026-11-24T10:15:00Z' })],
};

/** Pages of 100, with the address of the next one as Dataverse writes it: whole, with a cookie of its own. */
function account(sizes: { readonly leads: number; readonly opportunities: number }): Answer {
  const dataverseNone = dataverse(none);
  return (request, response, body) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const set = url.pathname.split('/').at(-1) as 'leads' | 'opportunities';
    if (!Object.hasOwn(sizes, set)) return dataverseNone(request, response, body);
    const size = Number(/odata\.maxpagesize=(\d+)/u.exec(String(request.headers['prefer']))?.[1]);
    const from = Number(/pagenumber="(\d+)"/u.exec(url.searchParams.get('$skiptoken') ?? '')?.[1] ?? 0);
    const total = sizes[set];
    const value = Array.from({ length: Math.min(size, total - from) }, (_, n) =>
      set === 'leads'
        ? { ...lead, leadid: guid(from + n) }
        : { ...opportunity, opportunityid: guid(from + n), statecode: 0, statuscode: 1 },
    );
    url.searchParams.set('$skiptoken', `<cookie pagenumber="${from + size}" />`);
    const more = from + size < total ? { '@odata.nextLink': url.href } : {};
    return json({ value, ...more })(request, response, body);
  };
}

apiBattery({
  adapter: dynamics,
  path,
  answer: dataverse(full),
  refs: byId(guid(1)),
  records: [
    {
      ref: { by: 'id', value: guid(1) },
      recordId: guid(1),
      fields: {
        name: 'Nora Quick',
        status: '2',
        statusLabel: 'Contacted',
        owner: 'Lea Brandt',
        ownerId: lea,
        company: 'Quick GmbH',
        source: '8',
        campaign: 'Autumn fair',
        email: 'nora@quick.example',
        phone: '+49 170 1234032',
        createdAt: at(2026, 10, 23, 18, 34, 24),
        modifiedAt: at(2026, 10, 23, 18, 37, 24),
        firstTouchAt: at(2026, 10, 24, 8, 0),
        lastTouchAt: at(2026, 10, 24, 10, 15),
        lastInboundAt: at(2026, 10, 24, 9, 30),
      },
      missing: [],
    },
  ],
  // An opportunity's, see below.
  elsewhere: ['closedAt'],
  screen: {
    refs: byId(...screenIds),
    answer: dataverse({ ...none, leads: screenIds.map((leadid) => ({ ...lead, leadid })) }),
  },
  requests: 4,
  sweep: { answer: account({ leads: 9_050, opportunities: 950 }), viewer: { id: lea } },
});

const read = async (answer: Answer, refs: readonly RecordRef[], world: AskWorld = noWorld, where = path) => {
  const { server, page, api, request } = await visit({ adapter: dynamics, path: where }, answer);
  return { server, records: await api.fetch(refs, page, request, world) };
};
const codeOf = (result: Promise<unknown>): Promise<unknown> =>
  result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );

describe('records', () => {
  it('an opportunity closed on a day in a zone that nobody names, and only when it is closed', async () => {
    const where = '/main.aspx?pagetype=entitylist&etn=opportunity';
    const open = { ...opportunity, opportunityid: guid(4), statecode: 0, statuscode: 1 };
    const answer = dataverse({ ...none, opportunities: [opportunity, open] });
    const { records } = await read(answer, byId(guid(2), guid(4)), noWorld, where);
    expect(records[0]?.fields).toEqual({
      name: 'Rollout 40 seats',
      status: '3',
      statusLabel: 'Won',
      owner: 'Lea Brandt',
      ownerId: lea,
      company: 'Vega Foods',
      createdAt: at(2026, 10, 20, 14, 6, 22),
      modifiedAt: at(2026, 10, 23, 15, 0),
      closedAt: { at: Date.UTC(2026, 10, 22, 10), precision: 50 * 3_600_000 },
    });
    expect(records[1]?.fields.closedAt).toBeUndefined();
  });

  it('a contact has the company that it belongs to', async () => {
    const contact = {
      ...lead,
      contactid: guid(5),
      companyname: 'Not hers',
      _parentcustomerid_value: guid(80),
      [`_parentcustomerid_value@${label}`]: 'Vega Foods',
    };
    const where = '/main.aspx?pagetype=entitylist&etn=contact';
    const { records } = await read(dataverse({ ...none, contacts: [contact] }), byId(guid(5)), noWorld, where);
    expect(records[0]?.fields).toMatchObject({ name: 'Nora Quick', company: 'Vega Foods', phone: '+49 170 1234032' });
    expect(Object.keys(records[0]?.fields ?? {})).not.toContain('source');
  });

  it('are asked for in the protocol’s version, with labels, and without anything else of ours', async () => {
    const { server } = await read(dataverse(full), byId(guid(1)));
    expect(server.seen[0]?.headers).toMatchObject({
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      prefer: `odata.include-annotations="${label}"`,
    });
    expect(new Set(server.seen.map(({ line }) => /v9\.2\/(\w+)/u.exec(line)?.[1]))).toEqual(
      new Set(['leads', 'emails', 'phonecalls', 'appointments']),
    );
    expect(server.seen).toHaveLength(4);
  });

  it('a screen of 100 makes an address that stays far below the 32 KB that Dataverse takes', async () => {
    const answer = dataverse({ ...none, leads: screenIds.map((leadid) => ({ ...lead, leadid })) });
    const { server } = await read(answer, byId(...screenIds));
    for (const { line } of server.seen) expect(line.length).toBeLessThan(8_000);
  });

  it('what cannot be read is missing, what is empty is absent, and nobody asked for a record without its id', async () => {
    const odd = { leadid: guid(1), fullname: '', statuscode: null, _ownerid_value: 'me', createdon: '11/23/2026' };
    const strangers = [{ ...lead, leadid: 7 }, { ...lead, leadid: guid(6) }, null, 'x'];
    const answer: Answer = (request, response, body) =>
      /leads/u.test(request.url ?? '')
        ? json({ value: [odd, ...strangers] })(request, response, body)
        : dataverse(none)(request, response, body);
    const { records } = await read(answer, byId(guid(1), 'leads', '../x'));
    expect(records).toHaveLength(1);
    expect(records[0]?.fields).toEqual({});
    expect(records[0]?.missing.toSorted()).toEqual(['createdAt', 'name', 'ownerId', 'status']);
  });

  it('ids in braces and capitals are the same ids', async () => {
    const { records } = await read(dataverse(full), byId(`{${guid(1).toUpperCase()}}`));
    expect(records[0]?.recordId).toBe(guid(1));
  });
});

describe('touches', () => {
  const touchesOf = async (sets: Partial<typeof full>) => {
    const { records } = await read(dataverse({ ...none, leads: [lead], ...sets }), byId(guid(1)));
    const { firstTouchAt, lastTouchAt, lastInboundAt } = records[0]?.fields ?? {};
    return { firstTouchAt, lastTouchAt, lastInboundAt };
  };
  const nothing = { firstTouchAt: undefined, lastTouchAt: undefined, lastInboundAt: undefined };

  it.each([
    ['a workflow’s mail', { emails: [mail(guid(1), '2026-11-24T08:00:00Z', { isworkflowcreated: true })] }],
    ['a mail without a direction', { emails: [mail(guid(1), '2026-11-24T08:00:00Z', { directioncode: null })] }],
    ['a call without an instant', { phonecalls: [mail(guid(1), null, { actualend: null })] }],
    ['what is filed with another lead', { emails: [mail(guid(9), '2026-11-24T08:00:00Z')] }],
  ])('%s is none', async (_name, sets) => {
    expect(await touchesOf(sets)).toEqual(nothing);
  });

  it('a meeting is one, and so is a mail whose sending nobody noted, when it was completed', async () => {
    const done = at(2026, 10, 24, 23, 59, 59);
    expect(await touchesOf({ appointments: [mail(guid(1), null)] as never[] })).toMatchObject({ firstTouchAt: done });
    expect(await touchesOf({ emails: [mail(guid(1), null)] })).toMatchObject({ lastTouchAt: done });
  });

  it('only what is completed is asked for', async () => {
    const { server } = await read(dataverse(full), byId(guid(1)));
    const asked = server.seen.filter(({ line }) => !/v9\.2\/leads/u.test(line));
    for (const { line } of asked) expect(decodeURIComponent(line)).toContain('$filter=statecode eq 1 and ');
    const mails = asked.find(({ line }) => line.includes('/emails?'))?.line ?? '';
    expect(decodeURIComponent(mails)).toContain(' and statuscode ne 6 and statuscode ne 7 and ');
  });

  it.each([
    ['a person may not read mails', (): Answer => json({ error: {} }, 403)],
    ['the mails are more than one answer', (): Answer => json({ value: [], '@odata.nextLink': 'http://crm/next' })],
  ])('%s: the record is read, its touches are missing', async (_name, mails) => {
    const answer: Answer = (request, response, body) =>
      (/emails/u.test(request.url ?? '') ? mails() : dataverse(full))(request, response, body);
    const { records } = await read(answer, byId(guid(1)));
    expect(records[0]?.fields.name).toBe('Nora Quick');
    expect(records[0]?.fields).not.toHaveProperty('firstTouchAt');
    expect(records[0]?.missing).toEqual(['firstTouchAt', 'lastTouchAt', 'lastInboundAt']);
  });

  it('a server that has too much to do is waited for, not read by half', async () => {
    const answer: Answer = (request, response, body) =>
      (/emails/u.test(request.url ?? '') ? json({}, 429) : dataverse(full))(request, response, body);
    expect(await codeOf(read(answer, byId(guid(1))))).toBe('limited');
  });
});

describe('rows without an id', () => {
  const handle = (row: number, name: string): RecordRef => ({ by: 'handle', value: rowHandle(row, name, name) });
  const says =
    (ids: Readonly<Record<number, string>>): AskWorld =>
    async (handles) =>
      new Map(handles.flatMap((each, n) => (ids[n] === undefined ? [] : [[each, ids[n]] as const])));

  it('are read under the id that the page says, where the record is called what the row shows', async () => {
    const refs = [handle(0, 'Nora Quick')];
    const { records } = await read(dataverse(full), refs, says({ 0: guid(1) }));
    expect(records).toMatchObject([{ ref: refs[0], recordId: guid(1), fields: { name: 'Nora Quick' } }]);
  });

  it.each([
    ['the record is called otherwise', 'Somebody Else', says({ 0: guid(1) })],
    ['the page knows nothing', 'Nora Quick', noWorld],
    ['the page says what is no id', 'Nora Quick', says({ 0: "x') or ('1" })],
    ['the page names a record that is none', 'Nora Quick', says({ 0: guid(404) })],
  ])('%s: the row has no record', async (_name, name, world) => {
    const { records } = await read(dataverse(full), [handle(0, name)], world);
    expect(records).toEqual([]);
  });

  it('a handle that is none of ours is no record, whatever the page says', async () => {
    const refs: RecordRef[] = [
      { by: 'handle', value: 'null' },
      { by: 'handle', value: '[0,1]' },
    ];
    expect((await read(dataverse(full), refs, says({ 0: guid(1), 1: guid(1) }))).records).toEqual([]);
  });
});

describe('the sweep', () => {
  const first = async (answer: Answer, viewer: Viewer | null, cursor: string | null = null) => {
    const { server, page, api, request } = await visit({ adapter: dynamics, path }, answer);
    return { server, origin: server.origin, swept: api.sweep?.(cursor, viewer, page, request) };
  };

  it.each([
    [{ id: lea }, `statecode eq 0 and _ownerid_value eq ${lea}`],
    [null, 'statecode eq 0'],
  ])('asks for open leads, oldest first: %j', async (viewer, filter) => {
    const { server, swept } = await first(account({ leads: 3, opportunities: 0 }), viewer);
    expect((await swept)?.records).toHaveLength(3);
    const { searchParams } = new URL(server.seen[0]?.line.slice(4) ?? '', server.origin);
    expect(searchParams.get('$filter')).toBe(filter);
    expect(searchParams.get('$orderby')).toBe('createdon asc,leadid asc');
  });

  it('asks nothing for somebody without an id, whose leads cannot be told from others’', async () => {
    const { server, swept } = await first(account({ leads: 3, opportunities: 3 }), { name: 'Lea Brandt' });
    expect(await swept).toEqual({ records: [], next: null });
    expect(server.seen).toEqual([]);
  });

  it('goes on with opportunities, and ends after them', async () => {
    const { swept } = await first(account({ leads: 0, opportunities: 2 }), { id: lea });
    const next = (await swept)?.next ?? '';
    expect(next).toContain('/api/data/v9.2/opportunities?');
    const last = await first(account({ leads: 0, opportunities: 2 }), { id: lea }, next);
    const page = await last.swept;
    expect(page?.records.map(({ object }) => object)).toEqual(['opportunity', 'opportunity']);
    expect(page?.next).toBeNull();
  });

  it.each([
    ['leads elsewhere', 'https://elsewhere.example/api/data/v9.2/leads?$skiptoken=1'],
    ['is no address', '/api/data/v9.2/leads?$skiptoken=1'],
    ['is no text', 7],
    ['is endless', `http://127.0.0.1/${'x'.repeat(9_000)}`],
  ])('a next page that %s is unreadable', async (_name, link) => {
    const { swept } = await first(json({ value: [], '@odata.nextLink': link }), null);
    expect(await codeOf(Promise.resolve(swept))).toBe('unreadable');
  });

  it('follows no cursor to another part of the API', async () => {
    const { server, swept } = await first(
      account({ leads: 1, opportunities: 1 }),
      null,
      '/api/data/v9.2/systemusers?x',
    );
    expect(await codeOf(Promise.resolve(swept))).toBe('unreadable');
    expect(server.seen).toEqual([]);
  });
});

describe('who is signed in', () => {
  const ask = async (body: unknown) => {
    const { page, api, request } = await visit({ adapter: dynamics, path }, json(body));
    return api.viewer?.(page, request, '');
  };
  it('is said by WhoAmI, by id alone', async () => {
    expect(await ask({ UserId: lea.toUpperCase(), BusinessUnitId: guid(1), OrganizationId: guid(2) })).toEqual({
      id: lea,
    });
    expect(await ask({ UserId: 7 })).toBeNull();
    await expect(ask([])).rejects.toMatchObject({ code: 'unreadable' });
  });
});
