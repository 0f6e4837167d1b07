/**
 * Working a lead on a real Tryton: what a person states in the panel shows on the badge and in the popup, is kept in the
 * browser alone, and is still there after the browser died.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { requireChromium } from '../tools/browsers.ts';
import { launch, type Launched } from '../tools/launch.ts';
import { expectBadges, openLeads, promised, rowOf, shownLeads, test, zone, type Crm } from './support.ts';
import type { LoadedLead } from './tryton-leads.ts';

const badgeIn = (page: Page, lead: LoadedLead): Locator => rowOf(page, lead).locator('relevo-badge');

/** Leads of the shown rows whose first touch is still in time, of the person who is signed in. */
async function ownLeads(page: Page, crm: Crm): Promise<LoadedLead[]> {
  const own = (await shownLeads(page, crm)).filter(
    ({ employee, createdAt }) =>
      employee?.name === crm.people[0]?.name && ['running', 'at-risk'].includes(promised(createdAt, Date.now()).state),
  );
  expect(own.length).toBeGreaterThan(0);
  return own;
}

async function openPanel(page: Page, lead: LoadedLead): Promise<Frame> {
  await page.bringToFront();
  await badgeIn(page, lead).locator('button').focus();
  await page.keyboard.press('Enter');
  const find = () => page.frames().find((frame) => frame.url().includes('/panel.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  const panel = find() as Frame;
  await expect(panel.getByRole('dialog')).toBeFocused();
  await expect(panel.locator('h1')).toBeVisible();
  return panel;
}

/** A person's first act in the panel says on which side they are. */
async function becomeSales(page: Page, panel: Frame): Promise<void> {
  await panel.getByRole('group', { name: 'Which side are you on?' }).getByRole('button', { name: 'Sales' }).focus();
  await page.keyboard.press('Enter');
  const actions = panel.getByRole('list', { name: 'What you can do' });
  await expect(actions.getByRole('button', { name: 'Accept' })).toBeVisible();
}

const stated = (panel: Frame, words: string): Locator =>
  panel.getByRole('region', { name: 'What happened' }).getByText(words);

/** Ids of the signed-in person's leads that the popup lists. */
async function listedIds(extension: Launched): Promise<readonly string[]> {
  const popup = await extension.openExtensionPage('popup.html');
  try {
    return await popup.evaluate(() =>
      chrome.runtime
        .sendMessage({ id: 1, type: 'summary', data: { mine: true }, timestamp: Date.now() })
        .then((answer) =>
          (answer.res.rows as readonly { lead: string }[]).map(({ lead }) => lead.split('|').at(-1) ?? ''),
        ),
    );
  } finally {
    await popup.close();
  }
}

/** Ends the browser's own process without a word to it, as a power cut would. */
async function killBrowser({ context }: Launched): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const own = processInfo.find(({ type }) => type === 'browser');
  if (!own) throw new Error('The browser does not say which process it is');
  const gone = context.waitForEvent('close');
  process.kill(own.id, 'SIGKILL');
  await gone;
}

test('a lead is accepted and its touch logged from the panel: badge and popup follow, Tryton is left alone', async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  await expectBadges(page, crm);
  const [lead] = (await ownLeads(page, crm)) as [LoadedLead];
  await expect.poll(() => listedIds(extension)).toContain(String(lead.id));
  const writes: string[] = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (/"model\.sale\.opportunity\.(write|create|delete)"/.test(body)) writes.push(body);
  });

  const panel = await openPanel(page, lead);
  await becomeSales(page, panel);
  await page.keyboard.press('a');
  await expect(badgeIn(page, lead)).toHaveAttribute('data-verdict', 'accepted');
  await page.keyboard.press('t');
  await expect(panel.getByRole('form')).toBeVisible();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(badgeIn(page, lead)).toHaveAttribute('data-state', 'met');
  await expect(stated(panel, 'Touch: call')).toBeVisible();
  await expect(panel.getByText(new RegExp(`^You act as ${crm.people[0]?.name ?? ''}, for Sales`))).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('relevo-panel')).toHaveCount(0);
  await expect.poll(() => listedIds(extension)).not.toContain(String(lead.id));
  expect(writes).toEqual([]);
});

