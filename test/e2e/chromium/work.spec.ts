/** Working a lead from its badge: each side's acts in the panel, by keyboard, and what the badge and the clocks say of it. */
import type { Frame, Page } from '@playwright/test';
import { badgeOf, expect, ready, test as base } from '../support/chromium.ts';
import { picture } from '../support/eyes.ts';
import { looks } from '../support/looks.ts';
import { become, bulkOn, faultsIn, idOf, leavePanel, openPanel, startWorkCrm, workAgreement } from '../support/work.ts';

const test = base.extend({
  crm: async ({}, use) => {
    const crm = await startWorkCrm();
    await use(crm);
    await crm.close();
  },
  relevo: { launchOptions: {}, agreement: workAgreement(Date.now()) },
});

const action = (panel: Frame, name: string) =>
  panel.getByRole('list', { name: 'What you can do' }).getByRole('button', { name });
const stated = (panel: Frame, words: string | RegExp) =>
  panel.getByRole('region', { name: 'What happened' }).getByText(words);
const clock = (panel: Frame, name: string) =>
  panel
    .getByRole('region', { name: 'What is promised for this lead' })
    .locator('section, article, div')
    .filter({
      has: panel.getByText(name, { exact: true }),
    });

/** The button that sends the open form, pressed as from the keyboard: Enter on a field sends too, on an open choice it chooses. */
const send = (panel: Frame) => panel.locator('form button[type="submit"]').press('Enter');

/** Chooses one of a few with the keys alone: the group's first, then on to the one that is wanted. */
async function choose(page: Page, panel: Frame, group: string, option: string): Promise<void> {
  const radios = panel.getByRole('radiogroup', { name: group });
  const wanted = radios.getByRole('radio', { name: option });
  const first = radios.getByRole('radio', { disabled: false }).first();
  await first.focus();
  await page.keyboard.press('Space');
  const most = await radios.getByRole('radio').count();
  for (let step = 0; step < most && !(await wanted.isChecked()); step++) await page.keyboard.press('ArrowRight');
  await expect(wanted).toBeChecked();
}

test('a rep says who they are, accepts, takes it back, and logs a touch that meets the clock at once: by keyboard', async ({
  page,
  extension,
  crm,
}) => {
  await ready(page);
  const id = idOf(crm, 'running');
  const badge = badgeOf(page, id);
  const panel = await openPanel(page, id);
  await expect(action(panel, 'Accept')).toHaveCount(0);
  await panel.getByRole('group', { name: 'Which side are you on?' }).getByRole('button', { name: 'Sales' }).focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByText('You act as Lucía Ferrer, for Sales.')).toBeVisible();
  await expect(action(panel, 'Accept')).toBeVisible();
  await expect(action(panel, 'Flag')).toHaveCount(0);

  await page.keyboard.press('a');
  await expect(stated(panel, 'Accepted')).toBeVisible();
  await expect(badge).toHaveAttribute('data-verdict', 'accepted');
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('u');
  await expect(badge).not.toHaveAttribute('data-verdict');
  await expect(stated(panel, 'Accepted')).toHaveCount(0);
  await expect(panel.getByRole('button', { name: 'Undo' })).toHaveCount(0);

  await page.keyboard.press('t');
  await send(panel);
  await expect(panel.getByRole('alert')).toHaveText('Say how you made contact.');
  await choose(page, panel, 'How', 'call');
  await page.keyboard.press('Enter');
  await expect(badge).toHaveAttribute('data-state', 'met');
  await expect(stated(panel, 'Touch: call')).toBeVisible();
  await expect(action(panel, 'Log a touch')).toBeFocused();

  await page.keyboard.press('n');
  await page.keyboard.type('She asked for a demo');
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('form')).toHaveCount(0);
  await leavePanel(page, id);
  // What was said of the person holds from now on, and in every panel.
  const worker = await extension.worker();
  const { person } = await worker.evaluate(() => chrome.storage.sync.get('person'));
  expect(person).toMatchObject({ side: 'sales' });
});

