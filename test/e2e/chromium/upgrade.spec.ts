/** A ledger that an earlier version wrote, in a real Chromium: brought up to date, it says the same. */
import { ledgerVersion } from '../../../lib/ledger/stores.ts';
import { expect, test } from '../support/chromium.ts';
import { ledgerShape, makeOlderLedger, wholeLedger } from '../support/older-ledger.ts';
import { importLines, quarterAgreement, quarterLines } from '../support/quarter.ts';

test.use({ relevo: { launchOptions: {}, agreement: quarterAgreement } });

test('facts that an earlier version kept each by itself are all there after the update', async ({ extension }) => {
  const options = await extension.openExtensionPage('options.html');
  expect(await importLines(options, await quarterLines(120, Date.now()))).toBeGreaterThan(120);
  const before = await options.evaluate(wholeLedger);
  const facts = await options.evaluate(makeOlderLedger);
  expect(facts).toBeGreaterThan(120);
  expect(await options.evaluate(wholeLedger)).toEqual(before);
  const { version, stores } = await options.evaluate(ledgerShape);
  expect(version).toBe(ledgerVersion);
  expect(stores).toContain('histories');
  expect(stores).not.toContain('facts');
});
