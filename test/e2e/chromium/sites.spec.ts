import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { outputFolder, type Launched } from '../../tools/launch.ts';

/**
 * Taking the site access of an extension back and giving it again, as a person does on the browser's own page for it. The
 * prompt of `permissions.request` can't be answered without a window; Firefox's tests go through the popup's button.
 */
async function setAccess(extension: Launched, hostAccess: 'ON_CLICK' | 'ON_ALL_SITES'): Promise<void> {
  const page = await extension.context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(
    async ([extensionId, access]) => {
      interface DeveloperPrivate {
        updateExtensionConfiguration(change: { extensionId: string; hostAccess: string }): Promise<void>;
      }
      const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate };
      await developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess: access });
    },
    [extension.extensionId, hostAccess] as const,
  );
  await page.close();
}

const registered = async (extension: Launched): Promise<string[]> =>
  (await extension.worker()).evaluate(async () =>
    (await chrome.scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []),
  );

const badges = (page: Page): Promise<number> => page.locator('relevo-badge').count();

test.describe('the shipped build on a self-hosted CRM', () => {
  test.use({ relevo: { launchOptions: { extension: join(outputFolder, 'chrome-mv3') }, agreement: null } });

  test('nothing runs and nothing is registered before the person enables the site', async ({ page, extension }) => {
    await expect(page.locator('[data-record]').first()).toBeVisible();
    expect(await badges(page)).toBe(0);
    expect(await registered(extension)).toEqual([]);
  });
});

test('taking the access back removes the badges of the open tab and the registration; giving it again brings both back', async ({
  page,
  extension,
}) => {
  await ready(page);
  const loopback = ['http://127.0.0.1/*', 'http://localhost/*'];
  expect((await registered(extension)).toSorted()).toEqual(loopback);

  await setAccess(extension, 'ON_CLICK');
  await expect.poll(() => registered(extension)).toEqual([]);
  await expect(page.locator('relevo-badge')).toHaveCount(0);

  await setAccess(extension, 'ON_ALL_SITES');
  await expect.poll(async () => (await registered(extension)).toSorted()).toEqual(loopback);
  await ready(page);
});

test('a second copy of the script, as the worker brings it after an update, takes over from the first without a double', async ({
  page,
  extension,
  crm,
}) => {
  await ready(page);
  const id = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
  const worker = await extension.worker();
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
    await chrome.scripting.executeScript({ target: { tabId: tab?.id ?? -1 }, files: ['content-scripts/crm.js'] });
  });
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'overdue');
  const doubles = (): Promise<number> =>
    page.$$eval(
      '[data-record]',
      (rows) => rows.filter((row) => row.querySelectorAll('relevo-badge').length > 1).length,
    );
  await expect.poll(doubles).toBe(0);
  await expect(badgeOf(page, id)).toHaveCount(1);
  await badgeOf(page, id).locator('button').click();
  await expect.poll(() => page.frames().filter((frame) => frame.url().includes('/panel.html')).length).toBe(1);
});
