import type { Page } from '@playwright/test';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';

/** Each row that has a badge has the badge of the lead that it shows. */
async function mismatches(page: Page): Promise<string[]> {
  return page.$$eval('[data-record]', (rows) =>
    rows.flatMap((row) => {
      const badges = [...row.querySelectorAll('relevo-badge')];
      const record = row.getAttribute('data-record') ?? '';
      if (badges.length > 1) return [`${record}: ${badges.length} badges`];
      const lead = badges[0]?.getAttribute('data-lead');
      return lead && !lead.endsWith(`|${record}`) ? [`${record} shows ${lead}`] : [];
    }),
  );
}

/** All rows in sight carry the right badge. */
async function right(page: Page): Promise<void> {
  await expect
    .poll(async () => ({
      wrong: await mismatches(page),
      bare: await page.$$eval('[data-record]', (rows) =>
        rows.flatMap((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          const inSight = top >= 0 && bottom <= innerHeight && bottom > top;
          return inSight && !row.querySelector('relevo-badge[data-state]') ? [row.getAttribute('data-record')] : [];
        }),
      ),
    }))
    .toEqual({ wrong: [], bare: [] });
}

test('sorting and paging: each row shows the badge of its own lead', async ({ page }) => {
  await ready(page);
  for (const header of await page.locator('th button[data-sort]').all()) {
    await header.click();
    await right(page);
  }
  const next = page.locator('[data-page="next"]');
  if (await next.isEnabled()) {
    await next.click();
    await right(page);
  }
});

test('the virtualised list of 10,000: recycled rows never show another lead’s badge', async ({ page, crm }) => {
  await page.goto(`${crm.origin}/leads/all`);
  await ready(page);
  const scroller = page.locator('.grid-scroll');
  for (const top of [400, 4_000, 40_000, 200_000, 0]) {
    await scroller.evaluate((element, y) => element.scrollTo(0, y), top);
    await right(page);
  }
});

test('the record’s pager reuses its nodes; the badge follows the record', async ({ page, crm }) => {
  await page.goto(`${crm.origin}/leads/${crm.leads[1]?.record.id}`);
  await ready(page);
  for (let step = 0; step < 3; step += 1) {
    const before = page.url();
    await page.locator('[data-page="next"]').click();
    await expect.poll(() => page.url()).not.toBe(before);
    const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    await expect(badgeOf(page, id)).toHaveAttribute('data-state', /./);
    await expect(page.locator('relevo-badge')).toHaveCount(1);
  }
});

test('a dragged card keeps its badge, and the badge follows the new status', async ({ page, crm }) => {
  await page.goto(`${crm.origin}/leads?view=board`);
  await ready(page);
  const lead = crm.leads.find(({ story }) => story === 'overdue');
  const id = lead?.record.id ?? '';
  await page.locator(`[data-record="${id}"]`).dragTo(page.locator('section.column[data-status="lost"]'));
  await expect(page.locator(`section.column[data-status="lost"] [data-record="${id}"]`)).toBeVisible();
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'missed');
  await right(page);
});

test('what the page wipes is put back, and a touch that is logged stops the clock', async ({ page, crm }) => {
  const id = crm.leads.find(({ story }) => story === 'at-risk')?.record.id ?? '';
  await page.goto(`${crm.origin}/leads/${id}`);
  await ready(page);
  await page.locator('[data-action="refresh"]').click();
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'at-risk');
  await page.locator('[data-action="call"]').click();
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'met');
});

test('a page that wipes without end is let go after ten times in ten seconds, and page health counts it', async ({
  page,
  crm,
}) => {
  const id = crm.leads[0]?.record.id ?? '';
  await page.goto(`${crm.origin}/leads/${id}?wipe=1`);
  await page.evaluate(() => {
    const seen = { added: 0 };
    (globalThis as { seen?: typeof seen }).seen = seen;
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.nodeName === 'RELEVO-BADGE') seen.added += 1;
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.waitForTimeout(6_000);
  const added = await page.evaluate(() => (globalThis as { seen?: { added: number } }).seen?.added ?? -1);
  expect(added).toBeGreaterThan(0);
  expect(added).toBeLessThanOrEqual(12);
});

test('Back and Forward leave each page with its own badges', async ({ page, crm }) => {
  await ready(page);
  const id = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
  await page.locator(`[data-record="${id}"] a`).first().click();
  await expect(badgeOf(page, id)).toBeVisible();
  await expect(page.locator('relevo-badge')).toHaveCount(1);
  await page.goBack();
  await right(page);
  await page.goForward();
  await expect(page.locator('relevo-badge')).toHaveCount(1);
});
