/**
 * A Firefox with the extension. Puppeteer speaks BiDi to it; Playwright's runner and expectations stay the same as for
 * Chromium. An extension page's navigation never reports its end, so it is awaited by its content.
 */
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { startDemoCrm, type DemoCrm } from '../../demo-crm/server.ts';
import { findFirefox } from '../../tools/browsers.ts';
import { outputFolder } from '../../tools/launch.ts';

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

export const test = base.extend<Fixtures & { build: string; language: string }>({
  build: ['firefox-mv3-e2e', { option: true }],
  language: ['en-US', { option: true }],
  crm: async ({}, use) => {
    const crm = await startDemoCrm();
    await use(crm);
    await crm.close();
  },
  firefox: async ({ build, language }, use) => {
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
    await use(browser);
    await browser.close();
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
  await page.goto(`${extensionOrigin}/${path}`, { timeout: 2_000 }).catch(() => {});
  await expect.poll(() => page.evaluate(() => document.readyState).catch(() => 'none')).toBe('complete');
  return page;
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
