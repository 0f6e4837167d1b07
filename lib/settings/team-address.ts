/**
 * The address at which a team keeps its agreement: a person's, shared by their browsers through `storage.sync`, or their
 * organisation's, which goes before it. Only the worker writes. What came from it is kept in this browser alone.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { readSharedAddress } from '../agreement/shared-address';
import { readKept, refreshFrom, type Address, type AddressUser, type KeptAddress } from './agreement-address';
import { clearShelf, shelfKeys } from './agreement-shelf';
import { readPolicy } from './policy';
import { readStored } from './stored';

/** Key in `storage.sync`. */
export const teamKey = 'team';

export const team: AddressUser = { shelf: shelfKeys.team, loopback: true };

/** An address that a person may name, and as it is asked. */
export const sharedUrl = z
  .string()
  .max(2_000)
  .refine((text) => readSharedAddress(text).ok);

const teamSchema = z.strictObject({ schema: z.literal(1), url: sharedUrl });

export interface NamedTeam {
  readonly address: Address | null;
  readonly byPolicy: boolean;
  /** What is stored can't be read, or is a newer version's. */
  readonly readable: boolean;
}

export async function readTeam(): Promise<NamedTeam> {
  const [{ team: set }, stored] = await Promise.all([readPolicy(), readStored('sync', teamKey, teamSchema)]);
  const readable = stored.kind !== 'unreadable';
  if (set !== undefined) return { address: { url: set }, byPolicy: true, readable };
  return { address: stored.kind === 'value' ? { url: stored.value.url } : null, byPolicy: false, readable };
}

const newer = z.looseObject({ schema: z.number().int().min(2) });

/**
 * Keeps a person's address; `null` names none any more, and what came from the one before no longer counts.
 * @returns `false` where the storage refused, or holds a newer version's.
 */
export async function writeTeam(url: string | null): Promise<boolean> {
  try {
    const before = (await browser.storage.sync.get(teamKey))[teamKey];
    if (newer.safeParse(before).success) return false;
    if (url === null) await browser.storage.sync.remove(teamKey);
    else await browser.storage.sync.set({ [teamKey]: { schema: 1, url } });
    return true;
  } catch {
    return false;
  }
}

export const readTeamKept = (): Promise<KeptAddress | null> => readKept(team);

/** Asks the team's address if it is time to; where there is none, nothing is kept of one. @returns whether something changed. */
export async function refreshTeam(now: number, atOnce = false): Promise<boolean> {
  const { address } = await readTeam();
  if (address) return refreshFrom(address, team, now, atOnce);
  const wasThere = (await readTeamKept()) !== null;
  await clearShelf(shelfKeys.team);
  return wasThere;
}
