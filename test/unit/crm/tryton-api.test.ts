/** Tryton's JSON-RPC as its web client uses it, spoken by a real server on the loopback. Shapes as recorded on 6.0; data made up. */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequest, CrmApiError } from '../../../lib/crm/request';
import { noWorld } from '../../../lib/crm/world';
import { tryton } from '../../../lib/crm/tryton';
import type { ApiRecord, CrmApi, Page, RecordRef, Site } from '../../../lib/crm/types';
import { apiBattery } from './battery';
import { startLoopback, type Answer as ServerAnswer, type Loopback } from './loopback';

const api = tryton.api as CrmApi;
const session = { login: 'chloé', user_id: 7, session: '0123456789abcdef' };
const context = { company: 1, employee: 3, language: 'es', groups: [1, 2] };

const datetime = (...parts: readonly number[]) => {
  const [year, month, day, hour, minute, second, microsecond] = parts;
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond };
};
const date = (year: number, month: number, day: number) => ({ __class__: 'date', year, month, day });

const lead = {
  id: 6,
  number: '6',
  description: 'ERP rollout',
  state: 'lead',
  employee: 2,
  'employee.': { id: 2, rec_name: 'Bilal Khan' },
  'party.': { id: 10, rec_name: 'Vega Foods' },
  'company.': { id: 1, timezone: null },
  create_date: datetime(2026, 11, 23, 18, 34, 24, 123_456),
  write_date: null as unknown,
  end_date: null as unknown,
};
const fields = {
  name: 'ERP rollout',
  status: 'lead',
  ownerId: '2',
  owner: 'Bilal Khan',
  company: 'Vega Foods',
  createdAt: { at: Date.UTC(2026, 10, 23, 18, 34, 24, 123), precision: 1 },
};
const headings = { number: { string: 'Número' }, description: { string: 'Descripción' } };

const windows: Window[] = [];
let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
});

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
type Answers = Readonly<Record<string, unknown>>;
const json = (value: unknown): Answer => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json' },
});

/** A Tryton that answers each method with a result, or anything with one raw answer. */
async function serve(answers: Answers | Answer): Promise<Loopback> {
  await server?.close();
  server = await startLoopback((_request, response) => {
    const call = calls().at(-1);
    const { body, status, headers } = isAnswer(answers)
      ? answers
      : json({ id: call?.id, result: answers[call?.method.split('.').at(-1) ?? ''] });
    response.writeHead(status ?? 200, { 'Content-Type': 'application/json', ...headers }).end(body);
  });
  return server;
}
const isAnswer = (answers: Answers | Answer): answers is Answer => typeof answers['body'] === 'string';

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}
const calls = (): Call[] => (server?.seen ?? []).map(({ body }) => JSON.parse(body) as Call);

const listAddress = '#crm/model/sale.opportunity;views=%5B455%2C454%5D';

function pageAt(origin: string, hash = listAddress, signedIn: unknown = session): Page {
  const site = siteAt(origin, hash, signedIn);
  const route = tryton.route(site.url, site.doc);
  if (!route) throw new Error('No route');
  return { ...site, route, now: Date.now };
}

function siteAt(origin: string, hash: string, signedIn: unknown = session): Site {
  const window = new Window({ url: `${origin}/${hash}` });
  windows.push(window);
  window.document.write('<ul><li id="user-preferences"><a href="#">Chloé</a></li></ul>');
  if (signedIn) window.localStorage.setItem('sao_session_crm', JSON.stringify(signedIn));
  window.sessionStorage.setItem('sao_context_crm', JSON.stringify(context));
  const doc = window.document as unknown as Document;
  return { doc, url: new URL(`${origin}/${hash}`) };
}

const row = (...cells: readonly (readonly [string, string])[]): RecordRef => ({
  by: 'handle',
  value: JSON.stringify(cells),
});
const rowOf = (number: string, description = ''): RecordRef =>
  row(['Número', number], ['Referencia', ''], ['Descripción', description]);

