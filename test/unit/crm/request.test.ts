import { afterEach, describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import { createRequest, CrmApiError, parseRetryAfter, type RequestOptions } from '../../../lib/crm/request';
import { startLoopback, type Loopback } from './loopback';

const servers: Loopback[] = [];

async function serve(answer: RequestListener, options?: RequestOptions) {
  const server = await startLoopback(answer);
  servers.push(server);
  return { server, request: createRequest(server.origin, fetch, options) };
}

const json =
  (body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(code, headers).end(body);
  };

async function errorOf(promise: Promise<unknown>): Promise<CrmApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CrmApiError);
  return error as CrmApiError;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('a request to the CRM', () => {
  it('asks for JSON and gives it back', async () => {
    const { server, request } = await serve(json({ list: [1] }));
    await expect(request('/api/v1/Lead?x=1')).resolves.toEqual({ list: [1] });
    expect(server.seen[0]?.line).toBe('GET /api/v1/Lead?x=1');
    expect(server.seen[0]?.headers.accept).toBe('application/json');
  });

  it('gives back `undefined` for 204, which no body can say', async () => {
    const { request } = await serve(status(204));
    await expect(request('/crm/v8/Leads')).resolves.toBeUndefined();
  });

  it('sends a body as JSON, with the headers of the adapter', async () => {
    const { server, request } = await serve(json(null));
    await request('/rpc', { method: 'POST', json: { id: 1 }, headers: { Authorization: 'Session x' } });
    expect(server.seen[0]).toMatchObject({ line: 'POST /rpc', body: '{"id":1}' });
    expect(server.seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', authorization: 'Session x' });
  });

  it('sends the session to its own origin only, and keeps answers out of the cache', async () => {
    const inits: (RequestInit | undefined)[] = [];
    const spy: typeof fetch = (_input, init) => {
      inits.push(init);
      return Promise.resolve(Response.json(1));
    };
    await createRequest('https://crm.example.com', spy)('/x');
    expect(inits[0]).toMatchObject({ credentials: 'same-origin', cache: 'no-store', redirect: 'manual' });
  });

  it.each([
    'https://elsewhere.example/api',
    '//elsewhere.example/api',
    '/\\elsewhere.example/api',
    'data:application/json,1',
    'http://user:secret@127.0.0.1/',
  ])('refuses %s before anything is sent', async (path) => {
    const { server, request } = await serve(json(1));
    await expect(request(path)).rejects.toBeInstanceOf(TypeError);
    expect(server.seen).toHaveLength(0);
  });
});

describe('an answer that is no answer', () => {
  it.each([401, 403])('%i means that the session may not read', async (code) => {
    const { request } = await serve(status(code));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unauthorised', retryAfterMs: null });
  });

  it('a redirect is a way to sign in: not followed, not even on the same origin', async () => {
    const { server, request } = await serve(status(302, { Location: '/login' }));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unauthorised' });
    expect(server.seen).toHaveLength(1);
  });

  it('what comes from another origin is not read', async () => {
    const foreign = Response.json({ list: [] });
    Object.defineProperty(foreign, 'url', { value: 'https://login.example.com/' });
    const request = createRequest('https://crm.example.com', () => Promise.resolve(foreign));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unauthorised' });
  });

  it('429 is limited, with the wait that the server asks for', async () => {
    const { request } = await serve(status(429, { 'Retry-After': '7' }));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'limited', retryAfterMs: 7000 });
  });

  it.each([500, 502, 503, 504, 408])('%i is failing', async (code) => {
    const { request } = await serve(status(code, { 'Retry-After': '3' }));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'failing', retryAfterMs: 3000 });
  });

  it.each([400, 404, 410])('%i is unreadable: asking again gives the same', async (code) => {
    const { request } = await serve(status(code, { 'Content-Type': 'application/json' }, '{}'));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unreadable' });
  });

  it.each([
    ['truncated JSON', 'application/json', '{"total":36,"list":[{"id":"6b04'],
    ['nothing', 'application/json', ''],
    ['a page', 'text/html; charset=utf-8', '<!doctype html><title>Sign in</title>'],
    ['JSON that claims to be a page', 'text/html', '{}'],
    ['text', 'text/plain', 'OK'],
  ])('%s is unreadable', async (_name, type, body) => {
    const { request } = await serve(status(200, { 'Content-Type': type }, body));
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unreadable' });
  });

  it('a body over the bound is given up while it arrives, whatever length it claims', async () => {
    const { request } = await serve(
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('"');
        const more = (): void => {
          if (!response.destroyed) response.write('x'.repeat(4096), () => setImmediate(more));
        };
        more();
      },
      { maxBytes: 20_000 },
    );
    expect(await errorOf(request('/'))).toMatchObject({ code: 'unreadable' });
  });

  it('bytes are counted, not characters; a body at the bound is read, with characters across chunks whole', async () => {
    const text = 'ñ'.repeat(500);
    const { request } = await serve(
      (_request, response) => {
        const body = Buffer.from(JSON.stringify(text));
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write(body.subarray(0, 2), () => setImmediate(() => response.end(body.subarray(2))));
      },
      { maxBytes: 1002 },
    );
    await expect(request('/')).resolves.toBe(text);
    const tight = createRequest(servers[0]?.origin ?? '', fetch, { maxBytes: 1001 });
    expect(await errorOf(tight('/'))).toMatchObject({ code: 'unreadable' });
  });

  it('a connection that breaks in the middle is failing', async () => {
    const { request } = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
      response.write('{"a":', () => response.destroy());
    });
    expect(await errorOf(request('/'))).toMatchObject({ code: 'failing' });
  });

  it('a server that is not there is failing', async () => {
    const server = await startLoopback(json(1));
    await server.close();
    expect(await errorOf(createRequest(server.origin, fetch)('/'))).toMatchObject({ code: 'failing' });
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    [
      'stops in the middle of a body',
      (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).write('[');
      },
    ],
  ])('a server that %s is failing after the time-out', async (_name, answer) => {
    const { request } = await serve(answer, { timeoutMs: 50 });
    const error = await errorOf(request('/'));
    expect(error).toMatchObject({ code: 'failing', message: 'The CRM took too long' });
  });

  it('the end of the page ends a request with its own reason, which is nothing to back off from', async () => {
    const controller = new AbortController();
    const reason = new Error('teardown');
    const { request } = await serve(() => controller.abort(reason), { signal: controller.signal });
    await expect(request('/')).rejects.toBe(reason);
    await expect(request('/')).rejects.toBe(reason);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 12, 0, 0);

  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Monday, 23-Nov-26 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['9999999999', 86_400_000],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['Mon, 99 Nov 2026 12:00:00 GMT', null],
    ['', null],
    [null, null],
  ])('%j means %j ms', (header, wait) => {
    expect(parseRetryAfter(header, now)).toBe(wait);
  });
});
