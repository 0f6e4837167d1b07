/** A real HTTP server on the loopback, for the doors through which adapters ask their CRM. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request whose whole body has arrived. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface Loopback {
  readonly origin: string;
  /** Requests so far, as `GET /path`. */
  readonly seen: readonly {
    readonly line: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  close(): Promise<void>;
}

/** As Apache by default (`LimitRequestLine`); nginx takes 8 KiB. Node itself has no such limit. */
export const longestLine = 8_190;

export async function startLoopback(answer: Answer): Promise<Loopback> {
  const seen: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      const tooLong = `${request.method} ${request.url} HTTP/1.1`.length > longestLine;
      try {
        if (tooLong) response.writeHead(414, { 'Content-Type': 'text/html' }).end();
        else answer(request, response, body);
      } catch {
        // A question that this test's server does not know.
        response.writeHead(500).end();
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
