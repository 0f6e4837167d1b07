/** A Chromium with the extension, a demo CRM of its own, and what the tests do with them again and again. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { Summary } from '../../../lib/messages/summary.ts';
import { startDemoCrm, type DemoCrm } from '../../demo-crm/server.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched, LaunchOptions } from '../../tools/launch.ts';
import { browserFor, closeShared, goOn } from './shared-browser.ts';

interface TestFixtures {
  /** Whether this test goes on where the one before it in its group stopped. */
  readonly goesOn: boolean;
  readonly crm: DemoCrm;
  readonly extension: Launched;
  /** Signed in to the CRM as Lucía, on the list; in a group, wherever the test before left it. */
  readonly page: Page;
}
interface Options {
  readonly launchOptions: Partial<LaunchOptions>;
  /** Written to `storage.sync` before the CRM is opened; `null` leaves the built-in agreement. */
  readonly agreement: Record<string, unknown> | null;
}

/** The group that is under way and its CRM. A test that fails ends it, because the runner starts anew then. */
let underWay: { readonly group: string; readonly crm: DemoCrm } | null = null;

async function endGroup(): Promise<void> {
  const ended = underWay;
  underWay = null;
  await ended?.crm.close();
}

interface TestOptions {
  readonly relevo: Options;
  /**
   * Tests that follow each other and only look: the next one has the browser, the CRM and the pages of the one before,
   * but for those that it opened. `null`: everything is new.
   */
  readonly group: string | null;
}

export const test = base.extend<TestFixtures & TestOptions, { readonly closing: void }>({
  relevo: [{ launchOptions: {}, agreement: demoAgreement(Date.now()) }, { option: true }],
  group: [null, { option: true }],
  goesOn: async ({ group }, use) => {
    const goesOn = group !== null && underWay?.group === group;
    if (!goesOn) await endGroup();
    await use(goesOn);
  },
  crm: async ({ goesOn, group }, use) => {
    const crm = goesOn && underWay ? underWay.crm : await startDemoCrm();
    if (group !== null) underWay = { group, crm };
    await use(crm);
    if (group === null) await crm.close();
  },
  extension: async ({ relevo, goesOn, crm: _begunFirst }, use) => {
    const launched = goesOn ? await goOn() : await browserFor(relevo.launchOptions);
    if (relevo.agreement && !goesOn) {
      const worker = await launched.worker();
      await worker.evaluate((agreement) => chrome.storage.sync.set({ agreement }), relevo.agreement);
    }
    await use(launched);
  },
  closing: [
    async ({}, use) => {
      await use();
      await endGroup();
      await closeShared();
    },
    { scope: 'worker', auto: true },
  ],
  page: async ({ extension, crm, goesOn }, use) => {
    const page = extension.context.pages()[0] ?? (await extension.context.newPage());
    if (!goesOn) await page.goto(`${crm.origin}/signin?as=lucia&to=/leads`);
    await use(page);
  },
});

export { expect };

/** The badge of one lead, wherever the page shows it. */
export function badgeOf(page: Page, recordId: string): Locator {
  return page.locator(`relevo-badge[data-lead$="|${recordId}"]`);
}

/** Waits until the CRM's own answer has been read: then no badge on screen is without a state. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator('relevo-badge[data-state]').first()).toBeVisible();
  await expect
    .poll(() => page.locator('relevo-badge[data-due]').count(), { message: 'badges with a due instant' })
    .toBeGreaterThan(0);
}

/** Asks the worker as the popup does. */
export async function askSummary(extension: Launched, request: { mine: boolean; search?: string }): Promise<Summary> {
  const popup = await extension.openExtensionPage('popup.html');
  try {
    return await popup.evaluate(
      (data) =>
        chrome.runtime
          .sendMessage({ id: 1, type: 'summary', data, timestamp: Date.now() })
          .then((answer) => answer.res),
      request,
    );
  } finally {
    await popup.close();
  }
}
