/** The real catalogue behind the fake browser's `i18n`, so that tests see the words that people see. */
import { browser } from 'wxt/browser';
import { vi } from 'vitest';
import en from '../../../public/_locales/en/messages.json';
import es from '../../../public/_locales/es/messages.json';

export type Catalogue = Readonly<Record<string, { readonly message: string }>>;
export type Language = 'en' | 'es';

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, es };

/** Makes `t` and `plural` speak this language, with `$1` … `$9` filled as browsers fill them. */
export function speak(language: Language): void {
  const words = catalogues[language];
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation((key: string, substitutions?: unknown) => {
    const values = Array.isArray(substitutions) ? substitutions : substitutions === undefined ? [] : [substitutions];
    const message = Object.hasOwn(words, key) ? (words[key]?.message ?? '') : '';
    return message.replaceAll(/\$(\$|[1-9])/g, (_, name: string) =>
      name === '$' ? '$' : String(values[Number(name) - 1] ?? ''),
    );
  });
}
