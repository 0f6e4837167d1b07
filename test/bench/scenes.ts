/**
 * What a person does on the demo CRM, scripted so that it is the same with and without the extension. The page drives
 * itself; nothing asks it anything meanwhile. Rests are part of the measure: they are what a person's pauses are.
 */
import type { Page } from '@playwright/test';
import { rest } from './measure.ts';

export interface Scene {
  readonly title: string;
  /** What the added time is divided by. */
  readonly unit: string;
  /** Opens the page as it is before the work that is measured. */
  prepare(page: Page, origin: string): Promise<void>;
  /** Does the work and waits until it is over. @returns how many units were worked. */
  act(page: Page, origin: string): Promise<number>;
}

/** Name of the mark on the page from which on the page itself has nothing left to do. */
export const markName = 'relevo-bench';

const signIn = (page: Page, origin: string, to: string) => page.goto(`${origin}/signin?as=lucia&to=${to}`);

/** Two frames: the first draws, the second has been drawn. */
const mark = (page: Page): Promise<void> =>
  page.evaluate(
    (name) =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            performance.mark(name);
            resolve();
          }),
        ),
      ),
    markName,
  );

/** The overlay asks the CRM for 1,000 leads in ten requests, 250 ms apart; twice that is enough on a slow machine, too. */
const settleMs = 8_000;

export const thousandRows: Scene = {
  title: '1,000 rows, plain table',
  unit: 'row',
  prepare: async (page, origin) => void (await signIn(page, origin, '/signin')),
  async act(page, origin) {
    await page.goto(`${origin}/leads/all?plain=1&rows=1000`);
    await page.waitForFunction(() => document.querySelectorAll('.lead-row').length === 1_000, null, { polling: 100 });
    await mark(page);
    await rest(settleMs);
    return 1_000;
  },
};

const screens = 60;
/** A screen's scrolling, then a look at it. */
const scrollFrames = 9;
const screenMs = 300;

export const virtualList: Scene = {
  title: `10,000 leads, virtualised: ${screens} screens`,
  unit: 'row',
  async prepare(page, origin) {
    await signIn(page, origin, '/leads/all');
    await page.waitForFunction(() => document.querySelectorAll('.lead-row[data-record]').length > 20);
    await rest(2_000);
  },
  async act(page) {
    await mark(page);
    const rows = await page.evaluate(scrollScreens, { screens, frames: scrollFrames, everyMs: screenMs });
    await rest(1_000);
    return rows;
  },
};

/** Runs in the page. */
async function scrollScreens(how: { screens: number; frames: number; everyMs: number }): Promise<number> {
  const scroller = document.querySelector('.grid-scroll') as HTMLElement;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const start = performance.now();
  for (let screen = 0; screen < how.screens; screen += 1) {
    for (let step = 0; step < how.frames; step += 1) {
      scroller.scrollTop += scroller.clientHeight / how.frames;
      await frame();
    }
    const wait = start + (screen + 1) * how.everyMs - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
  }
  const rowHeight = document.querySelector('.lead-row:not([hidden])')?.getBoundingClientRect().height ?? 1;
  return Math.round(scroller.scrollTop / rowHeight);
}

const sorts = 20;
const sortMs = 500;

export const sortedList: Scene = {
  title: `List of 25, sorted ${sorts} times`,
  unit: 'row',
  async prepare(page, origin) {
    await signIn(page, origin, '/leads');
    await page.waitForFunction(() => document.querySelectorAll('.lead-row[data-record]').length > 20);
    await rest(2_000);
  },
  async act(page) {
    await mark(page);
    // Seen from the end, each sorting names another column or the other direction: nearly every row shows another lead.
    await page.evaluate(
      async ({ times, everyMs }) => {
        const heads = ['name', 'company', 'owner', 'source', 'handedOverAt'];
        for (let time = 0; time < times; time += 1) {
          document.querySelector<HTMLElement>(`[data-sort="${heads[time % heads.length]}"]`)?.click();
          await new Promise((resolve) => setTimeout(resolve, everyMs));
        }
      },
      { times: sorts, everyMs: sortMs },
    );
    await rest(500);
    return sorts * (await page.locator('.lead-row[data-record]').count());
  },
};

const records = 30;
const recordMs = 500;

export const recordPager: Scene = {
  title: `Record page, ${records} times to the next lead`,
  unit: 'record',
  async prepare(page, origin) {
    await signIn(page, origin, '/leads/L-1001');
    await page.waitForFunction(() => document.querySelector('[data-page]:not(:disabled)') !== null);
    await rest(2_000);
  },
  async act(page) {
    await mark(page);
    const moved = await page.evaluate(
      async ({ times, everyMs }) => {
        const addresses = new Set([location.pathname]);
        let way = 'next';
        for (let time = 0; time < times; time += 1) {
          const button = () => document.querySelector<HTMLButtonElement>(`[data-page="${way}"]`);
          if (button()?.disabled) way = way === 'next' ? 'previous' : 'next';
          button()?.click();
          await new Promise((resolve) => setTimeout(resolve, everyMs));
          addresses.add(location.pathname);
        }
        return addresses.size;
      },
      { times: records, everyMs: recordMs },
    );
    if (moved < records / 2) throw new Error('The pager did not page.');
    await rest(500);
    return records;
  },
};

/**
 * The least that any visible change on this page can cost: one character more in one cell of the page's own. The browser
 * lays out, and paints, the whole table for it, as it does for the first badge of a frame.
 */
export async function writeOneCharacter(page: Page): Promise<void> {
  await mark(page);
  await page.evaluate(() => document.querySelector('.lead-row:nth-child(4) [data-field="name"]')?.append('x'));
  await rest(1_000);
}
