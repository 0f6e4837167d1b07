import type { Page } from '@playwright/test';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { expect, ready, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, picture, sideways } from '../support/eyes.ts';
import { openPopup } from '../support/popup.ts';
import { looks } from '../support/looks.ts';

/** The options, with page health of the demo CRM in them. */
async function openHealth(page: Page, extension: Launched): Promise<Page> {
  await ready(page);
  const options = await extension.openExtensionPage('options.html#health');
  // A page tells how it is read about a second after it was.
  await expect(async () => {
    await options.reload();
    await expect(options.locator('tbody tr')).toContainText('Demo CRM', { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  return options;
}

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('every section has no fault that axe finds, also in forced colours, and no scroll bar sideways at 200 %', async ({
      page,
      extension,
    }) => {
      const options = await openHealth(page, extension);
      expect(await options.locator('html').getAttribute('lang')).toBe(language);
      for (const section of ['health', 'repairs']) {
        await options.locator(`nav a[href="#${section}"]`).click();
        await expect(options.locator(`nav a[href="#${section}"]`)).toHaveAttribute('aria-current', 'page');
        if (section !== 'health') await expect(options.locator('main h2')).toBeFocused();
        await options.locator(section === 'health' ? 'tbody tr' : 'textarea').waitFor();
        expect(await faults(options), section).toEqual([]);
        expect(await faultsInForcedColours(options), section).toEqual([]);
        await picture(options, test.info().outputPath(`${section}-${language}-${colorScheme}.png`), false);
        // 1280 × 860 at 200 %.
        await options.setViewportSize({ width: 640, height: 430 });
        expect(await sideways(options), section).toBeLessThanOrEqual(0);
        await picture(options, test.info().outputPath(`${section}-${language}-${colorScheme}-200.png`), false);
        await options.setViewportSize({ width: 1280, height: 860 });
      }
    });
  });

test('the popup’s gear opens the options in a tab', async ({ page, extension }) => {
  await ready(page);
  const popup = await openPopup(extension);
  const [options] = await Promise.all([
    extension.context.waitForEvent('page'),
    popup.getByRole('button', { name: 'Options' }).click(),
  ]);
  await expect(options.getByRole('heading', { level: 2, name: 'Agreement' })).toBeVisible();
});

test('the report of an open page holds its structure, and nothing of its leads or of where it is', async ({
  page,
  extension,
  crm,
}) => {
  const options = await openHealth(page, extension);
  await options.getByRole('button', { name: /Copy report/ }).click();
  await expect(options.getByText('Report copied.')).toBeVisible();
  const text = (await options.locator('pre').textContent()) ?? '';
  const report = JSON.parse(text) as { adapter: string; outline: readonly string[]; matches: Record<string, number> };
  expect(report.adapter).toBe('demo');
  expect(report.outline.some((line) => line.includes('«'))).toBe(true);
  expect(Object.values(report.matches).some((count) => count > 0)).toBe(true);
  const leaked = crm.leads.flatMap(({ record: { id, name, company, email, phone } }) =>
    [id, name, company, email, phone].filter((value) => value && text.includes(value)),
  );
  expect(leaked).toEqual([]);
  expect(text).not.toContain('127.0.0.1');
});

test('a repair that is pasted is used from the next page on, and removing it brings the shipped selectors back', async ({
  page,
  extension,
}) => {
  const options = await openHealth(page, extension);
  await options.locator('nav a[href="#repairs"]').click();
  const repair = (css: string): string =>
    JSON.stringify([
      {
        schema: 1,
        adapter: 'demo',
        version: 2,
        signedOffBy: 'RevOps',
        signedOffAt: '2026-03-09',
        selectors: { listRow: [{ css, since: '2026-03', seenOn: 'Demo CRM' }] },
      },
    ]);
  await options.getByRole('textbox').fill(repair('tr[['));
  await options.getByRole('button', { name: 'Use these repairs' }).click();
  await expect(options.getByRole('alert')).toContainText('[0].selectors.listRow[0].css');

  await options.getByRole('textbox').fill(repair('.nothing-is-called-this'));
  await options.getByRole('button', { name: 'Use these repairs' }).click();
  await expect(options.getByText('Signed off by RevOps on March 9, 2026')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-record]').first()).toBeVisible();
  await expect
    .poll(async () => {
      const worker = await extension.worker();
      const all = await worker.evaluate(() => chrome.storage.session.get(null));
      return Object.entries(all).flatMap(([key, value]) =>
        key.startsWith('health:') ? [(value as { adapter: string; rows: number }).rows] : [],
      );
    })
    .toEqual([0]);
  expect(await page.locator('relevo-badge').count()).toBe(0);

  await options.getByRole('button', { name: 'Remove Demo CRM' }).click();
  await expect(options.getByText('None: the selectors that came with Relevo are used.')).toBeVisible();
  await page.reload();
  await ready(page);
});
