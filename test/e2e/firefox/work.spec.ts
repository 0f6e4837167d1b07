/** The daily part of both sides in Firefox: a rep's acts, a marketer's, several leads at once, and the marks of the list. */
import type { Browser, Frame, Page } from 'puppeteer-core';
import { type DemoCrm } from '../../demo-crm/server.ts';
import { badgesOn, expect, expectState, faultsIn, openExtensionPage, test } from '../support/firefox.ts';

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

async function become(firefox: Browser, side: 'sales' | 'marketing'): Promise<void> {
  const options = await openExtensionPage(firefox, 'options.html#you');
  const person = { schema: 1, side, follows: [], badge: 'full', reminders: { on: false }, names: 'hidden' };
  await options.evaluate((item) => chrome.storage.sync.set({ person: item }), person);
  await options.close();
}

const markOf = (tab: Page, id: string, mark: string): Promise<string | null> =>
  tab.evaluate(
    (record, name) => document.querySelector(`relevo-badge[data-lead$="|${record}"]`)?.getAttribute(name) ?? null,
    id,
    mark,
  );

test('a marketer flags a lead with a reason and answers the flag; the panel has no fault that axe finds', async ({
  firefox,
  tab,
  crm,
}) => {
  const id = idOf(crm, 'overdue');
  await expectState(tab, id, 'overdue');
  await become(firefox, 'marketing');
  await tab.bringToFront();
  const panel = await openPanel(tab, id);
  await expectText(panel, 'for Marketing');
  expect(await faultsIn(panel)).toEqual([]);
  await tab.keyboard.press('f');
  await press(panel, 'aria/readiness[role="radio"]');
  await press(panel, 'aria/Not now[role="radio"]');
  expect(await faultsIn(panel)).toEqual([]);
  await tab.keyboard.press('Enter');
  await expectText(panel, 'Flagged, readiness: Not now');
  await expect.poll(() => markOf(tab, id, 'data-flag'), { timeout: 15_000 }).toBe('Not now');
  await tab.keyboard.press('w');
  await press(panel, 'aria/fixed[role="radio"]');
  await tab.keyboard.press('Enter');
  await expectText(panel, 'Answered: fixed');
  await expect.poll(() => markOf(tab, id, 'data-flag'), { timeout: 15_000 }).toBeNull();
  await leave(tab, id);
});

test('a rep pauses and resumes a clock, and says what is needed where they are blocked', async ({
  firefox,
  tab,
  crm,
}) => {
  const id = idOf(crm, 'running');
  await expect.poll(() => markOf(tab, id, 'data-state'), { timeout: 20_000 }).not.toBeNull();
  await become(firefox, 'sales');
  await tab.bringToFront();
  const panel = await openPanel(tab, id);
  await tab.keyboard.press('p');
  await panel.waitForSelector('form input:focus, form textarea:focus');
  await tab.keyboard.type('On holiday until Monday');
  await tab.keyboard.press('Enter');
  await expectState(tab, id, 'paused');
  await expectText(panel, 'Paused: On holiday until Monday');
  await tab.keyboard.press('p');
  await expectText(panel, 'Resumed');
  await expect.poll(() => markOf(tab, id, 'data-state'), { timeout: 15_000 }).not.toBe('paused');
  await tab.keyboard.press('b');
  await panel.waitForSelector('form input:focus, form textarea:focus');
  await tab.keyboard.type('Consent from marketing');
  await tab.keyboard.press('Enter');
  await expectText(panel, 'Blocked, needs: Consent from marketing');
  await leave(tab, id);
});

test('two leads are selected, accepted at once and taken back at once; the bar has no fault that axe finds', async ({
  firefox,
  tab,
  crm,
}) => {
  const ids = [idOf(crm, 'running'), idOf(crm, 'overdue')];
  await expectState(tab, ids[1] ?? '', 'overdue');
  await become(firefox, 'sales');
  await tab.bringToFront();
  for (const id of ids) {
    const button = await tab.waitForSelector(`relevo-badge[data-lead$="|${id}"] >>> button`);
    await button?.focus();
    await tab.keyboard.press('x');
    await expect.poll(() => markOf(tab, id, 'data-selected')).toBe('');
  }
  await expect.poll(() => tab.frames().length, { timeout: 15_000 }).toBeGreaterThan(1);
  const bar = tab.frames().at(-1) as Frame;
  await expectText(bar, '2 leads selected');
  expect(await faultsIn(bar, ['page-has-heading-one'])).toEqual([]);
  await tab.keyboard.press('b');
  await bar.waitForSelector('button:focus');
  await tab.keyboard.press('a');
  await expectText(bar, '2 leads accepted');
  for (const id of ids) await expectVerdict(tab, id, 'accepted');
  await tab.keyboard.press('u');
  await expectText(bar, 'Taken back for 2 leads');
  for (const id of ids) await expectVerdict(tab, id, null);
});
