/**
 * The worker as it ships, in a real Chromium, on a ledger of 20,000 leads with 100,000 facts of which 5,000 leads are due.
 * Budgets: the popup's summary from a stopped worker in at most 150 ms, a panel in at most 100 ms, an act in at most 20 ms
 * (medians, elapsed), at least 5,000 facts imported a second. Beside elapsed time the CPU of the worker's process, which
 * says more where others work on the machine, too.
 * Run: `node test/bench/worker.bench.ts [--leads 20000] [--rounds 9] [--build folder]`. Fails where a budget is missed.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import type { WorkerProtocol } from '../../lib/messages/contract.ts';
import type { PersonSettings } from '../../lib/settings/person-schema.ts';
import { applyAgreement, createScratch, openBrowser, workerOf } from './browser.ts';
import { rest } from './measure.ts';
import { isKept, median, print, printTable, spread, verdictLine, type Verdict } from './table.ts';
import { chunksOf, factsEach, keyAt, oneInDue } from './worker-ledger.ts';

const { values } = parseArgs({
  options: {
    leads: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '9' },
    /** Another build than `.output` has, to compare with. */
    build: { type: 'string' },
  },
});
const leadCount = Math.max(1_000, Number(values.leads) || 20_000);
const rounds = Math.max(3, Number(values.rounds) || 9);
const settledWithinMs = 240_000;
/** What follows an act begins 200 ms after it and is over before this. */
const calmMs = 1_500;
/** Behind an act by this much, the next one meets what follows the first. */
const behindMs = 210;
const acts = 40;

type Type = keyof WorkerProtocol;
interface Timed<T extends Type> {
  readonly reply: ReturnType<WorkerProtocol[T]>;
  /** Elapsed. */
  readonly ms: number;
}

/** Asks the worker as our own pages do; what it may ask follows from the page's address. */
async function ask<T extends Type>(page: Page, type: T, data: Parameters<WorkerProtocol[T]>[0]): Promise<Timed<T>> {
  const answer = await page.evaluate(
    async ([name, sent]) => {
      const start = performance.now();
      const message = { id: 1, type: name, data: sent, timestamp: Date.now() };
      const { res } = await chrome.runtime.sendMessage<typeof message, { res: unknown }>(message);
      return { reply: res, ms: performance.now() - start };
    },
    [type, data] as const,
  );
  return answer as Timed<T>;
}

interface Meter {
  /** ms of CPU of the process that the worker and our pages run in. */
  worker(): Promise<number>;
  /** ms of CPU of the browser's process, where the database works. */
  browser(): Promise<number>;
  /** MB that the worker's process holds; `null` where the system does not say. */
  memory(): number | null;
}