test('a rejection asks what its reason asks for; missing data starts marketing’s clock, and its answer stops it', async ({
  page,
  extension,
  crm,
}) => {
  await become(extension, 'sales');
  await ready(page);
  const [data, fit] = [idOf(crm, 'overdue'), idOf(crm, 'at-risk')];
  const panel = await openPanel(page, data);
  await page.keyboard.press('r');
  const early = panel.getByRole('radio', { name: /Unreachable/ });
  await expect(early).toBeDisabled();
  await expect(panel.getByText('Unreachable 0 of 2 attempts')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('form')).toHaveCount(0);
  for (const when of ['1 hour ago', 'just now']) {
    await page.keyboard.press('t');
    await choose(page, panel, 'How', 'email');
    await choose(page, panel, 'When', when);
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('form')).toHaveCount(0);
  }
  await expect(stated(panel, 'Touch: email')).toHaveCount(2);
  await page.keyboard.press('r');
  await expect(early).toBeEnabled();
  await send(panel);
  await expect(panel.getByRole('alert')).toHaveText('Choose a reason.');
  await choose(page, panel, 'Reason', 'Missing or wrong data');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toHaveText('Say which field.');
  await choose(page, panel, 'Which field', 'phone');
  await page.keyboard.press('Enter');
  await expect(stated(panel, 'Rejected: Missing or wrong data (phone)')).toBeVisible();
  await expect(badgeOf(page, data)).toHaveAttribute('data-verdict', 'rejected');
  await expect(badgeOf(page, data)).toHaveAttribute('data-state', 'running');
  await expect(clock(panel, 'Fix data').first()).toContainText('owed by Marketing');
  await leavePanel(page, data);

  const other = await openPanel(page, fit);
  await page.keyboard.press('r');
  await choose(page, other, 'Reason', 'Not our kind of customer');
  await page.keyboard.press('Enter');
  await expect(other.getByRole('alert')).toHaveText('Say which one.');
  await choose(page, other, 'Which one', 'size');
  await page.keyboard.press('Enter');
  await expect(stated(other, 'Rejected: Not our kind of customer (size)')).toBeVisible();
  await expect(clock(other, 'Fix data')).toHaveCount(0);
  await leavePanel(page, fit);

  await become(extension, 'marketing');
  const again = await openPanel(page, fit);
  await page.keyboard.press('w');
  await choose(page, again, 'Your answer', 'I disagree');
  await page.keyboard.press('Enter');
  await expect(again.getByRole('alert')).toHaveText('Say why you disagree.');
  await again.getByRole('textbox').focus();
  await page.keyboard.type('We agreed on small ones');
  await page.keyboard.press('Enter');
  await expect(stated(again, 'Answered: disputed, We agreed on small ones')).toBeVisible();
  await leavePanel(page, fit);
  const last = await openPanel(page, data);
  await page.keyboard.press('w');
  await choose(page, last, 'Your answer', 'fixed');
  await page.keyboard.press('Enter');
  await expect(clock(last, 'Fix data').first()).toContainText('Done in time');
  await expect(badgeOf(page, data)).not.toHaveAttribute('data-state', 'running');
  await page.keyboard.press('w');
  await expect(last.getByRole('alert')).toHaveText('There is nothing to answer here.');
});

