import type { Page } from '@playwright/test';
import type { Launched } from '../../tools/launch.ts';
import { askSummary, badgeOf, expect, ready, test } from '../support/chromium.ts';
import { dueLeads, figuresOf, near } from '../support/due.ts';
import { openPopup, openToolbarPopup } from '../support/popup.ts';

type Crm = Parameters<typeof dueLeads>[0];

/** The board shows every lead at once. */
async function seeEverything(page: Page, crm: Crm): Promise<void> {
  const board = `${crm.origin}/leads?view=board`;
  if (page.url() !== board) await page.goto(board);
  const known = near(crm).filter(({ record }) => record.handedOverAt !== null).length;
  await expect(page.locator('relevo-badge[data-state]:not([data-state="unknown"])')).toHaveCount(known);
}

const figure = (popup: Page, group: string) => popup.locator(`button[data-group="${group}"]`);
const rows = (popup: Page) => popup.getByRole('list', { name: 'Leads, the most urgent first' }).getByRole('button');
const everyRow = (popup: Page) => popup.locator('button[data-lead]');
const search = (popup: Page) => popup.getByRole('searchbox', { name: 'Search leads' });

/** The figures and the leads of the rows, by their ids. */
async function shown(popup: Page): Promise<{ figures: Record<string, number>; leads: string[] }> {
  const figures: Record<string, number> = {};
  for (const group of ['overdue', 'at-risk', 'today'])
    figures[group] = Number(/\d+/.exec(await figure(popup, group).innerText())?.[0] ?? Number.NaN);
  const leads = await rows(popup).evaluateAll((buttons) =>
    buttons.map((button) => (button as HTMLElement).dataset['lead']?.split('|').at(-1) ?? ''),
  );
  return { figures, leads };
}

function expected(crm: Crm, owner?: string): Awaited<ReturnType<typeof shown>> {
  const due = dueLeads(crm, owner);
  return { figures: figuresOf(due), leads: due.map(({ lead }) => lead.record.id) };
}

const idOf = (crm: Crm, story: string): string => crm.leads.find((lead) => lead.story === story)?.record.id ?? '';
const nameOf = (crm: Crm, story: string): string => crm.leads.find((lead) => lead.story === story)?.record.name ?? '';

const activeTab = async (extension: Launched): Promise<string | undefined> =>
  (await extension.worker()).evaluate(
    async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0]?.url,
  );

test.describe('what the popup lists', () => {
  test.use({ group: 'the whole board' });

  test('the three figures and the order of the rows are those of a count of working minutes, for me and for all', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect.poll(() => shown(popup)).toEqual(expected(crm, 'lucia'));
    await popup.getByRole('radio', { name: 'All' }).click();
    // Leads that are due at the same minute have no order among themselves.
    const sorted = ({ figures, leads }: Awaited<ReturnType<typeof shown>>) => ({ figures, leads: leads.toSorted() });
    await expect.poll(async () => sorted(await shown(popup))).toEqual(sorted(expected(crm)));
    await popup.getByRole('radio', { name: 'Mine' }).click();
    await expect.poll(() => shown(popup)).toEqual(expected(crm, 'lucia'));
  });

  test('a row says state, lead, what is owed and when it is due, and its tooltip says it in full', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    const [first] = dueLeads(crm, 'lucia');
    const row = rows(popup).first();
    await expect(row).toHaveAttribute('data-state', 'overdue');
    await expect(row).toHaveAccessibleName(
      /^Overdue, .*Tomasz Zieliński ?, First touch · 3\.2 ?, Cobalt Foundry ?, Owner told ?, due /,
    );
    const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    await expect(row).toContainText(time.format(first?.dueAt));
    await expect(row).toHaveAttribute('title', /First touch · clause 3\.2 · owed by Sales/);
  });

  test('a figure filters the list, by pointer and by its key, and lets go of it again', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    const all = expected(crm, 'lucia');
    await expect.poll(() => shown(popup)).toEqual(all);
    for (const [index, group] of ['overdue', 'at-risk', 'today'].entries()) {
      const only = dueLeads(crm, 'lucia').flatMap(({ group: its, lead }) => (its === group ? [lead.record.id] : []));
      await figure(popup, group).click();
      await expect(figure(popup, group)).toHaveAttribute('aria-pressed', 'true');
      await expect.poll(() => shown(popup)).toEqual({ figures: all.figures, leads: only });
      await popup.keyboard.press(String(index + 1));
      await expect(figure(popup, group)).toHaveAttribute('aria-pressed', 'false');
      await expect.poll(() => shown(popup)).toEqual(all);
    }
  });

  test('search finds by name and company without accents; what is not found says so and can be cleared', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await search(popup).fill('zielinski cobalt');
    await expect.poll(async () => (await shown(popup)).leads).toEqual([idOf(crm, 'overdue')]);
    await search(popup).fill('nobody at all');
    await expect(popup.getByRole('heading', { name: 'No lead matches “nobody at all”' })).toBeVisible();
    await popup.getByRole('button', { name: 'Clear the search' }).last().click();
    await expect(search(popup)).toHaveValue('');
    await expect.poll(() => shown(popup)).toEqual(expected(crm, 'lucia'));
  });
});

