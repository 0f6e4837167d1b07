/**
 * Since when nothing can be read although a CRM is open: the toolbar then says "!", because a count of what nobody can see
 * any more would be a lie. A page is blind when it shows leads and none could be read, or when the CRM refuses its data and
 * no lead was read whole. Pages that are closed are not blind, and one page that can be read is enough.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { Agreement } from '../agreement/schema';
import { targetLength } from '../clock/own-time';
import type { PageHealth } from '../messages/page-health';
import type { ProblemCode } from '../messages/problems';
import { readStored } from '../settings/stored';
import { createQueue } from './queue';

const storageKey = 'blind';
/** Tab → since when it is blind, epoch ms; `null` where it can be read. In the session: a restart begins anew. */
const schema = z.record(z.string().max(20), z.number().nullable());
const alone = createQueue();

/** The CRM does not give what it shows, or we no longer understand it. */
const blinding: ReadonlySet<ProblemCode> = new Set([
  'api-unauthorised',
  'api-failing',
  'api-unreadable',
  'page-changed',
]);

/** Whether a page can't be read; `null` where it shows no leads and nothing went wrong, so that nobody can say. */
export function isBlind({ adapter, surface, rows, read, whole, problems }: PageHealth): boolean | null {
  if (adapter === null || surface === null) return null;
  const isRefused = problems.some(({ code }) => blinding.has(code));
  if (rows === 0) return isRefused ? true : null;
  return read === 0 || (isRefused && whole === 0);
}

async function readTabs(): Promise<z.infer<typeof schema>> {
  const stored = await readStored('session', storageKey, schema);
  return stored.kind === 'value' ? stored.value : {};
}

/** Takes what a page says of itself. @returns whether anything changed. */
export function noteReading(tabId: number, health: PageHealth, now: number): Promise<boolean> {
  return alone(async () => {
    const blind = isBlind(health);
    const tabs = await readTabs();
    const before = Object.hasOwn(tabs, tabId) ? tabs[tabId] : undefined;
    if (blind === null || (before !== undefined && (before !== null) === blind)) return false;
    await browser.storage.session.set({ [storageKey]: { ...tabs, [tabId]: blind ? now : null } });
    return true;
  });
}

/** The tab is gone. */
export function forgetReading(tabId: number): Promise<void> {
  return alone(async () => {
    const { [String(tabId)]: gone, ...tabs } = await readTabs();
    if (gone !== undefined) await browser.storage.session.set({ [storageKey]: tabs });
  });
}

/** Since when every open CRM page is blind, epoch ms; `null` where one can be read or none is open. */
export async function blindSince(): Promise<number | null> {
  const tabs = Object.values(await readTabs());
  if (tabs.length === 0 || tabs.includes(null)) return null;
  return tabs.reduce<number>((first, since) => Math.min(first, since ?? first), Number.POSITIVE_INFINITY);
}

/** The shortest time that the agreement gives anybody, ms of its own time; `null` where it promises nothing. */
export function smallestTarget({ commitments }: Pick<Agreement, 'commitments'>): number | null {
  const lengths = commitments.flatMap(({ rules }) => rules.map(({ target }) => targetLength(target)));
  return lengths.length === 0 ? null : Math.min(...lengths);
}
