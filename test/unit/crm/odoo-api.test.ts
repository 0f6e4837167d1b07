/** Odoo's JSON-RPC as its own pages use it, spoken by a real server on the loopback. Shapes as recorded; data made up. */
import { describe, expect, it } from 'vitest';
import { odoo } from '../../../lib/crm/odoo';
import { CrmApiError } from '../../../lib/crm/request';
import type { ApiRecord, AskWorld, RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import { apiBattery, json, visit } from './battery';
import type { Answer } from './loopback';
import { installation, type Row } from './odoo-server';

const page = {
  adapter: odoo,
  path: '/odoo/crm',
  html: '<body class="o_web_client"><div class="o_action_manager"><div class="o_crm_kanban_view"></div></div>',
} as const;

const many2one = (id: number, name: string) => ({ id, display_name: name });
const lead = {
  id: 36,
  name: 'Website redesign',
  partner_name: 'Quick GmbH',
  email_from: 'rita@quick.example',
  phone: '+49 30 1234036',
  active: true,
  probability: 50,
  user_id: many2one(6, 'Anna Weber'),
  stage_id: many2one(1, 'New'),
  source_id: many2one(12, 'Google Ads'),
  campaign_id: many2one(3, 'Autumn fair'),
  create_date: '2026-11-23 18:09:18',
  write_date: '2026-11-23 18:18:15',
  date_open: '2026-11-23 18:16:18',
  date_closed: false as unknown,
} as const;
const won: Row = {
  ...lead,
  id: 40,
  probability: 100,
  stage_id: many2one(4, 'Won'),
  date_closed: '2026-11-24 09:00:00',
};

const colleague = { id: 3, partner_share: false, active: true };
const robot = { id: 2, partner_share: false, active: false };
const customer = { id: 10, partner_share: true };
const discussion = { id: 1, internal: false };
const note = { id: 2, internal: true };
/** A message on lead 36 on 24 November, at an hour. */
const said = (hour: number, more: Row): Row => ({
  id: hour,
  model: 'crm.lead',
  res_id: 36,
  date: `2026-11-24 ${String(hour).padStart(2, '0')}:00:00`,
  message_type: 'comment',
  subtype_id: discussion,
  author_id: colleague,
  ...more,
});
const written = (hour: number): Row => said(hour, {});
const received = (hour: number): Row =>
  said(hour, { message_type: 'email', author_id: customer, parent_id: { id: 1 } });

const instant = (day: number, hour: number, minute = 0, second = 0) => ({
  at: Date.UTC(2026, 10, day, hour, minute, second),
  precision: 1000,
});
const fields = {
  name: 'Website redesign',
  status: 'stage:1',
  statusLabel: 'New',
  owner: 'Anna Weber',
  ownerId: '6',
  company: 'Quick GmbH',
  email: 'rita@quick.example',
  phone: '+49 30 1234036',
  source: 'Google Ads',
  campaign: 'Autumn fair',
  createdAt: instant(23, 18, 9, 18),
  modifiedAt: instant(23, 18, 18, 15),
  assignedAt: instant(23, 18, 16, 18),
};

const byId = (...ids: readonly number[]): RecordRef[] => ids.map((id) => ({ by: 'id', value: String(id) }));
const handle = (key: number, name: string): RecordRef => ({
  by: 'handle',
  value: JSON.stringify([`datapoint_${key}`, name]),
});
const world =
  (ids: Readonly<Record<string, string>>): AskWorld =>
  async (handles) =>
    new Map(handles.flatMap((key) => (Object.hasOwn(ids, key) ? [[key, ids[key]!] as const] : [])));

async function fetchFrom(answer: Answer, refs: readonly RecordRef[], ask: AskWorld = noWorld) {
  const { server, page: on, api, request } = await visit(page, answer);
  const records: Promise<readonly ApiRecord[]> = api.fetch(refs, on, request, ask);
  return { server, records };
}
const codeOf = (records: Promise<unknown>): Promise<unknown> =>
  records.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );
const questions = (server: { readonly seen: readonly { readonly body: string }[] }): Row[] =>
  server.seen.map(({ body }) => (JSON.parse(body) as { params: Row }).params);

const many = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ ...lead, id: index + 1, name: `Lead ${index + 1}` }));

apiBattery({
  ...page,
  world: world({ datapoint_2: '36', datapoint_6: '40', datapoint_10: '12' }),
  answer: installation({ leads: [lead, won], messages: [received(8), written(9), received(10), written(11)] }),
  refs: [handle(2, 'Website redesign'), ...byId(40, 77), handle(10, 'Gone'), handle(14, 'Nobody knows')],
  records: [
    {
      ref: handle(2, 'Website redesign'),
      recordId: '36',
      object: 'crm.lead',
      fields: {
        ...fields,
        firstTouchAt: instant(24, 9),
        lastTouchAt: instant(24, 11),
        lastInboundAt: instant(24, 10),
      },
      missing: [],
    },
    {
      ref: { by: 'id', value: '40' },
      recordId: '40',
      object: 'crm.lead',
      fields: { ...fields, status: 'won', statusLabel: 'Won', closedAt: instant(24, 9) },
      missing: [],
    },
  ],
  screen: {
    refs: byId(...Array.from({ length: 100 }, (_, index) => index + 1)),
    answer: installation({ leads: many(100) }),
  },
  requests: 3,
  sweep: { answer: installation({ leads: many(10_000) }), viewer: { id: '6' } },
});

