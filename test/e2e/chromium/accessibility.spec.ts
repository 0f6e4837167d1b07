import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { openPopup } from '../support/popup.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { looks } from '../support/looks.ts';

async function faults(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('popup and panel have no fault that axe finds, also in forced colours, and no scroll bar sideways at 200 %', async ({
      page,
      extension,
      crm,
    }) => {
      await ready(page);
      const popup = await openPopup(extension);
      await expect(popup.locator('button[data-lead]').first()).toBeVisible();
      expect(await popup.locator('html').getAttribute('lang')).toBe(language);
      expect(await faults(popup)).toEqual([]);
      await popup.emulateMedia({ forcedColors: 'active' });
      expect(await faults(popup)).toEqual([]);
      await popup.emulateMedia({ forcedColors: 'none' });
      // A browser gives its popups at most 800 × 600 pixels: at 200 % that is 400 × 300 of ours.
      await popup.setViewportSize({ width: 400, height: 300 });
      const sideways = await popup.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways).toBeLessThanOrEqual(0);
      await popup.close();

      const id = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
      await badgeOf(page, id).locator('button').click();
      await expect.poll(() => page.frames().some((frame) => frame.url().includes('/panel.html'))).toBe(true);
      const panel = page.frames().find((frame) => frame.url().includes('/panel.html'));
      await expect(panel?.locator('h1') ?? page.locator('none')).toBeVisible();
      const words = language === 'en' ? 'First touch' : 'Primer contacto';
      await expect(panel?.locator('main') ?? page.locator('none')).toContainText(words);
    });

    test('badges on a page have no fault that axe finds', async ({ page }) => {
      await ready(page);
      await expect(page.locator('relevo-badge button').first()).toBeVisible();
      expect(await faults(page, 'relevo-badge')).toEqual([]);
    });
  });
