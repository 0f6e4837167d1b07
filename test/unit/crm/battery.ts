/**
 * What every API client must stand, spoken by a real server on the loopback: the CRM's own exchange, paging, and all that
 * goes wrong on the way. One call in each adapter's own test; what is particular to a CRM is tested there.
 */
import { Window } from 'happy-dom';
import { afterEach, describe, expect, it } from 'vitest';
import { createRequest, CrmApiError } from '../../../lib/crm/request';
import { evidenceOf } from '../../../lib/crm/evidences';
import type { ApiRecord, AskWorld, CrmAdapter, CrmApi, Page, RecordRef } from '../../../lib/crm/types';
import { noWorld } from '../../../lib/crm/world';
import type { FieldName, Viewer } from '../../../lib/lead/lead';
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
  readonly sweep?: { readonly answer: Answer; readonly viewer: Viewer | null };
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
  ['an empty list where none belongs is unreadable', raw(200, 'application/json', '"x"'), ['unreadable', null]],
];

const inOrder = (records: readonly ApiRecord[]): readonly ApiRecord[] =>
  records
    .map((record) => ({ ...record, missing: record.missing.toSorted() }))
    .toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1));

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

    it('only reads, and only here: every request is a GET, or a POST that asks, to the page’s own origin', async () => {
      const { server, result } = await fetchFrom(talk.answer);
      await result;
      expect(server.seen.length).toBeGreaterThan(0);
      for (const { line } of server.seen) expect(line).toMatch(/^(GET|POST) \//u);
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
    const sweepAll = async (listener: Answer) => {
      const { server, page, api, request } = await visit(talk, listener);
      const found = new Map<string, ApiRecord>();
      let cursor: string | null = null;
      let pages = 0;
      do {
        const swept: Awaited<ReturnType<NonNullable<CrmApi['sweep']>>> | undefined = await api.sweep?.(
          cursor,
          viewer,
          page,
          request,
        );
        if (!swept) throw new Error('No sweep');
        for (const record of swept.records)
          found.set(`${record.object ?? page.route.object}|${record.recordId}`, record);
        cursor = swept.next;
        pages += 1;
      } while (cursor !== null && pages < 1_000);
      return { server, found, pages };
    };

    it('sweeps an account of 10,000 open leads page by page, each once, and ends', async () => {
      const { found, pages } = await sweepAll(answer);
      expect(found.size).toBe(10_000);
      expect(pages).toBeLessThanOrEqual(205);
      for (const { ref, recordId } of found.values()) expect(ref).toEqual({ by: 'id', value: recordId });
    });

    it.each(bad)('sweeping: %s', async (_name, listener, code) => {
      const { page, api, request } = await visit(talk, listener);
      expect(await codeOf(api.sweep?.(null, viewer, page, request) ?? Promise.resolve())).toEqual(code);
    });
  });
}
