import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, sideways } from '../support/eyes.ts';
import { openPopup } from '../support/popup.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { looks } from '../support/looks.ts';

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
      expect(await faultsInForcedColours(popup)).toEqual([]);
      // A browser gives its popups at most 800 × 600 pixels: at 200 % that is 400 × 300 of ours.
      await popup.setViewportSize({ width: 400, height: 300 });
      expect(await sideways(popup)).toBeLessThanOrEqual(0);
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
      expect(await faults(page, { within: 'relevo-badge' })).toEqual([]);
    });
  });
