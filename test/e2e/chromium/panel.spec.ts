import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from '@playwright/test';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import type { DemoCrm } from '../../demo-crm/server.ts';

const idOf = (crm: DemoCrm, story: string): string => crm.leads.find((lead) => lead.story === story)?.record.id ?? '';

async function panelOn(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes('/panel.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() as Frame;
}

test('Enter on a badge opens the panel with every clock and why it is due; Escape gives the focus back', async ({
  page,
  crm,
}) => {
  await ready(page);
  const lead = crm.leads.find(({ story }) => story === 'overdue');
  const button = badgeOf(page, lead?.record.id ?? '').locator('button');
  await button.focus();
  await page.keyboard.press('Enter');
  const panel = await panelOn(page);
  await expect(panel.locator('h1')).toHaveText(lead?.record.name ?? '');
  for (const promise of ['First touch', 'Accept'])
    await expect(panel.getByText(promise, { exact: true })).toBeVisible();
  // The instant that the demo's own count gives, as a person reads it.
  const due = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const at = Date.parse(lead?.expected['first-touch'].dueAt ?? '');
  await expect(panel.locator('main')).toContainText(due.format(at));
  await expect(panel.locator('main')).toContainText('Start: hand-off');

  await page.keyboard.press('Escape');
  await expect(page.locator('relevo-panel')).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('the panel follows the lead: a touch that is logged in the CRM stops its clock', async ({ page, crm }) => {
  const id = idOf(crm, 'at-risk');
  await page.goto(`${crm.origin}/leads/${id}`);
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'at-risk');
  await page.locator('[data-action="call"]').click();
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'met');
  await badgeOf(page, id).locator('button').click();
  await expect((await panelOn(page)).locator('main')).toContainText('Met');
});

test('another site that knows the extension’s id gets no panel, with or without a guessed token', async ({
  page,
  crm,
  extension,
}) => {
  await ready(page);
  const token = crypto.randomUUID();
  const frames = ['', `#${token}`].map(
    (hash) => `<iframe src="chrome-extension://${extension.extensionId}/panel.html${hash}"></iframe>`,
  );
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<h1>Another site</h1>${frames.join('')}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = await extension.context.newPage();
  await site.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await site.waitForTimeout(1_000);
  for (const frame of site.frames().slice(1)) {
    const text = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
    for (const { record } of crm.leads.slice(0, 20)) expect(text).not.toContain(record.name);
  }
  server.close();
});

test('a copy of the panel’s address in a second frame is refused, and the first goes on', async ({ page, crm }) => {
  await ready(page);
  const lead = crm.leads.find(({ story }) => story === 'overdue');
  await badgeOf(page, lead?.record.id ?? '')
    .locator('button')
    .click();
  const panel = await panelOn(page);
  await expect(panel.locator('h1')).toHaveText(lead?.record.name ?? '');
  const address = panel.url();
  await page.evaluate((src) => {
    const frame = document.createElement('iframe');
    frame.src = src;
    document.body.append(frame);
  }, address);
  await expect.poll(() => page.frames().filter((frame) => frame.url() === address).length).toBeLessThanOrEqual(2);
  await page.waitForTimeout(800);
  for (const copy of page.frames().filter((frame) => frame.url() === address && frame !== panel))
    await expect(copy.locator('body')).not.toContainText(lead?.record.company ?? '');
  await expect(panel.locator('h1')).toHaveText(lead?.record.name ?? '');
});
