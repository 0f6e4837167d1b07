/**
 * A small CRM that behaves like the real ones, for demonstrations and end-to-end tests: sign-in by cookie, a strict
 * content security policy, an API that can be told to fail. It listens on loopback only and keeps everything in memory.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answer } from './api.ts';
import { demoLeads, type DemoLead } from './leads.ts';
import { reps } from './names.ts';
import { officeHours, type OpenHours } from './working-minutes.ts';

/**
 * What the API does. `down` answers 503; `refused` drops the connection; `garbage` is cut-off JSON; `wrong-shape` is
 * valid JSON that means nothing; `html` a page with status 200; `huge` an answer of 32 MB; `slow` waits `delayMs` first.
 */
export const apiModes = [
  'ok',
  'down',
  'refused',
  'unauthorised',
  'limited',
  'garbage',
  'wrong-shape',
  'html',
  'huge',
  'slow',
] as const;
export type ApiMode = (typeof apiModes)[number];

export interface LoggedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Epoch ms of the server's own clock. */
  readonly at: number;
  status: number;
}

/** Switches; a test may set them at any time. */
export interface DemoControl {
  api: ApiMode;
  /** `batch`: only `GET /api/leads?ids=…` misbehaves, so the CRM's own page goes on working. */
  scope: 'batch' | 'all';
  delayMs: number;
  retryAfterSeconds: number;
  /** Most API requests of one session in any `windowMs`. */
  rate: { requests: number; windowMs: number };
  /** Requests to the API, oldest first. */
  readonly requests: LoggedRequest[];
  /** Ends every session: the next API request gets 401. */
  signOutEverybody(): void;
  /** Makes the leads anew, dated around the clock's now. */
  reset(): void;
}

export interface DemoCrmOptions {
  readonly port?: number;
  /** The server's clock, epoch ms. */
  readonly now?: () => number;
  /** Opening hours that the leads are dated by; default Mon–Fri 09:00–18:00 in this machine's zone. */
  readonly openHours?: OpenHours;
  /** How many leads `/leads/all` has. */
  readonly total?: number;
  /** A sweep finds every lead, whoever owns it: an account that is as large as an account gets. */
  readonly allOpen?: boolean;
  readonly api?: ApiMode;
}

export interface DemoCrm {
  readonly origin: string;
  readonly port: number;
  /** Live: changes made in the CRM show here. `expected` speaks of the moment they were made. */
  readonly leads: DemoLead[];
  readonly control: DemoControl;
  close(): Promise<void>;
}

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