test.describe('keys', () => {
  test.use({ group: 'the whole board' });

  test('j and k move through the rows and stop at the ends; / searches; Escape clears first and closes then; m is mine or all', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect(rows(popup).first()).toBeVisible();
    const count = await rows(popup).count();
    const { total, next = [] } = await askSummary(extension, { mine: true });
    // What comes after today stands below and is part of the same column.
    await expect(everyRow(popup)).toHaveCount(total + next.length);
    await popup.bringToFront();
    await popup.keyboard.press('j');
    await expect(rows(popup).nth(0)).toBeFocused();
    await popup.keyboard.press('j');
    await expect(rows(popup).nth(1)).toBeFocused();
    await popup.keyboard.press('k');
    await popup.keyboard.press('k');
    await expect(rows(popup).nth(0)).toBeFocused();
    for (let step = 0; step < total + next.length + 2; step += 1) await popup.keyboard.press('j');
    await expect(everyRow(popup).last()).toBeFocused();

    await popup.keyboard.press('m');
    await expect(popup.getByRole('radio', { name: 'All' })).toBeChecked();
    await expect.poll(() => rows(popup).count()).toBeGreaterThan(count);
    await popup.keyboard.press('m');
    await expect(popup.getByRole('radio', { name: 'Mine' })).toBeChecked();

    await popup.keyboard.press('/');
    await expect(search(popup)).toBeFocused();
    await popup.keyboard.type('jkm');
    await expect(search(popup)).toHaveValue('jkm');
    await popup.keyboard.press('Escape');
    await expect(search(popup)).toHaveValue('');
    // The page may be gone before the key is let go.
    await Promise.all([popup.waitForEvent('close'), popup.keyboard.press('Escape').catch(() => {})]);
  });

  test('Enter brings the lead’s open tab to the front; the popup leaves', async ({ page, crm, extension }) => {
    await seeEverything(page, crm);
    const lead = await extension.context.newPage();
    const url = `${crm.origin}/leads/${idOf(crm, 'overdue')}`;
    await lead.goto(url);
    await page.bringToFront();
    const popup = await openPopup(extension);
    await expect(rows(popup).first()).toBeVisible();
    const tabs = extension.context.pages().length;
    const closed = popup.waitForEvent('close');
    await popup.keyboard.press('j');
    // The page may be gone before the key is let go.
    await popup.keyboard.press('Enter').catch(() => {});
    await closed;
    await expect.poll(() => activeTab(extension)).toBe(url);
    expect(extension.context.pages()).toHaveLength(tabs - 1);
  });

  test('a lead without an open tab opens in a new one', async ({ page, crm, extension }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    const [opened] = await Promise.all([
      extension.context.waitForEvent('page'),
      rows(popup)
        .filter({ hasText: nameOf(crm, 'at-risk') })
        .click(),
    ]);
    await opened.waitForURL(`${crm.origin}/leads/${idOf(crm, 'at-risk')}`);
    await expect(badgeOf(opened, idOf(crm, 'at-risk'))).toHaveAttribute('data-state', 'at-risk');
    expect(page.url()).toContain('view=board');
  });
});

