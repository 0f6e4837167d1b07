/**
 * One agreement for a team, at an address that two browsers name: one of them publishes what both sides signed, the other
 * has it at its next reading. The server speaks CouchDB.
 */
import type { Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { requireChromium } from '../../tools/browsers.ts';
import { startCouch } from '../../tools/couch.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { launch } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';
import { faults, picture, sideways } from '../support/eyes.ts';
import { ask, signByBoth, writeDraft } from '../support/procedure.ts';

async function nameAddress(options: Page, url: string, said: string): Promise<void> {
  await options.locator('summary').filter({ hasText: 'Your team’s address' }).click();
  await options.getByLabel('Address of your team’s agreement').fill(url);
  await options.getByRole('button', { name: 'Save and allow' }).click();
  await expect(options.getByText(said, { exact: true })).toBeVisible();
}

test.use({ relevo: { launchOptions: {}, agreement: demoAgreement(Date.now()) } });

test('what both sides signed reaches a colleague’s browser by the team’s address, and nothing of theirs is overwritten', async ({
  extension,
}) => {
  test.setTimeout(120_000);
  const couch = await startCouch();
  const colleague = await launch({ executablePath: requireChromium() });
  try {
    const options = await extension.openExtensionPage('options.html#procedure');
    await ask(options, 'savePerson', {
      person: {
        schema: 2,
        language: 'browser',
        side: 'marketing',
        name: 'Lucía Gil',
        follows: [],
        badge: 'full',
        reminders: { on: false },
        names: 'hidden',
      },
    });
    await nameAddress(options, couch.url, 'Saved.');
    await expect(options.getByText(/^Nothing lies at this address/)).toBeVisible();
    await options.getByRole('button', { name: 'Begin a draft' }).click();
    await expect(options.getByText('The draft is there.')).toBeVisible();
    await writeDraft(options, new Date(Date.now() + 3_600_000).toISOString());
    await options.reload();
    await signByBoth(options);
    await options.getByRole('button', { name: 'Publish to the team' }).click();
    await expect(options.getByText(/^Version \d+ lies there now\.$/)).toBeVisible();
    // The new version, and the one that holds until then.
    const there = couch.document() as { readonly _rev: string; readonly versions: readonly { version: number }[] };
    expect(there._rev).toMatch(/^1-/);
    expect(there.versions.map(({ version }) => version)).toEqual([2, 1]);

    const theirs = await colleague.openExtensionPage('options.html#procedure');
    await nameAddress(theirs, couch.url, 'Saved, and read.');
    const { versions, team } = await ask<AgreementState>(theirs, 'agreementState', {});
    expect(team).toMatchObject({ failing: null, toPublish: null });
    expect(versions).toMatchObject([
      { source: 'team', stage: 'approved', isSigned: true },
      { source: 'team', stage: 'effective' },
    ]);
    await expect(theirs.getByText('Comes from your team').first()).toBeVisible();

    // Somebody mends it in the database itself; whoever reads it now has it.
    couch.place({ ...there.versions[0], effectiveFrom: new Date(Date.now() - 60_000).toISOString() });
    await theirs.getByRole('button', { name: 'Read now' }).click();
    await expect
      .poll(async () => (await ask<AgreementState>(theirs, 'agreementState', {})).document.version, { timeout: 15_000 })
      .toBe(2);
    couch.allow('nothing');
    await theirs.getByRole('button', { name: 'Read now' }).click();
    await expect(theirs.getByText(/wants a name and a password/)).toBeVisible();
    await expect(theirs.getByText('The last good one stays in force.')).toBeVisible();
    expect((await ask<AgreementState>(theirs, 'agreementState', {})).source).toBe('team');
    expect(await faults(theirs)).toEqual([]);
    await theirs.setViewportSize({ width: 640, height: 430 });
    expect(await sideways(theirs)).toBeLessThanOrEqual(0);
    await picture(theirs, test.info().outputPath('failing-200.png'));
  } finally {
    await colleague.context.close();
    await couch.close();
  }
});
