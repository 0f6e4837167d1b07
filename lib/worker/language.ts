/**
 * Keeps what language a person chose, or their organisation, where our pages find it, and hands CRM pages the few messages
 * that badges need: a content script is to stay small, and has no business reading our files. It decides no word.
 */
import { browser } from 'wxt/browser';
import type { Messages } from '../platform/i18n';
import { languageChanged, languageKey, speakAsChosen } from '../platform/speech';
import { readPerson } from '../settings/person';
import { createQueue } from './queue';
import { speakOnPages } from './tabs';

/** Keys that the overlay asks for; a test compares them with what it does. */
const onPages = /^(language$|state_|commitment_|badge_)/;

const forPages = (messages: Messages | null): Messages | null =>
  messages && Object.fromEntries(Object.entries(messages).filter(([key]) => onPages.test(key)));

/** What badges say, where that is not the browser's language; `null` where it is. */
export async function pageMessages(): Promise<Messages | null> {
  return forPages(await speakAsChosen());
}

/** One change is heard of more than once: by the message that brought it, and by the storage. */
const alone = createQueue();

/**
 * Keeps the language of the settings as they are now. Where it is another one, the worker speaks it at once, our open pages
 * follow by themselves, and CRM pages are handed their words.
 * @returns whether it was another one.
 */
export const settleLanguage = (): Promise<boolean> => alone(settle).catch(() => false);

async function settle(): Promise<boolean> {
  const [{ person }, before] = await Promise.all([readPerson(), browser.storage.local.get(languageKey)]);
  const chosen = person.language === 'browser' ? undefined : person.language;
  if (before[languageKey] === chosen) return false;
  if (chosen === undefined) await browser.storage.local.remove(languageKey);
  else await browser.storage.local.set({ [languageKey]: chosen });
  await speakOnPages(forPages(await languageChanged()));
  return true;
}
