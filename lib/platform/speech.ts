/**
 * The language that a person chose, for our own pages and the worker. A browser has one language for all extensions and no
 * way to ask for another, so the catalogue of the other one is read from our own files. The worker keeps the choice in
 * `storage.local`, where a page finds it before its first words and without waiting for the worker; nobody else writes it.
 */
import { browser } from 'wxt/browser';
import { speak, type Messages } from './i18n';

/** Key in `storage.local`; absent where the browser's language is spoken. */
export const languageKey = 'language';

export type SpokenLanguage = 'en' | 'es';

interface Entry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** A file of `_locales`. */
export type CatalogueFile = Readonly<Record<string, Entry>>;

/** The messages of a file, with what stands for `$NAME$` in its place: its own content, such as `$1`, in any case of letters. */
export function messagesOf(file: CatalogueFile): Messages {
  const contentIn = (entry: Entry, name: string): string => {
    const known = Object.entries(entry.placeholders ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase());
    return known?.[1].content ?? '';
  };
  return Object.fromEntries(
    Object.entries(file).map(([key, entry]) => [
      key,
      entry.message.replaceAll(/\$([a-z0-9_@]+)\$/gi, (_, name: string) => contentIn(entry, name)),
    ]),
  );
}

/** The language of the words that the browser gives us. */
const ofBrowser = (): string => browser.i18n.getMessage('language' as 'extension_name');

/** What is chosen and is not what the browser speaks anyway. */
async function readChosen(): Promise<SpokenLanguage | null> {
  const kept = ((await browser.storage.local.get(languageKey).catch(() => ({}))) as Record<string, unknown>)[
    languageKey
  ];
  return (kept === 'en' || kept === 'es') && kept !== ofBrowser() ? kept : null;
}

async function load(chosen: SpokenLanguage): Promise<Messages | null> {
  try {
    const response = await fetch(browser.runtime.getURL(`/_locales/${chosen}/messages.json` as '/popup.html'));
    return messagesOf((await response.json()) as CatalogueFile);
  } catch {
    // Words in the browser's language are better than none.
    return null;
  }
}

let latest: Promise<Messages | null> | undefined;

/**
 * Speaks the chosen language from now on; read once, until `languageChanged`.
 * @returns its messages; `null` where the browser's own are spoken.
 */
export function speakAsChosen(): Promise<Messages | null> {
  return (latest ??= readChosen()
    .then((chosen) => chosen && load(chosen))
    .then((messages) => {
      speak(messages);
      return messages;
    }));
}

/** Another language was chosen: reads it anew. */
export function languageChanged(): Promise<Messages | null> {
  latest = undefined;
  return speakAsChosen();
}

/** Calls back, in the new language, whenever another one is chosen. */
export function onLanguageChange(changed: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && languageKey in changes) void languageChanged().then(changed);
  });
}
