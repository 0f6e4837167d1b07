/**
 * Opens the page of the first run after somebody installed the extension. Not where it was loaded from a folder, because
 * whoever does that builds or tests it; and not where the organisation put it in place, on all its computers at once.
 */
import { browser } from 'wxt/browser';

const byPerson = new Set(['normal', 'sideload', 'other']);

/** @param reason of `runtime.onInstalled`. */
export async function openFirstRun(reason: string): Promise<void> {
  if (reason !== 'install') return;
  const { installType } = await browser.management.getSelf();
  if (byPerson.has(installType)) await browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
}
