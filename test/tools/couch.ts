/**
 * A server on this computer that speaks of CouchDB's HTTP API what an address of an agreement needs, as its documentation
 * has it (docs.couchdb.org, "GET /{db}/{docid}" and "PUT /{db}/{docid}"): documents with their revisions, an ETag for each,
 * 304 for who has it, 401, 404 and 409. For the tests alone.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Document = Readonly<Record<string, unknown>>;

export interface Seen {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
}

export interface Couch {
  /** Address of the one document. */
  readonly url: string;
  readonly seen: readonly Seen[];
  /** The document as it lies there; `null`: none. */
  document(): Document | null;
  /** Puts one there as somebody else would, under the next revision. */
  place(document: Document): void;
  /** Who is not signed in may read, read and write, or nothing. */
  allow(what: 'nothing' | 'reading' | 'writing'): void;
  /** Answers everything with this text; `null`: as a database again. */
  sayInstead(text: string | null): void;
  close(): Promise<void>;
}

const path = '/agreements/main';
const id = 'main';

export async function startCouch(): Promise<Couch> {
  let document: (Document & { readonly _rev: string }) | null = null;
  let allowed: 'nothing' | 'reading' | 'writing' = 'writing';
  let instead: string | null = null;
  const seen: Seen[] = [];

  function place(given: Document): string {
    const { _id: _given, _rev: _old, ...content } = given;
    const generation = Number(document?._rev.split('-')[0] ?? 0) + 1;
    const digest = createHash('md5').update(JSON.stringify(content)).digest('hex');
    const revision = `${generation}-${digest}`;
    document = { _id: id, _rev: revision, ...content };
    return revision;
  }

  function answer(request: IncomingMessage, body: string): { status: number; say: unknown; etag?: string } {
    const isReading = request.method === 'GET';
    if (allowed === 'nothing' || (allowed === 'reading' && !isReading))
      return { status: 401, say: { error: 'unauthorized', reason: 'You are not authorized to access this db.' } };
    if (request.url !== path) return { status: 404, say: { error: 'not_found', reason: 'Database does not exist.' } };
    if (isReading) {
      if (!document) return { status: 404, say: { error: 'not_found', reason: 'missing' } };
      const etag = `"${document._rev}"`;
      return request.headers['if-none-match'] === etag
        ? { status: 304, say: null, etag }
        : { status: 200, say: document, etag };
    }
    if (request.method !== 'PUT') return { status: 405, say: { error: 'method_not_allowed' } };
    const given = JSON.parse(body) as Document;
    if ((given['_rev'] ?? null) !== (document?._rev ?? null))
      return { status: 409, say: { error: 'conflict', reason: 'Document update conflict.' } };
    const rev = place(given);
    return { status: 201, say: { ok: true, id, rev }, etag: `"${rev}"` };
  }

  function respond(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { status, say, etag } = instead === null ? answer(request, body) : { status: 200, say: null };
    seen.push({ method: request.method ?? '', headers: request.headers, status });
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Cache-Control': 'must-revalidate',
      ...(etag === undefined ? {} : { ETag: etag }),
    });
    response.end(instead ?? (say === null ? '' : JSON.stringify(say)));
  }

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => respond(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    seen,
    document: () => document,
    place: (given) => void place(given),
    allow(what) {
      allowed = what;
    },
    sayInstead(text) {
      instead = text;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
