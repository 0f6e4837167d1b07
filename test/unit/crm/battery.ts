/**
 * What every API client must stand, spoken by a real server on the loopback: the CRM's own exchange, paging, and all that
 * goes wrong on the way. One call in each adapter's own test; what is particular to a CRM is tested there.
 */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sweepLeads } from '../../../lib/crm/sweep';
import { createRequest, CrmApiError } from '../../../lib/crm/request';
import { evidenceOf } from '../../../lib/crm/evidences';
import type { ApiRecord, AskWorld, CrmAdapter, CrmApi, Page, RecordRef, SweepEnd } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import { leadKey, type FieldName, type Observation, type Viewer } from '../../../lib/lead/lead';
import { createApiReads } from '../../../lib/overlay/api-reads';
import { sweepEveryMs } from '../../../lib/worker/sweep';
import { startLoopback, type Answer, type Loopback } from './loopback';

export interface Talk {
  readonly adapter: CrmAdapter;
  /** Path, query and hash of a page with leads. */
  readonly path: string;
  /** The page's HTML, as far as the client looks at it (a token in a `meta`, who is signed in). */
  readonly html?: string;
  /** Cookies that page scripts can read, as `name=value; …`. */
  readonly cookie?: string;
  /** Sets up what else the page keeps, such as storage. */
  readonly prepare?: (window: Window) => void;
  readonly world?: AskWorld;
  /** The server, on leads that together show every field that the client reads. */
  readonly answer: Answer;
  readonly refs: readonly RecordRef[];
  readonly records: readonly ApiRecord[];
  /** Fields that only another type of record has; the adapter's own tests show them. */
  readonly elsewhere?: readonly FieldName[];
  /** As many references as a screen shows; `large` answers them. */
  readonly screen: { readonly refs: readonly RecordRef[]; readonly answer: Answer };
  /** Requests that a screen of 100 rows may need in all, however many rows it has. */
  readonly requests: number;
  /** An account of 10,000 open leads, and who is signed in. */
  readonly sweep?: { readonly answer: Answer; readonly viewer: Viewer };
}

const servers: Loopback[] = [];
const windows: Window[] = [];

/** A page of the CRM on the loopback, and requests to it. */
export async function visit(talk: Pick<Talk, 'adapter' | 'path' | 'html' | 'cookie' | 'prepare'>, answer: Answer) {
  const server = await startLoopback(answer);
  servers.push(server);
  const url = new URL(talk.path, server.origin);
  const window = new Window({ url: url.href });
  windows.push(window);
  if (talk.html !== undefined) window.document.write(talk.html);
  for (const cookie of talk.cookie?.split('; ') ?? []) window.document.cookie = cookie;
  talk.prepare?.(window);
  const doc = window.document as unknown as Document;
  const route = talk.adapter.route(url, doc);
  if (!route || !talk.adapter.api) throw new Error('No route or no API');
  const page: Page = { doc, url, route, now: Date.now };
  return { server, page, api: talk.adapter.api, request: createRequest(server.origin, fetch) };
}

/** Call it once in a test file that uses `visit`. */
export function closeAfterEach(): void {
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    await Promise.all(windows.splice(0).map((window) => window.happyDOM.close()));
  });
}

export const json =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

const raw =
  (status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': type, ...headers });
    response.end(body);
  };

async function codeOf(result: Promise<unknown>): Promise<unknown> {
  const error = await result.then(
    () => 'it answered',
    (reason: unknown) => reason,
  );
  return error instanceof CrmApiError ? [error.code, error.retryAfterMs] : error;
}

