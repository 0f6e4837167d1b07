/**
 * A policy file that our own function made, read by a real Chromium: in two profiles, and gone with the file. A policy is for
 * the whole machine, so the extension of this test has an id of its own: other tests, at the same time, must not see it.
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { linuxPolicy } from '../../../lib/settings/policy-files.ts';
import { requireChromium } from '../../tools/browsers.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { chromiumBuild, launch, type Launched } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';
import { placeChromiumPolicy, whyNoPolicies } from '../support/policies.ts';

/** The built extension under another id: without its key it is named after its folder. */
function copyWithoutKey(folder: string): string {
  if (!existsSync(join(chromiumBuild, 'manifest.json'))) throw new Error('run `npm run build:e2e` first');
  cpSync(chromiumBuild, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const { key: _key, ...manifest } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

const reason = whyNoPolicies();
test.skip(reason !== null, reason ?? '');

const ask = (page: Page): Promise<AgreementState> =>
  page.evaluate(() =>
    chrome.runtime
      .sendMessage({ id: 1, type: 'agreementState', data: {}, timestamp: Date.now() })
      .then((answer) => answer.res),
  );

/** Policies arrive a moment after the browser has started. */
async function stateOf(extension: Launched, source: AgreementState['source']): Promise<AgreementState> {
  const page = await extension.openExtensionPage('options.html');
  await expect.poll(async () => (await ask(page)).source, { timeout: 20_000 }).toBe(source);
  return ask(page);
}

test('an agreement, sites and locked settings reach two profiles by a policy file, and nothing stays without it', async ({}, info) => {
  // Four starts of a browser.
  test.setTimeout(120_000);
  const extensionFolder = copyWithoutKey(info.outputPath('extension'));
  const open: Launched[] = [];
  const start = async (profile: string): Promise<Launched> => {
    const launched = await launch({
      executablePath: requireChromium(),
      extension: extensionFolder,
      profile: info.outputPath(profile),
    });
    open.push(launched);
    return launched;
  };
  const before = await start('first');
  await stateOf(before, 'built-in');
  const { extensionId } = before;
  await before.context.close();
  const text = linuxPolicy(
    {
      agreement: JSON.stringify({ ...demoAgreement(Date.now()), id: 'company', version: 7 }),
      // The build of these tests has the second one from its manifest.
      origins: ['https://crm.example/*', 'http://127.0.0.1/*'],
      locked: ['badge'],
      person: { badge: 'quiet' },
      agreementt: 'a typing mistake',
    },
    { chromium: extensionId, firefox: '' },
  );
  const remove = placeChromiumPolicy(text);
  try {
    for (const profile of ['first', 'second']) {
      const extension = await start(profile);
      expect(extension.extensionId).toBe(extensionId);
      const state = await stateOf(extension, 'policy');
      expect(state.document).toMatchObject({ id: 'company', version: 7 });
      expect(state.isLocked).toBe(true);
      expect(state.sources).toMatchObject({ agreement: 'policy', 'person.badge': 'policy' });
      const popup = await extension.openExtensionPage('popup.html');
      const line = popup.getByRole('region', { name: "Your organisation's CRMs" });
      await expect(line).toContainText('Your organisation uses crm.example. Relevo is not on there yet.');
      await expect(line.getByRole('button', { name: 'Allow' })).toBeEnabled();
      await extension.context.close();
    }
    remove();
    const extension = await start('first');
    const state = await stateOf(extension, 'built-in');
    expect(state.isLocked).toBe(false);
    const popup = await extension.openExtensionPage('popup.html');
    await expect(popup.getByRole('region', { name: 'This page' })).toBeVisible();
    await expect(popup.getByText(/Your organisation uses/)).toHaveCount(0);
  } finally {
    remove();
    await Promise.all(open.map(({ context }) => context.close().catch(() => {})));
  }
});
