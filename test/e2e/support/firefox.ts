/**
 * A Firefox with the extension. Puppeteer speaks BiDi to it; Playwright's runner and expectations stay the same as for
 * Chromium. An extension page's navigation never reports its end, so it is awaited by its content.
 */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';
import { launch, type Browser, type Frame, type Page } from 'puppeteer-core';
import { startDemoCrm, type DemoCrm } from '../../demo-crm/server.ts';
import { findFirefox } from '../../tools/browsers.ts';
import { outputFolder } from '../../tools/launch.ts';
import { forget } from './forget.ts';

export const geckoId = 'relevo@relevo.invalid';
const uuid = '4b2f6a1e-6d0c-4f0e-9a57-3f1f0f5a9c11';
export const extensionOrigin = `moz-extension://${uuid}`;

interface Fixtures {
  readonly crm: DemoCrm;
  readonly firefox: Browser;
  /** Signed in to the CRM as Lucía, on the list. */
  readonly tab: Page;
}

/** What every profile of a test is started with. */
export const preferences = (language: string): Record<string, unknown> => ({
  'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: uuid }),
  // A person's click on "Allow" in the permission prompt.
  'extensions.webextOptionalPermissionPrompts': false,
  'intl.accept_languages': language,
  'intl.locale.requested': language,
});

interface Shared {
  readonly name: string;
  readonly browser: Browser;
}

let shared: Shared | null = null;

async function closeShared(): Promise<void> {
  const leaving = shared;
  shared = null;
  await leaving?.browser.close();
}

async function start(build: string, language: string): Promise<Browser> {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox was found');
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: preferences(language),
  });
  await browser.installExtension(join(outputFolder, build));
  return browser;
}

/**
 * Runs in a page of the extension. Its worker can't be stopped here, and what it began before all was cleared may still come to an
 * end: an agreement that it keeps then would bind leads of the next test.
 */
async function stayEmpty(): Promise<void> {
  const { local } = chrome.storage;
  for (let calm = 0, turn = 0; calm < 2 && turn < 40; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    calm = Object.keys(await local.get(null)).length === 0 ? calm + 1 : 0;
    if (calm === 0) await local.clear();
  }
}

/** Installed over itself it begins anew, without a memory; uninstalled it would get another origin. */
async function reset(browser: Browser, build: string): Promise<void> {
  const page = await openExtensionPage(browser, 'manifest.json');
  for (const other of await browser.pages()) if (other !== page) await other.close();
  await page.evaluate(forget);
  await page.evaluate(stayEmpty);
  // Its pages close; a browser without a page ends.
  await browser.newPage();
  await browser.installExtension(join(outputFolder, build));
}

/** One browser for the tests that follow each other: starting one costs more than most tests do. */
async function browserFor(build: string, language: string): Promise<Browser> {
  const name = `${build} ${language}`;
  if (shared?.name === name) {
    const { browser } = shared;
    const clean = await reset(browser, build).then(
      () => true,
      () => false,
    );
    if (clean) return browser;
  }
  await closeShared();
  const browser = await start(build, language);
  shared = { name, browser };
  return browser;
}

export const test = base.extend<Fixtures & { build: string; language: string }, { readonly closing: void }>({
  build: ['firefox-mv3-e2e', { option: true }],
  language: ['en-US', { option: true }],
  closing: [
    async ({}, use) => {
      await use();
      await closeShared();
    },
    { scope: 'worker', auto: true },
  ],
  crm: async ({}, use) => {
    const crm = await startDemoCrm();
    await use(crm);
    await crm.close();
  },
  firefox: async ({ build, language }, use) => {
    await use(await browserFor(build, language));
  },
  tab: async ({ firefox, crm }, use) => {
    const tab = await firefox.newPage();
    await tab.setViewport({ width: 1280, height: 860 });
    await tab.goto(`${crm.origin}/signin?as=lucia&to=/leads`);
    await use(tab);
  },
});

export { expect };

/** Opens a page of the extension. */
export async function openExtensionPage(browser: Browser, path: string): Promise<Page> {
  const page = await browser.newPage();
  const address = `${extensionOrigin}/${path}`;
  // Its end is never told; a failure to begin is.
  const begun = page.goto(address, { timeout: 0 });
  const arrived = expect
    .poll(() => page.evaluate(() => `${document.readyState} ${location.href}`).catch(() => 'none'))
    .toBe(`complete ${address}`);
  await Promise.race([arrived, begun.then(() => arrived)]);
  return page;
}

/** What axe finds in a page or a frame of ours; empty is good. @param not rules that are no matter of this one. */
export async function faultsIn(page: Page | Frame, not: readonly string[] = []): Promise<string[]> {
  // Playwright's own page is what it asks for; of it, it uses only what puppeteer's has as well.
  const evaluate = page.evaluate.bind(page);
  const only = { frames: () => [{ evaluate }], evaluate } as unknown as ConstructorParameters<
    typeof AxeBuilder
  >[0]['page'];
  const axe = new AxeBuilder({ page: only }).setLegacyMode(true).disableRules([...not]);
  const { violations, passes } = await axe.analyze();
  expect(passes.length, 'rules that axe tried').toBeGreaterThan(10);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

export interface SeenBadge {
  readonly lead: string;
  readonly state: string | null;
  readonly due: string | null;
}

export function badgesOn(page: Page): Promise<SeenBadge[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('relevo-badge')].map((badge) => ({
      lead: badge.getAttribute('data-lead') ?? '',
      state: badge.getAttribute('data-state'),
      due: badge.getAttribute('data-due'),
    })),
  );
}

/** Waits until this lead's badge is in this state. */
export async function expectState(page: Page, recordId: string, state: string): Promise<void> {
  await expect
    .poll(async () => (await badgesOn(page)).find(({ lead }) => lead.endsWith(`|${recordId}`))?.state, {
      timeout: 20_000,
      message: `state of ${recordId}`,
    })
    .toBe(state);
}
