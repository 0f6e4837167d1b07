/**
 * An agreement in Firefox from the first run to the day it holds: language, side, name and preset, a draft, both signatures,
 * publication, the instant, everybody's word that they have read it; and the words of a browser against our own look-up.
 */
import type { Page } from 'puppeteer-core';
import type { AgreementState } from '../../../lib/messages/agreements.ts';
import { filled } from '../../../lib/platform/i18n.ts';
import { messagesOf, type CatalogueFile } from '../../../lib/platform/speech.ts';
import { badgesOn, expect, faultsIn, openExtensionPage, test } from '../support/firefox.ts';
import { handOver, localInstant, newTarget, signatories } from '../support/new-version.ts';

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

const valueOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (field) => (field as HTMLInputElement).value).catch(() => '');

/** What a person's date picker does: its text depends on the language, its value does not. */
const pick = (page: Page, selector: string, value: string): Promise<void> =>
  page.$eval(
    selector,
    (field, given) => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      set?.call(field, given);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );

const rowsOf = (page: Page, region: string): Promise<string[]> =>
  page.$$eval(`section[aria-label="${region}"] tbody tr`, (rows) => rows.map((row) => (row as HTMLElement).innerText));

const openCard = (page: Page, name: string): Promise<void> =>
  click(page, `xpath/.//main//button[@aria-expanded="false"][contains(., "${name}")]`);

const within = 'input[type="number"]';
const instant = 'input[type="datetime-local"]';
const signatoriesOf = (side: string): string => `section[aria-label="${side}"] textarea`;
const toTerms = (page: Page): Promise<void> => click(page, 'aria/Terms[role="button"]');

async function openTarget(page: Page): Promise<void> {
  await openCard(page, 'First touch');
  await openCard(page, '1. ');
  await page.waitForSelector(within);
}

/** A target, who signs, and the instant, through the editor's own forms; and all of it is still there after a reload. */
async function writeInEditor(options: Page, effectiveFrom: number): Promise<void> {
  await click(options, 'nav a[href="#agreement"]');
  await openTarget(options);
  const unit = await options.waitForSelector('aria/Unit[role="combobox"]');
  await unit?.select('minutes');
  await expect.poll(() => valueOf(options, within)).toBe('60');
  const amount = await options.waitForSelector(within);
  await amount?.click({ count: 3 });
  await options.keyboard.type(String(newTarget));
  await toTerms(options);
  for (const [side, name] of Object.entries(signatories)) await type(options, signatoriesOf(side), name);
  await pick(options, instant, localInstant(effectiveFrom));
  await expectText(options, /^Saved \d/m);
  expect(await faultsIn(options)).toEqual([]);

  await options.evaluate(() => location.reload());
  await openTarget(options);
  expect(await valueOf(options, within)).toBe(String(newTarget));
  expect(await faultsIn(options)).toEqual([]);
  await toTerms(options);
  await options.waitForSelector(instant);
  for (const [side, name] of Object.entries(signatories))
    expect(await valueOf(options, signatoriesOf(side))).toBe(name);
  expect(await valueOf(options, instant)).toBe(localInstant(effectiveFrom).slice(0, 16));
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

test('from the first run to the day it holds, in two languages', async ({ firefox, tab, crm }) => {
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
  await writeInEditor(options, Date.now() + 60_000);

  await click(options, 'nav a[href="#procedure"]');
  await expectText(options, /First touch for “.+”: 60 → 30 working minutes/);
  await click(options, 'aria/Start the dry run[role="button"]');
  await options.waitForSelector('section[aria-label="By commitment"] tbody tr');
  expect(await rowsOf(options, 'By commitment')).toContainEqual(expect.stringMatching(/^First touch.*\d+ → \d+/s));
  await options.waitForSelector('section[aria-label="Leads whose clocks would change"] tbody tr');
  // Handed over 49 working minutes ago: at risk of 60, and over 30.
  const atRisk = crm.leads.find(({ story }) => story === 'at-risk')?.record.name ?? '';
  expect(await rowsOf(options, 'Leads whose clocks would change')).toContainEqual(
    expect.stringMatching(new RegExp(`^${atRisk}.*At risk.*Overdue`, 's')),
  );
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

  const { recordId, dueAt } = handOver(crm);
  await tab.bringToFront();
  await tab.reload();
  await expect
    .poll(async () => (await badgesOn(tab)).find(({ lead }) => lead.endsWith(`|${recordId}`))?.due, { timeout: 20_000 })
    .toBe(new Date(dueAt).toISOString());
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
