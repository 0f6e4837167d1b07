/** The lead on hand in Chromium's own side panel: it follows the tab in front, and never shows a lead that is no longer on hand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import type { DemoCrm } from '../../demo-crm/server.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { expectHeading, expectWords, openSidebar, wordsOn } from '../support/sidebar.ts';
import { attachTo, faultsOn } from '../support/surface.ts';
import { become, idOf, leavePanel, openPanel } from '../support/work.ts';
import { looks } from '../support/looks.ts';

const nameOf = (crm: DemoCrm, story: string): string =>
  crm.leads.find((lead) => lead.story === story)?.record.name ?? '';
const onHand = 'Lead on hand';
const nothingOpen = 'No lead is open here';

/** As a person clicks a link of the CRM, which draws its pages itself. */
const follow = (page: Page, path: string) =>
  page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);

test.beforeEach(async ({ page, extension }) => {
  await become(extension, 'sales');
  await ready(page);
});

test('opens from the popup, says what to do on a list, and shows the lead whose badge was opened last', async ({
  page,
  extension,
  crm,
}) => {
  const sidebar = await openSidebar(extension);
  await expectHeading(sidebar, onHand);
  await expectWords(sidebar, 'Press the badge of a lead in the list');
  for (const story of ['overdue', 'at-risk']) {
    await openPanel(page, idOf(crm, story));
    await expectHeading(sidebar, nameOf(crm, story));
    await expectWords(sidebar, 'First touch');
    await leavePanel(page, idOf(crm, story));
  }
  await expectHeading(sidebar, nameOf(crm, 'at-risk'));
});

test('follows within the CRM: a record has its lead on hand, and the list forgets what was open before', async ({
  page,
  extension,
  crm,
}) => {
  const sidebar = await openSidebar(extension);
  await openPanel(page, idOf(crm, 'overdue'));
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  for (const story of ['running', 'at-risk']) {
    await follow(page, `/leads/${idOf(crm, story)}`);
    await expectHeading(sidebar, nameOf(crm, story));
  }
  await follow(page, '/leads');
  await expectWords(sidebar, nothingOpen);
  await page.goto(`${crm.origin}/leads/${idOf(crm, 'met')}`);
  await expectHeading(sidebar, nameOf(crm, 'met'));
  await page.reload();
  await expectHeading(sidebar, nameOf(crm, 'met'));
});

test('follows the tab in front: another lead, a page that is no CRM, a tab that is closed', async ({
  page,
  extension,
  crm,
}) => {
  await page.goto(`${crm.origin}/leads/${idOf(crm, 'overdue')}`);
  const sidebar = await openSidebar(extension);
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  const other = await extension.context.newPage();
  await other.goto(`${crm.origin}/leads/${idOf(crm, 'running')}`);
  await other.bringToFront();
  await expectHeading(sidebar, nameOf(crm, 'running'));
  await page.bringToFront();
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  await other.bringToFront();
  await expectHeading(sidebar, nameOf(crm, 'running'));
  await other.goto('about:blank');
  await expectWords(sidebar, 'No CRM in this tab');
  expect(await wordsOn(sidebar)).not.toContain(nameOf(crm, 'running'));
  await other.close();
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
});

test('a session that ends, or begins anew, leaves no lead of before on hand', async ({ page, extension, crm }) => {
  const sidebar = await openSidebar(extension);
  await openPanel(page, idOf(crm, 'overdue'));
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  await page.reload();
  await expectWords(sidebar, nothingOpen);
  await openPanel(page, idOf(crm, 'overdue'));
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  await page.context().clearCookies();
  await page.goto(`${crm.origin}/leads/${idOf(crm, 'overdue')}`);
  await expectHeading(sidebar, onHand);
  expect(await wordsOn(sidebar)).not.toContain(nameOf(crm, 'overdue'));
  await page.goto(`${crm.origin}/signin?as=lucia&to=/leads`);
  await expectWords(sidebar, nothingOpen);
});

