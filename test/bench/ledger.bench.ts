/**
 * The ledger in a real Chromium, on a real disk: 20,000 leads with 100,000 facts. Budgets: one fact written in at most 20 ms
 * (median, elapsed, acknowledged by the disk), at least 5,000 facts imported a second. Page and database work side by side, each
 * in a process of its own, so the import is judged by the CPU of the busier one: what it takes where nobody else is working.
 * Also what export, reading, retention and memory come to. Needs no build: it bundles the ledger's code itself.
 * Run: `node test/bench/ledger.bench.ts [--leads 20000]`. Fails where a budget is missed.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';
import { createScratch, openBrowser } from './browser.ts';
import type { Timed } from './ledger-page.ts';
import { createProbe } from './measure.ts';
import { isKept, median, print, printTable, spread, verdictLine, type Verdict } from './table.ts';

const { values } = parseArgs({ options: { leads: { type: 'string', default: '20000' } } });
const size = { leads: Math.max(1_000, Number(values.leads) || 20_000), factsEach: 5 };
const factCount = size.leads * size.factsEach;
const writes = 200;
const rowsOfAPage = 200;
/** Often enough to catch what one batch leaves behind. */
const sampleEveryMs = 50;

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root: join(import.meta.dirname, '../..'),
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: join(import.meta.dirname, 'ledger-page.ts'), formats: ['iife'], name: 'ledgerBenchPage' },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The bundler made nothing.');
  return chunk.code;
}

/** An empty page with an origin: a database belongs to one, and hashing wants a trusted one. */
async function serveEmptyPage(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Ledger</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** ms of CPU that each process of the browser has used. */
type Cpu = ReadonlyMap<number, number>;

async function cpuMeter(context: BrowserContext): Promise<() => Promise<Cpu>> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('This browser does not tell its processes.');
  return async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.map(({ id, cpuTime }) => [id, cpuTime * 1_000]));
  };
}

/** What the busiest process used between the two. */
function busiest(before: Cpu, after: Cpu): number {
  return Math.max(...[...after].map(([id, ms]) => ms - (before.get(id) ?? 0)));
}

interface Heap {
  /** MB after a collection. */
  readonly before: number;
  readonly after: number;
  /** The most that was seen meanwhile, MB, with what was not collected yet. */
  readonly most: number;
}

const megabytes = (bytes: number): number => bytes / 1_048_576;

/** Runs one of the page's jobs and watches the heap. */
async function watched(
  page: Page,
  name: 'import' | 'export',
  cpu: () => Promise<Cpu>,
): Promise<{ timed: Timed; cpuMs: number; heap: Heap }> {
  const probe = await createProbe(page);
  const session = await page.context().newCDPSession(page);
  const before = await probe.heap();
  let most = before;
  const sampling = setInterval(() => {
    const note = ({ usedSize }: { usedSize: number }): void => {
      most = Math.max(most, usedSize);
    };
    // The last one may find the page gone.
    session.send('Runtime.getHeapUsage').then(note, () => {});
  }, sampleEveryMs);
  try {
    const cpuBefore = await cpu();
    const timed = await page.evaluate((job) => globalThis.ledgerBench[job](), name);
    const cpuMs = busiest(cpuBefore, await cpu());
    const after = await probe.heap();
    return { timed, cpuMs, heap: { before: megabytes(before), after: megabytes(after), most: megabytes(most) } };
  } finally {
    clearInterval(sampling);
  }
}

const perSecond = ({ count, ms }: Timed): string => Math.round((count / ms) * 1_000).toLocaleString('en');
const perCpuSecond = (count: number, cpuMs: number): string => perSecond({ count, ms: cpuMs });
const figure = (value: number): string => value.toFixed(1);

async function measure(page: Page): Promise<Verdict[]> {
  const cpu = await cpuMeter(page.context());
  const fileSize = await page.evaluate((wanted) => globalThis.ledgerBench.prepare(wanted), size);
  await page.evaluate(() => globalThis.ledgerBench.open());
  const cpuStart = await cpu();
  const bareBefore = await page.evaluate((wanted) => globalThis.ledgerBench.bare(wanted), size);
  const bareCpu = busiest(cpuStart, await cpu());
  const first = await watched(page, 'import', cpu);
  const again = await watched(page, 'import', cpu);
  const counts = await page.evaluate(() => globalThis.ledgerBench.counts());
  if (counts.facts !== factCount || counts.leads !== size.leads)
    throw new Error(`The ledger has ${counts.leads} leads and ${counts.facts} facts.`);

  await page.evaluate(() => globalThis.ledgerBench.close());
  const reopened = await page.evaluate(() => globalThis.ledgerBench.open());
  const written = await page.evaluate((times) => globalThis.ledgerBench.writes(times), writes);
  const loaded = await page.evaluate((leads) => globalThis.ledgerBench.loads(20, leads), rowsOfAPage);
  const scanned = await page.evaluate(() => globalThis.ledgerBench.scan());
  const exported = await watched(page, 'export', cpu);
  const retained = await page.evaluate(() => globalThis.ledgerBench.retain());

  const title = `Ledger of ${size.leads} leads, ${factCount} facts; file of ${figure(megabytes(fileSize))} MB`;
  printTable(
    title,
    ['ms elapsed', 'a second', 'a second of the busier CPU'],
    [
      [
        'the same facts put one by one, bare (a tenth of them)',
        figure(bareBefore.ms),
        perSecond(bareBefore),
        perCpuSecond(bareBefore.count, bareCpu),
      ],
      [
        'import into an empty ledger, facts',
        figure(first.timed.ms),
        perSecond(first.timed),
        perCpuSecond(first.timed.count, first.cpuMs),
      ],
      [
        'the same file once more, facts',
        figure(again.timed.ms),
        perSecond(again.timed),
        perCpuSecond(again.timed.count, again.cpuMs),
      ],
      ['every fact, by its history', figure(scanned.ms), perSecond(scanned)],
      ['export, kB', figure(exported.timed.ms), perSecond({ ...exported.timed, count: exported.timed.count / 1_024 })],
      [`retention, ${retained.count} leads forgotten`, figure(retained.ms), perSecond(retained)],
      ['open again', figure(reopened.ms), '–'],
    ],
  );
  printTable(
    'Each, ms elapsed',
    ['median', 'all'],
    [
      [`one fact written (${writes} times)`, figure(median(written)), spread(written)],
      [`${rowsOfAPage} leads with their facts loaded`, figure(median(loaded)), spread(loaded)],
    ],
  );
  const heapRow = (name: string, { before, after, most }: Heap): string[] => [
    name,
    ...[before, most, after].map(figure),
  ];
  printTable(
    'Heap of the page, MB',
    ['before', 'most', 'after'],
    [heapRow('import', first.heap), heapRow('import once more', again.heap), heapRow('export', exported.heap)],
  );
  return [
    { name: 'ledger, one fact written, median', measured: median(written), budget: 20, unit: 'ms' },
    {
      name: 'ledger, import, CPU of the busier process for 1,000 facts',
      measured: (first.cpuMs / first.timed.count) * 1_000,
      budget: 200,
      unit: 'ms',
    },
  ];
}

print(`load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores at the start`);
const scratch = createScratch();
const server = await serveEmptyPage();
const browser = await openBrowser({ profile: scratch.folder('ledger'), extension: null });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: await bundle() });
  const verdicts = await measure(page);
  for (const verdict of verdicts) print(verdictLine(verdict));
  if (!verdicts.every(isKept)) process.exitCode = 1;
} finally {
  await browser.close();
  server.close();
  scratch.remove();
}
