/**
 * `npm run demo`: the main job on the embedded CRM. Opens it in a browser with the extension, says in words what each badge
 * says, saves pictures, and leaves the window open where there is one.
 */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import { startDemoCrm } from '../demo-crm/server.ts';
import { requireChromium } from './browsers.ts';
import { demoAgreement } from './demo-agreement.ts';
import { launch, outputFolder, readBadges, type Launched } from './launch.ts';

const pictures = join(outputFolder, 'demo');
const hasDisplay =
  !process.env['CI'] &&
  (process.platform === 'darwin' ||
    process.platform === 'win32' ||
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']));

async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const badges = [...document.querySelectorAll('relevo-badge')];
    return badges.some((badge) => badge.shadowRoot?.querySelector('button'));
  });
  // The CRM's own answer refines what the page alone could say.
  await page.waitForTimeout(700);
}

async function shot(page: Page, name: string): Promise<void> {
  const file = join(pictures, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`  picture: ${relative(process.cwd(), file)}`);
}

/** The lead that each badge stands for, by what the CRM shows in the same row. */
async function tell(page: Page, title: string): Promise<void> {
  console.log(`\n${title}`);
  const names = await page.$$eval('relevo-badge', (badges) =>
    badges.map((badge) => {
      const name = badge.closest('[data-record]')?.querySelector('[data-field="name"]')?.textContent ?? '';
      return name.replaceAll(/\s+/g, ' ').trim();
    }),
  );
  for (const [index, badge] of (await readBadges(page)).entries())
    if (badge.label !== null) console.log(`  ${names[index] || badge.lead.split('|').at(-1)}: ${badge.label}`);
}

async function panelFrame(page: Page): Promise<Frame> {
  for (let tries = 0; tries < 100; tries += 1) {
    const frame = page.frames().find((one) => one.url().includes('/panel.html'));
    if (frame) return frame;
    await page.waitForTimeout(100);
  }
  throw new Error('The panel did not open.');
}

async function tour({ context, openExtensionPage }: Launched, origin: string): Promise<void> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}/signin?as=lucia&to=/leads`);
  await settled(page);
  await tell(page, 'The list: what each badge says');
  await shot(page, 'list');

  await page.goto(`${origin}/leads?view=board`);
  await settled(page);
  await tell(page, 'The board');
  await shot(page, 'board');

  await page.goto(`${origin}/leads/L-1007`);
  await settled(page);
  await tell(page, 'One lead: Tomasz Zieliński, handed over 95 working minutes ago');
  await shot(page, 'record');

  await page.locator('relevo-badge button').first().click();
  // The panel lies in a closed shadow root, where the page's own scripts can't see it.
  await page.waitForFunction(() => document.querySelector('relevo-panel'));
  const panel = await panelFrame(page);
  await panel.locator('main').waitFor();
  await page.waitForTimeout(300);
  await shot(page, 'panel');
  const words = (await panel.locator('main').innerText()).split('\n').filter((line) => line.trim() !== '');
  console.log(`\nThe panel says why:\n  ${words.slice(0, 14).join('\n  ')}`);
  await page.keyboard.press('Escape');

  const popup = await openExtensionPage('popup.html');
  await popup.setViewportSize({ width: 380, height: 560 });
  await popup.locator('button[data-lead]').first().waitFor();
  await shot(popup, 'popup');
  console.log('\nThe popup lists what is overdue, at risk and due today, and what comes next:');
  for (const row of await popup.locator('button[data-lead]').allInnerTexts())
    console.log(`  ${row.replaceAll(/\s+/g, ' ')}`);
  await popup.close();
  await page.goto(`${origin}/leads`);
}

async function main(): Promise<void> {
  const executablePath = requireChromium();
  mkdirSync(pictures, { recursive: true });
  const crm = await startDemoCrm();
  console.log(`The demo CRM runs on ${crm.origin} (this machine only).`);
  console.log(
    hasDisplay ? 'A browser window opens; close it to end the demo.' : 'No display here, so this is a guided tour.',
  );
  const launched = await launch({ executablePath, headless: !hasDisplay });
  try {
    const worker = await launched.worker();
    await worker.evaluate((agreement) => chrome.storage.sync.set({ agreement }), demoAgreement(Date.now()));
    await tour(launched, crm.origin);
    if (hasDisplay) {
      console.log('\nLook around. Closing the browser ends the demo.');
      await launched.context.waitForEvent('close', { timeout: 0 });
    }
  } finally {
    await launched.context.close().catch(() => {});
    await crm.close();
  }
}

await main();
