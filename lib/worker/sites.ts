/**
 * On which sites the content script runs. What the person granted is the truth; registrations follow it at every start:
 * granted and not switched off = registered. Open tabs get the script at once, because browsers don't do that.
 */
import { browser } from 'wxt/browser';
import { catalogue } from '../crm/catalogue';
import { covers } from '../crm/match-pattern';
import { readTeamSite } from '../settings/team-site';

export const contentScript = '/content-scripts/crm.js';
const prefix = 'crm:';

/** Origin patterns that a person can grant, as `permissions.request` wants them: no port, whole site. */
export function patternOf(address: string): { origin: string; pattern: string } | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return { origin: url.origin, pattern: `${url.protocol}//${url.hostname}/*` };
}

/** Sites whose pattern ships in the manifest: on from the start, without a grant and without a registration. */
export const shipped = catalogue.flatMap(({ hosts }) => hosts);

async function grantedPatterns(): Promise<string[]> {
  const [{ origins = [] }, team] = await Promise.all([browser.permissions.getAll(), readTeamSite()]);
  const isCrm = (origin: string): boolean => !shipped.includes(origin) && origin !== team;
  return origins.filter((origin) => /^(\*|https?):\/\//.test(origin) && isCrm(origin)).toSorted();
}

/** Whether our script runs on this address: by the manifest, by a grant, or not. */
export async function accessTo(address: string): Promise<'shipped' | 'granted' | 'none'> {
  const url = new URL(address);
  if (shipped.some((pattern) => covers(pattern, url))) return 'shipped';
  return (await grantedPatterns()).some((pattern) => covers(pattern, url)) ? 'granted' : 'none';
}

/** Makes registrations equal to what is granted. @returns patterns that are new. */
export async function reconcileSites(): Promise<string[]> {
  const [granted, registered] = await Promise.all([grantedPatterns(), browser.scripting.getRegisteredContentScripts()]);
  const wanted = new Set(granted.map((pattern) => prefix + pattern));
  const ours = registered.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => id);
  const gone = ours.filter((id) => !wanted.has(id));
  const fresh = granted.filter((pattern) => !ours.includes(prefix + pattern));
  if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone });
  if (fresh.length > 0)
    await browser.scripting.registerContentScripts(
      fresh.map((pattern) => ({
        id: prefix + pattern,
        js: [contentScript],
        matches: [pattern],
        runAt: 'document_idle' as const,
        persistAcrossSessions: true,
      })),
    );
  return fresh;
}

/** Runs the content script in open tabs of these patterns; an older copy there notices and removes itself. */
export async function injectOpenTabs(patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  const tabs = await browser.tabs.query({ url: [...patterns] });
  await Promise.allSettled(
    tabs.flatMap((tab) =>
      tab.id === undefined || tab.discarded
        ? []
        : browser.scripting.executeScript({ target: { tabId: tab.id }, files: [contentScript] }),
    ),
  );
}

/** Panel, bar and offers; the manifest brings it along on the hosts that ship. */
export const deskScript = '/desk.js';

/** The script of one adapter. */
export const adapterScript = (id: string): string => `/adapter-${id}.js`;

/**
 * Runs an adapter's script in the page that recognised it, and with it what a person works with there. Only adapters of
 * the catalogue exist.
 * @param beside the page has it already, from the manifest
 */
export async function loadAdapter(id: string, beside: boolean, tabId: number): Promise<{ ok: boolean }> {
  if (!catalogue.some((entry) => entry.id === id)) return { ok: false };
  if (beside) return { ok: true };
  try {
    const target = { tabId, frameIds: [0] };
    const files = [adapterScript(id), deskScript] as (typeof contentScript)[];
    await browser.scripting.executeScript({ target, files });
    return { ok: true };
  } catch {
    return { ok: false };
  }
}

/** The script of one adapter for the page's own world. */
export const worldScript = (id: string): string => `/world-${id}.js`;

/** Runs it in the asking page. Only adapters of the catalogue have one, and it holds no code of ours but one answer. */
export async function loadWorld(id: string, tabId: number): Promise<{ ok: boolean }> {
  if (!catalogue.some((entry) => entry.id === id && entry.world)) return { ok: false };
  try {
    const target = { tabId, frameIds: [0] };
    const files = [worldScript(id) as typeof contentScript];
    await browser.scripting.executeScript({ target, files, world: 'MAIN' });
    return { ok: true };
  } catch {
    return { ok: false };
  }
}

/** All granted patterns: where to inject after an update. */
export async function injectEverywhere(): Promise<void> {
  await injectOpenTabs(await grantedPatterns());
}
