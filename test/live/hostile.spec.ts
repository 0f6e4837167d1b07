/**
 * What a real Tryton can hold that nobody wishes for: names made to break a page, records that cannot be told apart, a
 * session that ends, and leads that move between tabs as cards move between the columns of a board.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { openLeads, rowOf, rowsOf, tab, test, type Crm } from './support.ts';
import type { LoadedLead } from './tryton-leads.ts';

const run = promisify(execFile);

/** Text that a page, a selector or a message could choke on, and how a person reads it. */
const names: readonly (readonly [written: string, read: string])[] = [
  ['<img src=x onerror="window.broken=1"><b>Bold</b>', '<img src=x onerror="window.broken=1"><b>Bold</b>'],
  [`Quote " and ' and ] and \\ and |`, `Quote " and ' and ] and \\ and |`],
  ['Right \u202Eto left\u202C again', 'Right to left again'],
  ['Zero\u200Bwidth\uFEFF inside', 'Zerowidth inside'],
  [`Long ${'x'.repeat(3_000)}`, `Long ${'x'.repeat(195)}`],
];

/** Changes leads in the database file: the server would not let anybody write some of this. */
async function rewrite(crm: Crm, sql: string, rows: readonly unknown[]): Promise<void> {
  const script = [
    'import json, sqlite3, sys',
    'file = sqlite3.connect(sys.argv[1], timeout=30)',
    'with file:',
    '    file.executemany(sys.argv[2], json.loads(sys.argv[3]))',
    'file.close()',
  ].join('\n');
  await run('python3', ['-c', script, crm.tryton.databaseFile, sql, JSON.stringify(rows)]);
}

const describeLeads = (crm: Crm, leads: readonly (readonly [string | null, number])[]): Promise<void> =>
  rewrite(crm, 'UPDATE sale_opportunity SET description = ? WHERE id = ?', leads);

/** Leads at the top of the list, with an owner and a party. Each test leaves them as they were. */
const topLeads = (crm: Crm, count: number): readonly LoadedLead[] =>
  crm.leads.filter(({ state, employee }) => state === 'lead' && employee).slice(0, count);

const keyOf = (crm: Crm, { id }: LoadedLead): string => `tryton|${crm.tryton.origin}|sale.opportunity|${id}`;
const reload = `${tab} .btn-toolbar #reload`;

test('names made to break a page are read as text, and each row has the badge of its own lead', async ({
  crm,
  extension,
}) => {
  const leads = topLeads(crm, names.length);
  await describeLeads(
    crm,
    leads.map(({ id }, index) => [names[index]?.[0] ?? '', id]),
  );
  try {
    const page = await openLeads(crm, extension);
    for (const lead of leads)
      await expect(rowOf(page, lead).locator('relevo-badge')).toHaveAttribute('data-lead', keyOf(crm, lead));
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);

    const popup = await extension.openExtensionPage('popup.html');
    const known = await popup.evaluate(() =>
      chrome.runtime
        .sendMessage({ id: 1, type: 'summary', data: { mine: false }, timestamp: Date.now() })
        .then((answer) => (answer.res.rows as readonly { name: string }[]).map(({ name }) => name)),
    );
    for (const [, read] of names) expect(known).toContain(read);
    expect(await popup.evaluate(() => 'broken' in window)).toBe(false);
  } finally {
    await describeLeads(
      crm,
      leads.map(({ id, description }) => [description, id]),
    );
  }
});

test('rows that cannot be told apart get no badge, rather than one of them the badge of the other', async ({
  crm,
  extension,
}) => {
  const [first, second, third] = topLeads(crm, 3) as [LoadedLead, LoadedLead, LoadedLead];
  const number = (rows: readonly (readonly [string, number])[]): Promise<void> =>
    rewrite(crm, 'UPDATE sale_opportunity SET number = ? WHERE id = ?', rows);
  await number([
    ['TWIN', first.id],
    ['TWIN', second.id],
  ]);
  await describeLeads(crm, [
    ['The same', first.id],
    ['The same', second.id],
  ]);
  try {
    const page = await openLeads(crm, extension);
    await expect(rowOf(page, third).locator('relevo-badge')).toHaveAttribute('data-lead', keyOf(crm, third));
    const twins = rowsOf(page).filter({ has: page.locator('.column-char[title="TWIN"]') });
    await expect(twins).toHaveCount(2);
    await expect(twins.locator('relevo-badge')).toHaveCount(0);
  } finally {
    await number([
      [first.number, first.id],
      [second.number, second.id],
    ]);
    await describeLeads(crm, [
      [first.description, first.id],
      [second.description, second.id],
    ]);
  }
});

test('a lead that a colleague takes leaves its tab for the next one, and its promise is met there', async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  const [lead] = topLeads(crm, 1) as [LoadedLead];
  const badge = rowOf(page, lead).locator('relevo-badge');
  await expect(badge).toHaveAttribute('data-lead', keyOf(crm, lead));
  const before = await badge.getAttribute('data-state');
  await crm.tryton.rpc('model.sale.opportunity.opportunity', [[lead.id], {}]);
  try {
    await page.locator(reload).click();
    await expect(rowOf(page, lead)).toHaveCount(0);
    await page.locator(`${tab} .nav-tabs a`).nth(1).click();
    // It was seen untouched before its due instant, or after it; then nobody can say when in between it was taken.
    await expect(rowOf(page, lead).locator('relevo-badge')).toHaveAttribute(
      'data-state',
      before === 'overdue' ? /^(missed|unknown)$/u : 'met',
    );
  } finally {
    await crm.tryton.rpc('model.sale.opportunity.lead', [[lead.id], {}]);
  }
});

test('a session that ends stops the requests; who signs in again sees badges without a new page', async ({
  crm,
  extension,
}) => {
  const page = await openLeads(crm, extension);
  const [lead] = topLeads(crm, 1) as [LoadedLead];
  await expect(rowOf(page, lead).locator('relevo-badge')).toHaveCount(1);
  await rewrite(crm, 'DELETE FROM ir_session WHERE 1 = ?', [[1]]);
  // sao notices at its next request and asks for the password.
  await page.locator(reload).click();
  const password = page.locator('.modal input[type="password"]');
  await expect(password).toBeVisible();
  await password.fill(crm.tryton.password);
  await page.keyboard.press('Enter');
  await expect(password).toBeHidden();
  await page.locator(reload).click();
  await expect(rowOf(page, lead).locator('relevo-badge')).toHaveAttribute('data-lead', keyOf(crm, lead));
});