async function createMeter(context: BrowserContext, page: Page): Promise<Meter> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('This browser does not tell its processes.');
  const read = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo;
  // Work that only one process does tells which one it is.
  const before = new Map((await read()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.evaluate(() => {
    const until = performance.now() + 1_000;
    while (performance.now() < until);
  });
  const after = (await read()).filter(({ type }) => type === 'renderer');
  const used = (one: { id: number; cpuTime: number }): number => one.cpuTime - (before.get(one.id) ?? 0);
  const ours = after.reduce((most, one) => (used(one) > used(most) ? one : most)).id;
  const cpuOf = async (is: (one: { id: number; type: string }) => boolean): Promise<number> =>
    ((await read()).find(is)?.cpuTime ?? 0) * 1_000;
  return {
    worker: () => cpuOf(({ id }) => id === ours),
    browser: () => cpuOf(({ type }) => type === 'browser'),
    memory() {
      try {
        const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${ours}/status`, 'utf8'))?.[1];
        return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
      } catch {
        return null;
      }
    },
  };
}

interface Measured {
  readonly elapsed: readonly number[];
  /** ms of CPU of the worker's process for one round. */
  readonly cpu: number;
}

async function measured(
  name: string,
  times: number,
  meter: Meter,
  round: (turn: number) => Promise<number>,
): Promise<Measured> {
  const before = await meter.worker();
  const elapsed: number[] = [];
  for (let turn = 0; turn < times; turn += 1) elapsed.push(await round(turn));
  const cpu = ((await meter.worker()) - before) / times;
  print(
    `${name.padEnd(44)} ${median(elapsed).toFixed(1).padStart(8)} ms   ${spread(elapsed)}   CPU ${cpu.toFixed(1)} ms`,
  );
  return { elapsed, cpu };
}

async function stopWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

const megabytes = (size: number | null): string => (size === null ? 'not known' : `${size.toFixed(0)} MB`);

interface Imported {
  readonly ms: number;
  readonly workerMs: number;
  readonly browserMs: number;
}

async function fill(page: Page, meter: Meter): Promise<Imported> {
  const chunks = await chunksOf(leadCount, Date.now());
  const [worker, browser] = [await meter.worker(), await meter.browser()];
  let ms = 0;
  for (const chunk of chunks) {
    const { reply, ms: taken } = await ask(page, 'importChunk', chunk);
    if (!reply.ok || reply.bad > 0) throw new Error(`The import said ${JSON.stringify(reply).slice(0, 500)}.`);
    ms += taken;
  }
  return { ms, workerMs: (await meter.worker()) - worker, browserMs: (await meter.browser()) - browser };
}

/** Until every clock is computed. @returns ms elapsed */
async function settle(page: Page): Promise<number> {
  const start = Date.now();
  const wanted = Math.ceil(leadCount / oneInDue);
  for (let total = -1; total < wanted;) {
    if (Date.now() - start > settledWithinMs) throw new Error(`Only ${total} of ${wanted} leads became due in time.`);
    await rest(2_000);
    total = (await ask(page, 'summary', { mine: false })).reply.total;
  }
  const settled = Date.now() - start;
  await rest(2 * calmMs);
  return settled;
}

async function setSide(page: Page, side: 'sales' | 'marketing'): Promise<void> {
  const person: PersonSettings = {
    schema: 2,
    language: 'browser',
    side,
    name: 'Owner 7',
    follows: [],
    badge: 'full',
    reminders: { on: true },
    names: 'hidden',
  };
  await ask(page, 'savePerson', { person });
  await rest(calmMs);
}

const stateOf = (cold: boolean): string => (cold ? 'worker stopped' : 'worker running');

async function summaries(page: Page, meter: Meter, side: string, cold: boolean): Promise<Measured> {
  await ask(page, 'summary', { mine: false });
  return measured(`summary of ${side}, ${stateOf(cold)}`, rounds, meter, async () => {
    if (cold) await stopWorkers(page);
    const { ms } = await ask(page, 'summary', { mine: false });
    await rest(calmMs);
    return ms;
  });
}

/** The browser starting the worker for a question that needs next to nothing: no other answer of it can come sooner. */
const starts = (page: Page, meter: Meter): Promise<Measured> =>
  measured('smallest answer, worker stopped', rounds, meter, async () => {
    await stopWorkers(page);
    const { ms } = await ask(page, 'viewers', {});
    await rest(calmMs);
    return ms;
  });

/** A panel opened in a tab of its own, with the grant that a content script would have asked for. */
async function panels(context: BrowserContext, id: string, meter: Meter, cold: boolean): Promise<Measured> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/panel.html`);
  const token = crypto.randomUUID();
  const grantFor = (lead: string): Promise<void> =>
    page.evaluate(
      async ([name, key]) => {
        const tab = await chrome.tabs.getCurrent();
        const given = { leads: [key], tabId: tab?.id, origin: 'https://crm.example', since: Date.now(), frameId: 0 };
        await chrome.storage.session.set({ [name]: given });
      },
      [`panel:${token}`, lead] as const,
    );
  const result = await measured(`panel, ${stateOf(cold)}`, rounds, meter, async (turn) => {
    await grantFor(keyAt(turn * 40));
    if (cold) await stopWorkers(page);
    const { reply, ms } = await ask(page, 'panel', { token });
    if (!reply.ok) throw new Error(`The panel said ${reply.reason}.`);
    await rest(500);
    return ms;
  });
  await page.close();
  return result;
}

/** @param pause between two acts, ms */
const writes = (page: Page, meter: Meter, times: number, pause: number, words: string): Promise<Measured> =>
  measured(`act, ${words}`, times, meter, async (turn) => {
    const act = { do: 'note', text: `${words} ${turn}` } as const;
    const { reply, ms } = await ask(page, 'act', { leads: [keyAt(turn * 12)], act });
    if (!reply.ok) throw new Error(`The act said ${reply.code}.`);
    await rest(pause);
    return ms;
  });

async function measure(context: BrowserContext): Promise<Verdict[]> {
  await applyAgreement(context);
  // The worker has taken note of it before anything is timed.
  await rest(2 * calmMs);
  const id = new URL((await workerOf(context)).url()).host;
  const open = async (name: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${id}/${name}`);
    return page;
  };
  const options = await open('options.html#health');
  const meter = await createMeter(context, options);
  const imported = await fill(options, meter);
  await options.close();
  const page = await open('manifest.json');
  const settledMs = await settle(page);
  const memory = meter.memory();
  const facts = leadCount * factsEach;
  const perSecond = (ms: number): string => Math.round((facts / ms) * 1_000).toLocaleString('en');
  printTable(
    `Import of ${leadCount} leads, ${facts} facts through the worker`,
    ['ms', 'facts a second'],
    [
      ['elapsed', imported.ms.toFixed(0), perSecond(imported.ms)],
      ['CPU of the worker’s process', imported.workerMs.toFixed(0), perSecond(imported.workerMs)],
      ['CPU of the database’s process', imported.browserMs.toFixed(0), perSecond(imported.browserMs)],
      ['until every clock was computed, elapsed', settledMs.toFixed(0), '–'],
    ],
  );

  await setSide(page, 'sales');
  await starts(page, meter);
  await summaries(page, meter, 'sales', false);
  const cold = await summaries(page, meter, 'sales', true);
  await setSide(page, 'marketing');
  await summaries(page, meter, 'marketing', false);
  const coldMarketing = await summaries(page, meter, 'marketing', true);
  await setSide(page, 'sales');
  const panelWarm = await panels(context, id, meter, false);
  await panels(context, id, meter, true);
  const actCalm = await writes(page, meter, 12, calmMs, 'nothing else going on');
  const actBehind = await writes(page, meter, acts, behindMs, 'as the one before is followed up');
  await writes(page, meter, acts, 0, 'in a row');
  print(`Memory of the worker’s process: ${megabytes(memory)} when filled, ${megabytes(meter.memory())} at the end`);
  print();
  const budget = (name: string, figures: Measured, most: number): Verdict => ({
    name: `worker, ${name}, median`,
    measured: median(figures.elapsed),
    budget: most,
    unit: 'ms',
  });
  return [
    budget('summary from a stopped worker', cold, 150),
    budget('summary of marketing from a stopped worker', coldMarketing, 150),
    budget('panel', panelWarm, 100),
    budget('one act written', actCalm, 20),
    budget('one act written behind another', actBehind, 20),
    { name: 'worker, import of 1,000 facts', measured: (imported.ms / facts) * 1_000, budget: 200, unit: 'ms' },
  ];
}

print(`load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores at the start`);
const scratch = createScratch();
const browser = await openBrowser({
  profile: scratch.folder('worker'),
  extension: values.build ?? scratch.build('release'),
});
try {
  const verdicts = await measure(browser);
  print(`load ${(loadavg()[0] ?? 0).toFixed(1)} at the end`);
  for (const verdict of verdicts) print(verdictLine(verdict));
  if (!verdicts.every(isKept)) process.exitCode = 1;
} finally {
  await browser.close();
  scratch.remove();
}
