/** Frappe's REST API as documented, spoken by a real server on the loopback. Data made up. */
import { describe, expect, it } from 'vitest';
import { frappe } from '../../../lib/crm/frappe';
import { CrmApiError } from '../../../lib/crm/request';
import { noWorld } from '../../../lib/crm/world';
import type { RecordRef } from '../../../lib/crm/types';
import { apiBattery, json, visit } from './battery';
import { longestLine, type Answer } from './loopback';

const name = (n: number): string => `CRM-LEAD-2026-${String(n).padStart(5, '0')}`;
const byId = (...ids: string[]): RecordRef[] => ids.map((value) => ({ by: 'id', value }));

const lead = {
  name: name(1),
  lead_name: 'Nora Quick',
  organization: 'Quick GmbH',
  status: 'Contacted',
  source: 'Website',
  territory: 'EMEA',
  email: 'nora@quick.example',
  mobile_no: '+49301234032',
  lead_owner: 'lea@vega.example',
  creation: '2026-11-23 14:34:24.123456',
  modified: '2026-11-23 20:00:00.000001',
  first_responded_on: '2026-11-23 16:00:00.5',
};
/** India is 5 h 30 min ahead of UTC. */
const kolkata = (hour: number, minute: number, second = 0) => ({
  at: Date.UTC(2026, 10, 23, hour, minute, second) - 5.5 * 3_600_000,
  precision: 1000,
});
const mails = [
  { reference_name: name(1), communication_date: '2026-11-23 15:00:00', sent_or_received: 'Received' },
  { reference_name: name(1), communication_date: '2026-11-23 17:30:00', sent_or_received: 'Sent' },
  { reference_name: 'another', communication_date: '2026-11-23 09:00:00', sent_or_received: 'Sent' },
];
const calls = [
  { reference_docname: name(1), start_time: '2026-11-23 15:30:00', type: 'Outgoing' },
  { reference_docname: name(1), start_time: '2026-11-23 18:00:00', type: 'Incoming' },
  { reference_docname: name(1), start_time: null, type: 'Outgoing' },
];
const fields = {
  name: 'Nora Quick',
  company: 'Quick GmbH',
  status: 'Contacted',
  source: 'Website',
  region: 'EMEA',
  email: 'nora@quick.example',
  phone: '+49301234032',
  ownerId: 'lea@vega.example',
  createdAt: kolkata(14, 34, 24),
  modifiedAt: kolkata(20, 0),
  firstTouchAt: kolkata(15, 30),
  lastTouchAt: kolkata(17, 30),
  lastInboundAt: kolkata(18, 0),
} as const;

type Filters = readonly (readonly [string, string, unknown])[];
interface Asked {
  readonly doctype: string;
  readonly filters: Filters;
  readonly fields: readonly string[];
  readonly limit: number;
  readonly start: number;
  readonly order: string | null;
}

function askedIn(url: string | undefined): Asked {
  const { pathname, searchParams } = new URL(url ?? '', 'http://frappe');
  return {
    doctype: decodeURIComponent(pathname.replace('/api/resource/', '')),
    filters: JSON.parse(searchParams.get('filters') ?? '[]') as Filters,
    fields: JSON.parse(searchParams.get('fields') ?? '[]') as string[],
    limit: Number(searchParams.get('limit_page_length')),
    start: Number(searchParams.get('limit_start')),
    order: searchParams.get('order_by'),
  };
}

const serving =
  (leads: readonly { readonly name: string }[], answers: Readonly<Record<string, Answer>> = {}): Answer =>
  (request, response, body) => {
    const { doctype, filters } = askedIn(request.url);
    const own = answers[doctype];
    if (own) return own(request, response, body);
    const names = filters.find(([column, operator]) => column === 'name' && operator === 'in')?.[2] ?? [];
    const known: Readonly<Record<string, readonly unknown[]>> = {
      'CRM Lead': leads.filter((each) => (names as readonly string[]).includes(each.name)),
      Communication: mails,
      'CRM Call Log': calls,
    };
    json({ data: known[doctype] ?? [] })(request, response, body);
  };

const html = `<!doctype html><div id="app"></div>
  <script src="/assets/x.js"></script>
  <script>window["site_name"] = "x"; window["timezone"] = {"system": "Asia/Kolkata", "user": "Europe/Madrid"};</script>`;
const page = { adapter: frappe, path: '/crm/leads/view/list', html } as const;
const many = Array.from({ length: 100 }, (_, n) => ({ ...lead, name: name(n) }));