test.describe('what comes next', () => {
  test.use({ group: 'the whole board' });

  test('n goes to the lead where acting now is worth most', async ({ page, crm, extension }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect(rows(popup).first()).toBeVisible();
    const [opened] = await Promise.all([
      extension.context.waitForEvent('page'),
      // The page may be gone before the key is let go.
      popup.keyboard.press('n').catch(() => {}),
    ]);
    await opened.waitForURL(`${crm.origin}/leads/${dueLeads(crm, 'lucia')[0]?.lead.record.id}`);
  });

  test('what is due after today stands below what is due, and is in none of the figures', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await popup.getByRole('radio', { name: 'All' }).click();
    const { next = [] } = await askSummary(extension, { mine: false });
    const below = popup.getByRole('list', { name: 'Leads due after today, the soonest first' });
    await expect(below.getByRole('button')).toHaveCount(Math.min(next.length, 5));
    await expect.poll(async () => (await shown(popup)).figures).toEqual(expected(crm).figures);
  });
});

test.describe('what the popup lists when little is due', () => {
  test('a group with nothing in it says what comes next instead', async ({ page, crm, extension }) => {
    await page.goto(`${crm.origin}/leads/${idOf(crm, 'at-risk')}`);
    await page.locator('[data-action="call"]').click();
    await expect(badgeOf(page, idOf(crm, 'at-risk'))).toHaveAttribute('data-state', 'met');
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect.poll(async () => (await shown(popup)).figures['at-risk']).toBe(0);
    await figure(popup, 'at-risk').click();
    await expect(popup.getByRole('heading', { name: 'Nothing is at risk' })).toBeVisible();
    await expect(popup.getByText(`Next: ${nameOf(crm, 'overdue')} · First touch`)).toBeVisible();
    await popup.getByRole('button', { name: 'Show all that is due' }).click();
    await expect(rows(popup).first()).toHaveAttribute('data-state', 'overdue');
  });

  test('whoever has nothing due is told so, and can look at everyone’s leads', async ({ page, crm, extension }) => {
    for (const { record } of near(crm))
      if (record.owner?.id === 'lucia') record.owner = { id: 'marcus', name: 'Marcus Bell' };
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect(popup.getByRole('heading', { name: 'Nothing is due today' })).toBeVisible();
    await expect(popup.getByText('Relevo keeps an eye on 48 leads.')).toBeVisible();
    await popup.getByRole('button', { name: "Show everyone's leads" }).click();
    await expect(popup.getByRole('radio', { name: 'All' })).toBeChecked();
    await expect(rows(popup).first()).toBeVisible();
  });
});

test.describe('the queue', () => {
  test('s silences a lead’s reminders and moves no clock: it is listed as snoozed until it is woken, with the same due instant', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    const all = expected(crm, 'lucia');
    await expect.poll(() => shown(popup)).toEqual(all);
    const badge = badgeOf(page, idOf(crm, 'overdue'));
    const due = await badge.getAttribute('data-due');
    await popup.keyboard.press('j');
    await popup.keyboard.press('s');
    await expect(popup.getByRole('menu', { name: `Snooze my reminders of ${nameOf(crm, 'overdue')}` })).toBeVisible();
    await expect(popup.getByText('Only your reminders are silent. The clocks go on.')).toBeVisible();
    await popup.keyboard.press('s');
    await expect(popup.getByText('Reminders of 1 lead silent until')).toBeVisible();
    await expect.poll(async () => (await shown(popup)).leads).toEqual(all.leads.slice(1));
    await expect(rows(popup).first()).toBeFocused();

    await popup.reload();
    await popup.getByRole('button', { name: 'Snoozed (1)' }).click();
    const silent = popup.getByRole('list', { name: 'Snoozed leads' }).getByRole('button');
    await expect(silent).toContainText(nameOf(crm, 'overdue'));
    await expect(silent).toHaveAttribute('data-state', 'overdue');
    await expect(badge).toHaveAttribute('data-state', 'overdue');
    expect(await badge.getAttribute('data-due')).toBe(due);
    await silent.focus();
    await popup.keyboard.press('s');
    await expect.poll(() => shown(popup)).toEqual(all);
    await expect(popup.getByRole('button', { name: /^Snoozed/ })).toHaveCount(0);
  });

  test('x and Shift with arrows select several, which are snoozed at once and taken back at once', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    const all = expected(crm, 'lucia');
    await expect.poll(() => shown(popup)).toEqual(all);
    await expect(popup.getByRole('checkbox')).toHaveCount(0);
    await popup.keyboard.press('j');
    await popup.keyboard.press('x');
    await popup.keyboard.press('Shift+ArrowDown');
    await expect(popup.getByRole('checkbox', { checked: true })).toHaveCount(2);
    await popup.keyboard.press('s');
    await popup.getByRole('menuitem', { name: /in 1 hour/ }).click();
    await expect.poll(async () => (await shown(popup)).leads).toEqual(all.leads.slice(2));
    await expect(popup.getByRole('button', { name: 'Snoozed (2)' })).toBeVisible();
    await popup.keyboard.press('u');
    await expect.poll(() => shown(popup)).toEqual(all);
  });
});

