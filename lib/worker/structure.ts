/**
 * The structure of an open page, for a report that somebody can copy. The script that makes it is brought only when asked
 * for. Where the manifest matches a site we hold no permission to run anything there later: then the browser lets us in
 * only while the popup's click on that tab counts (activeTab), and otherwise the person is told.
 */
import { browser } from 'wxt/browser';
import type { RouteKind } from '../lead/lead';
import type { StructureReply } from '../messages/page-health';
import { outlineSchema } from '../messages/schemas';
import { tabShowing } from './health';
import type { contentScript } from './sites';

export const structureScript = '/structure.js';

async function hostOf(tabId: number): Promise<string | null> {
  try {
    const { url } = await browser.tabs.get(tabId);
    return url === undefined ? null : new URL(url).host;
  } catch {
    return null;
  }
}

export async function pageStructure(adapter: string, surface: RouteKind): Promise<StructureReply> {
  const tabId = await tabShowing(adapter, surface);
  if (tabId === null) return { ok: false, reason: 'not-open' };
  try {
    const target = { tabId, frameIds: [0] };
    const files = [structureScript as typeof contentScript];
    const [answer] = await browser.scripting.executeScript({ target, files });
    // The page shares its process with the script.
    const outline = outlineSchema.safeParse(answer?.result);
    if (!outline.success) return { ok: false, reason: 'not-open' };
    return { ok: true, outline: outline.data, host: await hostOf(tabId) };
  } catch {
    return { ok: false, reason: 'refused' };
  }
}
