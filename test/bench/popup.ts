/**
 * The popup over a ledger of 10,000 leads. The leads come in as they do for a person: the demo CRM shows them in one long
 * table, and the overlay reads the page and the CRM's API. Then the browser is started again on the same profile with the
 * build that ships (both builds have one id, so one database) and the popup is opened in a tab.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { Summary } from '../../lib/messages/summary.ts';
import { startDemoCrm, type DemoCrm } from '../demo-crm/server.ts';
import { applyAgreement, benchHours, openBrowser, workerOf, type Scratch } from './browser.ts';
import { createProbe, difference, rest } from './measure.ts';
import { median, printTable, spread } from './table.ts';

const leadCount = 10_000;
/** One request for 100 leads each 250 ms, and the worker's writing. */
const seedWithinMs = 240_000;

interface Opened {
  readonly script: number;
  readonly task: number;
  readonly firstRow: number;
  readonly answer: number;
}

interface Filled {
  readonly context: BrowserContext;
  readonly id: string;
}

/** Nobody has done anything about any of them: the most that the popup may ever have to look through. */
function neglect(crm: DemoCrm): void {
  for (const { record } of crm.leads) {
    const nothing = { firstTouchAt: null, lastTouchAt: null, lastInboundAt: null, heldAt: null, closedAt: null };
    Object.assign(record, nothing, { status: 'new', modifiedAt: record.handedOverAt ?? record.modifiedAt });
  }
}

async function fill(profile: string, scratch: Scratch, neglected: boolean): Promise<void> {
  const crm = await startDemoCrm({ total: leadCount, openHours: benchHours });
  const context = await openBrowser({ profile, extension: scratch.build('test') });
  try {
    if (neglected) neglect(crm);
    await applyAgreement(context);
    const page = await context.newPage();
    const answered = (): number =>
      crm.control.requests
        .filter(({ url, status }) => status === 200 && url.includes('ids='))
        .reduce((sum, { url }) => sum + decodeURIComponent(url).split(',').length, 0);
    await page.goto(`${crm.origin}/signin?as=lucia&to=${encodeURIComponent(`/leads/all?plain=1&rows=${leadCount}`)}`);
    const until = Date.now() + seedWithinMs;
    let before = '';
    for (let same = 0; same < 3;) {
      if (Date.now() > until) throw new Error(`The ledger was not filled in time: ${before}.`);
      await rest(1_000);
      const { leads, facts } = await countLedger(context);
      const now = `${leads} leads, ${facts} facts, ${answered()} answered`;
      same = now === before && leads === leadCount && answered() >= leadCount ? same + 1 : 0;
      before = now;
    }
  } finally {
    await context.close();
    await crm.close();
  }
}

async function countLedger(context: BrowserContext): Promise<{ leads: number; facts: number }> {
  const worker = await workerOf(context);
  return worker.evaluate(
    () =>
      new Promise<{ leads: number; facts: number }>((resolve, reject) => {
        const opening = indexedDB.open('relevo');
        opening.addEventListener('error', () => reject(opening.error as DOMException));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const reading = db.transaction(['leads', 'meta']);
          const leads = reading.objectStore('leads').count();
          const facts: IDBRequest<{ readonly value: number } | undefined> = reading.objectStore('meta').get('facts');
          reading.addEventListener('complete', () => {
            db.close();
            resolve({ leads: leads.result, facts: facts.result?.value ?? 0 });
          });
        });
      }),
  );
}

/** A page of the extension that runs none of our code, to speak to the worker from. */
const openBlank = async ({ context, id }: Filled): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${id}/manifest.json`);
  return page;
};

async function stopWorkers(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** The worker's answer to the popup's question, and how long it took, ms. */
function askSummary(page: Page, mine: boolean): Promise<{ summary: Summary; ms: number }> {
  return page.evaluate(
    async (data) => {
      const start = performance.now();
      const message = { id: 1, type: 'summary', data, timestamp: Date.now() };
      const answer = await chrome.runtime.sendMessage<typeof message, { res: Summary }>(message);
      return { summary: answer.res, ms: performance.now() - start };
    },
    { mine },
  );
}

/** @param rows how many the popup is going to show */
async function openPopup(filled: Filled, cold: boolean, rows: number): Promise<Opened> {
  const blank = await openBlank(filled);
  if (cold) await stopWorkers(blank);
  const { ms: answer } = await askSummary(blank, true);
  if (cold) await stopWorkers(blank);
  const page = await filled.context.newPage();
  try {
    const probe = await createProbe(page);
    await page.addInitScript(() => {
      const seen = new MutationObserver(() => {
        if (!document.querySelector('li button[data-lead]')) return;
        seen.disconnect();
        requestAnimationFrame(() => performance.mark('first-row'));
      });
      seen.observe(document, { childList: true, subtree: true });
    });
    const start = await probe.cost();
    await page.goto(`chrome-extension://${filled.id}/popup.html`);
    await page.waitForFunction((wanted) => document.querySelectorAll('li button[data-lead]').length >= wanted, rows, {
      polling: 50,
    });
    await rest(300);
    const { script, task } = difference(await probe.cost(), start);
    const firstRow = await page.evaluate(() => performance.getEntriesByName('first-row')[0]?.startTime ?? 0);
    return { script, task, firstRow, answer };
  } finally {
    await page.close();
    await blank.close();
  }
}

/** @returns script time of the popup, ms of CPU, median of the rounds with a cold worker */
export async function measurePopup(scratch: Scratch, rounds: number, neglected: boolean): Promise<number> {
  const profile = scratch.folder('profile');
  await fill(profile, scratch, neglected);
  const context = await openBrowser({ profile, extension: scratch.build('release') });
  try {
    const filled = { context, id: new URL((await workerOf(context)).url()).host };
    const blank = await openBlank(filled);
    const { summary } = await askSummary(blank, true);
    const everybody = await askSummary(blank, false);
    await blank.close();
    if (summary.leads !== leadCount) throw new Error(`The ledger has ${summary.leads} leads, not ${leadCount}.`);
    const open = async (cold: boolean): Promise<Opened[]> => {
      await openPopup(filled, cold, summary.rows.length);
      const all: Opened[] = [];
      for (let round = 0; round < rounds; round += 1) all.push(await openPopup(filled, cold, summary.rows.length));
      return all;
    };
    const warm = await open(false);
    const cold = await open(true);
    const cells = (label: string, name: keyof Opened): string[] => {
      const [one, other] = [warm, cold].map((turns) => turns.map((turn) => turn[name])) as [number[], number[]];
      return [label, median(one).toFixed(0), spread(one, 0), median(other).toFixed(0), spread(other, 0)];
    };
    const due = `${everybody.summary.total} due, ${summary.total} of them mine, ${summary.rows.length} shown`;
    printTable(
      `Popup on ${leadCount} leads, ${due}`,
      ['worker running', 'all rounds', 'worker stopped', 'all rounds'],
      [
        cells('script of the popup, ms of CPU', 'script'),
        cells('main thread of the popup, ms of CPU', 'task'),
        cells('first row on screen after, ms elapsed', 'firstRow'),
        cells('the worker’s answer alone, ms elapsed', 'answer'),
      ],
    );
    return median(cold.map(({ script }) => script));
  } finally {
    await context.close();
  }
}