test.describe('when something is missing or broken', () => {
  test('before any lead is known, the popup says how to begin', async ({ extension }) => {
    const popup = await openPopup(extension);
    await expect(popup.getByRole('heading', { name: 'No leads known yet' })).toBeVisible();
    await expect(popup.getByText('Open a list of leads in your CRM.')).toBeVisible();
    await expect(popup.getByText('No CRM on this page.')).toBeVisible();
    for (const group of ['overdue', 'at-risk', 'today']) await expect(figure(popup, group)).toContainText('0');
  });

  for (const [fault, how] of [
    ['refuses to answer', () => Promise.reject(new Error('Could not establish connection'))],
    ['never answers', () => new Promise(() => {})],
  ] as const)
    test(`a worker that ${fault}: the popup says so and what is safe, and asks again on request`, async ({
      page,
      crm,
      extension,
    }) => {
      await seeEverything(page, crm);
      const popup = await openPopup(extension);
      await popup.addInitScript(`{
        const { runtime } = chrome;
        const real = runtime.sendMessage;
        runtime.sendMessage = ${String(how)};
        globalThis.mend = () => { runtime.sendMessage = real; };
      }`);
      await popup.reload();
      const alert = popup.getByRole('alert');
      await expect(alert).toContainText('Relevo did not answer');
      await expect(alert).toContainText('Nothing is lost');
      await popup.evaluate(() => (globalThis as unknown as { mend: () => void }).mend());
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => shown(popup)).toEqual(expected(crm, 'lucia'));
      await expect(alert).toHaveCount(0);
    });

  test('what was shown stays, with its age, when the next answer does not come', async ({ page, crm, extension }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect(rows(popup).first()).toBeVisible();
    const before = await shown(popup);
    await popup.evaluate(() => {
      chrome.runtime.sendMessage = () => Promise.reject(new Error('gone'));
      window.dispatchEvent(new Event('focus'));
    });
    await expect(popup.getByRole('alert')).toContainText('No newer answer: this is as of');
    expect(await shown(popup)).toEqual(before);
  });

  test('what the CRM’s server does not answer stands in the bar of the popup, until it answers again', async ({
    page,
    crm,
    extension,
  }) => {
    crm.control.api = 'down';
    await page.goto(`${crm.origin}/leads`);
    await expect(page.locator('relevo-badge').first()).toHaveAttribute('data-state', 'unknown');
    const popup = await openPopup(extension);
    const bar = popup.getByRole('region', { name: 'What does not work right now' });
    await expect
      .poll(async () => {
        await popup.reload();
        return bar.allInnerTexts();
      })
      .toEqual([expect.stringContaining("The CRM's server is not answering.")]);
    await popup.close();
    crm.control.api = 'ok';
    await page.reload();
    await ready(page);
    const healthy = await openPopup(extension);
    await expect(healthy.getByText('25 of 25 leads read')).toBeVisible();
    const itsBar = healthy.getByRole('region', { name: 'What does not work right now' });
    // The popup asks about its tab when it opens; the page tells of its health a moment after it changed.
    await expect
      .poll(async () => {
        await healthy.reload();
        await expect(healthy.getByText('25 of 25 leads read')).toBeVisible();
        return itsBar.count();
      })
      .toBe(0);
  });
});

