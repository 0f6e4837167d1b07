/** The agreement in a real `storage.sync`: in parts that it takes, and moved there from the one item that it was first. */
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { expect, test } from '../support/chromium.ts';

test.use({ relevo: { launchOptions: {}, agreement: null } });

/** Items that have to do with the agreement, with their size as the browser counts it. */
const sizes = (items: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(items)
      .filter(([key]) => key.startsWith('agreement'))
      .map(([key, value]) => [key.replace(/:part:.*/, ':part'), key.length + JSON.stringify(value).length]),
  );

test('a preset that is adopted gets into sync by itself, below 8 KiB an item', async ({ extension }) => {
  const options = await extension.openExtensionPage('options.html');
  const worker = await extension.worker();
  expect(
    await options.evaluate(() =>
      chrome.runtime
        .sendMessage({ id: 1, type: 'adoptPreset', data: { preset: 'standard' }, timestamp: Date.now() })
        .then((answer) => answer.res),
    ),
  ).toEqual({ ok: true });
  await expect
    .poll(async () => Object.keys(sizes(await worker.evaluate(() => chrome.storage.sync.get(null)))), {
      timeout: 20_000,
    })
    .toEqual(expect.arrayContaining(['agreement:head', 'agreement:part']));
  const written = sizes(await worker.evaluate(() => chrome.storage.sync.get(null)));
  expect(Math.max(...Object.values(written))).toBeLessThan(8_192);
  await expect
    .poll(async () => Object.keys(await worker.evaluate(() => chrome.storage.local.get('agreement:pending'))))
    .toEqual([]);
});

test('the first form, one item, becomes parts and goes', async ({ extension }) => {
  const worker = await extension.worker();
  const agreement = { ...demoAgreement(Date.now()), id: 'of-old', version: 3 };
  await worker.evaluate((item) => chrome.storage.sync.set({ agreement: item }), agreement);
  await expect
    .poll(async () => Object.keys(sizes(await worker.evaluate(() => chrome.storage.sync.get(null)))).toSorted(), {
      timeout: 20_000,
    })
    .toEqual(['agreement:head', 'agreement:part']);
  const options = await extension.openExtensionPage('options.html');
  const state = await options.evaluate(() =>
    chrome.runtime
      .sendMessage({ id: 1, type: 'agreementState', data: {}, timestamp: Date.now() })
      .then((answer) => answer.res),
  );
  expect(state).toMatchObject({ source: 'sync', document: { id: 'of-old', version: 3, schema: 2 }, problems: [] });
});