async function ask(refs: readonly RecordRef[], answers: Answers | Answer, signedIn: unknown = session) {
  const { origin } = await serve(answers);
  return api.fetch(refs, pageAt(origin, undefined, signedIn), createRequest(origin, fetch), noWorld);
}
async function codeOf(result: Promise<unknown>): Promise<string> {
  const error = await result.then(
    () => new Error('It answered'),
    (reason: unknown) => reason,
  );
  return error instanceof CrmApiError ? error.code : String(error);
}
const resolved = (records: readonly ApiRecord[]) => records.map(({ ref, recordId }) => [ref.value, recordId]);

describe('rows of a list', () => {
  it('are found by the number that they show, in one request beside the one for the headings', async () => {
    const other = {
      ...lead,
      id: 12,
      number: '12',
      description: null,
      employee: null,
      'employee.': null,
      'party.': null,
    };
    const refs = [rowOf('6', 'ERP rollout'), rowOf('12')];
    const records = await ask(refs, { fields_get: headings, search_read: [other, lead] });
    const { createdAt } = fields;
    expect(records).toEqual([
      { ref: refs[0], recordId: '6', fields, missing: [] },
      { ref: refs[1], recordId: '12', fields: { name: '12', status: 'lead', createdAt }, missing: [] },
    ]);
    expect(calls().map(({ method }) => method)).toEqual([
      'model.sale.opportunity.fields_get',
      'model.sale.opportunity.search_read',
    ]);
    const [domain, ...rest] = calls()[1]?.params ?? [];
    expect(domain).toEqual(['OR', ['id', 'in', []], ['number', 'in', ['6', '12']]]);
    expect(rest.slice(0, 3)).toEqual([0, null, null]);
    expect(rest.at(-1)).toEqual(context);
  });

  it('ask for the headings once a page', async () => {
    const { origin } = await serve({ fields_get: headings, search_read: [lead] });
    const page = pageAt(origin);
    const request = createRequest(origin, fetch);
    await api.fetch([rowOf('6')], page, request, noWorld);
    await api.fetch([rowOf('6')], page, request, noWorld);
    expect(calls().filter(({ method }) => method.endsWith('fields_get'))).toHaveLength(1);
  });

  it('are told apart by their description where two companies count alike', async () => {
    const twin = { ...lead, id: 60, description: 'Website' };
    const refs = [rowOf('6', 'Website'), rowOf('6', 'ERP rollout')];
    const records = await ask(refs, { fields_get: headings, search_read: [lead, twin] });
    expect(resolved(records)).toEqual([
      [refs[0]?.value, '60'],
      [refs[1]?.value, '6'],
    ]);
  });

  it('are left out where more than one record would fit', async () => {
    const twin = { ...lead, id: 60 };
    const answers = { fields_get: headings, search_read: [lead, twin] };
    expect(await ask([rowOf('6', 'ERP rollout')], answers)).toEqual([]);
    expect(await ask([row(['Número', '6'])], answers)).toEqual([]);
    expect(await ask([rowOf('6', 'Changed meanwhile')], answers)).toEqual([]);
  });

  it('never take a number from another column, however much it looks like one', async () => {
    const answers = { fields_get: headings, search_read: [lead] };
    const wrong = [row(['Referencia', '6'], ['Descripción', '6']), row(['Número', '6'], ['Número', '7']), rowOf('')];
    expect(await ask(wrong, answers)).toEqual([]);
    expect(calls().map(({ method }) => method)).toEqual(['model.sale.opportunity.fields_get']);
  });

  it('that the CRM does not know are left out, and what was not asked for is ignored', async () => {
    const stranger = { ...lead, id: 9, number: '9' };
    const records = await ask([rowOf('6'), rowOf('7')], { fields_get: headings, search_read: [stranger, lead] });
    expect(records.map(({ recordId }) => recordId)).toEqual(['6']);
  });
});

