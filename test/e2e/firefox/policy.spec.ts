/** The same policy in the form that Firefox reads, in a real Firefox. */
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { firefoxPolicy } from '../../../lib/settings/policy-files.ts';
import { findFirefox } from '../../tools/browsers.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { outputFolder } from '../../tools/launch.ts';
import { expect, geckoId, openExtensionPage, preferences, test } from '../support/firefox.ts';
import { placeFirefoxPolicy, whyNoPolicies } from '../support/policies.ts';

const reason = whyNoPolicies();
test.skip(reason !== null, reason ?? '');

test('an agreement reaches two profiles by policies.json', async () => {
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('No Firefox was found');
  const text = firefoxPolicy(
    {
      agreement: JSON.stringify({ ...demoAgreement(Date.now()), id: 'company', version: 7 }),
      origins: ['https://crm.example/*'],
      agreementt: 'a typing mistake',
    },
    { chromium: '', firefox: geckoId },
  );
  const remove = placeFirefoxPolicy(executablePath, text);
  test.skip(remove === null, 'this Firefox has policies of its own, or its folder can’t be written');
  try {
    for (const _ of ['first', 'second']) {
      const firefox = await launch({
        browser: 'firefox',
        executablePath,
        headless: true,
        args: ['--remote-allow-system-access'],
        extraPrefsFirefox: preferences('en-US'),
      });
      try {
        await firefox.installExtension(join(outputFolder, 'firefox-mv3-e2e'));
        const page = await openExtensionPage(firefox, 'options.html');
        const ask = (): Promise<AgreementState> =>
          page.evaluate(() => {
            interface Runtime {
              sendMessage(message: unknown): Promise<{ res: AgreementState }>;
            }
            const { runtime } = (globalThis as unknown as { browser: { runtime: Runtime } }).browser;
            return runtime
              .sendMessage({ id: 1, type: 'agreementState', data: {}, timestamp: Date.now() })
              .then(({ res }) => res);
          });
        // The page has our API a moment after it says that it is complete.
        await expect
          .poll(
            () =>
              ask().then(
                ({ source }) => source,
                () => 'no answer',
              ),
            { timeout: 20_000 },
          )
          .toBe('policy');
        const state = await ask();
        expect(state.document).toMatchObject({ id: 'company', version: 7 });
        expect(state.problems).toMatchObject([{ code: 'policy-ignored', detail: 'agreementt' }]);

        // The CRM of the policy is asked for, and on from the click.
        const popup = await openExtensionPage(firefox, 'popup.html');
        const line = await popup.waitForSelector('section[aria-label="Your organisation\'s CRMs"]');
        expect(await line?.evaluate((element) => element.textContent)).toContain('Your organisation uses crm.example.');
        const allow = await line?.$('button');
        await allow?.click();
        const registered = () =>
          popup.evaluate(async () => {
            interface Scripting {
              getRegisteredContentScripts(): Promise<{ matches?: string[] }[]>;
            }
            const { scripting } = (globalThis as unknown as { browser: { scripting: Scripting } }).browser;
            return (await scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []);
          });
        await expect.poll(registered, { timeout: 15_000 }).toContain('https://crm.example/*');
        await expect
          .poll(() => popup.evaluate(() => document.body.textContent.includes('Your organisation uses')))
          .toBe(false);
      } finally {
        await firefox.close();
      }
    }
  } finally {
    remove?.();
  }
});
