import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';

/** The stories whose state the demo works out by its own naive walk through the working minutes. */
const told = ['running', 'at-risk', 'overdue', 'paused', 'met', 'missed', 'ended', 'unknown'];

test.describe('on one list', () => {
  test.use({ group: 'list' });

  test('each lead of the list carries the state and due instant that a count of working minutes gives', async ({
    page,
    crm,
  }) => {
    await ready(page);
    for (const { record, story, state, expected } of crm.leads.filter((lead) => told.includes(lead.story ?? ''))) {
      const badge = badgeOf(page, record.id);
      await expect(badge, `${story}: ${record.name}`).toHaveAttribute('data-state', state ?? '');
      const dues = [expected.accept.dueAt, expected['first-touch'].dueAt].flatMap((due) =>
        due ? [Date.parse(due)] : [],
      );
      const shown = await badge.getAttribute('data-due');
      if (dues.length === 0 || state === 'paused') continue;
      expect(dues, `${story}: due`).toContain(Date.parse(shown ?? ''));
    }
  });

  test('every clock state is on screen at once', async ({ page }) => {
    await ready(page);
    for (const state of [...told, 'scheduled'])
      await expect(page.locator(`relevo-badge[data-state="${state}"]`).first(), state).toBeAttached();
  });

  test('what a badge says can be had by keyboard and by pointer: time left, due, promise', async ({ page, crm }) => {
    await ready(page);
    const lead = crm.leads.find(({ story }) => story === 'at-risk');
    const button = badgeOf(page, lead?.record.id ?? '').locator('button');
    await button.focus();
    const card = page.getByRole('tooltip');
    await expect(card).toBeVisible({ timeout: 1_000 });
    await expect(card).toContainText('First touch');
    await expect(card).toContainText('3.2');
    await expect(button).toHaveAccessibleName(/at risk/i);
    await expect(button).toHaveAccessibleName(/first touch/i);
  });
});

test('the badge is small, keeps its box, and moves neither row nor column', async ({ page }) => {
  await ready(page);
  const geometry = () =>
    page.$$eval('tr[data-record]', (rows) =>
      rows.map((row) =>
        [row, ...row.children].map((cell) => {
          const { x, width, height } = cell.getBoundingClientRect();
          return [x, width, height].map(Math.round);
        }),
      ),
    );
  const withBadges = await geometry();
  const boxes = await page.$$eval('relevo-badge', (badges) =>
    badges.map((badge) => badge.getBoundingClientRect().toJSON() as DOMRect),
  );
  for (const box of boxes) {
    expect(box.height).toBe(20);
    expect(box.width).toBeLessThanOrEqual(104);
  }
  await page.evaluate(() =>
    document
      .querySelectorAll<HTMLElement>('relevo-badge')
      .forEach((badge) => badge.style.setProperty('display', 'none', 'important')),
  );
  expect((await geometry()).map((row) => row.map(([x, width]) => [x, width]))).toEqual(
    withBadges.map((row) => row.map(([x, width]) => [x, width])),
  );
});

test('a click on the badge opens the panel and not the CRM’s row', async ({ page }) => {
  await ready(page);
  const before = page.url();
  await page.locator('relevo-badge[data-state="overdue"] button').first().click();
  await expect(page.locator('relevo-panel')).toBeVisible();
  await expect.poll(() => page.frames().some((frame) => frame.url().includes('/panel.html'))).toBe(true);
  expect(page.url()).toBe(before);
});

test('board cards and the record page carry the same badge as the list', async ({ page, crm }) => {
  const lead = crm.leads.find(({ story }) => story === 'overdue');
  const id = lead?.record.id ?? '';
  await ready(page);
  const due = await badgeOf(page, id).getAttribute('data-due');
  expect(due).not.toBeNull();
  await page.goto(`${crm.origin}/leads?view=board`);
  await expect(badgeOf(page, id)).toHaveAttribute('data-due', due ?? '');
  await page.goto(`${crm.origin}/leads/${id}`);
  await expect(badgeOf(page, id)).toHaveAttribute('data-due', due ?? '');
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'overdue');
});

test('a page that is no CRM gets nothing at all', async ({ page }) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<main><table><tr data-record="1"><td data-field="name">Ana</td></tr></table></main>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  const before = await page.content();
  await page.waitForTimeout(1_500);
  expect(await page.content()).toBe(before);
  server.close();
});