describe('a record', () => {
  const asked: RecordRef = { by: 'id', value: '6' };
  const read = async (change: object) => (await ask([asked], { search_read: [{ ...lead, ...change }] }))[0];

  it('is found by its id, without asking for headings', async () => {
    expect(await ask([asked], { search_read: [lead] })).toEqual([{ ref: asked, recordId: '6', fields, missing: [] }]);
    expect(calls()).toHaveLength(1);
  });

  it('is closed on a day in UTC, and only in a closed state', async () => {
    const end_date = date(2026, 11, 24);
    const closedAt = { at: Date.UTC(2026, 10, 24), precision: 86_400_000 };
    expect((await read({ state: 'lost', end_date }))?.fields.closedAt).toEqual(closedAt);
    expect((await read({ state: 'opportunity', end_date }))?.fields.closedAt).toBeUndefined();
  });

  it('is closed on a day that may lie in any zone, where the company has one of its own', async () => {
    const change = { state: 'won', end_date: date(2026, 11, 24), 'company.': { id: 1, timezone: 'America/Lima' } };
    const closedAt = (await read(change))?.fields.closedAt;
    const dayInLima = [Date.UTC(2026, 10, 24, 5), Date.UTC(2026, 10, 25, 5)] as const;
    expect(closedAt?.at).toBeLessThanOrEqual(dayInLima[0]);
    expect((closedAt?.at ?? 0) + (closedAt?.precision ?? 0)).toBeGreaterThanOrEqual(dayInLima[1]);
  });

  it('says when it was changed', async () => {
    const write_date = datetime(2026, 11, 24, 9, 0, 1, 1000);
    expect((await read({ write_date }))?.fields.modifiedAt).toEqual({
      at: Date.UTC(2026, 10, 24, 9, 0, 1, 1),
      precision: 1,
    });
  });

  it.each<[string, object, string[]]>([
    ['no creation', { create_date: null }, ['createdAt']],
    ['a day that no calendar has', { create_date: datetime(2026, 2, 30, 1, 1, 1, 0) }, ['createdAt']],
    ['a creation of another shape', { create_date: '2026-11-23' }, ['createdAt']],
    ['no state', { state: 4 }, ['status']],
    ['neither description nor number', { description: ' ', number: null }, ['name']],
  ])('with %s lists it as missing', async (_what, change, missing) => {
    expect((await read(change))?.missing).toEqual(missing);
  });

  it('of another shape is no record', async () => {
    expect(await ask([asked], { search_read: [null, 'six', { id: '6' }, []] })).toEqual([]);
  });
});

describe('the session', () => {
  it('goes into the header of a request to the own origin, in UTF-8, and nowhere else', async () => {
    const records = await ask([{ by: 'id', value: '6' }], { search_read: [lead] });
    const { line, headers, body } = server?.seen[0] ?? { line: '', headers: {}, body: '' };
    expect(line).toBe('POST /crm/');
    const [scheme, encoded] = headers.authorization?.split(' ') ?? [];
    expect(scheme).toBe('Session');
    expect(Buffer.from(encoded ?? '', 'base64').toString('utf8')).toBe('chloé:7:0123456789abcdef');
    expect(body + JSON.stringify(records)).not.toContain(session.session);
  });

  it('is asked for in a way that never opens the browser’s password box', async () => {
    await ask([{ by: 'id', value: '6' }], { search_read: [lead] });
    expect(server?.seen[0]?.headers['x-requested-with']).toBe('XMLHttpRequest');
  });

  it.each([[null], [{ login: 'chloé', user_id: null, session: null }], ['text'], [[]]])(
    'that is %j asks nothing',
    async (signedIn) => {
      expect(await codeOf(ask([{ by: 'id', value: '6' }], { search_read: [lead] }, signedIn))).toBe('unauthorised');
      expect(server?.seen).toEqual([]);
    },
  );
});