describe('rows that only the page’s own world can name', () => {
  const leads = [lead, { ...lead, id: 15, name: 'Office chairs' }];

  it('are read where the record has the name that the row shows', async () => {
    const refs = [handle(2, 'Website redesign'), handle(6, 'Office chairs')];
    const { server, records } = await fetchFrom(
      installation({ leads }),
      refs,
      world({ datapoint_2: '36', datapoint_6: '15' }),
    );
    expect((await records).map(({ ref, recordId }) => [ref, recordId])).toEqual([
      [refs[0], '36'],
      [refs[1], '15'],
    ]);
    expect(questions(server)[0]).toMatchObject({ kwargs: { domain: [['id', 'in', [36, 15]]], limit: 2 } });
  });

  it('are left out where the page said another record, and nothing is asked about it', async () => {
    const ask = world({ datapoint_2: '15', datapoint_6: '36' });
    const refs = [handle(2, 'Website redesign'), handle(6, 'Office chairs')];
    const { server, records } = await fetchFrom(installation({ leads }), refs, ask);
    expect(await records).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it.each(['0', '-1', '007', '1e3', '99999999999', 'x', '1-2', '__proto__'])(
    'are not asked for by what is no id: %s',
    async (id) => {
      const { server, records } = await fetchFrom(
        installation({ leads }),
        [handle(2, 'Website redesign')],
        world({ datapoint_2: id }),
      );
      expect(await records).toEqual([]);
      expect(server.seen).toEqual([]);
    },
  );

  it('may be two rows of one record', async () => {
    const ask = world({ datapoint_2: '36', datapoint_9: '36' });
    const refs = [handle(2, 'Website redesign'), handle(9, 'Website redesign')];
    const { records } = await fetchFrom(installation({ leads }), refs, ask);
    expect((await records).map(({ ref, recordId }) => [ref, recordId])).toEqual([
      [refs[0], '36'],
      [refs[1], '36'],
    ]);
  });

  it('are a question of keys alone: names stay here', async () => {
    const asked: (readonly string[])[] = [];
    const ask: AskWorld = async (handles) => {
      asked.push(handles);
      return new Map();
    };
    await (
      await fetchFrom(installation({ leads }), [handle(2, 'Website redesign'), ...byId(36)], ask)
    ).records;
    await (
      await fetchFrom(installation({ leads }), byId(36), ask)
    ).records;
    expect(asked).toEqual([['datapoint_2']]);
  });
});

describe('what a lead is', () => {
  const read = async (more: Row) => {
    const { records } = await fetchFrom(installation({ leads: [{ ...lead, ...more }] }), byId(36));
    return (await records)[0];
  };

  it.each([
    ['stage:7', { stage_id: many2one(7, 'Visita') }],
    ['won', { probability: 100 }],
    ['lost', { active: false, probability: 0 }],
    ['lost', { active: false, probability: 100 }],
    ['lost', { active: false, stage_id: false }],
  ])('its status is %s', async (status, more) => {
    expect((await read(more))?.fields.status).toBe(status);
  });

  it('its stage has the name that people know it by, and a lost lead is in none', async () => {
    expect((await read({ stage_id: many2one(7, 'Visita') }))?.fields.statusLabel).toBe('Visita');
    expect((await read({ active: false }))?.fields.statusLabel).toBeUndefined();
  });

  it('what is empty is absent, what cannot be read is missing', async () => {
    const nothing = { user_id: false, source_id: false, campaign_id: false, partner_name: false, phone: false };
    const record = await read({ ...nothing, email_from: false, date_open: false });
    expect(Object.keys(record?.fields ?? {}).toSorted()).toEqual([
      'createdAt',
      'modifiedAt',
      'name',
      'status',
      'statusLabel',
    ]);
    expect(record?.missing).toEqual([]);
    const odd = await read({ name: ['x'], stage_id: 4, user_id: 'Anna', create_date: 'yesterday', write_date: 5 });
    expect(odd?.missing.toSorted()).toEqual(['createdAt', 'name', 'ownerId', 'status']);
  });

  it('records without an id, and ids that nobody asked for, are left out', async () => {
    const list = { length: 4, records: [{ name: 'x' }, null, { ...lead, id: '36x' }, { ...lead, id: 77 }, lead] };
    const { records } = await fetchFrom((request, response, body) => {
      const answer = request.url?.includes('crm.lead') ? list : [];
      json({ jsonrpc: '2.0', id: 0, result: answer })(request, response, body);
    }, byId(36));
    expect((await records).map(({ recordId }) => recordId)).toEqual(['36']);
  });
});

describe('what counts as a touch', () => {
  const after = async (...messages: readonly Row[]) => {
    const { records } = await fetchFrom(installation({ leads: [lead], messages }), byId(36));
    const { firstTouchAt, lastTouchAt, lastInboundAt } = (await records)[0]?.fields ?? {};
    return [firstTouchAt, lastTouchAt, lastInboundAt];
  };
  const parent = { parent_id: { id: 1 } };

  it.each([
    ['a message of a colleague', {}],
    ['a mail that a colleague answered with', { message_type: 'email', ...parent }],
    [
      'a call that is done',
      { message_type: 'notification', subtype_id: note, mail_activity_type_id: { id: 2, category: 'phonecall' } },
    ],
    [
      'a meeting that is done',
      { message_type: 'notification', subtype_id: note, mail_activity_type_id: { id: 3, category: 'meeting' } },
    ],
  ])('%s', async (_name, message) => {
    expect(await after(said(9, message))).toEqual([instant(24, 9), instant(24, 9), undefined]);
  });

  it.each([
    ['a log note', { subtype_id: note }],
    ['a message without a kind', { subtype_id: false }],
    ['a tracked change', { message_type: 'notification' }],
    ['a mailing', { message_type: 'email_outgoing' }],
    ['what Odoo sends by itself', { message_type: 'auto_comment' }],
    ['a mail that a colleague made the lead with', { message_type: 'email' }],
    [
      'another activity that is done',
      { message_type: 'notification', subtype_id: note, mail_activity_type_id: { id: 4, category: 'default' } },
    ],
    ['what a visitor of the portal writes', { author_id: customer }],
    ['what the robot says', { author_id: robot }],
    ['a mail of the robot', { author_id: robot, message_type: 'email', ...parent }],
    ['what belongs to another record', { res_id: 15 }],
    ['what belongs to another type of record', { model: 'res.partner' }],
  ])('not %s', async (_name, message) => {
    expect(await after(said(9, message))).toEqual([undefined, undefined, undefined]);
  });

  it('a mail of a customer, or of an address that Odoo does not know, is inbound', async () => {
    expect(await after(received(8))).toEqual([undefined, undefined, instant(24, 8)]);
    expect(await after(said(7, { message_type: 'email', author_id: false }))).toEqual([
      undefined,
      undefined,
      instant(24, 7),
    ]);
  });

  it('the first and the last of many, in whatever order they were written down', async () => {
    const messages = [written(12), received(9), written(8), received(15), written(20), written(11), received(10)];
    expect(await after(...messages)).toEqual([instant(24, 8), instant(24, 20), instant(24, 15)]);
  });

  it('is not known where the role may not read messages; the lead is, all the same', async () => {
    const leads = installation({ leads: [lead] });
    const denied = { code: 200, message: 'Odoo Server Error', data: { name: 'odoo.exceptions.AccessError' } };
    const { records } = await fetchFrom((request, response, body) => {
      const answer = request.url?.includes('crm.lead') ? leads : json({ jsonrpc: '2.0', id: 0, error: denied });
      answer(request, response, body);
    }, byId(36));
    const [record] = await records;
    expect(record?.fields).toEqual(fields);
    expect(record?.missing.toSorted()).toEqual(['firstTouchAt', 'lastInboundAt', 'lastTouchAt']);
  });

  it('is waited for where the server is busy: without it a touched lead would look late', async () => {
    const leads = installation({ leads: [lead] });
    const { records } = await fetchFrom((request, response, body) => {
      const answer = request.url?.includes('crm.lead') ? leads : json({}, 503);
      answer(request, response, body);
    }, byId(36));
    expect(await codeOf(records)).toBe('failing');
  });

  it('of a history longer than three answers is known from both ends; what may lie between is missing', async () => {
    const named = (id: number) => ({ ...lead, id, name: `Office ${id}` });
    const loud = Array.from({ length: 7_000 }, (_, index) => ({
      ...written(9),
      id: index,
      date: new Date(Date.UTC(2026, 9, 1) + index * 60_000).toISOString().slice(0, 19).replace('T', ' '),
    }));
    const minute = (n: number) => ({ at: Date.UTC(2026, 9, 1) + n * 60_000, precision: 1000 });
    const between = { ...loud[4_500], res_id: 15, id: 9_000 };
    const { records, server } = await fetchFrom(
      installation({ leads: [lead, named(15), named(16)], messages: [...loud, between, received(10)] }),
      byId(36, 15, 16),
    );
    const [first, second, third] = await records;
    const { firstTouchAt: _first, lastTouchAt: _last, ...untouched } = fields as Readonly<Record<string, unknown>>;
    expect(first?.fields).toMatchObject({ firstTouchAt: minute(0), lastTouchAt: minute(6_999) });
    expect(first?.fields.lastInboundAt).toEqual(instant(24, 10));
    expect(first?.missing).toEqual([]);
    for (const [one, name] of [
      [second, 'Office 15'],
      [third, 'Office 16'],
    ] as const) {
      expect(one?.fields).toEqual({ ...untouched, name });
      // What customers wrote fits one answer, and says that these two are silent.
      expect(one?.missing.toSorted()).toEqual(['firstTouchAt', 'lastTouchAt']);
    }
    expect(server.seen).toHaveLength(5);
  });

  it('of 4,000 messages is known in full', async () => {
    const other = { ...lead, id: 15, name: 'Office chairs' };
    const loud = Array.from({ length: 3_999 }, (_, index) => ({ ...written(9), id: index }));
    const later = { ...written(12), res_id: 15, id: 9_000 };
    const { records } = await fetchFrom(
      installation({ leads: [lead, other], messages: [...loud, later] }),
      byId(36, 15),
    );
    const [first, second] = await records;
    expect([first?.missing, second?.missing]).toEqual([[], []]);
    expect(second?.fields.firstTouchAt).toEqual(instant(24, 12));
  });
});

describe('errors that come with 200', () => {
  const error = (value: unknown): Answer => json({ jsonrpc: '2.0', id: 0, error: value });
  it.each([
    ['a lost session', { code: 100, message: 'Odoo Session Expired' }, 'unauthorised'],
    ['a lost session by its name', { code: 200, data: { name: 'odoo.http.SessionExpiredException' } }, 'unauthorised'],
    ['no right to read', { code: 200, data: { name: 'odoo.exceptions.AccessError' } }, 'unauthorised'],
    ['access denied', { code: 200, data: { name: 'odoo.exceptions.AccessDenied' } }, 'unauthorised'],
    ['a field that is not there', { code: 200, data: { name: 'builtins.ValueError' } }, 'failing'],
    ['something that only sounds alike', { code: 200, data: { name: 'NoAccessErrorAtAll' } }, 'failing'],
    ['nothing known', 'x', 'failing'],
    ['nothing', null, 'failing'],
  ])('%s', async (_name, value, code) => {
    expect(await codeOf((await fetchFrom(error(value), byId(36))).records)).toBe(code);
  });

  it.each([
    ['no result', { jsonrpc: '2.0', id: 0 }],
    ['a result that is none', { result: 7 }],
    ['no records', { result: { length: 1 } }],
    ['records that are no list', { result: { records: { 0: lead } } }],
    ['a bare list', [lead]],
  ])('%s is unreadable', async (_name, body) => {
    expect(await codeOf((await fetchFrom(json(body), byId(36))).records)).toBe('unreadable');
  });
});

describe('a sweep', () => {
  const sweep = async (
    leads: readonly Row[],
    viewer: { id?: string; name?: string } | null,
    cursor: string | null = null,
  ) => {
    const { server, page: on, api, request } = await visit(page, installation({ leads }));
    return { server, swept: await api.sweep?.(cursor, viewer, on, request) };
  };
  const idsOf = (swept: { readonly records: readonly ApiRecord[] } | undefined) =>
    swept?.records.map(({ recordId }) => recordId);

  it('is of the open leads of the person: not won, not archived, not of others', async () => {
    const leads = [
      lead,
      won,
      { ...lead, id: 41, active: false, probability: 0 },
      { ...lead, id: 42, user_id: many2one(8, 'Chloé Martin') },
      { ...lead, id: 43, user_id: false },
      { ...lead, id: 12 },
    ];
    const { swept } = await sweep(leads, { id: '6', name: 'Anna Weber' });
    expect(idsOf(swept)).toEqual(['12', '36']);
    expect(swept?.next).toBeNull();
    expect(swept?.records[0]).toMatchObject({ object: 'crm.lead', ref: { by: 'id', value: '12' } });
    expect(idsOf((await sweep(leads, null)).swept)).toEqual(['12', '36', '42', '43']);
  });

  it('goes on behind the last id, whatever was added or closed meanwhile', async () => {
    const first = (await sweep(many(250), { id: '6' })).swept;
    expect(first?.next).toBe('200');
    const second = (await sweep(many(250).slice(100), { id: '6' }, '200')).swept;
    expect(idsOf(second)?.slice(0, 2)).toEqual(['201', '202']);
    expect(second?.next).toBeNull();
  });

  it('asks nothing where it is not known whose leads', async () => {
    const { server, swept } = await sweep([lead], { name: 'Anna Weber' });
    expect(swept).toEqual({ records: [], next: null });
    expect(server.seen).toEqual([]);
  });
});

describe('who is signed in', () => {
  const ask = async (session: unknown) => {
    const { page: on, api, request } = await visit(page, installation({ session }));
    return api.viewer?.(on, request, '');
  };

  it('is the user of the session', async () => {
    expect(await ask({ uid: 6, name: 'Anna Weber', db: 'crm18', username: 'anna' })).toEqual({
      id: '6',
      name: 'Anna Weber',
    });
    expect(await ask({ uid: 6 })).toEqual({ id: '6' });
  });

  it.each([[null], [{}], [{ uid: false }], [{ uid: null, name: 'x' }], [[]], [7]])('is nobody: %j', async (session) => {
    expect(await ask(session)).toBeNull();
  });
});
