/** The agreement's editor, in all its tabs: fit for eye, ear and keyboard, in both languages and themes, in forced colours and at 200 %. */
import type { Locator } from '@playwright/test';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { expect, ready, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, picture, sideways } from '../support/eyes.ts';
import { ask, writeDraft } from '../support/procedure.ts';
import { looks } from '../support/looks.ts';

test('the week is drawn by keyboard alone, from the tab bar to the save, and outlives a reload', async ({
  extension,
}) => {
  const editor = await extension.openExtensionPage('options.html');
  await editor.getByRole('button', { name: 'Working hours' }).focus();
  await editor.keyboard.press('Enter');
  const cell = (day: string, from: string): Locator => editor.getByRole('gridcell', { name: `${day}, ${from}` });
  const isDrawn = (at: Locator, is: boolean) => expect(at).toHaveAttribute('aria-selected', String(is));
  // One cell of the grid is a stop of Tab; which one comes after the fields above it.
  const focused = () => editor.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (let stops = 0; stops < 12 && !(await focused()).startsWith('Monday, '); stops++)
    await editor.keyboard.press('Tab');
  await expect(cell('Monday', '09:00')).toBeFocused();
  for (let day = 0; day < 5; day++) await editor.keyboard.press('ArrowDown');
  await expect(cell('Saturday', '09:00')).toBeFocused();
  await isDrawn(cell('Saturday', '09:00'), false);
  await editor.keyboard.press('Space');
  await editor.keyboard.press('Shift+ArrowRight');
  await isDrawn(cell('Saturday', '09:00'), true);
  await isDrawn(cell('Saturday', '09:30'), true);
  await editor.keyboard.press('Control+z');
  await isDrawn(cell('Saturday', '09:30'), false);
  await editor.keyboard.press('Control+Shift+z');
  await isDrawn(cell('Saturday', '09:30'), true);
  await expect(editor.getByText(/^Saved /)).toBeVisible();
  await editor.reload();
  await editor.getByRole('button', { name: 'Working hours' }).click();
  await isDrawn(cell('Saturday', '09:00'), true);
  await isDrawn(cell('Saturday', '09:30'), true);
  await isDrawn(cell('Saturday', '10:00'), false);
});

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('no tab of the editor has a fault that axe finds, or a scroll bar sideways at 200 %', async ({
      page,
      extension,
    }) => {
      // Seven views, each twice under axe.
      test.setTimeout(180_000);
      await ready(page);
      const options = await extension.openExtensionPage('options.html#procedure');
      await ask(options, 'startDraft', { from: 'standard' });
      await writeDraft(options, new Date(Date.now() + 30 * 86_400_000).toISOString());
      await options.close();
      const editor = await extension.openExtensionPage('options.html');
      await editor.emulateMedia({ reducedMotion: 'reduce' });
      const look = async (name: string): Promise<void> => {
        expect(await faults(editor), name).toEqual([]);
        expect(await faultsInForcedColours(editor), `${name}, forced colours`).toEqual([]);
        const path = (size: string): string => test.info().outputPath(`${name}-${language}-${colorScheme}${size}.png`);
        await picture(editor, path(''));
        // 1280 × 860 at 200 %.
        await editor.setViewportSize({ width: 640, height: 430 });
        expect(await sideways(editor), name).toBeLessThanOrEqual(0);
        await picture(editor, path('-200'));
        await editor.setViewportSize({ width: 1280, height: 860 });
      };
      const tabs = editor.locator('main nav button');
      await expect(tabs).toHaveCount(6);
      for (let index = 0; index < 6; index++) {
        await tabs.nth(index).click();
        await expect(tabs.nth(index)).toHaveAttribute('aria-current', 'true');
        // Cards are closed at first; with one of each kind open their forms are looked at, too.
        const closed = editor.locator('main section button[aria-expanded="false"]');
        for (let opened = 0; opened < 8 && (await closed.count()) > 0; opened++) await closed.first().click();
        await look(`editor-${index}`);
      }
      await editor.getByRole('radio', { name: 'JSON' }).check({ force: true });
      await expect(editor.locator('main textarea')).toBeVisible();
      await look('editor-json');
    });
  });
