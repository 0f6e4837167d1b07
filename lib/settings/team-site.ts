/**
 * The site that a person allowed for their team's address and for nothing else. A browser's permission is for a site and
 * says nothing of what for; without this the server of an agreement would count as a CRM and get our content script.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { clearShelf, readShelf, writeShelf } from './agreement-shelf';

const key = 'team:site';
const schema = z.strictObject({ schema: z.literal(1), pattern: z.string().max(400) });

/** Its pattern; `null` for none. */
export const readTeamSite = async (): Promise<string | null> => (await readShelf(key, schema))?.pattern ?? null;

export async function keepTeamSite(pattern: string | null): Promise<void> {
  if (pattern === null) await clearShelf(key);
  else await writeShelf(key, { schema: 1, pattern });
}

/** The site is no longer needed: the permission for it goes. One that the extension requires stays. */
export async function giveBackTeamSite(): Promise<void> {
  const pattern = await readTeamSite();
  if (pattern === null) return;
  await browser.permissions.remove({ origins: [pattern] }).catch(() => false);
  await keepTeamSite(null);
}