const bad: readonly [string, Answer, unknown][] = [
  ['401 stops it', raw(401, 'text/plain', ''), ['unauthorised', null]],
  ['403 stops it', raw(403, 'application/json', '{}'), ['unauthorised', null]],
  [
    '429 makes it wait as long as it was told',
    raw(429, 'text/plain', '', { 'Retry-After': '30' }),
    ['limited', 30_000],
  ],
  ['500 makes it wait', raw(500, 'application/json', '{"error":"x"}'), ['failing', null]],
  ['503 with a time makes it wait that long', raw(503, 'text/plain', '', { 'Retry-After': '60' }), ['failing', 60_000]],
  ['truncated JSON is unreadable', raw(200, 'application/json', '{"a":[{"b":'), ['unreadable', null]],
  [
    'a page instead of JSON is unreadable',
    raw(200, 'text/html', '<!doctype html><title>x</title>'),
    ['unreadable', null],
  ],
  ['null is unreadable', raw(200, 'application/json', 'null'), ['unreadable', null]],
  ['a number is unreadable', raw(200, 'application/json', '7'), ['unreadable', null]],
  ['a text is unreadable', raw(200, 'application/json', '"x"'), ['unreadable', null]],
  ['an empty list where none belongs is unreadable', raw(200, 'application/json', '[]'), ['unreadable', null]],
];

const inOrder = (records: readonly ApiRecord[]): readonly ApiRecord[] =>
  records
    .map((record) => ({ ...record, missing: record.missing.toSorted() }))
    .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1));

/** What reads and changes nothing, by adapter: method and path, and what the body of a POST must ask. */
const reading: Readonly<Record<string, readonly (readonly [line: RegExp, body?: (body: Body) => boolean])[]>> = {
  dynamics: [
    [/^GET \/api\/data\/v9\.2\/(?:(?:leads|contacts|opportunities|emails|phonecalls|appointments)\?|WhoAmI$)/u],
  ],
  espocrm: [[/^GET \/(?:\w+\/)?api\/v1\/(?:Lead|Opportunity|Email|Call|Meeting)\?/u]],
  frappe: [[/^GET \/api\/resource\/(?:CRM%20(?:Lead|Deal|Call%20Log)|Communication)\?/u]],
  hubspot: [[/^GET \/api\/crm\/v3\/owners\?/u], [/^POST \/api\/crm-search\/search\?/u]],
  odoo: [
    [/^POST \/web\/session\/get_session_info$/u],
    [
      /^POST \/web\/dataset\/call_kw\/(?:crm\.lead\/web_search_read|mail\.message\/search_read)$/u,
      ({ params }) => ['web_search_read', 'search_read'].includes(String((params as Body | undefined)?.['method'])),
    ],
  ],
  pipedrive: [[/^GET \/api\/(?:v2\/(?:deals|persons|activities)|v1\/(?:leads(?:\/[\da-f-]{36})?|users\/me))\?/u]],
  tryton: [
    [
      /^POST \/\w+\/$/u,
      ({ method }) =>
        /^model\.(?:sale\.opportunity\.(?:search_read|fields_get)|res\.user\.get_preferences)$/u.test(String(method)),
    ],
  ],
  twenty: [
    [/^POST \/graphql$/u, ({ query }) => String(query).startsWith('query(') && !/\bmutation\b/u.test(String(query))],
  ],
  zoho: [
    [/^GET \/crm\/v8\/(?:Leads|Contacts|Deals|users)\?/u],
    [/^POST \/crm\/v8\/coql$/u, ({ select_query: query }) => String(query).startsWith('select ')],
  ],
};
type Body = Readonly<Record<string, unknown>>;

export function reads(adapter: string, line: string, body: string): boolean {
  return (reading[adapter] ?? []).some(
    ([allowed, asks]) => allowed.test(line) && (!asks || asks(JSON.parse(body) as Body)),
  );
}