test('a pause stops the clock and moves its due instant, a block starts the other side’s, a lead goes back with a date', async ({
  page,
  extension,
  crm,
}) => {
  await become(extension, 'sales');
  await ready(page);
  const id = idOf(crm, 'running');
  const badge = badgeOf(page, id);
  const dueBefore = Date.parse((await badge.getAttribute('data-due')) ?? '');
  const panel = await openPanel(page, id);
  await page.keyboard.press('p');
  await page.keyboard.type('On holiday until Monday');
  await page.keyboard.press('Enter');
  await expect(badge).toHaveAttribute('data-state', 'paused');
  await expect(stated(panel, 'Paused: On holiday until Monday')).toBeVisible();
  await expect(action(panel, 'Resume')).toBeFocused();
  await page.keyboard.press('p');
  await expect(badge).toHaveAttribute('data-state', 'running');
  const dueAfter = Date.parse((await badge.getAttribute('data-due')) ?? '');
  expect(dueAfter).toBeGreaterThan(dueBefore);
  expect(dueAfter).toBeLessThan(dueBefore + 60_000);

  await page.keyboard.press('b');
  await page.keyboard.type('Consent from marketing');
  await page.keyboard.press('Enter');
  await expect(stated(panel, 'Blocked, needs: Consent from marketing')).toBeVisible();
  await expect(clock(panel, 'Unblock').first()).toContainText('owed by Marketing');

  await page.keyboard.press('c');
  await send(panel);
  await expect(panel.getByRole('alert')).toHaveText('Choose a time that lies ahead.');
  await choose(page, panel, 'Until', 'in 1 month');
  await page.keyboard.press('Enter');
  await expect(stated(panel, /^Recycled until /)).toBeVisible();
  await expect(badge).toHaveAttribute('data-verdict', 'recycled');
  await leavePanel(page, id);

  await become(extension, 'marketing');
  const theirs = await openPanel(page, id);
  await page.keyboard.press('b');
  await page.keyboard.type('It is there now');
  await page.keyboard.press('Enter');
  await expect(stated(theirs, 'Unblocked: It is there now')).toBeVisible();
  await expect(clock(theirs, 'Unblock').first()).toContainText('Done in time');
});

test('marketing flags, says how ready a lead is, leaves a note, silences a reminder and takes the link: by keyboard', async ({
  page,
  extension,
  crm,
}) => {
  await become(extension, 'marketing');
  await ready(page);
  const id = idOf(crm, 'running');
  const panel = await openPanel(page, id);
  await expect(action(panel, 'Accept')).toHaveCount(0);
  await page.keyboard.press('f');
  await choose(page, panel, 'What it is about', 'readiness');
  await choose(page, panel, 'Reason', 'Not now');
  await page.keyboard.press('Enter');
  await expect(stated(panel, 'Flagged, readiness: Not now')).toBeVisible();
  await expect(badgeOf(page, id)).toHaveAttribute('data-flag', 'Not now');
  await page.keyboard.press('y');
  await choose(page, panel, 'The lead', 'Needs nurturing');
  await page.keyboard.press('Enter');
  await expect(stated(panel, 'Readiness: Needs nurturing')).toBeVisible();
  await page.keyboard.press('n');
  // A line of its own in a note, and then the button.
  await page.keyboard.type('Met her at the fair <script>alert(1)</script>');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(stated(panel, 'Note: Met her at the fair <script>alert(1)</script>')).toBeVisible();
  const due = await badgeOf(page, id).getAttribute('data-due');
  await page.keyboard.press('s');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('status')).toHaveText(/^Your reminders are silent until /);
  expect(await badgeOf(page, id).getAttribute('data-due')).toBe(due);
  await page.keyboard.press('l');
  await expect(panel.getByRole('status')).toHaveText('Link copied.');
  await leavePanel(page, id);
  await page.locator('input[type="search"]').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.locator('input[type="search"]')).toHaveValue(`${crm.origin}/leads/${id}`);
});

test('two tabs act on one lead: the second learns what the first did, and nothing is stated twice', async ({
  page,
  extension,
  crm,
}) => {
  await become(extension, 'sales');
  await ready(page);
  const id = idOf(crm, 'running');
  const other = await extension.context.newPage();
  await other.goto(`${crm.origin}/leads`);
  await ready(other);
  const late = await openPanel(other, id);
  await page.bringToFront();
  const panel = await openPanel(page, id);
  await page.keyboard.press('a');
  await expect(stated(panel, 'Accepted')).toHaveCount(1);
  await other.bringToFront();
  await late.getByRole('dialog').focus();
  await other.keyboard.press('a');
  await expect(late.getByRole('alert')).toHaveText('That is so already. Nothing was changed.');
  await expect(stated(late, 'Accepted')).toHaveCount(1);
  await expect(badgeOf(other, id)).toHaveAttribute('data-verdict', 'accepted');
});

