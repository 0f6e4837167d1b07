/**
 * An agreement from the first run to the day it holds: preset, draft, proposal, dry run, both signatures, publication, the
 * instant, and everybody's word that they have read it. And that its screens are fit for eye, ear and keyboard.
 */
import type { Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import type { Launched } from '../../tools/launch.ts';
import { badgeOf, expect, ready, test } from '../support/chromium.ts';
import { faults, faultsInForcedColours, picture, sideways } from '../support/eyes.ts';
import { handOver, localInstant, newTarget, signatories } from '../support/new-version.ts';
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

const toSection = (options: Page, id: string): Promise<void> => options.locator(`nav a[href="#${id}"]`).click();

/** A target, who signs, and the instant, through the editor's own forms; and all of it is still there after a reload. */
async function writeInEditor(options: Page, effectiveFrom: number): Promise<void> {
  await toSection(options, 'agreement');
  const tab = (name: string) => options.getByRole('navigation', { name: 'Parts' }).getByRole('button', { name });
  const open = async (name: RegExp): Promise<void> => {
    await options.getByRole('main').getByRole('button', { name, expanded: false }).click();
  };
  const openTarget = async (): Promise<void> => {
    await open(/^First touch/);
    await open(/^1\. /);
  };
  const within = options.getByLabel('Within');
  const unit = options.getByLabel('Unit');
  const signatoriesOf = (side: keyof typeof signatories) =>
    options.getByRole('region', { name: side }).getByLabel('Who may sign');
  await openTarget();
  await expect(within).toHaveValue('1');
  await unit.selectOption({ label: 'minutes' });
  await expect(within).toHaveValue('60');
  await within.fill(String(newTarget));
  await tab('Terms').click();
  for (const [side, name] of Object.entries(signatories))
    await signatoriesOf(side as keyof typeof signatories).fill(name);
  const instant = options.getByLabel('Takes effect');
  await instant.fill(localInstant(effectiveFrom));
  await expect(options.getByText(/^Saved /)).toBeVisible();

  await options.reload();
  await openTarget();
  await expect(within).toHaveValue(String(newTarget));
  await tab('Terms').click();
  for (const [side, name] of Object.entries(signatories))
    await expect(signatoriesOf(side as keyof typeof signatories)).toHaveValue(name);
  await expect(instant).toHaveValue(localInstant(effectiveFrom).slice(0, 16));
}

test.describe('from the first run', () => {
  test.use({ relevo: { launchOptions: {}, agreement: null } });

  test('to the day it holds: editor, dry run, both signatures, publication, reading confirmed, and a clock that follows it', async ({
    page,
    extension,
    crm,
  }) => {
    test.setTimeout(90_000);
    const welcome = await firstRun(extension);
    await welcome.close();
    await page.reload();
    await ready(page);
    const options = await extension.openExtensionPage('options.html#procedure');
    await options.getByRole('button', { name: 'Begin a draft' }).click();
    await expect(options.getByText('The draft is there.')).toBeVisible();
    // Just far enough ahead that both can sign before it comes.
    const effectiveFrom = Date.now() + 40_000;
    await writeInEditor(options, effectiveFrom);

    await toSection(options, 'procedure');
    await expect(options.getByText(/First touch for “.+”: 60 → 30 working minutes/).first()).toBeVisible();
    await options.getByRole('button', { name: 'Start the dry run' }).click();
    const byCommitment = options.getByRole('region', { name: 'By commitment' });
    await expect(byCommitment.getByRole('row', { name: /First touch/ })).toContainText(/\d+ → \d+/);
    const changed = options.getByRole('region', { name: 'Leads whose clocks would change' });
    // Handed over 49 working minutes ago: at risk of 60, and over 30.
    const atRisk = crm.leads.find(({ story }) => story === 'at-risk')?.record.name ?? '';
    await expect(changed.getByRole('row', { name: new RegExp(`${atRisk}.*At risk.*Overdue`) })).toBeVisible();
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

    const { recordId, dueAt } = handOver(crm);
    await page.bringToFront();
    await page.reload();
    await expect(badgeOf(page, recordId)).toHaveAttribute('data-due', new Date(dueAt).toISOString());
    await options.bringToFront();

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
