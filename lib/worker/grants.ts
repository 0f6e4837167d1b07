/**
 * For which leads a panel or a bar may speak: those that our own content script asked for, in the tab that asked. A token is
 * bound to the first frame that shows it; a copy of the page opened by somebody else gets nothing. Kept in
 * `storage.session`, because the worker is not.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { parseLeadKey, type LeadKey } from '../lead/lead';
import { RefusedError, type Sender } from '../messages/router';
import { readStored } from '../settings/stored';

const prefix = 'panel:';
/** A token that was never shown is worthless after this long. */
const unusedMs = 60_000;

const grantSchema = z.strictObject({
  leads: z.array(z.string()),
  tabId: z.number(),
  origin: z.string(),
  since: z.number(),
  /** Set by the first frame that showed the token. */
  frameId: z.number().nullable(),
});
type Grant = z.infer<typeof grantSchema>;

async function readGrant(token: string): Promise<Grant | null> {
  const stored = await readStored('session', prefix + token, grantSchema);
  return stored.kind === 'value' ? stored.value : null;
}

const keep = (token: string, given: Grant): Promise<void> => browser.storage.session.set({ [prefix + token]: given });

/**
 * A token for leads of the asking page's own origin.
 * @param standing a token of the same page whose leads these take the place of.
 */
export async function grant(
  leads: readonly LeadKey[],
  sender: Sender,
  now: number,
  standing?: string,
): Promise<{ token: string }> {
  const { tabId, origin } = sender;
  if (tabId === null || leads.some((lead) => parseLeadKey(lead)?.origin !== origin)) throw new RefusedError('refused');
  const before = standing === undefined ? null : await readGrant(standing);
  if (standing !== undefined && before?.tabId === tabId && before.origin === origin) {
    await keep(standing, { ...before, leads: [...leads] });
    return { token: standing };
  }
  const token = crypto.randomUUID();
  await keep(token, { leads: [...leads], tabId, origin, since: now, frameId: null });
  return { token };
}

async function allGrants(): Promise<[key: string, given: Grant][]> {
  const all = await browser.storage.session.get(null);
  return Object.entries(all).flatMap(([key, value]) => {
    const parsed = key.startsWith(prefix) ? grantSchema.safeParse(value) : undefined;
    return parsed?.success ? [[key, parsed.data] as [string, Grant]] : [];
  });
}

/** Forgets the tokens of a tab that is gone. */
export async function forgetPanels(tabId: number): Promise<void> {
  const gone = (await allGrants()).flatMap(([key, given]) => (given.tabId === tabId ? [key] : []));
  if (gone.length > 0) await browser.storage.session.remove(gone);
}

/** The leads of a token, shown in the frame that asks; `null` where they are not for it to see. */
export async function leadsFor(token: string, sender: Sender, now: number): Promise<readonly LeadKey[] | null> {
  const given = await readGrant(token);
  if (!given || given.tabId !== sender.tabId || sender.frameId === null) return null;
  if (given.frameId === null) {
    if (now - given.since > unusedMs) return null;
    await keep(token, { ...given, frameId: sender.frameId });
    return given.leads;
  }
  return given.frameId === sender.frameId ? given.leads : null;
}

/** The leads that the asking frame shows by any token. */
export async function leadsShownIn({ tabId, frameId }: Sender): Promise<ReadonlySet<LeadKey>> {
  if (tabId === null || frameId === null) return new Set();
  const mine = (await allGrants()).filter(([, given]) => given.tabId === tabId && given.frameId === frameId);
  return new Set(mine.flatMap(([, given]) => given.leads));
}