test('a rejection for missing data is still there when the browser has died and is started again', async ({
  crm,
  build,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'relevo-profile-'));
  const start = (): Promise<Launched> =>
    launch({
      executablePath: requireChromium(),
      extension: build,
      timeZone: zone,
      viewport: { width: 1600, height: 900 },
      profile,
    });
  const first = await start();
  const page = await openLeads(crm, first);
  await expectBadges(page, crm);
  const [lead] = (await ownLeads(page, crm)) as [LoadedLead];
  const panel = await openPanel(page, lead);
  await becomeSales(page, panel);
  await page.keyboard.press('r');
  await panel.getByRole('radio', { name: 'Missing or wrong data' }).press('Space');
  await panel.getByRole('radiogroup', { name: 'Which field' }).getByRole('radio', { name: 'phone' }).press('Space');
  await panel.locator('form button[type="submit"]').press('Enter');
  await expect(stated(panel, 'Rejected: Missing or wrong data (phone)')).toBeVisible();
  await expect(badgeIn(page, lead)).toHaveAttribute('data-verdict', 'rejected');
  await killBrowser(first);

  const second = await start();
  // Tryton has kept the person signed in; they sign in anew.
  const tab = second.context.pages()[0] ?? (await second.context.newPage());
  await tab.goto(crm.tryton.origin);
  await tab.evaluate(() => localStorage.clear());
  await tab.goto('about:blank');
  const again = await openLeads(crm, second);
  await expect(badgeIn(again, lead)).toHaveAttribute('data-verdict', 'rejected');
  const kept = await openPanel(again, lead);
  await expect(stated(kept, 'Rejected: Missing or wrong data (phone)')).toHaveCount(1);
  await second.context.close();
  await rm(profile, { recursive: true, force: true });
});

async function bulkOn(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes('/bulk.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() as Frame;
}

test('a marketer flags a lead, and a rep accepts several at once and takes them back; Tryton is left alone', async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  await expectBadges(page, crm);
  const leads = (await ownLeads(page, crm)).slice(0, 2);
  const [lead] = leads as [LoadedLead];
  const writes: string[] = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (/"model\.sale\.opportunity\.(write|create|delete)"/.test(body)) writes.push(body);
  });

  const panel = await openPanel(page, lead);
  await panel.getByRole('group', { name: 'Which side are you on?' }).getByRole('button', { name: 'Marketing' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Flag', exact: true })).toBeVisible();
  await page.keyboard.press('f');
  await panel
    .getByRole('radiogroup', { name: 'What it is about' })
    .getByRole('radio', { name: 'readiness' })
    .press('Space');
  await panel.getByRole('radiogroup', { name: 'Reason' }).getByRole('radio', { name: 'Not now' }).press('Space');
  await panel.locator('form button[type="submit"]').press('Enter');
  await expect(badgeIn(page, lead)).toHaveAttribute('data-flag', 'Not now');
  await panel.getByRole('button', { name: 'Change' }).click();
  await panel.getByRole('button', { name: 'Sales', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('relevo-panel')).toHaveCount(0);

  for (const one of leads)
    await badgeIn(page, one)
      .locator('button')
      .click({ modifiers: ['Shift'] });
  const bar = await bulkOn(page);
  await bar.getByRole('button', { name: 'Accept' }).click();
  for (const one of leads) await expect(badgeIn(page, one)).toHaveAttribute('data-verdict', 'accepted');
  await expect(badgeIn(page, lead).locator('.signs svg')).toHaveCount(2);
  await bar.getByRole('button', { name: 'Undo' }).click();
  for (const one of leads) await expect(badgeIn(page, one)).not.toHaveAttribute('data-verdict');
  expect(writes).toEqual([]);
});
