/**
 * An agreement in Firefox from the first run to the day it holds: language, side, name and preset, a draft, both signatures,
 * publication, the instant, everybody's word that they have read it; and the words of a browser against our own look-up.
 */
import type { Page } from 'puppeteer-core';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { filled } from '../../../lib/platform/i18n.ts';
import { messagesOf, type CatalogueFile } from '../../../lib/platform/speech.ts';
import { expect, openExtensionPage, test } from '../support/firefox.ts';
import { stricterDraft } from '../support/stricter-draft.ts';

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText).catch(() => '');
const expectText = (page: Page, words: string | RegExp) =>
  expect.poll(() => textOf(page), { timeout: 20_000 }).toMatch(words);

async function click(page: Page, selector: string): Promise<void> {
  const element = await page.waitForSelector(selector);
  await element?.click();
}

async function type(page: Page, selector: string, words: string): Promise<void> {
  const element = await page.waitForSelector(selector);
  await element?.type(words);
}

/** Asks the worker as the page itself does. As text, because what stands in an answer twice crosses BiDi once. */
async function ask<Reply>(page: Page, name: string, data: unknown): Promise<Reply> {
  const text = await page.evaluate(
    (named, given) =>
      chrome.runtime
        .sendMessage({ id: 1, type: named, data: given, timestamp: Date.now() })
        .then((answer: { res: unknown }) => JSON.stringify(answer.res)),
    name,
    data,
  );
  return JSON.parse(text) as Reply;
}

const labelOf = (tab: Page): Promise<string> =>
  tab.evaluate(
    () =>
      document
        .querySelector('relevo-badge[data-state="overdue"]')
        ?.shadowRoot?.querySelector('button')
        ?.getAttribute('aria-label') ?? '',
  );

test('from the first run to the day it holds, in two languages', async ({ firefox, tab }) => {
  // It waits for the instant of its version, and a machine that does other work is slow before that.
  test.setTimeout(180_000);
  await expect.poll(() => labelOf(tab), { timeout: 20_000 }).toContain('Overdue');
  const welcome = await openExtensionPage(firefox, 'welcome.html');
  await click(welcome, 'aria/Español[role="radio"]');
  await expectText(welcome, 'Te damos la bienvenida a Relevo');
  await tab.bringToFront();
  await expect.poll(() => labelOf(tab), { timeout: 20_000 }).toContain('Fuera de plazo');
  await welcome.bringToFront();
  await click(welcome, 'aria/English[role="radio"]');
  await click(welcome, 'aria/Marketing[role="radio"]');
  await type(welcome, 'aria/Your name', 'Lucía Gil');
  await welcome.keyboard.press('Tab');
  await expectText(welcome, /^Saved$/m);
  await click(welcome, 'aria/Standard[role="radio"]');
  await click(welcome, 'aria/Use “Standard”[role="button"]');
  await expectText(welcome, '“Standard” holds from now on.');

  const options = await openExtensionPage(firefox, 'options.html#procedure');
  await click(options, 'aria/Begin a draft[role="button"]');
  await expectText(options, 'The draft is there.');
  const effectiveFrom = new Date(Date.now() + 40_000).toISOString();
  const { draft } = await ask<AgreementState>(options, 'agreementState', {});
  const text = stricterDraft(draft?.text ?? '{}', effectiveFrom);
  expect(await ask(options, 'saveDraft', { text })).toMatchObject({ ok: true });
  await options.evaluate(() => location.reload());
  await expectText(options, /First touch for “.+”: 60 → 1 working minutes/);

  await click(options, 'aria/Start the dry run[role="button"]');
  await expectText(options, 'By commitment');
  expect((await ask<AgreementState>(options, 'agreementState', {})).draft?.stage).toBe('draft');

  await click(options, 'aria/Propose to both sides[role="button"]');
  await click(options, 'form[aria-label="Sign for Marketing"] button');
  await expectText(options, /Signed by Lucía Gil, /);
  await type(options, 'form[aria-label="Sign for Sales"] input', 'Luis Ortega');
  await options.keyboard.press('Enter');
  await expectText(options, /Signed by Luis Ortega, /);
  await click(options, 'aria/Put into force at its instant[role="button"]');
  await expectText(options, 'Published. Everybody is asked to read it.');
  await click(options, 'aria/I have read it[role="button"]');
  await expectText(options, /Read by Lucía Gil/);

  await expect
    .poll(async () => (await ask<AgreementState>(options, 'agreementState', {})).document.version, {
      timeout: 60_000,
    })
    .toBe(2);
  const { versions, source } = await ask<AgreementState>(options, 'agreementState', {});
  expect(source).toBe('sync');
  expect(versions.map(({ document, stage }) => [document.version, stage])).toEqual([
    [2, 'effective'],
    [1, 'superseded'],
  ]);
});

test('gives for every key, whatever fills its blanks, the words that we look up ourselves', async ({ firefox }) => {
  const options = await openExtensionPage(firefox, 'options.html');
  // A Firefox speaks the languages that are installed with it; this one is in each.
  const file = await options.evaluate(() =>
    fetch('/_locales/en/messages.json').then((response) => response.json() as Promise<CatalogueFile>),
  );
  const messages = messagesOf(file);
  const fillings = [[], ['one'], ['$1', '$$', '$&', 'ñ'], Array.from({ length: 9 }, (_, index) => `<${index}>`)];
  const asked = Object.keys(messages).flatMap((key) => fillings.map((values) => ({ key, values })));
  const browsers = await options.evaluate(
    (all) => all.map(({ key, values }) => chrome.i18n.getMessage(key, values)),
    asked,
  );
  expect(asked.map(({ key, values }) => filled(messages[key] ?? '', values))).toEqual(browsers);
});
