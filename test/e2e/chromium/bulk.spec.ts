/** Several leads in one act, and a touch that is offered: at the badges, by keyboard, with the CRM's own page untouched. */
import type { Frame, Locator, Page } from '@playwright/test';
import { expect, ready, test } from '../support/chromium.ts';
import { faults, picture } from '../support/eyes.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { looks } from '../support/looks.ts';
import { faultsIn } from '../support/work.ts';

async function become(extension: Launched, side: 'sales' | 'marketing' | null): Promise<void> {
  const worker = await extension.worker();
  const person = {
    schema: 1,
    side,
    name: 'Lucía',
    follows: [],
    badge: 'full',
    reminders: { on: false },
    names: 'hidden',
  };
  await worker.evaluate((item) => chrome.storage.sync.set({ person: item }), person);
}

/** Keys of the first leads that can be accepted or rejected. */
async function openLeads(page: Page, count: number): Promise<string[]> {
  const leads = await page
    .locator(
      'relevo-badge:is([data-state="running"], [data-state="at-risk"], [data-state="overdue"]):not([data-verdict])',
    )
    .evaluateAll((badges) => badges.map((badge) => badge.getAttribute('data-lead') ?? ''));
  expect(leads.length).toBeGreaterThanOrEqual(count);
  return leads.slice(0, count);
}

const badgeFor = (page: Page, lead: string) => page.locator(`relevo-badge[data-lead="${lead}"]`);

async function frameOn(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes('/bulk.html'));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() as Frame;
}

test('three leads are selected by keyboard, accepted at once, and taken back', async ({ page, extension }) => {
  await become(extension, 'sales');
  await ready(page);
  const leads = await openLeads(page, 3);
  const boxes = await page.locator('table').first().boundingBox();
  for (const lead of leads) {
    await badgeFor(page, lead).locator('button').focus();
    await page.keyboard.press('x');
    await expect(badgeFor(page, lead)).toHaveAttribute('data-selected', '');
  }
  const bar = await frameOn(page);
  await expect(bar.getByText('3 leads selected')).toBeVisible();
  expect(await page.locator('table').first().boundingBox()).toEqual(boxes);

  await page.keyboard.press('b');
  await expect(bar.getByRole('button', { name: 'Accept' })).toBeFocused();
  await page.keyboard.press('a');
  await expect(bar.getByText('3 leads accepted')).toBeVisible();
  for (const lead of leads) {
    await expect(badgeFor(page, lead)).toHaveAttribute('data-verdict', 'accepted');
    await expect(badgeFor(page, lead)).not.toHaveAttribute('data-selected');
    await expect(badgeFor(page, lead).locator('button')).toHaveAccessibleName(/Verdict: Accepted/);
  }
  await expect(bar.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('u');
  await expect(bar.getByText('Taken back for 3 leads')).toBeVisible();
  for (const lead of leads) await expect(badgeFor(page, lead)).not.toHaveAttribute('data-verdict');
  await expect(page.locator('relevo-bar')).toHaveCount(0);
  await expect(badgeFor(page, leads[2] ?? '').locator('button')).toBeFocused();
});

test('a rejection asks for its reason and what that asks for; leads that do not take it are counted', async ({
  page,
  extension,
}) => {
  await become(extension, 'sales');
  await ready(page);
  const [one = '', other = ''] = await openLeads(page, 2);
  await badgeFor(page, one)
    .locator('button')
    .click({ modifiers: ['Shift'] });
  const bar = await frameOn(page);
  await bar.getByRole('button', { name: 'Accept' }).click();
  await expect(badgeFor(page, one)).toHaveAttribute('data-verdict', 'accepted');
  await bar.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('relevo-bar')).toHaveCount(0);

  for (const lead of [one, other])
    await badgeFor(page, lead)
      .locator('button')
      .click({ modifiers: ['Shift'] });
  const again = await frameOn(page);
  await expect(again.getByText('2 leads selected')).toBeVisible();
  await again.getByRole('button', { name: 'Accept' }).click();
  await expect(again.getByText('1 lead accepted')).toBeVisible();
  await expect(again.getByText(/^Not 1 lead: /)).toBeVisible();
  await again.getByRole('button', { name: 'Close' }).click();

  await badgeFor(page, other)
    .locator('button')
    .click({ modifiers: ['ControlOrMeta'] });
  const last = await frameOn(page);
  await last.getByRole('button', { name: /Reject/ }).click();
  await last.getByRole('button', { name: 'Reject', exact: true }).click();
  await expect(last.getByRole('alert')).toBeVisible();
  await last.getByText('Not our kind of customer').click();
  await last.getByText('industry', { exact: false }).first().click();
  await last.getByRole('button', { name: 'Reject', exact: true }).click();
  await expect(last.getByText('1 lead rejected')).toBeVisible();
  await expect(badgeFor(page, other)).toHaveAttribute('data-verdict', 'rejected');
});