apiBattery({
  ...page,
  answer: serving([lead]),
  refs: byId(name(1), name(404)),
  records: [{ ref: { by: 'id', value: name(1) }, recordId: name(1), object: 'CRM Lead', fields, missing: [] }],
  screen: { refs: byId(...many.map((each) => each.name)), answer: serving(many) },
  requests: 3,
  sweep: {
    viewer: { id: 'lea@vega.example' },
    answer: (request, response, body) => {
      const { doctype, start, limit, order } = askedIn(request.url);
      const total = { 'CRM Lead': 9_960, 'CRM Deal': 40 }[doctype];
      if (total === undefined) return json({ data: [] })(request, response, body);
      if (order !== 'creation asc, name asc') return json({}, 500)(request, response, body);
      const data = Array.from({ length: Math.max(0, Math.min(limit, total - start)) }, (_, n) => ({
        ...lead,
        name: name(start + n),
      }));
      json({ data })(request, response, body);
    },
  },
});

async function fetching(answer: Answer, on: Parameters<typeof visit>[0] = page, refs = byId(name(1))) {
  const visited = await visit(on, answer);
  return { ...visited, result: visited.api.fetch(refs, visited.page, visited.request, noWorld) };
}
const codeOf = async (result: Promise<unknown>): Promise<unknown> =>
  result.then(
    () => 'it answered',
    (error: unknown) => (error instanceof CrmApiError ? error.code : error),
  );

describe('times are the site’s', () => {
  const bare = serving([{ ...lead, first_responded_on: null } as { readonly name: string }], {
    Communication: json({ data: [] }),
    'CRM Call Log': json({ data: [] }),
  });
  const without = (script: string) => ({
    ...page,
    html: `<!doctype html><div id="app"></div><script>${script}</script>`,
  });

  it.each([
    ['no zone', 'window["site_name"] = "x";'],
    ['a zone that nobody knows', 'window["timezone"] = {"system": "Asia/Atlantis"};'],
    ['the person’s zone alone', 'window["timezone"] = {"user": "Asia/Kolkata"};'],
  ])('%s: the instant spans all zones', async (_name, script) => {
    const { result } = await fetching(bare, without(script));
    const [record] = await result;
    expect(record?.fields.createdAt).toEqual({
      at: Date.UTC(2026, 10, 23, 14, 34, 24) - 14 * 3_600_000,
      precision: 1000 + 26 * 3_600_000,
    });
  });

  it('an hour that came twice is read as both', async () => {
    const madrid = without('window["timezone"] = {"system": "Europe/Madrid", "user": "Europe/Madrid"};');
    const autumn = serving([{ ...lead, creation: '2026-10-25 02:30:00' } as { readonly name: string }]);
    const { result } = await fetching(autumn, madrid);
    const [record] = await result;
    expect(record?.fields.createdAt).toEqual({ at: Date.UTC(2026, 9, 25, 0, 30), precision: 3_601_000 });
  });

  it.each(['2026-11-23', 'soon', 1_795_458_864, '2026-11-23T10:00:00Z', '2026-02-30 10:00:00'])(
    '%s is none',
    async (creation) => {
      const { result } = await fetching(serving([{ ...lead, creation } as { readonly name: string }]));
      const [record] = await result;
      expect(record?.fields.createdAt).toBeUndefined();
      expect(record?.missing).toEqual(['createdAt']);
    },
  );
});

describe('touches', () => {
  it('are asked for without Frappe’s own notifications and without calls that nobody took', async () => {
    const { server, result } = await fetching(serving([lead]));
    await result;
    const asked = server.seen.map(({ line }) => askedIn(line.slice(4)));
    expect(asked.map(({ doctype }) => doctype)).toEqual(['CRM Lead', 'Communication', 'CRM Call Log']);
    expect(asked[1]?.filters).toEqual([
      ['reference_doctype', '=', 'CRM Lead'],
      ['reference_name', 'in', [name(1)]],
      ['communication_type', '=', 'Communication'],
    ]);
    expect(asked[2]?.filters).toContainEqual(['status', '=', 'Completed']);
  });

  it('are Frappe’s own first response where mails and calls are not this person’s to read', async () => {
    const closed = serving([lead], { Communication: json({}, 403), 'CRM Call Log': json({ exc_type: 'x' }, 417) });
    const { result } = await fetching(closed);
    const [record] = await result;
    expect(record?.fields.firstTouchAt).toEqual(kolkata(16, 0));
    expect(record?.fields.lastTouchAt).toEqual(kolkata(16, 0));
    expect(record?.fields.lastInboundAt).toBeUndefined();
    expect(record?.missing.toSorted()).toEqual(['firstTouchAt', 'lastInboundAt', 'lastTouchAt']);
  });

  it('of a long history are known from both ends, and not without end; what may lie between is missing', async () => {
    const at = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString().slice(0, 19).replace('T', ' ');
    const stated = (n: number) => ({ at: Date.UTC(2026, 0, 1, 0, n) - 5.5 * 3_600_000, precision: 1000 });
    const line = (of: string, n: number, way: string) => ({
      reference_name: of,
      communication_date: at(n),
      sent_or_received: way,
    });
    const all = [
      ...Array.from({ length: 2_000 }, (_, n) => line(name(1), n, n % 2 === 0 ? 'Sent' : 'Received')),
      line(name(2), 1_200, 'Sent'),
    ].toSorted((one, other) => one.communication_date.localeCompare(other.communication_date));
    const long: Answer = (request, response, body) => {
      const { start, limit, order } = askedIn(request.url);
      const sorted = order === 'communication_date desc, name asc' ? all.toReversed() : all;
      json({ data: sorted.slice(start, start + limit) })(request, response, body);
    };
    const { first_responded_on: _none, ...silent } = lead;
    const { server, result } = await fetching(
      serving([silent, { ...silent, name: name(2) }], {
        Communication: long,
        'CRM Call Log': json({ data: [] }),
      }),
      page,
      byId(name(1), name(2)),
    );
    const [busy, between] = await result;
    expect(busy).toMatchObject({
      fields: { firstTouchAt: stated(0), lastTouchAt: stated(1_998), lastInboundAt: stated(1_999) },
      missing: [],
    });
    expect(between?.fields).not.toHaveProperty('firstTouchAt');
    expect(between?.missing.toSorted()).toEqual(['firstTouchAt', 'lastInboundAt', 'lastTouchAt']);
    expect(server.seen.filter(({ line: asked }) => asked.includes('/Communication?'))).toHaveLength(3);
  });

  it('wait with the rest where the server is busy', async () => {
    const busy = serving([lead], { Communication: json({}, 429, { 'Retry-After': '30' }) });
    const { result } = await fetching(busy);
    expect(await codeOf(result)).toBe('limited');
  });
});

