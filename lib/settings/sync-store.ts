/**
 * Reading and writing the text that lies in `storage.sync` in parts. Parts first, under a generation of their own, then the
 * head, then the old parts go: whatever is interrupted, a reader finds the old text or the new one. It knows no agreements
 * and decides nothing; that is `sync-agreement.ts`.
 */
import { pack, sha256, unpack } from './packed';
import {
  assemble,
  bytesPerGeneration,
  generationOf,
  headKey,
  headSchema,
  isPartOf,
  partPrefix,
  partWrittenAt,
  split,
  syncSchemaVersion,
  type Items,
  type SyncHead,
} from './sync-parts';

/** `browser.storage.sync`, or what a test puts in its place. */
export interface SyncArea {
  get(keys: null): Promise<Items>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

/** The largest text that is taken back, in bytes. */
const largest = 5_000_000;

export type SyncReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'arriving'; readonly head: SyncHead }
  | { readonly kind: 'whole'; readonly head: SyncHead; readonly text: string }
  | { readonly kind: 'newer'; readonly schema: number }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** @param items all items of the area at one moment. */
export async function readParts(items: Items): Promise<SyncReading> {
  const assembled = await assemble(items);
  if (assembled.kind !== 'whole') return assembled;
  const { head, packed } = assembled;
  try {
    return { kind: 'whole', head, text: await unpack(packed, largest) };
  } catch (error) {
    return { kind: 'unreadable', detail: error instanceof Error ? error.message : 'damaged' };
  }
}

export interface Writing {
  readonly text: string;
  readonly version: number;
  readonly by: string;
  readonly resolves: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

/** Why it is not in sync: the text is too long for it, the browser's room or rate is used up, or anything else. */
export type WriteFailure = 'too-large' | 'quota' | 'rate' | 'failing';

export type Written =
  | { readonly ok: true; readonly head: SyncHead }
  | { readonly ok: false; readonly code: WriteFailure; readonly detail: string };

/** Parts of a writing that never got its head are left this long: another browser may still be delivering it, ms. */
const unfinishedMs = 3_600_000;

/** Whether a text fits at all. */
export async function fits(text: string): Promise<boolean> {
  return (await pack(text)).length <= bytesPerGeneration;
}

export async function writeParts(area: SyncArea, writing: Writing): Promise<Written> {
  const { now } = writing;
  const packed = await pack(writing.text);
  if (packed.length > bytesPerGeneration) return { ok: false, code: 'too-large', detail: `${packed.length} bytes` };
  const checksum = await sha256(packed);
  let items: Items;
  try {
    items = await area.get(null);
  } catch (error) {
    return { ok: false, ...failureOf(error) };
  }
  const before = standingGeneration(items);
  const generation = generationOf(now, checksum, Object.keys(items));
  const parts = split(packed, generation);
  const head: SyncHead = {
    schema: syncSchemaVersion,
    version: writing.version,
    generation,
    parts: Object.keys(parts).length,
    bytes: packed.length,
    checksum,
    writtenAt: now,
    by: writing.by.slice(0, 200),
    resolves: writing.resolves.slice(-20),
  };
  try {
    await area.set(parts);
    await area.set({ [headKey]: head });
  } catch (error) {
    await withdrawParts(area, Object.keys(parts), generation);
    return { ok: false, ...failureOf(error) };
  }
  // What stays takes room and harms nobody; the next writing removes it.
  await removeOldParts(area, generation, before, now).catch(() => {});
  return { ok: true, head };
}

function standingGeneration(items: Items): string | null {
  const head = headSchema.safeParse(items[headKey]);
  return head.success ? head.data.generation : null;
}

/** Gives the room back, unless the head was written after all. */
async function withdrawParts(area: SyncArea, keys: string[], generation: string): Promise<void> {
  try {
    if (standingGeneration(await area.get(null)) !== generation) await area.remove(keys);
  } catch {
    // They are removed once they are old.
  }
}

/** Parts that this head took the place of, and those of writings that were never finished. */
async function removeOldParts(area: SyncArea, generation: string, before: string | null, now: number): Promise<void> {
  const items = await area.get(null);
  // Somebody wrote meanwhile: what they need is theirs to keep.
  if (standingGeneration(items) !== generation) return;
  const old = Object.keys(items).filter((key) => {
    if (!key.startsWith(partPrefix) || isPartOf(key, generation)) return false;
    if (before !== null && isPartOf(key, before)) return true;
    return (partWrittenAt(key) ?? 0) <= now - unfinishedMs;
  });
  if (old.length > 0) await area.remove(old);
}

/** By the words of the browsers' messages, which have no codes. */
export function failureOf(error: unknown): {
  readonly code: Exclude<WriteFailure, 'too-large'>;
  readonly detail: string;
} {
  const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'storage does not answer';
  if (/MAX_WRITE_OPERATIONS|MAX_SUSTAINED|throttl|too many/iu.test(detail)) return { code: 'rate', detail };
  if (/QUOTA|MAX_ITEMS/iu.test(detail)) return { code: 'quota', detail };
  return { code: 'failing', detail };
}