test('leads are recycled with a date, and taken back', async ({ page, extension }) => {
  await become(extension, 'sales');
  await ready(page);
  const leads = await openLeads(page, 2);
  for (const lead of leads)
    await badgeFor(page, lead)
      .locator('button')
      .click({ modifiers: ['Shift'] });
  const bar = await frameOn(page);
  await page.keyboard.press('b');
  await expect(bar.getByRole('button', { name: 'Accept' })).toBeFocused();
  await page.keyboard.press('c');
  await expect(bar.getByRole('radio').first()).toBeFocused();
  await bar.getByRole('button', { name: 'Recycle', exact: true }).press('Enter');
  await expect(bar.getByRole('alert')).toHaveText('Choose a time that lies ahead.');
  await bar.getByRole('radio').first().press('Space');
  await bar.getByRole('button', { name: 'Recycle', exact: true }).press('Enter');
  await expect(bar.getByText('2 leads recycled')).toBeVisible();
  for (const lead of leads) await expect(badgeFor(page, lead)).toHaveAttribute('data-verdict', 'recycled');
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar.getByText('Taken back for 2 leads')).toBeVisible();
  for (const lead of leads) await expect(badgeFor(page, lead)).not.toHaveAttribute('data-verdict');
});

test('marketing flags, and only flags; Escape leaves the reasons first and the bar then', async ({
  page,
  extension,
}) => {
  await become(extension, 'marketing');
  await ready(page);
  const [lead = ''] = await openLeads(page, 1);
  await badgeFor(page, lead).locator('button').focus();
  await page.keyboard.press('x');
  const bar = await frameOn(page);
  await expect(bar.getByText('1 lead selected')).toBeVisible();
  await expect(bar.getByRole('button', { name: 'Accept' })).toHaveCount(0);
  await page.keyboard.press('b');
  // The frame is another process; a key that comes before the focus does is the page's.
  await expect(bar.getByRole('button', { name: 'Flag…' })).toBeFocused();
  await page.keyboard.press('f');
  await expect(bar.getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(bar.getByRole('radio')).toHaveCount(0);
  await expect(page.locator('relevo-bar')).toHaveCount(1);
  await page.keyboard.press('f');
  await bar.getByText('Duplicate').click();
  await bar.getByRole('button', { name: 'Flag', exact: true }).click();
  await expect(badgeFor(page, lead)).toHaveAttribute('data-flag', /Duplicate/);
  // The frame may be gone before it has answered the key; then nothing answers.
  void page.keyboard.press('Escape').catch(() => {});
  await expect(page.locator('relevo-bar')).toHaveCount(0);
});

const sizeOf = (badge: Locator): Promise<number[]> =>
  badge.evaluate(({ offsetWidth, offsetHeight }: HTMLElement) => [offsetWidth, offsetHeight]);

/** The demo CRM shows no numbers: this one is put into a lead's row. */
async function numberIn(page: Page, lead: string): Promise<void> {
  await badgeFor(page, lead).evaluate((badge) => {
    const link = document.createElement('a');
    link.href = 'tel:+34600000001';
    link.textContent = '+34 600 000 001';
    link.id = 'number';
    // No program of this machine must open.
    link.addEventListener('click', (event) => event.preventDefault());
    badge.closest('tr')?.lastElementChild?.append(link);
  });
}

test('a click on a number offers to log a call; y in the offer logs it and u takes it back', async ({
  page,
  extension,
}) => {
  await become(extension, 'sales');
  await ready(page);
  const [lead = ''] = await openLeads(page, 1);
  await numberIn(page, lead);
  await page.locator('#number').click();
  const offer = await frameOn(page);
  await expect(offer.getByText('Log this call as a touch?')).toBeVisible();
  await expect(page.locator('relevo-offer')).toHaveCount(1);
  expect(await page.evaluate(() => document.activeElement?.localName)).not.toBe('relevo-offer');
  // The next stop of the Tab key.
  await page.locator('#number').focus();
  await page.keyboard.press('Tab');
  await expect(offer.getByRole('button', { name: 'Log it' })).toBeFocused();
  await page.keyboard.press('y');
  await expect(offer.getByText('Logged as a touch')).toBeVisible();
  await expect(badgeFor(page, lead)).toHaveAttribute('data-state', /met|missed/);
  await page.keyboard.press('u');
  await expect(offer.getByText('Taken back')).toBeVisible();
  await expect(badgeFor(page, lead)).not.toHaveAttribute('data-state', /met|missed/);
  await page.locator('body').click({ position: { x: 2, y: 2 } });
  await expect(page.locator('relevo-offer')).toHaveCount(0);
  await page.locator('#number').click();
  await expect(page.locator('relevo-offer')).toHaveCount(0);
});

test('nobody is asked who owes no touches', async ({ page, extension }) => {
  await become(extension, 'marketing');
  await ready(page);
  const [lead = ''] = await openLeads(page, 1);
  await numberIn(page, lead);
  const gone = page.waitForEvent('framedetached');
  await page.locator('#number').click();
  await gone;
  await expect(page.locator('relevo-offer')).toHaveCount(0);
});

test('opened by anybody else, with or without a guessed token, the page offers nothing', async ({
  page,
  extension,
}) => {
  await ready(page);
  for (const hash of ['', `#${crypto.randomUUID()}`, `#${crypto.randomUUID()}:call`]) {
    const opened = await extension.openExtensionPage(`bulk.html${hash}`);
    await expect(opened.getByRole('button', { name: /Accept|Log it/ })).toHaveCount(0);
    await opened.close();
  }
});

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('bar, reasons, marks and offer: no fault that axe finds on the badges', async ({ page, extension }, info) => {
      await become(extension, 'sales');
      await ready(page);
      const [one = '', other = '', third = ''] = await openLeads(page, 3);
      for (const lead of [one, other])
        await badgeFor(page, lead)
          .locator('button')
          .click({ modifiers: ['Shift'] });
      const bar = await frameOn(page);
      await expect(bar.getByRole('button').first()).toBeVisible();
      expect(await faults(page, { within: 'relevo-badge' })).toEqual([]);
      await picture(page, info.outputPath('selected.png'), false);
      await page.keyboard.press('b');
      // The frame is another process; a key that comes before the focus does is the page's.
      await expect(bar.getByRole('button').first()).toBeFocused();
      await page.keyboard.press('r');
      await expect(bar.getByRole('radio').first()).toBeFocused();
      await page.keyboard.press('Space');
      await expect(bar.getByRole('radiogroup')).toHaveCount(2);
      await picture(page, info.outputPath('reasons.png'), false);
      await page.keyboard.press('Escape');
      await page.keyboard.press('c');
      await expect(bar.getByRole('radio').first()).toBeFocused();
      expect(await faultsIn(bar, 'strip')).toEqual([]);
      await picture(page, info.outputPath('recycle.png'), false);
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await expect(badgeFor(page, one)).toHaveAttribute('data-verdict', 'accepted');
      await numberIn(page, third);
      await page.locator('#number').click();
      await expect(page.locator('relevo-offer')).toHaveCount(1);
      await expect
        .poll(async () => (await page.locator('relevo-offer').boundingBox())?.height ?? 0)
        .toBeGreaterThan(20);
      await picture(page, info.outputPath('offer.png'), false);

      // Flag and verdict stand beside each other, selected or not, and the box stays what it was.
      await become(extension, 'marketing');
      await page.locator('body').click({ position: { x: 2, y: 2 } });
      await bar.locator('button').last().click();
      await expect(page.locator('relevo-bar, relevo-offer')).toHaveCount(0);
      await expect.poll(() => page.frames().filter((frame) => frame.url().includes('/bulk.html'))).toEqual([]);
      const button = badgeFor(page, one).locator('button');
      const box = await sizeOf(badgeFor(page, one));
      await button.click({ modifiers: ['Shift'] });
      const marketing = await frameOn(page);
      await marketing.getByRole('button', { name: language === 'es' ? 'Señalar…' : 'Flag…' }).click();
      await marketing.getByText(language === 'es' ? 'Duplicado' : 'Duplicate', { exact: true }).click();
      await marketing.locator('button[type="submit"]').click();
      await expect(badgeFor(page, one)).toHaveAttribute('data-flag', /Duplica/);
      await badgeFor(page, other)
        .locator('button')
        .click({ modifiers: ['Shift'] });
      await button.click({ modifiers: ['Shift'] });
      await expect(button.locator('.signs svg')).toHaveCount(2);
      await expect(button).toHaveClass(/selected/);
      expect(await sizeOf(badgeFor(page, one))).toEqual(box);
      await page.mouse.move(2, 2);
      const inside = await button.evaluate((el) => [
        el.scrollWidth - el.clientWidth,
        el.scrollHeight - el.clientHeight,
      ]);
      expect(inside).toEqual([0, 0]);
      expect(await faults(page, { within: 'relevo-badge' })).toEqual([]);
      await picture(page, info.outputPath('both.png'), false);
    });
  });