/** Declares the tests. */
export function apiBattery(talk: Talk): void {
  closeAfterEach();
  const { adapter, world = noWorld } = talk;
  const fetchFrom = async (answer: Answer, refs: readonly RecordRef[] = talk.refs) => {
    const { server, page, api, request } = await visit(talk, answer);
    return { server, result: api.fetch(refs, page, request, world) };
  };

  describe(`${adapter.label}: what every API client stands`, () => {
    it('reads the records of its exchange, each for the row that asked', async () => {
      const { result } = await fetchFrom(talk.answer);
      expect(inOrder(await result)).toEqual(inOrder(talk.records));
    });

    it('reads the fields that its evidence names, and no others', () => {
      const read = new Set([...talk.records.flatMap(({ fields }) => Object.keys(fields)), ...(talk.elsewhere ?? [])]);
      expect([...read].toSorted()).toEqual([...(evidenceOf[adapter.id]?.api?.fields ?? [])].toSorted());
    });

    it('only reads, and only here: whatever it asks is on the list of what reads, on the page’s own origin', async () => {
      const asked = vi.spyOn(globalThis, 'fetch');
      const { server, page, api, request } = await visit(talk, talk.answer);
      await api.fetch(talk.refs, page, request, world);
      const who = talk.sweep?.viewer ?? null;
      // The server may know leads alone; what is asked is what counts.
      await Promise.allSettled([api.viewer?.(page, request, who?.name ?? ''), api.sweep?.(null, who, page, request)]);
      expect(server.seen.length).toBeGreaterThan(0);
      expect(asked).toHaveBeenCalledTimes(server.seen.length);
      for (const [url] of asked.mock.calls) expect(new URL(url as string).origin).toBe(server.origin);
      asked.mockRestore();
      for (const { line, body } of server.seen) expect(reads(adapter.id, line, body), line).toBe(true);
    });

    it('100 rows on a screen cost no more requests than it says', async () => {
      expect(talk.screen.refs).toHaveLength(100);
      const { batch } = adapter.api as CrmApi;
      expect(batch).toBeGreaterThanOrEqual(100);
      const { server, result } = await fetchFrom(talk.screen.answer, talk.screen.refs);
      expect(await result).toHaveLength(100);
      expect(server.seen.length).toBeLessThanOrEqual(talk.requests);
      // What the README's table says of it.
      expect(evidenceOf[adapter.id]?.api?.requests).toBe(talk.requests);
    });

    it('asks nothing for nothing', async () => {
      const { server, result } = await fetchFrom(talk.answer, []);
      expect(await result).toEqual([]);
      expect(server.seen).toEqual([]);
    });

    it.each(bad)('%s', async (_name, answer, code) => {
      const { result } = await fetchFrom(answer);
      expect(await codeOf(result)).toEqual(code);
    });

    if (!talk.sweep) return;
    const { answer, viewer } = talk.sweep;
    /** One turn of the real sweep, with its bounds, but without its pauses. */
    const sweepAll = async (listener: Answer) => {
      const { page, api, request } = await visit(talk, listener);
      const { signal } = new AbortController();
      const { politely } = createApiReads({
        api,
        request,
        world,
        session: () => 'one',
        now: Date.now,
        random: Math.random,
        signal,
        onRecords: () => {},
        onProblem: () => {},
      });
      const told: Observation[] = [];
      const ends: SweepEnd[] = [];
      let paused = 0;
      const rest = await sweepLeads({
        adapter,
        site: () => page,
        viewer: async () => viewer,
        rest: null,
        request,
        politely,
        worker: {
          async sweepPage({ observations }) {
            told.push(...observations);
          },
          async sweepEnd(end) {
            ends.push(end);
            return [];
          },
        },
        now: () => 1,
        signal,
        pause: async (ms) => {
          paused += ms;
        },
      });
      return { told, ends, paused, rest };
    };

    it('sweeps an account of 10,000 open leads in one turn, each once, and before the next turn', async () => {
      const { told, ends, paused, rest } = await sweepAll(answer);
      expect(told).toHaveLength(10_000);
      expect(new Set(told.map(({ id }) => leadKey(id))).size).toBe(10_000);
      expect(ends).toEqual([{ startedAt: 1, complete: true }]);
      expect(rest).toBeNull();
      expect(paused).toBeLessThan(sweepEveryMs / 2);
    });

    it.each(bad)('sweeping: %s', async (_name, listener, code) => {
      const { page, api, request } = await visit(talk, listener);
      expect(await codeOf(api.sweep?.(null, viewer, page, request) ?? Promise.resolve())).toEqual(code);
    });
  });
}