describe('a record', () => {
  it.each(['ñ', "'", 'x', '\\'])(
    'with a name as long as can be, of %s, is asked for in addresses that every server takes',
    async (letter) => {
      const long = Array.from({ length: 100 }, (_, n) => `Señora Quick & Söhne ${n} `.padEnd(140, letter));
      const { server, result } = await fetching(
        serving(long.map((one) => ({ ...lead, name: one }))),
        page,
        byId(...long),
      );
      const records = await result;
      expect(records.map(({ recordId }) => recordId)).toEqual(long);
      expect(records.flatMap(({ missing }) => missing)).toEqual([]);
      for (const { line } of server.seen) expect(`${line} HTTP/1.1`.length).toBeLessThanOrEqual(longestLine);
    },
  );

  it('of a deal is asked for as a deal, and is called what its organisation is called', async () => {
    const deal = {
      name: 'CRM-DEAL-2026-00004',
      organization: 'Vega Foods',
      status: 'Won',
      deal_owner: 'omar@vega.example',
      creation: lead.creation,
    };
    const { server, result } = await fetching(
      serving([], { 'CRM Deal': json({ data: [deal] }) }),
      { ...page, path: '/crm/deals/CRM-DEAL-2026-00004' },
      byId('CRM-DEAL-2026-00004'),
    );
    expect(await result).toMatchObject([
      {
        object: 'CRM Deal',
        fields: { name: 'Vega Foods', company: 'Vega Foods', status: 'Won', ownerId: 'omar@vega.example' },
        missing: [],
      },
    ]);
    expect(askedIn(server.seen[0]?.line.slice(4)).fields).toContain('deal_owner');
  });

  it('without a name, or that nobody asked for, is left out; hostile values are none', async () => {
    const odd = { ...lead, lead_name: '', status: { a: 1 }, email: ['x'], source: null };
    const { result } = await fetching(
      serving([], { 'CRM Lead': json({ data: [null, {}, { name: 7 }, { ...lead, name: 'another' }, odd] }) }),
    );
    const [record, ...more] = await result;
    expect(more).toEqual([]);
    expect(record?.recordId).toBe(name(1));
    expect(record?.missing.toSorted()).toEqual(['email', 'name', 'status']);
  });

  it.each(['a/b', 'view', '<b>', ' x', 'x'.repeat(141), ''])('“%s” is no name, and is not asked for', async (value) => {
    const { server, result } = await fetching(serving([lead]), page, byId(value));
    expect(await result).toEqual([]);
    expect(server.seen).toEqual([]);
  });
});

describe('the sweep', () => {
  it('asks for this person’s open leads, then deals', async () => {
    const { api, page: site, request, server } = await visit(page, json({ data: [] }));
    expect(await api.sweep?.(null, { id: 'lea@vega.example' }, site, request)).toEqual({
      records: [],
      next: 'CRM Deal:0',
    });
    expect(await api.sweep?.('CRM Deal:0', null, site, request)).toEqual({ records: [], next: null });
    const [leads, deals] = server.seen.map(({ line }) => askedIn(line.slice(4)));
    expect(leads).toMatchObject({
      doctype: 'CRM Lead',
      filters: [
        ['lead_owner', '=', 'lea@vega.example'],
        ['status', 'not in', ['Unqualified', 'Junk']],
        ['converted', '=', 0],
      ],
    });
    expect(deals).toMatchObject({ doctype: 'CRM Deal', filters: [['status', 'not in', ['Won', 'Lost']]] });
  });
});
