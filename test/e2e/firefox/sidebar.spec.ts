/** The lead on hand in Firefox's own sidebar. Nothing drives that one from outside, so another page of ours looks into it. */
import type { Page } from 'puppeteer-core';
import type { DemoCrm } from '../../demo-crm/server.ts';
import { expect, expectState, openExtensionPage, test } from '../support/firefox.ts';

interface View {
  readonly document: Document;
}
interface FirefoxApi {
  readonly extension: { getViews(options: { type: 'sidebar' }): View[] };
}

const leadOf = (crm: DemoCrm, story: string): { readonly id: string; readonly name: string } => {
  const { id = '', name = '' } = crm.leads.find((lead) => lead.story === story)?.record ?? {};
  return { id, name };
};

const wordsSeenBy = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { browser } = globalThis as unknown as { browser: FirefoxApi };
    return browser.extension.getViews({ type: 'sidebar' }).map((view) => view.document.body.innerText);
  });

const expectWords = (onlooker: Page, words: string | RegExp): Promise<void> =>
  expect
    .poll(async () => (await wordsSeenBy(onlooker)).join('\n'), { timeout: 20_000, message: 'words of the sidebar' })
    .toMatch(words);

async function openBadge(tab: Page, id: string): Promise<void> {
  const button = await tab.waitForSelector(`relevo-badge[data-lead$="|${id}"] >>> button`);
  await button?.focus();
  await tab.keyboard.press('Enter');
}

test('opens from the popup and follows the tab in front: list, opened badge, record, a page that is no CRM', async ({
  firefox,
  tab,
  crm,
}) => {
  const [late, soon] = [leadOf(crm, 'overdue'), leadOf(crm, 'at-risk')];
  await expectState(tab, late.id, 'overdue');
  const onlooker = await openExtensionPage(firefox, 'options.html');
  expect(await wordsSeenBy(onlooker)).toEqual([]);
  const popup = await openExtensionPage(firefox, 'popup.html');
  await (await popup.waitForSelector('aria/Open beside the page[role="button"]'))?.click();
  await expectWords(onlooker, 'No CRM in this tab');

  await tab.bringToFront();
  await expectWords(onlooker, 'Press the badge of a lead in the list');
  await openBadge(tab, late.id);
  await expectWords(onlooker, late.name);
  await expectWords(onlooker, 'Which side are you on?');
  await tab.goto(`${crm.origin}/leads/${soon.id}`);
  await expectWords(onlooker, soon.name);
  expect((await wordsSeenBy(onlooker)).join('')).not.toContain(late.name);
  await tab.goto('about:blank');
  await expectWords(onlooker, 'No CRM in this tab');
});

test('its page in a tab shows no lead', async ({ firefox, tab, crm }) => {
  const late = leadOf(crm, 'overdue');
  await expectState(tab, late.id, 'overdue');
  await openBadge(tab, late.id);
  const page = await openExtensionPage(firefox, 'sidepanel.html');
  const words = () => page.evaluate(() => document.body.innerText);
  await expect.poll(words).toContain('Relevo did not answer');
  expect(await words()).not.toContain(late.name);
});
