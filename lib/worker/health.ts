/** How well each open page is read, for the popup. Lives as long as the browser session; counts only, no lead data. */
import { browser } from 'wxt/browser';
import type { PageHealth } from '../messages/contract';
import { pageHealthSchema } from '../messages/schemas';
import { readStored } from '../settings/stored';

const keyOf = (tabId: number): string => `health:${tabId}`;

export async function keepHealth(tabId: number, health: PageHealth): Promise<void> {
  await browser.storage.session.set({ [keyOf(tabId)]: health });
}

export async function healthOf(tabId: number): Promise<PageHealth | null> {
  const stored = await readStored('session', keyOf(tabId), pageHealthSchema);
  return stored.kind === 'value' ? stored.value : null;
}

export async function forgetHealth(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}
