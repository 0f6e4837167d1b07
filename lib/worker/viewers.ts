/** Who "me" is on each CRM: what its pages said last. Kept in `storage.local`, because the toolbar counts without a page. */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { Lead, LeadFields, Viewer } from '../lead/lead';
import type { KnownViewer } from '../messages/sites';
import { viewerSchema } from '../messages/schemas';
import { readStored } from '../settings/stored';

const storageKey = 'viewers';
const schema = z.record(z.string().max(400), viewerSchema);

export type Viewers = Readonly<Record<string, Viewer>>;

export async function readViewers(): Promise<Viewers> {
  const stored = await readStored('local', storageKey, schema);
  return stored.kind === 'value' ? stored.value : {};
}

/** Remembers who is signed in to the CRM at `origin`; writes only when that changed. */
export async function rememberViewer(origin: string, viewer: Viewer): Promise<boolean> {
  const viewers = await readViewers();
  const before = viewers[origin];
  if (before?.id === viewer.id && before?.name === viewer.name) return false;
  await browser.storage.local.set({ [storageKey]: { ...viewers, [origin]: viewer } });
  return true;
}

/** Names to offer to a person who is asked for theirs. */
export async function knownViewers(): Promise<readonly KnownViewer[]> {
  const viewers = await readViewers();
  return Object.entries(viewers).flatMap(([origin, { name = '' }]) => (name === '' ? [] : [{ origin, name }]));
}

const same = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/** What tells whose a lead is. */
export interface Owned extends Pick<Lead, 'id'> {
  readonly fields: Pick<LeadFields, 'owner' | 'ownerId'>;
}

/** Whether this lead is the signed-in person's. Where nobody is known to be signed in, every lead is. */
export function isMine(lead: Owned, viewers: Viewers): boolean {
  const viewer = Object.hasOwn(viewers, lead.id.origin) ? viewers[lead.id.origin] : undefined;
  if (!viewer) return true;
  if (viewer.id !== undefined && lead.fields.ownerId !== undefined) return viewer.id === lead.fields.ownerId;
  if (viewer.name !== undefined && lead.fields.owner !== undefined) return same(viewer.name, lead.fields.owner);
  return false;
}
