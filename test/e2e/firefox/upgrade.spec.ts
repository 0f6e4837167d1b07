/** A ledger that an earlier version wrote, in Firefox: brought up to date, it says the same. */
import { ledgerVersion } from '../../../lib/ledger/stores.ts';
import { expect, openExtensionPage, test } from '../support/firefox.ts';
import { ledgerShape, makeOlderLedger, wholeLedger } from '../support/older-ledger.ts';
import { importLines, quarterAgreement, quarterLines } from '../support/quarter.ts';

test('facts that an earlier version kept each by itself are all there after the update', async ({ firefox }) => {
  const options = await openExtensionPage(firefox, 'options.html');
  await options.evaluate((agreement) => chrome.storage.sync.set({ agreement }), quarterAgreement);
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
