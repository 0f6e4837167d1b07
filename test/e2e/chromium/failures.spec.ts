import type { ApiMode } from '../../demo-crm/server.ts';
import { askSummary, badgeOf, expect, ready, test } from '../support/chromium.ts';

const failing: [ApiMode, string][] = [
  ['down', 'api-failing'],
  ['refused', 'api-failing'],
  ['unauthorised', 'api-unauthorised'],
  ['limited', 'api-limited'],
  ['garbage', 'api-unreadable'],
  ['wrong-shape', 'api-unreadable'],
  ['html', 'api-unreadable'],
  ['huge', 'api-unreadable'],
];

for (const [mode, code] of failing)
  test(`the CRM’s API ${mode}: badges say unknown, page health says ${code}, the API is left in peace`, async ({
    page,
    crm,
    extension,
  }) => {
    crm.control.api = mode;
    crm.control.scope = 'batch';
    await page.goto(`${crm.origin}/leads`);
    await expect(page.locator('relevo-badge').first()).toHaveAttribute('data-state', 'unknown');
    const states = await page.$$eval('relevo-badge', (badges) => [
      ...new Set(badges.map((badge) => badge.getAttribute('data-state'))),
    ]);
    expect(states).toEqual(['unknown']);

    const worker = await extension.worker();
    await expect
      .poll(() =>
        worker.evaluate(async () => {
          const all = await chrome.storage.session.get(null);
          return Object.entries(all).flatMap(([key, health]) =>
            key.startsWith('health:')
              ? (health as { problems: { code: string }[] }).problems.map((problem) => problem.code)
              : [],
          );
        }),
      )
      .toContain(code);
    const asked = () => crm.control.requests.filter(({ url }) => url.includes('ids=')).length;
    const before = asked();
    await page.waitForTimeout(3_000);
    expect(asked() - before).toBeLessThanOrEqual(2);
  });

test('when the API comes back, so do the numbers, without a reload', async ({ page, crm }) => {
  crm.control.api = 'limited';
  crm.control.retryAfterSeconds = 2;
  await page.goto(`${crm.origin}/leads`);
  await expect(page.locator('relevo-badge').first()).toHaveAttribute('data-state', 'unknown');
  crm.control.api = 'ok';
  const id = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
  await expect(badgeOf(page, id)).toHaveAttribute('data-state', 'overdue', { timeout: 20_000 });
});

test('a screen of leads is one request to the CRM', async ({ page, crm }) => {
  await ready(page);
  const asked = crm.control.requests.flatMap(({ url }) => {
    const ids = new URL(url, crm.origin).searchParams.get('ids');
    return ids === null ? [] : [ids.split(',')];
  });
  const shown = await page.$$eval('.lead-row[data-record]', (rows) =>
    rows.map((row) => row.getAttribute('data-record')),
  );
  expect(shown.length).toBeGreaterThan(20);
  expect(new Set(asked[0])).toEqual(new Set(shown));
  // On a slow machine a first sweep may have ended meanwhile: it asks once more for leads that it did not meet.
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('a worker that is stopped in the middle loses nothing, and the next message wakes it', async ({
  page,
  crm,
  extension,
}) => {
  await ready(page);
  // The sweep brings open leads beyond the 25 of the page; what is compared must not change meanwhile.
  const known = async (): Promise<number> => (await askSummary(extension, { mine: false, search: 'nobody' })).leads;
  await expect.poll(known).toBeGreaterThan(25);
  const before = await askSummary(extension, { mine: false });
  const session = await extension.context.newCDPSession(page);
  const stop = async (): Promise<void> => {
    const browserSession = await extension.context.browser()?.newBrowserCDPSession();
    await (browserSession ?? session).send('ServiceWorker.enable' as never).catch(() => {});
    const internals = await extension.openExtensionPage('popup.html');
    const own = await extension.context.newCDPSession(internals);
    await own.send('ServiceWorker.enable');
    await own.send('ServiceWorker.stopAllWorkers');
    await internals.close();
  };
  await stop();
  const after = await askSummary(extension, { mine: false });
  expect(after.counts).toEqual(before.counts);
  expect(after.leads).toBe(before.leads);
  await stop();
  await page.goto(`${crm.origin}/leads?view=board`);
  await ready(page);
});

test('a stored agreement that can’t be read is kept, the built-in one holds, and the popup says so', async ({
  page,
  extension,
  crm,
}) => {
  const worker = await extension.worker();
  await worker.evaluate(() => chrome.storage.sync.set({ agreement: { schema: 1, id: 'broken', commitments: 'many' } }));
  await page.goto(`${crm.origin}/leads`);
  await ready(page);
  const popup = await extension.openExtensionPage('popup.html');
  await expect(
    popup.getByText('The stored agreement can’t be read').or(popup.getByText("The stored agreement can't be read")),
  ).toBeVisible();
  const aside = await worker.evaluate(() => chrome.storage.local.get('aside:sync:agreement'));
  expect(aside['aside:sync:agreement']).toMatchObject({ id: 'broken' });
});

test('a forged message is refused and counted', async ({ page, extension }) => {
  await ready(page);
  const popup = await extension.openExtensionPage('popup.html');
  const answers = await popup.evaluate(async () => {
    const send = (type: string, data: unknown) => chrome.runtime.sendMessage({ id: 1, type, data, timestamp: 1 });
    return [await send('observe', { observations: [] }), await send('summary', { mine: 'all' })];
  });
  for (const answer of answers) expect(JSON.stringify(answer)).toContain('refused');
  const worker = await extension.worker();
  // They are counted after they are answered.
  await expect
    .poll(() => worker.evaluate(() => chrome.storage.session.get('refusals')))
    .toEqual({ refusals: { 'observe:sender': 1, 'summary:shape': 1 } });
});
