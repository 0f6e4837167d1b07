/**
 * The language that a person chooses, against the browser's: every surface of ours follows at once, and our own look-up of
 * words says what the browser's says.
 */
import type { Page } from '@playwright/test';
import { filled } from '../../../lib/platform/i18n.ts';
import { messagesOf, type CatalogueFile } from '../../../lib/platform/speech.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { openPopup } from '../support/popup.ts';

/** As our own pages read it. */
const catalogueIn = (page: Page, language: string): Promise<CatalogueFile> =>
  page.evaluate(
    (named) => fetch(`/_locales/${named}/messages.json`).then((response) => response.json() as Promise<CatalogueFile>),
    language,
  );

const label = (page: Page, recordId: string): Promise<string | null> =>
  badgeOf(page, recordId).locator('button').getAttribute('aria-label');

for (const language of ['en', 'es'])
  test.describe(`a browser in ${language}`, () => {
    test.use({ relevo: { launchOptions: { language }, agreement: null } });

    test('gives for every key, whatever fills its blanks, the words that we look up ourselves', async ({
      extension,
    }) => {
      const options = await extension.openExtensionPage('options.html');
      const messages = messagesOf(await catalogueIn(options, language));
      const fillings = [[], ['one'], ['$1', '$$', '$&', 'ñ'], Array.from({ length: 9 }, (_, index) => `<${index}>`)];
      const asked = Object.keys(messages).flatMap((key) => fillings.map((values) => ({ key, values })));
      const browsers = await options.evaluate(
        (all) => all.map(({ key, values }) => chrome.i18n.getMessage(key, values)),
        asked,
      );
      expect(asked.map(({ key, values }) => filled(messages[key] ?? '', values))).toEqual(browsers);
    });
  });

test.describe('in an English browser', () => {
  test.use({ relevo: { launchOptions: { language: 'en' }, agreement: demoAgreement(Date.now()) } });

  test('Spanish is chosen on the first page, and badges, toolbar, popup, options and report speak it without a reload', async ({
    page,
    extension,
    crm,
  }) => {
    await ready(page);
    const id = crm.leads.find(({ story }) => story === 'overdue')?.record.id ?? '';
    await expect.poll(() => label(page, id)).toContain('Overdue');

    const welcome = await extension.openExtensionPage('welcome.html');
    await welcome.getByLabel('Your name').fill('Lucía');
    const spanish = welcome.getByRole('radio', { name: 'Español' });
    await spanish.focus();
    await spanish.press('Space');
    await expect(welcome.getByRole('heading', { level: 1 })).toHaveText('Te damos la bienvenida a Relevo');
    await expect(welcome.locator('html')).toHaveAttribute('lang', 'es');
    await expect(spanish).toBeFocused();
    await expect(welcome.getByLabel('Tu nombre')).toHaveValue('Lucía');

    await page.bringToFront();
    await expect.poll(() => label(page, id), { timeout: 15_000 }).toContain('Fuera de plazo');
    const worker = await extension.worker();
    await expect.poll(() => worker.evaluate(() => chrome.action.getTitle({}))).toContain('fuera de plazo');
    await badgeOf(page, id).locator('button').hover();
    await expect(page.locator('relevo-card')).toContainText('Vence');

    const popup = await openPopup(extension);
    await expect(popup.locator('html')).toHaveAttribute('lang', 'es');
    await expect(popup.getByRole('button', { name: /Fuera de plazo/ }).first()).toBeVisible();
    await popup.close();
    for (const [path, words] of [
      ['options.html#you', 'Idioma'],
      ['report.html', 'Informe'],
    ] as const) {
      const shown = await extension.openExtensionPage(path);
      await expect(shown.locator('html')).toHaveAttribute('lang', 'es');
      await expect(shown.getByRole('heading', { name: words }).first()).toBeVisible();
      await shown.close();
    }

    // At the next load a page begins in it, and a panel opens in it.
    await page.reload();
    await ready(page);
    await expect.poll(() => label(page, id)).toContain('Fuera de plazo');
    await badgeOf(page, id).locator('button').click();
    await expect
      .poll(() =>
        page
          .frames()
          .find((frame) => frame.url().includes('/panel.html'))
          ?.locator('html')
          .getAttribute('lang'),
      )
      .toBe('es');

    await welcome.getByRole('radio', { name: 'El del navegador' }).press('Space');
    await expect(welcome.locator('html')).toHaveAttribute('lang', 'en');
    await expect.poll(() => label(page, id), { timeout: 15_000 }).toContain('Overdue');
  });
});
