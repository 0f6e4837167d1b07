import { badgesOn, expect, expectState, openExtensionPage, test } from '../support/firefox.ts';

const told = new Set(['running', 'at-risk', 'overdue', 'paused', 'met', 'missed', 'ended', 'unknown']);

test('the list, the record and its pager carry the state and due instant that a count of working minutes gives', async ({
  tab,
  crm,
}) => {
  for (const { record, story, state, expected } of crm.leads.filter((lead) => told.has(lead.story ?? ''))) {
    await expectState(tab, record.id, state ?? '');
    const dues = [expected.accept.dueAt, expected['first-touch'].dueAt].flatMap((due) =>
      due ? [Date.parse(due)] : [],
    );
    const shown = (await badgesOn(tab)).find(({ lead }) => lead.endsWith(`|${record.id}`))?.due;
    if (dues.length > 0 && state !== 'paused') expect(dues, story ?? '').toContain(Date.parse(shown ?? ''));
  }
  const overdue = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
  await tab.goto(`${crm.origin}/leads/${overdue}`);
  await expectState(tab, overdue, 'overdue');
  await tab.click('[data-page="next"]');
  await expect.poll(async () => (await badgesOn(tab)).map(({ lead }) => lead.split('|').at(-1))).not.toContain(overdue);
});

test('a click on the badge opens the panel inside the page, under the CRM’s strict policy, and Escape closes it', async ({
  tab,
  crm,
}) => {
  const overdue = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
  await expectState(tab, overdue, 'overdue');
  const button = await tab.waitForSelector(`relevo-badge[data-lead$="|${overdue}"] >>> button`);
  await button?.click();
  await expect.poll(() => tab.frames().length, { timeout: 15_000 }).toBeGreaterThan(1);
  const panel = tab.frames().at(-1);
  await expect
    .poll(() => panel?.evaluate(() => document.body.innerText).catch(() => ''), { timeout: 15_000 })
    .toContain('First touch');
  await tab.keyboard.press('Escape');
  await expect.poll(() => tab.evaluate(() => document.querySelectorAll('relevo-panel').length)).toBe(0);
});

test('the popup lists the overdue leads', async ({ tab, crm, firefox }) => {
  const overdue = crm.leads.find(({ story }) => story === 'overdue');
  await expectState(tab, overdue?.record.id ?? '', 'overdue');
  const popup = await openExtensionPage(firefox, 'popup.html');
  await expect
    .poll(() => popup.evaluate(() => document.body.innerText), { timeout: 15_000 })
    .toContain(overdue?.record.name ?? '?');
});
