/** The daily part of a rep in Firefox: accept, take it back, log a touch, reject with a reason, and the marks of the list. */
import type { Frame, Page } from 'puppeteer-core';
import { type DemoCrm } from '../../demo-crm/server.ts';
import { badgesOn, expect, expectState, test } from '../support/firefox.ts';

const idOf = (crm: DemoCrm, story: string): string => crm.leads.find((lead) => lead.story === story)?.record.id ?? '';

async function openPanel(tab: Page, id: string): Promise<Frame> {
  const button = await tab.waitForSelector(`relevo-badge[data-lead$="|${id}"] >>> button`);
  await button?.focus();
  await tab.keyboard.press('Enter');
  await expect.poll(() => tab.frames().length, { timeout: 15_000 }).toBeGreaterThan(1);
  const panel = tab.frames().at(-1) as Frame;
  await expectText(panel, 'What happened');
  return panel;
}

const expectText = (panel: Frame, words: string | RegExp) =>
  expect.poll(() => panel.evaluate(() => document.body.innerText).catch(() => ''), { timeout: 15_000 }).toMatch(words);

async function press(panel: Frame, selector: string): Promise<void> {
  const element = await panel.waitForSelector(selector);
  await element?.click();
}

const verdictOf = (tab: Page, id: string): Promise<string | null> =>
  tab.evaluate(
    (record) => document.querySelector(`relevo-badge[data-lead$="|${record}"]`)?.getAttribute('data-verdict') ?? null,
    id,
  );

const expectVerdict = (tab: Page, id: string, verdict: string | null) =>
  expect.poll(() => verdictOf(tab, id), { timeout: 15_000 }).toBe(verdict);

async function leave(tab: Page, id: string): Promise<void> {
  await tab.keyboard.press('Escape');
  await expect.poll(() => tab.evaluate(() => document.querySelectorAll('relevo-panel').length)).toBe(0);
  await expect
    .poll(() => tab.evaluate(() => document.activeElement?.getAttribute('data-lead') ?? ''))
    .toMatch(new RegExp(`\\|${id}$`));
}

test('a rep accepts, takes it back, logs a touch and rejects with a reason; the badges of the list show it', async ({
  tab,
  crm,
}) => {
  const [fresh, late] = [idOf(crm, 'running'), idOf(crm, 'overdue')];
  await expectState(tab, late, 'overdue');
  const panel = await openPanel(tab, fresh);
  await press(panel, 'aria/Sales[role="button"]');
  await expectText(panel, 'You act as Lucía Ferrer, for Sales.');
  await tab.keyboard.press('a');
  await expectVerdict(tab, fresh, 'accepted');
  await expectText(panel, 'Undo');
  await tab.keyboard.press('u');
  await expectVerdict(tab, fresh, null);
  await tab.keyboard.press('t');
  await press(panel, 'aria/call[role="radio"]');
  await tab.keyboard.press('Enter');
  await expectState(tab, fresh, 'met');
  await expectText(panel, 'Touch: call');
  await leave(tab, fresh);

  const other = await openPanel(tab, late);
  await tab.keyboard.press('r');
  await press(other, 'aria/Not our kind of customer[role="radio"]');
  await press(other, 'aria/size[role="radio"]');
  await tab.keyboard.press('Enter');
  await expectText(other, /Rejected: Not our kind of customer \(size\)/);
  await expectVerdict(tab, late, 'rejected');
  await leave(tab, late);
  expect((await badgesOn(tab)).filter(({ state }) => state === null)).toEqual([]);
});
