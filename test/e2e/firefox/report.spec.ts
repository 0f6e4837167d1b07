/** The report in Firefox: its figures over a small quarter, the leads behind one, and the tab of what lies ahead. */
import type { Page } from 'puppeteer-core';
import { expect, openExtensionPage, test } from '../support/firefox.ts';
import { importLines, quarterAgreement, quarterLines } from '../support/quarter.ts';

const day = 86_400_000;
const date = (at: number): string => new Date(at).toISOString().slice(0, 10);

const textOf = (page: Page, selector: string): Promise<string> =>
  page.evaluate((where) => document.querySelector<HTMLElement>(where)?.innerText ?? '', selector).catch(() => '');
const expectText = (page: Page, selector: string, words: string | RegExp) =>
  expect.poll(() => textOf(page, selector), { timeout: 20_000 }).toMatch(words);

test('figures, the leads behind one of them, and what lies ahead', async ({ firefox }) => {
  const now = Date.now();
  const options = await openExtensionPage(firefox, 'options.html');
  await options.evaluate((agreement) => chrome.storage.sync.set({ agreement }), quarterAgreement);
  expect(await importLines(options, await quarterLines(90, now))).toBeGreaterThan(90);

  const query = `period=custom&from=${date(now - 110 * day)}&until=${date(now)}`;
  const report = await openExtensionPage(firefox, `report.html?${query}`);
  await expectText(report, '#promises', 'Hand-offs');
  await expectText(report, '#promises', /n = \d+/);

  const number = await report.waitForSelector('#quality button[aria-label^="Verdict: Accepted"]');
  const shown = await number?.evaluate((element) => element.textContent ?? '');
  expect(Number(shown)).toBeGreaterThan(0);
  await number?.click();
  await expectText(report, 'dialog', `${shown} leads`);
  await expect.poll(() => report.evaluate(() => document.querySelectorAll('dialog li').length)).toBe(Number(shown));
  await report.keyboard.press('Escape');
  await expect.poll(() => report.evaluate(() => document.querySelectorAll('dialog').length)).toBe(0);
  expect(await report.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Verdict: Accepted/);

  const ahead = await report.waitForSelector('a[href*="tab=sla"]');
  await ahead?.click();
  const overdue = await report.waitForSelector('button[aria-label^="Overdue and not done"]');
  await overdue?.click();
  await expectText(report, 'dialog', /^Overdue and not done/);
  await expect.poll(() => report.evaluate(() => document.querySelectorAll('dialog li').length)).toBeGreaterThan(0);
});
