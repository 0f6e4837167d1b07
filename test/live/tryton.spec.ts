/**
 * The whole product on a real Tryton: leads loaded through its RPC, its own web client in Chromium, the built extension
 * beside it. What the badges say is compared with a naive count of working minutes from the instants that the server
 * itself reports.
 */
import { expect } from '@playwright/test';
import {
  expectBadges,
  expectRecord,
  loadAll,
  openLeads,
  promised,
  recordBadge,
  rowOf,
  rowsOf,
  shownLeads,
  tab,
  test,
} from './support.ts';
import type { LoadedLead } from './tryton-leads.ts';

test('each row of the list carries the state and the due instant of its lead, also after sorting and loading more', async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  await expectBadges(page, crm);

  // Sorting replaces every row. Numbers sort as text, so the order is another one.
  const before = await rowsOf(page).locator('td:nth-child(2)').allTextContents();
  await page.locator(`${tab} th`).nth(1).click();
  await page.locator(`${tab} th`).nth(1).click();
  await expect.poll(() => rowsOf(page).locator('td:nth-child(2)').allTextContents()).not.toEqual(before);
  await expectBadges(page, crm);

  const first = await rowsOf(page).count();
  await loadAll(page, crm.leads.filter(({ state }) => state === 'lead').length);
  expect(await rowsOf(page).count()).toBeGreaterThan(first);
  await expectBadges(page, crm);
});

test('the list in Spanish is read as the one in English', async ({ crm, extension }) => {
  const page = await openLeads(crm, extension, 'chloe');
  await expect(page.locator(`${tab} th`).nth(1)).toHaveText('Número');
  await expectBadges(page, crm);
});

test('badges move no column and no row', async ({ crm, extension }) => {
  const page = await openLeads(crm, extension);
  await expectBadges(page, crm);
  const boxes = () =>
    rowsOf(page)
      .locator('td')
      .evaluateAll((cells) => cells.map((cell) => JSON.stringify(cell.getBoundingClientRect())));
  const shown = await boxes();
  await page.evaluate(() => {
    for (const badge of document.querySelectorAll<HTMLElement>('relevo-badge'))
      badge.style.setProperty('display', 'none', 'important');
  });
  expect(await boxes()).toEqual(shown);
});

test('leads that somebody took carry no promise that runs', async ({ crm, extension }) => {
  const page = await openLeads(crm, extension);
  for (const [place, state] of [
    [1, 'opportunity'],
    [2, 'converted'],
    [5, 'lost'],
  ] as const) {
    await page.locator(`${tab} .nav-tabs a`).nth(place).click();
    const leads = crm.leads.filter((lead) => lead.state === state);
    await expect(rowsOf(page)).toHaveCount(leads.length);
    if (state === 'opportunity')
      for (const lead of leads) {
        // All that is known of the touch is that it was before the leads were loaded, so only young leads met their promise.
        const met = Date.now() < promised(lead.createdAt, Date.now()).dueAt;
        await expect(rowOf(page, lead).locator('relevo-badge')).toHaveAttribute('data-state', met ? 'met' : 'unknown');
      }
    else
      for (const lead of leads)
        await expect(rowOf(page, lead).locator('relevo-badge')).toHaveAttribute(
          'data-state',
          /^(met|missed|ended|unknown)$/,
        );
  }
});

test("the record's own page has its badge, and the next record in the same form has its own", async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  const [first, second] = (await shownLeads(page, crm)) as [LoadedLead, LoadedLead];
  await rowOf(page, first).locator('td').nth(6).dblclick();
  await expectRecord(page, crm, first);

  const form = await page.locator(`${tab} .form-container`).first().elementHandle();
  await page.locator(`${tab} .btn-toolbar #next`).click();
  await expectRecord(page, crm, second);
  expect(await form?.evaluate((el) => el.isConnected)).toBe(true);

  await page.locator(`${tab} .btn-toolbar #new_`).click();
  await expect(page.locator(`${tab} input[name="number"]`)).toHaveValue('');
  await expect(page.locator('relevo-badge')).toHaveCount(0);
});

test('turning a lead into an opportunity meets its promise on the page, at once', async ({ crm, extension }) => {
  const page = await openLeads(crm, extension);
  // Tryton wants an owner and a party for it.
  const lead = crm.leads.find(({ state, employee, createdAt }) => {
    return state === 'lead' && employee && promised(createdAt, Date.now()).state !== 'overdue';
  });
  if (!lead) throw new Error('No lead in time');
  await rowOf(page, lead).locator('td').nth(6).dblclick();
  await expectRecord(page, crm, lead);
  await page.locator(`${tab} button[name="opportunity"]`).click();
  await expect(recordBadge(page)).toHaveAttribute('data-state', 'met');
});

test('the popup lists what is overdue, of the person who is signed in first', async ({ crm, extension }) => {
  const page = await openLeads(crm, extension);
  await loadAll(page, crm.leads.filter(({ state }) => state === 'lead').length - 1);
  const overdue = crm.leads.filter(
    ({ state, createdAt }) => state === 'lead' && promised(createdAt, Date.now()).state === 'overdue',
  );
  const mine = overdue.filter(({ employee }) => employee?.name === crm.people[0]?.name);
  expect(mine.length).toBeGreaterThan(1);
  expect(overdue.length).toBeGreaterThan(mine.length);
  const summary = (data: { mine: boolean }) =>
    popup.evaluate(
      (request) =>
        chrome.runtime
          .sendMessage({ id: 1, type: 'summary', data: request, timestamp: Date.now() })
          .then((answer) => answer.res.rows as readonly { lead: string; group: string }[]),
      data,
    );
  const idsIn = (rows: readonly { lead: string; group: string }[]): string[] =>
    rows.flatMap(({ lead, group }) => (group === 'overdue' ? (lead.split('|').at(-1) ?? []) : [])).sort();
  const ids = (leads: readonly LoadedLead[]): string[] => leads.map(({ id }) => String(id)).sort();

  const popup = await extension.openExtensionPage('popup.html');
  await expect.poll(async () => idsIn(await summary({ mine: false }))).toEqual(ids(overdue));
  expect(idsIn(await summary({ mine: true }))).toEqual(ids(mine));
  await popup.reload();
  for (const { description } of mine)
    await expect(popup.getByText(description ?? '', { exact: true }).first()).toBeAttached();
});
