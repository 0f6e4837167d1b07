/**
 * The JavaScript heap of any target of a running Chromium, of a worker as well: `performance.memory` is not there, and Playwright
 * opens no session to a worker. Speaks to the browser's own debugging port, which `openBrowser` leaves open on request.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Heap {
  /** MB that are in use, with what was not collected yet. */
  used(): Promise<number>;
  /** MB that are in use after a collection. */
  live(): Promise<number>;
  /** Samples until the next call of `most`. */
  watch(): void;
  /** The most that was in use since then, MB, with what was not collected yet. */
  most(): number;
  close(): void;
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

const megabyte = 1_048_576;
const sampleEveryMs = 100;

/**
 * @param profile folder that the browser was opened with, its debugging port open
 * @throws where there is no such target.
 */
export async function heapOf(profile: string, type: 'service_worker' | 'page', url: string): Promise<Heap> {
  const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly Target[];
  const target = targets.find((one) => one.type === type && one.url.startsWith(url));
  if (!target) throw new Error(`There is no ${type} at ${url}.`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  let last = 0;
  const waiting = new Map<number, (result: { readonly usedSize?: number }) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: { usedSize?: number } };
    if (id === undefined) return;
    waiting.get(id)?.(result ?? {});
    waiting.delete(id);
  });
  const send = (method: string): Promise<{ readonly usedSize?: number }> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params: {} }));
    });
  const used = async (): Promise<number> => ((await send('Runtime.getHeapUsage')).usedSize ?? 0) / megabyte;
  let most = 0;
  let sampling: ReturnType<typeof setInterval> | undefined;
  return {
    used,
    async live() {
      await send('HeapProfiler.collectGarbage');
      return used();
    },
    watch() {
      most = 0;
      sampling = setInterval(() => void used().then((now) => (most = Math.max(most, now))), sampleEveryMs);
    },
    most() {
      clearInterval(sampling);
      return most;
    },
    close: () => socket.close(),
  };
}
