/**
 * The chosen language. Invariant: for every key, both languages and any substitutions, the words that we look up ourselves
 * are those that a browser of that language gives (`support/i18n` fills blanks as browsers document it; the end-to-end tests
 * ask real ones).
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { filled, language, plural, speak as speakIn, t } from '../../../lib/platform/i18n';
import {
  languageChanged,
  languageKey,
  messagesOf,
  onLanguageChange,
  speakAsChosen,
} from '../../../lib/platform/speech';
import { catalogues, speak, type Language } from '../support/i18n';

const languages = ['en', 'es'] as const;
const other: Readonly<Record<Language, Language>> = { en: 'es', es: 'en' };

beforeEach(async () => {
  fakeBrowser.reset();
  vi.spyOn(browser.runtime, 'getURL').mockImplementation((path: string) => `extension://relevo${path}`);
  vi.stubGlobal(
    'fetch',
    vi.fn(async (url: string) => {
      const [, named = ''] = /_locales\/(en|es)\//.exec(url) ?? [];
      return new Response(JSON.stringify(catalogues[named as Language]));
    }),
  );
  await languageChanged();
});
afterEach(() => {
  speakIn(null);
  vi.unstubAllGlobals();
});

describe('words that we look up ourselves', () => {
  it.each(languages)('are those of a browser in %s, for every key and any substitutions', (named) => {
    const keys = Object.keys(catalogues[named]);
    speak(named);
    const messages = messagesOf(catalogues[named]);
    const asked = fc.record({
      key: fc.constantFrom(...keys, 'no_such_key'),
      values: fc.array(fc.oneof(fc.string(), fc.constantFrom('$1', '$$', '$&', "$'", '$<a>')), { maxLength: 9 }),
    });
    const same = ({ key, values }: { readonly key: string; readonly values: readonly string[] }): void => {
      speakIn(null);
      const browsers = t(key, ...values);
      speakIn(messages);
      expect(t(key, ...values)).toBe(browsers);
    };
    fc.assert(fc.property(asked, same), { numRuns: 2_000 });
    for (const key of keys) same({ key, values: ['one', '2', 'dr€i'] });
  });

  it.each([
    ['Hello $NAME$', { name: { content: '$1' } }, ['Ana'], 'Hello Ana'],
    [
      '$who$ owes $what$ to $WHO$',
      { who: { content: '$2' }, what: { content: '$1' } },
      ['a touch', 'Ana'],
      'Ana owes a touch to Ana',
    ],
    ['$nobody$ knows', {}, [], ' knows'],
    ['$1 $3', {}, ['a', 'b'], 'a '],
  ])('%j is filled as browsers fill it', (message, placeholders, values, words) => {
    expect(filled(messagesOf({ key: { message, placeholders } })['key'] ?? '', values)).toBe(words);
  });

  it('count and write numbers as the chosen language does', async () => {
    speak('en');
    await browser.storage.local.set({ [languageKey]: 'es' });
    await languageChanged();
    expect(language()).toBe('es');
    expect(plural('toolbar_overdue', 12_345)).toContain('12.345');
  });
});

describe('the chosen language', () => {
  it.each(languages)('is spoken in a browser of the other one (%s)', async (named) => {
    speak(other[named]);
    await browser.storage.local.set({ [languageKey]: named });
    expect(await languageChanged()).not.toBeNull();
    expect(language()).toBe(named);
    expect(t('you_language')).toBe(catalogues[named]['you_language']?.message);
  });

  it.each([undefined, 'en', 'fr', 7, { en: true }])(
    '%j in an English browser is the browser’s, and no file is read',
    async (kept) => {
      speak('en');
      await browser.storage.local.set(kept === undefined ? {} : { [languageKey]: kept });
      expect(await languageChanged()).toBeNull();
      expect(language()).toBe('en');
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('is read once, however often it is asked for', async () => {
    speak('en');
    await browser.storage.local.set({ [languageKey]: 'es' });
    await languageChanged();
    await Promise.all([speakAsChosen(), speakAsChosen()]);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('is the browser’s where our own file can’t be read, and where the storage does not answer', async () => {
    speak('en');
    await browser.storage.local.set({ [languageKey]: 'es' });
    vi.mocked(fetch).mockRejectedValueOnce(new TypeError('Failed to fetch'));
    expect(await languageChanged()).toBeNull();
    expect(t('you_language')).toBe('Language');
    vi.spyOn(browser.storage.local, 'get').mockRejectedValueOnce(new Error('IO error'));
    expect(await languageChanged()).toBeNull();
  });

  it('is told when it is another one, once its words are there', async () => {
    speak('en');
    const told = new Promise<string>((resolve) => onLanguageChange(() => resolve(t('you_language'))));
    await browser.storage.local.set({ [languageKey]: 'es' });
    expect(await told).toBe('Idioma');
  });
});