describe('an answer that is none', () => {
  const refs = [{ by: 'id', value: '6' }] as const;
  const html = { 'Content-Type': 'text/html; charset=utf-8' };

  it.each<[string, Answer | Answers, string]>([
    ['401', { status: 401, body: '' }, 'unauthorised'],
    ['403 with a page', { status: 403, headers: html, body: '<h1>Forbidden</h1>' }, 'unauthorised'],
    ['429', { status: 429, headers: html, body: '<h1>Too Many Requests</h1>' }, 'limited'],
    ['500', { status: 500, headers: html, body: '<h1>Internal Server Error</h1>' }, 'failing'],
    ['a page', { headers: html, body: '<!doctype html><title>Tryton</title>' }, 'unreadable'],
    ['a truncated answer', { body: '{"id":0,"result":[{"id":6,' }, 'unreadable'],
    ['no object', json([]), 'unreadable'],
    ['no result', json({ id: 0 }), 'unreadable'],
    ['no list', { search_read: { 6: lead } }, 'unreadable'],
    [
      'a refused right',
      json({ id: 0, error: ['UserError', ['You are not allowed to access "Sale Opportunity".', '', null]] }),
      'unauthorised',
    ],
    ['a lost sign-in', json({ id: 0, error: ['LoginException', ['x', 'y']] }), 'unauthorised'],
    ['a rate limit', json({ id: 0, error: ['RateLimitException', []] }), 'limited'],
    ['a concurrent change', json({ id: 0, error: ['ConcurrencyException', 'x'] }), 'failing'],
    ['an error of the server', json({ id: 0, error: ["'nope'", ''] }), 'failing'],
    ['an error of another shape', json({ id: 0, error: 'x' }), 'failing'],
  ])('%s', async (_what, answer, code) => {
    expect(await codeOf(ask(refs, answer))).toBe(code);
  });

  it('429 says how long to wait', async () => {
    const answer = { status: 429, headers: { 'Retry-After': '120' }, body: '' };
    await expect(ask(refs, answer)).rejects.toMatchObject({ code: 'limited', retryAfterMs: 120_000 });
  });

  it.each([[null], [{}], [{ number: 'Número' }], [{ number: { string: '' } }]])(
    'headings %j are unreadable, and asked for again',
    async (fields_get) => {
      expect(await codeOf(ask([rowOf('6')], { fields_get, search_read: [lead] }))).toBe('unreadable');
      expect(await ask([rowOf('6')], { fields_get: headings, search_read: [lead] })).toHaveLength(1);
    },
  );
});

describe('the person', () => {
  const who = async (get_preferences: unknown) => {
    const { origin } = await serve({ get_preferences });
    return api.viewer?.(pageAt(origin), createRequest(origin, fetch), '');
  };

  it('is the employee of the user', async () => {
    expect(await who({ employee: 3, 'employee.rec_name': 'Chloé Martín', language: 'es' })).toEqual({
      id: '3',
      name: 'Chloé Martín',
    });
    expect(calls()[0]).toMatchObject({ method: 'model.res.user.get_preferences', params: [true, {}] });
  });

  it.each([[{ language: 'es' }], [{ employee: null }], [null], ['x']])('is nobody for %j', async (preferences) => {
    expect(await who(preferences)).toBeNull();
  });
});

describe('the address', () => {
  const doc = (signedIn: boolean): Document => {
    const window = new Window();
    windows.push(window);
    window.document.write(`<ul><li id="user-preferences">${signedIn ? '<a href="#">Chloé</a>' : ''}</li></ul>`);
    return window.document as unknown as Document;
  };
  const route = (hash: string, signedIn = true) => tryton.route(new URL(`https://x.example/${hash}`), doc(signedIn));

  it.each<[string, string | undefined]>([
    ['#crm/model/sale.opportunity', undefined],
    ['#!crm/model/sale.opportunity;views=%5B1%5D', undefined],
    ['#crm/model/sale.opportunity/6;views=%5B1%5D', '6'],
    ['#my%20db/model/sale.opportunity/61', '61'],
  ])('%s is a page of leads', (hash, recordId) => {
    expect(route(hash)?.recordId).toBe(recordId);
    expect(route(hash)?.kind).toBe(recordId === undefined ? 'list' : 'record');
  });

  it.each([
    '',
    '#',
    '#crm',
    '#crm/model/sale.sale/6',
    '#crm/model/sale.opportunity.line',
    '#crm/model/sale.opportunity/-1',
    '#crm/wizard/x',
  ])('%s is none', (hash) => {
    expect(route(hash)).toBeNull();
  });

  it('is none before somebody has signed in', () => {
    expect(route('#crm/model/sale.opportunity', false)).toBeNull();
  });

  it('of a record keeps the database and drops the rest', async () => {
    const page = pageAt('https://x.example', '#crm/model/sale.opportunity;name=%22Leads%22');
    expect(tryton.recordUrl('sale.opportunity', '6', page)).toBe('https://x.example/#crm/model/sale.opportunity/6');
    expect(tryton.recordUrl('sale.opportunity', '../6', page)).toBeUndefined();
    expect(tryton.recordUrl('sale.sale', '6', page)).toBeUndefined();
  });
});

