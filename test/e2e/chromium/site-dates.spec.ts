/** A CRM that shows times without their zone and has no API: its leads get their clocks when the person says the zone. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { listFixtures } from '../../contract/fixtures.ts';
import { root } from '../../tools/page-script.ts';
import { badgeOf, expect, test } from '../support/chromium.ts';
import { faults, picture, sideways } from '../support/eyes.ts';
import { looks } from '../support/looks.ts';

const minute = 60_000;
const zone = 'Europe/Madrid';
const day = [['00:00', '24:00']];
const hourToTouch = {
  schema: 1,
  id: 'hour',
  version: 1,
  atRisk: { share: 0.75, floorMinutes: 5 },
  calendars: {
    always: { timeZone: 'UTC', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } },
  },
  commitments: [
    { id: 'first-touch', owedBy: 'sales', rules: [{ target: { workingMinutes: 60, calendar: 'always' } }] },
  ],
};

const host = 'https://acme-demo.lightning.force.com';
const recordId = '00Q7Q000001aBcAUAU';

/** As Salesforce in American English writes it for somebody in Madrid. */
const shown = (at: number): string =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
    .format(at)
    .replaceAll('\u202F', ' ');

/** Serves saved pages of Salesforce at their real addresses, the record as created at this instant. */
async function serveSalesforce(page: Page, createdAt: number): Promise<void> {
  const pages = listFixtures('salesforce').filter(({ name }) => /(?:list|record)-lead-en-cached$/u.test(name));
  expect(pages).toHaveLength(2);
  await page.route(`${host}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const found = pages.find(({ expected }) => new URL(expected.url).pathname === pathname);
    if (!found) return route.abort();
    const body = found.html
      .replace('11/20/2026, 9:12 AM', shown(createdAt))
      .replace('11/23/2026, 8:01 AM', shown(createdAt));
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
  });
}

test.describe('Salesforce at its real address, with the shipped build', () => {
  const extension = join(root, '.output/chrome-mv3');
  test.use({ relevo: { launchOptions: { extension, timeZone: zone }, agreement: hourToTouch } });

  test('a list counts down once the person has said in which zone its times are', async ({ extension: relevo }) => {
    const createdAt = Math.floor((Date.now() - 10 * minute) / minute) * minute;
    const record = await relevo.context.newPage();
    const list = await relevo.context.newPage();
    await serveSalesforce(record, createdAt);
    await serveSalesforce(list, createdAt);
    await record.goto(`${host}/lightning/r/Lead/${recordId}/view`);
    await expect(badgeOf(record, recordId)).toHaveAttribute('data-state', 'unknown');
    await list.goto(`${host}/lightning/o/Lead/list?filterName=__Recent`);
    await expect(badgeOf(list, recordId)).toHaveAttribute('data-state', 'unknown');

    const options = await relevo.openExtensionPage('options.html#crms');
    await options.getByRole('combobox', { name: 'Order of day and month' }).selectOption('mdy');
    await options.getByRole('button', { name: `Times here are in my browser's zone: ${zone}` }).click();
    await expect(options.getByText('Saved. Open pages of this site use it now')).toBeVisible();

    // The open page reads its dates again by itself.
    await record.bringToFront();
    await expect(badgeOf(record, recordId)).toHaveAttribute('data-state', 'running');
    await list.bringToFront();
    await list.reload();
    await expect(badgeOf(list, recordId)).toHaveAttribute('data-state', 'running');
    await expect(badgeOf(list, recordId)).toHaveAttribute('data-due', new Date(createdAt + 60 * minute).toISOString());
    // Another lead of the list was never opened: nothing is known of its start.
    await expect(badgeOf(list, '00Q7Q000001aBcBUAU')).toHaveAttribute('data-state', 'unknown');
  });

  for (const [language, colorScheme] of looks)
    test.describe(`in ${language}, ${colorScheme}`, () => {
      const launchOptions = { extension, timeZone: zone, language, colorScheme };
      test.use({ relevo: { launchOptions, agreement: hourToTouch } });

      test('where the zone is set has no fault that axe finds, and no scroll bar sideways at 200 %', async ({
        extension: relevo,
      }) => {
        const record = await relevo.context.newPage();
        await serveSalesforce(record, Date.now() - 10 * minute);
        await record.goto(`${host}/lightning/r/Lead/${recordId}/view`);
        await expect(badgeOf(record, recordId)).toHaveAttribute('data-state', 'unknown');
        const options = await relevo.openExtensionPage('options.html#crms');
        await options.locator('select').first().waitFor();
        expect(await faults(options)).toEqual([]);
        await picture(options, test.info().outputPath(`crms-${language}-${colorScheme}.png`), false);
        await options.setViewportSize({ width: 640, height: 430 });
        expect(await sideways(options)).toBeLessThanOrEqual(0);
        await picture(options, test.info().outputPath(`crms-${language}-${colorScheme}-200.png`), false);
      });
    });
});
