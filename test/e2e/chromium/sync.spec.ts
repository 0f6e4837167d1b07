/** The agreement in a real `storage.sync`: in parts that it takes, and moved there from the one item that it was first. */
import type { Page } from '@playwright/test';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { requireChromium } from '../../tools/browsers.ts';
import { demoAgreement } from '../../tools/demo-agreement.ts';
import { launch, type Launched } from '../../tools/launch.ts';
import { expect, test } from '../support/chromium.ts';
import { ask } from '../support/procedure.ts';

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

type Items = Record<string, unknown>;

const inSync = async (extension: Launched): Promise<Items> =>
  (await extension.worker()).evaluate(() => chrome.storage.sync.get(null));
const deliver = async (extension: Launched, items: Items): Promise<void> =>
  (await extension.worker()).evaluate((some) => chrome.storage.sync.set(some), items);
const lose = async (extension: Launched, key: string): Promise<void> =>
  (await extension.worker()).evaluate((one) => chrome.storage.sync.remove(one), key);

/** What a browser has in sync once nothing waits to be written any more. */
async function settled(extension: Launched, version: number): Promise<Items> {
  await expect
    .poll(async () => (await inSync(extension))['agreement:head'], { timeout: 30_000 })
    .toMatchObject({ version });
  return inSync(extension);
}

/** Publishes a second version that is too long for one item of sync. */
async function publishLong(options: Page): Promise<void> {
  expect(await ask(options, 'startDraft', { from: 'in-force' })).toEqual({ ok: true });
  const { draft } = await ask<AgreementState>(options, 'agreementState', {});
  const document = JSON.parse(draft?.text ?? '{}') as { management: object };
  // Text that no packing makes much shorter.
  let state = 7;
  const clauses = Array.from({ length: 5 }, (_, index) => {
    let text = '';
    while (text.length < 3_900) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      text += state.toString(36);
    }
    return { number: String(index), text };
  });
  const text = JSON.stringify({
    ...document,
    effectiveFrom: new Date(Date.now() + 3_600_000).toISOString(),
    parties: { marketing: { signatories: ['Marta Ruiz'] }, sales: { signatories: ['Sam Poe'] } },
    management: { ...document.management, clauses },
  });
  const as = [
    { party: 'marketing', by: 'Marta Ruiz' },
    { party: 'sales', by: 'Sam Poe' },
  ] as const;
  await ask(options, 'savePerson', {
    person: {
      schema: 2,
      language: 'browser',
      side: 'marketing',
      name: 'Marta Ruiz',
      follows: [],
      badge: 'full',
      reminders: { on: false },
      names: 'hidden',
    },
  });
  expect(await ask(options, 'saveDraft', { text, base: draft?.savedAt ?? null })).toMatchObject({ ok: true });
  expect(await ask(options, 'propose', {})).toEqual({ ok: true });
  for (const one of as) expect(await ask(options, 'sign', { as: one })).toEqual({ ok: true });
  expect(await ask(options, 'publish', {})).toEqual({ ok: true });
}

test('parts of a real sync that come out of order, or get lost, leave the last whole version in force, and that is said', async ({
  extension,
}) => {
  test.setTimeout(120_000);
  const elsewhere = await launch({ executablePath: requireChromium() });
  try {
    const theirs = await elsewhere.openExtensionPage('options.html');
    expect(await ask(theirs, 'adoptPreset', { preset: 'standard' })).toEqual({ ok: true });
    const first = await settled(elsewhere, 1);
    await publishLong(theirs);
    const { 'agreement:head': head, person: _person, ...rest } = await settled(elsewhere, 2);
    const { generation } = head as { generation: string };
    const parts = Object.entries(rest).filter(([key]) => key.startsWith(`agreement:part:${generation}:`));
    expect(parts.length).toBeGreaterThan(1);

    await deliver(extension, first);
    const options = await extension.openExtensionPage('options.html#procedure');
    const versions = async (): Promise<number[]> =>
      (await ask<AgreementState>(options, 'agreementState', {})).versions.map(({ document }) => document.version);
    const problems = async (): Promise<string[]> =>
      (await ask<AgreementState>(options, 'agreementState', {})).problems.map(({ code }) => code);
    await expect.poll(versions).toEqual([1]);

    // The head first, then the last part, and so on: until all are there, nothing of it counts.
    await deliver(extension, { 'agreement:head': head });
    for (const [key, value] of parts.toReversed()) {
      await expect.poll(problems).toEqual(['agreement-arriving']);
      expect(await versions()).toEqual([1]);
      await deliver(extension, { [key]: value });
    }
    await expect.poll(versions).toEqual([2, 1]);
    expect(await problems()).toEqual([]);

    // One part is lost: what was whole is kept here, and the screen says that something is missing.
    const [lost, text] = parts[1] ?? ['', ''];
    await lose(extension, lost);
    await expect.poll(problems).toEqual(['agreement-arriving']);
    expect(await versions()).toEqual([2, 1]);
    await options.reload();
    await expect(options.getByText(/^A newer version of the agreement is arriving/)).toBeVisible();

    // Another one stands where it was: its checksum tells.
    await deliver(extension, { [lost]: String(text).replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) });
    await expect.poll(problems).toEqual(['agreement-arriving']);
    await deliver(extension, { [lost]: text });
    await expect.poll(problems).toEqual([]);
    expect(await versions()).toEqual([2, 1]);
  } finally {
    await elsewhere.context.close();
  }
});