describe('whatever page of Tryton is open', () => {
  it.each(['#crm', '#!crm', '#crm/model/party.party;views=%5B1%5D', '#crm/model/sale.sale/6', '#crm/wizard/x'])(
    '%s: leads are swept, and the person is known',
    async (hash) => {
      const { origin } = await serve({ search_read: [lead], get_preferences: { employee: 2 } });
      const [site, request] = [siteAt(origin, hash), createRequest(origin, fetch)];
      expect(await api.viewer?.(site, request, '')).toEqual({ id: '2' });
      const swept = await api.sweep?.(null, { id: '2' }, site, request);
      expect(swept?.records.map(({ recordId }) => recordId)).toEqual(['6']);
      expect(api.session?.(site)).toBe(session.session);
      expect(tryton.recordUrl('sale.opportunity', '6', site)).toBe(`${origin}/#crm/model/sale.opportunity/6`);
    },
  );

  it.each(['', '#', '#/', '#%E0%A4%A/model/party.party'])('“%s” names no database: nothing is asked', async (hash) => {
    const { origin } = await serve({ search_read: [lead] });
    const asked = api.sweep?.(null, { id: '2' }, siteAt(origin, hash), createRequest(origin, fetch));
    expect(await codeOf(asked ?? Promise.resolve())).toBe('unauthorised');
    expect(calls()).toEqual([]);
  });
});

/** An installation that knows ids, numbers, states and owners, as `search_read` asks for them. */
const installation =
  (leads: readonly (Readonly<Record<string, unknown>> & { readonly id: number })[]): ServerAnswer =>
  (_request, response, body) => {
    const { id, method, params } = JSON.parse(body) as Call;
    const [domain = [], , limit] = params as [unknown[]?, unknown?, (number | null)?];
    const clauses = domain.filter(Array.isArray) as [string, string, never][];
    const holds = (
      one: Readonly<Record<string, unknown>>,
      [field, operator, value]: [string, string, never],
    ): boolean =>
      operator === 'in'
        ? (value as unknown[]).includes(one[field])
        : operator === '>'
          ? Number(one[field]) > value
          : one[field] === value;
    const found = leads.filter((one) =>
      domain[0] === 'OR' ? clauses.some((clause) => holds(one, clause)) : clauses.every((clause) => holds(one, clause)),
    );
    const result = method.endsWith('fields_get') ? headings : found.slice(0, limit ?? undefined);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id, result }));
  };

const complete = {
  ...lead,
  state: 'won',
  write_date: datetime(2026, 11, 24, 8, 0, 0, 0),
  end_date: date(2026, 11, 24),
};
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ...lead, id: n + 1, number: `${n + 1}` }));

apiBattery({
  adapter: tryton,
  path: '/#crm/model/sale.opportunity;views=%5B455%2C454%5D',
  html: '<ul><li id="user-preferences"><a href="#">Chloé</a></li></ul>',
  prepare(window) {
    window.localStorage.setItem('sao_session_crm', JSON.stringify(session));
    window.sessionStorage.setItem('sao_context_crm', JSON.stringify(context));
  },
  answer: installation([complete]),
  refs: [rowOf('6'), rowOf('404')],
  records: [
    {
      ref: rowOf('6'),
      recordId: '6',
      fields: {
        ...fields,
        status: 'won',
        modifiedAt: { at: Date.UTC(2026, 10, 24, 8), precision: 1 },
        closedAt: { at: Date.UTC(2026, 10, 24), precision: 24 * 3_600_000 },
      },
      missing: [],
    },
  ],
  screen: { refs: many(100).map(({ number }) => rowOf(number)), answer: installation(many(100)) },
  requests: 2,
  sweep: { answer: installation([...many(10_000), { ...complete, id: 20_000 }]), viewer: { id: '2' } },
});