test('the panel’s key opens it and gives the place to it; acts in one place show in the other without a reload', async ({
  page,
  extension,
  crm,
}) => {
  const id = idOf(crm, 'running');
  await openPanel(page, id);
  await page.keyboard.press('o');
  const sidebar = await attachTo(extension, 'sidepanel.html');
  await expect(page.locator('relevo-panel')).toHaveCount(0);
  await expectHeading(sidebar, nameOf(crm, 'running'));
  await sidebar.press('a');
  await expectWords(sidebar, /Accepted\s+Undo/);
  await expect(badgeOf(page, id)).toHaveAttribute('data-verdict', 'accepted');

  const panel = await openPanel(page, id);
  const facts = panel.getByRole('region', { name: 'What happened' });
  await expect(facts.getByText('Accepted')).toBeVisible();
  await sidebar.press('u');
  await expect(facts.getByText('Accepted')).toHaveCount(0);
  await expect(badgeOf(page, id)).not.toHaveAttribute('data-verdict');
  await panel.getByRole('dialog').focus();
  await page.keyboard.press('n');
  await page.keyboard.type('Asked for a demo');
  await panel.locator('form button[type="submit"]').press('Enter');
  await expect(facts.getByText('Asked for a demo')).toBeVisible();
  await expectWords(sidebar, 'Asked for a demo');
});

test('a worker that was stopped in between is no matter: it follows, and acts are kept', async ({
  page,
  extension,
  crm,
}) => {
  const sidebar = await openSidebar(extension);
  const session = await extension.context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  const id = idOf(crm, 'overdue');
  await openPanel(page, id);
  await expectHeading(sidebar, nameOf(crm, 'overdue'));
  await session.send('ServiceWorker.stopAllWorkers');
  await sidebar.press('a');
  await expectWords(sidebar, /Accepted\s+Undo/);
  await expect(badgeOf(page, id)).toHaveAttribute('data-verdict', 'accepted');
});

test('its page shows no lead in a tab, and no site can load it', async ({ page, extension, crm }) => {
  await openPanel(page, idOf(crm, 'overdue'));
  const inTab = await extension.openExtensionPage('sidepanel.html');
  await expect(inTab.getByRole('alert')).toBeVisible();
  const said = await inTab.locator('body').innerText();
  expect(crm.leads.filter(({ record }) => said.includes(record.name))).toEqual([]);
  await inTab.close();

  const address = `chrome-extension://${extension.extensionId}/sidepanel.html`;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<h1>Another site</h1><iframe src="${address}"></iframe>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site = await extension.context.newPage();
  await site.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await expect.poll(() => site.frames().at(-1)?.url()).toBe('chrome-error://chromewebdata/');
  server.close();
});

const words = {
  en: { empty: nothingOpen, promise: 'First touch' },
  es: { empty: 'Aquí no hay ningún lead abierto', promise: 'Primer contacto' },
} as const;

for (const [language, theme] of looks)
  test.describe(`in ${language}, ${theme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme: theme }, agreement: demoAgreement(Date.now()) } });

    test('it has no fault that axe finds, and no scroll bar sideways when it is narrow or at 200 %', async ({
      page,
      extension,
      crm,
    }) => {
      const sidebar = await openSidebar(extension);
      await sidebar.show({ width: 320, height: 800, theme });
      await expectWords(sidebar, words[language].empty);
      expect(await faultsOn(sidebar)).toEqual([]);
      await openPanel(page, idOf(crm, 'overdue'));
      await expectWords(sidebar, words[language].promise);
      expect(await sidebar.evaluate('document.documentElement.lang')).toBe(language);
      expect(await faultsOn(sidebar)).toEqual([]);
      for (const width of [320, 180]) {
        await sidebar.show({ width, height: 400, theme });
        const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await sidebar.evaluate(sideways), `${width} px`).toBeLessThanOrEqual(0);
      }
    });
  });