test('markup in a name is text, and what cannot be done says why in words', async ({ page, extension, crm }) => {
  await become(extension, 'sales');
  await ready(page);
  const marked = crm.leads.find(({ story }) => story === 'markup');
  const panel = await openPanel(page, marked?.record.id ?? '');
  await expect(panel.locator('h1')).toHaveText(marked?.record.name ?? '');
  await expect(panel.locator('h1 *')).toHaveCount(0);
  await expect(panel.getByText(marked?.record.company ?? '', { exact: true })).toBeVisible();
  await leavePanel(page, marked?.record.id ?? '');

  const closed = await openPanel(page, idOf(crm, 'ended'));
  await page.keyboard.press('a');
  await expect(closed.getByRole('alert')).toHaveText('This lead is closed.');
  await leavePanel(page, idOf(crm, 'ended'));

  const unasked = await extension.openExtensionPage('panel.html');
  await expect(unasked.getByRole('alert')).toContainText('This panel was not opened from a badge');
});

test('a duplicate leads to the other lead, in a tab of its own', async ({ page, extension, crm }) => {
  const [one, other] = [idOf(crm, 'overdue'), idOf(crm, 'running')];
  for (const { record } of crm.leads) if ([one, other].includes(record.id)) record.email = 'same@acme-corp.example';
  await become(extension, 'sales');
  await ready(page);
  const panel = await openPanel(page, one);
  const link = panel.getByRole('list', { name: 'Leads that may be the same' }).getByRole('link');
  await expect(link).toHaveAttribute('href', `${crm.origin}/leads/${other}`);
  expect(await faultsIn(panel)).toEqual([]);
  const opened = extension.context.waitForEvent('page');
  await link.focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await opened).url()).toBe(`${crm.origin}/leads/${other}`);
});

/** Which form is looked at: together with the other language, both of each side. */
const forms = { en: { rep: 'r', marketer: 'w' }, es: { rep: 't', marketer: 'f' } } as const;

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: workAgreement(Date.now()) } });

    test('both sides’ panel and the bar: no fault that axe finds', async ({ page, extension, crm }, info) => {
      const { rep, marketer } = forms[language];
      const clean = async (frame: Frame, name: string): Promise<void> => {
        await picture(page, info.outputPath(`${name}.png`), false);
        expect(await faultsIn(frame, name === 'bar' ? 'strip' : 'page'), name).toEqual([]);
      };
      await become(extension, 'sales');
      await ready(page);
      const [lead, other] = [idOf(crm, 'overdue'), idOf(crm, 'at-risk')];
      const panel = await openPanel(page, lead);
      await clean(panel, 'rep');
      await page.keyboard.press(rep);
      await expect(panel.getByRole('form')).toBeVisible();
      await clean(panel, 'rep-form');
      await page.keyboard.press('Escape');
      await page.keyboard.press('r');
      // The first reason asks which.
      await page.keyboard.press('Space');
      await panel.getByRole('radiogroup').nth(1).getByRole('radio').first().press('Space');
      await send(panel);
      await expect(badgeOf(page, lead)).toHaveAttribute('data-verdict', 'rejected');
      await leavePanel(page, lead);

      await become(extension, 'marketing');
      const theirs = await openPanel(page, lead);
      await page.keyboard.press(marketer);
      await expect(theirs.getByRole('form')).toBeVisible();
      await clean(theirs, 'marketer-form');
      await page.keyboard.press('Escape');
      await leavePanel(page, lead);

      for (const id of [lead, other])
        await badgeOf(page, id)
          .locator('button')
          .click({ modifiers: ['Shift'] });
      const bar = await bulkOn(page);
      await expect(bar.getByRole('button').first()).toBeVisible();
      await clean(bar, 'bar');
    });
  });