const cookieName = 'demo_session';
const mostBodyBytes = 10_000;
const clientFolder = new URL('client/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Starts the demo CRM on 127.0.0.1. Sign in at `/signin?as=lucia&to=/leads`. */
export async function startDemoCrm(options: DemoCrmOptions = {}): Promise<DemoCrm> {
  const now = options.now ?? Date.now;
  const sessions = new Map<string, string>();
  const recent = new Map<string, number[]>();
  const leads: DemoLead[] = [];
  const control: DemoControl = {
    api: options.api ?? 'ok',
    scope: 'batch',
    delayMs: 5_000,
    retryAfterSeconds: 2,
    rate: { requests: 200, windowMs: 10_000 },
    requests: [],
    signOutEverybody: () => sessions.clear(),
    reset() {
      const made = demoLeads({
        now: now(),
        openHours: options.openHours ?? officeHours(),
        count: options.total ?? 10_000,
      });
      leads.splice(0, leads.length, ...made);
    },
  };
  control.reset();

  const sessionOf = (request: IncomingMessage): string | undefined => {
    const session = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
    return session !== undefined && sessions.has(session) ? session : undefined;
  };

  const withinRate = (session: string): boolean => {
    const since = now() - control.rate.windowMs;
    const times = (recent.get(session) ?? []).filter((at) => at > since);
    const within = times.length < control.rate.requests;
    if (within) times.push(now());
    recent.set(session, times);
    return within;
  };

  const api = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const logged: LoggedRequest = {
      method: request.method ?? 'GET',
      url: url.pathname + url.search,
      at: now(),
      status: 0,
    };
    control.requests.push(logged);
    response.once('close', () => (logged.status = response.statusCode));
    const mode = control.scope === 'all' || url.searchParams.has('ids') ? control.api : 'ok';
    const session = sessionOf(request);
    if (!session || mode === 'unauthorised') return json(response, 401, { error: 'sign in' });
    if (mode === 'limited' || !withinRate(session)) {
      response.setHeader('Retry-After', String(control.retryAfterSeconds));
      return json(response, 429, { error: 'too many requests' });
    }
    if (await misbehave(mode, control, request, response)) return;
    // Browsers send the origin with every PATCH; another site's is not ours to answer.
    const { origin, host } = request.headers;
    if (origin !== undefined && new URL(origin).host !== host) return json(response, 403, { error: 'other origin' });
    const body = request.method === 'PATCH' ? await readJson(request) : undefined;
    const me = sessions.get(session) as string;
    const result = answer(leads, {
      method: request.method ?? 'GET',
      url,
      body,
      me,
      now: now(),
      allOpen: options.allOpen === true,
    });
    json(response, result.status, result.body);
  };

  const signIn = (response: ServerResponse, url: URL): void => {
    const rep = reps.find(({ id }) => id === url.searchParams.get('as'));
    if (!rep) return file(response, 'signin.html', 200);
    const session = randomUUID();
    sessions.set(session, rep.id);
    response.setHeader('Set-Cookie', `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Lax`);
    const to = url.searchParams.get('to') ?? '/leads';
    redirect(response, /^\/(?![/\\])[\x20-\x7e]*$/.test(to) ? to : '/leads');
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://demo.invalid');
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cache-Control', 'no-store');
    if (url.pathname.startsWith('/api/')) return api(request, response, url);
    if (request.method !== 'GET') return json(response, 405, { error: 'GET' });
    const asset = /^\/client\/([a-z-]+\.(?:js|css|svg))$/.exec(url.pathname)?.[1];
    if (asset !== undefined) return file(response, asset, 200);
    if (url.pathname === '/signin') return signIn(response, url);
    if (url.pathname === '/signout') {
      sessions.delete(sessionOf(request) ?? '');
      return redirect(response, '/signin');
    }
    if (url.pathname === '/') return redirect(response, '/leads');
    if (!/^\/leads(?:\/[\w-]+)?$/.test(url.pathname)) return json(response, 404, { error: 'no such page' });
    if (!sessionOf(request)) return redirect(response, `/signin?to=${encodeURIComponent(url.pathname + url.search)}`);
    file(response, 'index.html', 200);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) json(response, 500, { error: String(error) });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    leads,
    control,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Plays the given failure; `false` when the request is to be answered as usual. */
async function misbehave(
  mode: ApiMode,
  control: DemoControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const send = (type: string, text: string): true => {
    response.writeHead(200, { 'Content-Type': type });
    response.end(text);
    return true;
  };
  switch (mode) {
    case 'ok':
    case 'unauthorised':
    case 'limited':
      return false;
    case 'down':
      json(response, 503, { error: 'down for maintenance' });
      return true;
    case 'refused':
      request.socket.destroy();
      return true;
    case 'garbage':
      return send('application/json', '{"leads":[{"id":"L-10');
    case 'wrong-shape':
      return send('application/json', '{"leads":[{"id":7,"name":{"text":["?"]},"handedOverAt":"yesterday"}]}');
    case 'html':
      return send('text/html; charset=utf-8', '<!doctype html><title>Sign in</title><p>Please sign in.');
    case 'huge':
      return send('application/json', `{"leads":[],"padding":"${'x'.repeat(32 * 1024 * 1024)}"}`);
    case 'slow':
      return (await waited(control.delayMs, response)) === 'gone';
    default:
      return mode satisfies never;
  }
}

/** Waits, but no longer than the other side does. */
function waited(ms: number, response: ServerResponse): Promise<'elapsed' | 'gone'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('elapsed'), ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve('gone');
    });
  });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to });
  response.end();
}

/** A file of the client folder; read each time, so that a change shows at the next reload. */
function file(response: ServerResponse, name: string, status: number): void {
  if (!readdirSync(clientFolder).includes(name)) return json(response, 404, { error: 'no such file' });
  response.writeHead(status, { 'Content-Type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain' });
  response.end(readFileSync(new URL(name, clientFolder)));
}

/** The body as JSON; `undefined` when it is none or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > mostBodyBytes) return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
