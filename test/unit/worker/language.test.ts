/** The worker keeps the chosen language where pages find it, and CRM pages get every word that a badge may say. */
import { globSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { commitmentIds } from '../../../lib/agreement/schema';
import { clockStates } from '../../../lib/clock/types';
import { languageChanged, languageKey } from '../../../lib/platform/speech';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { pageMessages, settleLanguage } from '../../../lib/worker/language';
import { catalogues, speak } from '../support/i18n';

const kept = async (): Promise<unknown> => (await browser.storage.local.get(languageKey))[languageKey];

beforeEach(async () => {
  fakeBrowser.reset();
  speak('en');
  vi.spyOn(browser.runtime, 'getURL').mockImplementation((path: string) => `extension://relevo${path}`);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify(catalogues.es))),
  );
  vi.spyOn(browser.tabs, 'query').mockResolvedValue([] as never);
  await languageChanged();
});

describe('the language of the settings', () => {
  it('is kept for pages when it is another one, and forgotten when it is the browser’s again', async () => {
    expect(await settleLanguage()).toBe(false);
    await writePerson({ ...defaultPerson, language: 'es' });
    expect(await settleLanguage()).toBe(true);
    expect(await kept()).toBe('es');
    expect(await settleLanguage()).toBe(false);
    await writePerson(defaultPerson);
    expect(await settleLanguage()).toBe(true);
    expect(await kept()).toBeUndefined();
  });

  it('is the organisation’s where that has locked it', async () => {
    await writePerson({ ...defaultPerson, language: 'en' });
    await browser.storage.managed.set({ locked: ['language'], person: { language: 'es' } });
    await settleLanguage();
    expect(await kept()).toBe('es');
  });
});

describe('what a CRM page is handed', () => {
  it('is nothing where the browser’s own words are spoken', async () => {
    expect(await pageMessages()).toBeNull();
  });

  it('is every message that the overlay names, and not many more', async () => {
    await writePerson({ ...defaultPerson, language: 'es' });
    await settleLanguage();
    const messages = (await pageMessages()) ?? {};
    const root = new URL('../../..', import.meta.url).pathname;
    const named = globSync(['lib/overlay/*.ts', 'entrypoints/crm.content/*.ts', 'entrypoints/desk.ts'], { cwd: root })
      .map((file) => readFileSync(`${root}${file}`, 'utf8'))
      .flatMap((source) => [...source.matchAll(/\bt\(\s*['`]([a-z]\w*)(['$])?/g)].map(([, key = '']) => key));
    expect(named.length).toBeGreaterThan(10);
    for (const key of named)
      expect(
        Object.keys(messages).some((known) => known.startsWith(key)),
        key,
      ).toBe(true);
    for (const id of clockStates) expect(messages).toHaveProperty(`state_${id.replaceAll('-', '_')}`);
    for (const id of commitmentIds) expect(messages).toHaveProperty(`commitment_${id.replaceAll('-', '_')}`);
    expect(messages['language']).toBe('es');
    expect(JSON.stringify(messages).length).toBeLessThan(8_000);
  });
});
