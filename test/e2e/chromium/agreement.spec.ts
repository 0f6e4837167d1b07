/**
 * An agreement from the first run to the day it holds: preset, draft, proposal, dry run, both signatures, publication, the
 * instant, and everybody's word that they have read it. And that its screens are fit for eye, ear and keyboard.
 */
import type { Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { expect, ready, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, picture, sideways } from '../support/eyes.ts';
import { openPopup } from '../support/popup.ts';
import { ask, writeDraft } from '../support/procedure.ts';
import { looks } from '../support/looks.ts';

/** The first run by keyboard and mouse: CRM, side, name and preset. */
async function firstRun(extension: Launched): Promise<Page> {
  const welcome = await extension.openExtensionPage('welcome.html');
  await welcome.getByRole('radio', { name: 'Demo CRM' }).check({ force: true });
  await welcome.getByRole('radio', { name: 'Marketing' }).check({ force: true });
  await welcome.getByLabel('Your name').fill('Lucía Gil');
  await welcome.getByLabel('Your name').press('Tab');
  await expect(welcome.getByText('Saved', { exact: true })).toBeVisible();
  await welcome.getByRole('radio', { name: 'Standard' }).check({ force: true });
  await welcome.getByRole('button', { name: 'Use “Standard”' }).click();
  await expect(welcome.getByText('“Standard” holds from now on.')).toBeVisible();
  return welcome;
}

test.describe('from the first run', () => {
  test.use({ relevo: { launchOptions: {}, agreement: null } });

  test('to the day it holds: draft, dry run, both signatures, publication, reading confirmed', async ({
    page,
    extension,
  }) => {
    const welcome = await firstRun(extension);
    await welcome.close();
    await page.reload();
    await ready(page);
    const options = await extension.openExtensionPage('options.html#procedure');
    await options.getByRole('button', { name: 'Begin a draft' }).click();
    await expect(options.getByText('The draft is there.')).toBeVisible();
    // Just far enough ahead that both can sign before it comes.
    const effectiveFrom = new Date(Date.now() + 25_000).toISOString();
    await writeDraft(options, effectiveFrom);
    await options.reload();
    await expect(options.getByText(/First touch for “.+”: 60 → 1 working minutes/).first()).toBeVisible();

    await options.getByRole('button', { name: 'Start the dry run' }).click();
    const byCommitment = options.getByRole('region', { name: 'By commitment' });
    await expect(byCommitment.getByRole('row', { name: /First touch/ })).toContainText('→');
    const list = options.getByRole('region', { name: 'Leads whose clocks would change' });
    await expect(list.locator('tbody tr').first()).toBeVisible();
    expect((await ask<AgreementState>(options, 'agreementState', {})).draft?.stage).toBe('draft');

    await options.getByRole('button', { name: 'Propose to both sides' }).click();
    await options.getByRole('form', { name: 'Sign for Marketing' }).getByRole('button').click();
    await expect(options.getByText(/^Signed by Lucía Gil, /)).toBeVisible();
    const sales = options.getByRole('form', { name: 'Sign for Sales' });
    await sales.getByLabel('Name').fill('Somebody Else');
    await sales.getByRole('button').click();
    await expect(options.getByRole('alert')).toContainText('Nothing was signed');
    await sales.getByLabel('Name').fill('Luis Ortega');
    await sales.getByLabel('Name').press('Enter');
    await options.getByRole('button', { name: 'Put into force at its instant' }).click();
    await expect(options.getByText('Published. Everybody is asked to read it.')).toBeVisible();

    await expect(options.getByText(/^Agreement v2 (takes effect|is in force since)/)).toBeVisible();
    const popup = await openPopup(extension);
    await expect(popup.getByText(/^Agreement v2 /)).toBeVisible();
    await popup.getByRole('button', { name: 'I have read it' }).click();
    await expect(popup.getByText(/^Agreement v2 /)).toBeHidden();
    await popup.close();

    await expect
      .poll(async () => (await ask<AgreementState>(options, 'agreementState', {})).document.version, {
        timeout: 40_000,
      })
      .toBe(2);
    await options.reload();
    await expect(options.getByText(/^Read by Lucía Gil/)).toBeVisible();
    await expect(options.locator('[aria-current="step"]')).toContainText('In force');

    // Leads of before keep what they were promised, until somebody applies the new version to them.
    await options.getByRole('button', { name: 'Start the dry run' }).click();
    await options.getByRole('button', { name: /^Apply to \d+ open lead/ }).click();
    await options.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(options.getByText(/^Applied to \d+ leads?\.$/)).toBeVisible();
    await options.getByRole('button', { name: 'Start the dry run' }).click();
    await expect(options.getByText('No clock of an open lead would change.')).toBeVisible();
  });

  test('an edit after a signature voids it, and the screen says who has to sign again', async ({ extension }) => {
    const welcome = await firstRun(extension);
    await welcome.close();
    const options = await extension.openExtensionPage('options.html#procedure');
    await options.getByRole('button', { name: 'Begin a draft' }).click();
    await expect(options.getByText('The draft is there.')).toBeVisible();
    await writeDraft(options, new Date(Date.now() + 86_400_000).toISOString());
    await options.reload();
    await options.getByRole('button', { name: 'Propose to both sides' }).click();
    await options.getByRole('form', { name: 'Sign for Marketing' }).getByRole('button').click();
    await expect(options.getByText(/^Signed by Lucía Gil, /)).toBeVisible();
    await writeDraft(options, new Date(Date.now() + 2 * 86_400_000).toISOString());
    await options.reload();
    await expect(options.locator('[aria-current="step"]')).toContainText('Draft');
    await expect(options.getByText(/^Signed by Lucía Gil, /)).toBeHidden();
    await expect(options.getByRole('button', { name: 'Propose to both sides' })).toBeVisible();
  });
});

for (const [language, colorScheme] of looks)
  test.describe(`in ${language}, ${colorScheme}`, () => {
    test.use({ relevo: { launchOptions: { language, colorScheme }, agreement: demoAgreement(Date.now()) } });

    test('procedure, you, data and the first run have no fault that axe finds, and no scroll bar sideways at 200 %', async ({
      page,
      extension,
    }) => {
      await ready(page);
      const options = await extension.openExtensionPage('options.html#procedure');
      await ask(options, 'startDraft', { from: 'standard' });
      await writeDraft(options, new Date(Date.now() + 30 * 86_400_000).toISOString());
      await options.reload();
      // Colours must not be caught on their way from one to the other.
      const look = async (shown: Page, name: string): Promise<void> => {
        await shown.emulateMedia({ reducedMotion: 'reduce' });
        expect(await faults(shown), name).toEqual([]);
        expect(await faultsInForcedColours(shown), `${name}, forced colours`).toEqual([]);
        await picture(shown, test.info().outputPath(`${name}-${language}-${colorScheme}.png`));
        // 1280 × 860 at 200 %.
        await shown.setViewportSize({ width: 640, height: 430 });
        expect(await sideways(shown), name).toBeLessThanOrEqual(0);
        await picture(shown, test.info().outputPath(`${name}-${language}-${colorScheme}-200.png`));
        await shown.setViewportSize({ width: 1280, height: 860 });
      };
      await options
        .locator('main button')
        .filter({ hasText: /dry run|ensayo/i })
        .click();
      await expect(options.locator('main tbody tr').first()).toBeVisible();
      for (const summary of await options.locator('main summary').all())
        if (
          !(await summary
            .locator('xpath=..')
            .getAttribute('open')
            .then((is) => is !== null))
        )
          await summary.click();
      await look(options, 'procedure');
      for (const section of ['you', 'data']) {
        await options.locator(`nav a[href="#${section}"]`).click();
        await expect(options.locator('main h3').first()).toBeVisible();
        await expect(options.locator('main h2')).toBeFocused();
        await look(options, section);
      }
      const welcome = await extension.openExtensionPage('welcome.html');
      await welcome.locator('label').filter({ hasText: 'Tryton' }).click();
      await welcome.locator('form input').waitFor();
      await look(welcome, 'welcome');
    });
  });