test.describe('the line for the tab in front', () => {
  const line = (popup: Page) => popup.getByRole('region', { name: 'This page' });

  test('names the CRM and how many rows are read; a site without a CRM; a page of the browser', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    let popup = await openPopup(extension);
    await expect(line(popup)).toContainText('Demo CRM · 48 of 48 leads read');
    await popup.close();

    await page.goto(`${crm.origin}/signin`);
    popup = await openPopup(extension);
    await expect(line(popup)).toContainText('On, but no known CRM was recognised here.');
    await popup.close();

    await page.goto('about:blank');
    popup = await openPopup(extension);
    await expect(line(popup)).toContainText('No CRM on this page.');
  });

  test('access that the extension itself requires can’t be given back, and the popup says so', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openPopup(extension);
    await expect(line(popup)).toContainText('48 of 48 leads read');
    await popup.getByRole('button', { name: 'Turn off here' }).click();
    await expect(line(popup).getByRole('alert')).toContainText('The browser keeps this access');
    await expect(line(popup)).toContainText('48 of 48 leads read');
    await expect(page.locator('relevo-badge').first()).toBeVisible();
  });

  test('the toolbar button’s own popup knows the tab that it was opened on and needs no scroll bar sideways', async ({
    page,
    crm,
    extension,
  }) => {
    await seeEverything(page, crm);
    const popup = await openToolbarPopup(extension);
    await expect.poll(() => popup.evaluate<string>('document.body.innerText')).toContain('48 of 48 leads read');
    const [width, scrolled] = await popup.evaluate<[number, number]>(
      '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
    );
    expect(width).toBeGreaterThanOrEqual(380);
    expect(scrolled).toBeLessThanOrEqual(width);
  });
});

test.describe('the count on the toolbar', () => {
  const toolbar = async (extension: Launched) =>
    (await extension.worker()).evaluate(async () => ({
      text: await chrome.action.getBadgeText({}),
      colour: [...(await chrome.action.getBadgeBackgroundColor({}))],
      title: await chrome.action.getTitle({}),
    }));
  const red = [0xb3, 0x26, 0x1e, 255];
  const grey = [0x4a, 0x55, 0x60, 255];

  test('counts my overdue leads in red, and goes when the last one is touched', async ({ page, crm, extension }) => {
    await seeEverything(page, crm);
    const { overdue } = figuresOf(dueLeads(crm, 'lucia'));
    expect(overdue).toBe(1);
    await expect.poll(() => toolbar(extension)).toEqual({ text: '1', colour: red, title: 'Relevo · 1 overdue lead' });
    await page.goto(`${crm.origin}/leads/${idOf(crm, 'overdue')}`);
    await expect(badgeOf(page, idOf(crm, 'overdue'))).toHaveAttribute('data-state', 'overdue');
    await page.locator('[data-action="call"]').click();
    await expect.poll(() => toolbar(extension)).toMatchObject({ text: '', title: 'Relevo' });
  });

  test('is grey while every overdue lead was last seen before its due instant: nobody knows whether it was missed', async ({
    page,
    crm,
    extension,
  }) => {
    await page.goto(`${crm.origin}/leads/${idOf(crm, 'overdue')}`);
    await expect(badgeOf(page, idOf(crm, 'overdue'))).toHaveAttribute('data-state', 'overdue');
    await page.locator('[data-action="call"]').click();
    await expect(badgeOf(page, idOf(crm, 'overdue'))).toHaveAttribute('data-state', 'missed');
    await seeEverything(page, crm);
    await expect.poll(() => toolbar(extension)).toMatchObject({ text: '' });
    const { total, next = [] } = await askSummary(extension, { mine: true });
    // In ten days what comes after today has passed its time, too.
    const open = total + next.length;
    await page.goto('about:blank');
    const worker = await extension.worker();
    await worker.evaluate(async () => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 10 * 24 * 3_600_000;
      await chrome.alarms.create('next-change', { when: now() });
    });
    await expect
      .poll(() => toolbar(extension), { timeout: 40_000 })
      .toEqual({
        text: String(open),
        colour: grey,
        title: `Relevo · ${open} leads past their time, not checked since`,
      });
  });
});
