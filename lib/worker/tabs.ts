/** Opening leads, and telling open CRM pages to look again. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import { browser } from 'wxt/browser';
import type { LeadKey } from '../lead/lead';
import type { PageProtocol } from '../messages/contract';
import { tellPanels } from '../messages/looks';
import type { SiteDatesSet } from '../messages/site-dates';
import type { Messages } from '../platform/i18n';
import type { WorkerContext } from './context';

const pages = defineExtensionMessaging<PageProtocol>();

/** Shows a lead: its open tab comes to the front, else a new one opens. */
export async function openLead(lead: LeadKey, context: WorkerContext): Promise<{ ok: boolean }> {
  const record = (await context.withLedger((ledger) => ledger.load([lead]))).get(lead)?.record;
  const url = record?.lead.url;
  if (!record || url === undefined || new URL(url).origin !== record.lead.id.origin) return { ok: false };
  const { protocol, hostname } = new URL(url);
  const tabs = await browser.tabs.query({ url: `${protocol}//${hostname}/*` }).catch(() => []);
  const tab = tabs.find((open) => open.url === url);
  if (tab?.id === undefined) {
    await browser.tabs.create({ url });
    return { ok: true };
  }
  await browser.tabs.update(tab.id, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  return { ok: true };
}

async function eachPage(send: (tabId: number) => Promise<unknown>): Promise<void> {
  const tabs = await browser.tabs.query({});
  // Most tabs have no copy of our script and answer with an error: that is how they say so.
  await Promise.allSettled(tabs.flatMap(({ id }) => (id === undefined ? [] : send(id))));
}

/** Tells every page with our script, and every panel, to look again. */
export async function refreshPages(): Promise<void> {
  await Promise.all([eachPage((tabId) => pages.sendMessage('refresh', undefined, tabId)), tellPanels()]);
}

/** Hands pages the words of another language, with which they look again; `null`: the browser's. */
export async function speakOnPages(messages: Messages | null): Promise<void> {
  await eachPage((tabId) => pages.sendMessage('refresh', messages, tabId));
}

/** Tells pages of a site how it shows times. */
export async function setDatesOnPages(set: SiteDatesSet): Promise<void> {
  await eachPage((tabId) => pages.sendMessage('dates', set, tabId));
}

/** Tells pages of a site that is no longer granted to take everything away. */
export async function leavePages(pattern: string): Promise<void> {
  await eachPage((tabId) => pages.sendMessage('leave', { pattern }, tabId));
}
