/**
 * The agreement in force as it was last read, so that a worker that was just started need not unpack and parse everything
 * before its first answer. It lies in `storage.session`: memory that only the extension reaches and that a restart, a reload and an
 * update empty. It counts for exactly what it was read from: as soon as anything differs where agreements come from, or
 * time reached the next version, all is read anew.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { shelfKeys } from './agreement-shelf';
import { managedSoon } from './managed';
import { sha256 } from './packed';
import { readStored } from './stored';

const storageKey = 'agreement:read';

const schema = z.strictObject({
  /** SHA-256 of what it was read from. */
  from: z.string().max(64),
  /** Epoch ms. */
  readAt: z.number(),
  /** When another version takes effect, epoch ms. */
  nextAt: z.number().nullable(),
  /** JSON, as text: a storage area brings an object back with its keys in another order. */
  text: z.string(),
});

/** A draft is in force nowhere. */
const { draft: _draft, draftBefore: _draftBefore, ...counting } = shelfKeys;

/** Names everything that the agreement in force depends on. */
async function sources(zone: string): Promise<string> {
  const [managed, sync, local] = await Promise.all([
    managedSoon(),
    browser.storage.sync.get(null),
    browser.storage.local.get(Object.values(counting)),
  ]);
  return sha256(JSON.stringify([zone, managed, sync, local]));
}

/**
 * What `read` says, or said when it was last asked of the same. It has to be something that JSON brings back as it was.
 * @param zone IANA zone of this browser; a part of what is read.
 * @param now epoch ms
 */
export async function readOnce<Value extends { readonly nextAt: number | null }>(
  zone: string,
  now: number,
  read: () => Promise<Value>,
): Promise<Value> {
  const before = await sources(zone).catch(() => null);
  if (before === null) return read();
  const stored = await readStored('session', storageKey, schema);
  if (stored.kind === 'value') {
    const { from, readAt, nextAt, text } = stored.value;
    // A clock that was set back may stand before a version that had begun.
    if (from === before && readAt <= now && now < (nextAt ?? Number.POSITIVE_INFINITY))
      return JSON.parse(text) as Value;
  }
  const value = await read();
  // What changed meanwhile may be in it or not; reading for the first time itself keeps what it found.
  if ((await sources(zone).catch(() => null)) !== before) return value;
  const kept: z.infer<typeof schema> = {
    from: before,
    readAt: now,
    nextAt: value.nextAt,
    text: JSON.stringify(value),
  };
  await browser.storage.session.set({ [storageKey]: kept }).catch(() => {});
  return value;
}
