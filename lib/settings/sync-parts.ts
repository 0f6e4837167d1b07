/**
 * How one long text lies in `storage.sync`, where an item holds 8 KiB: a head that says what belongs together, and parts.
 * Sync delivers items one by one and in any order, so nothing counts until the head's parts are all there and their checksum
 * is the head's. Pure but for the hash; who reads and writes: `sync-store.ts`.
 */
import { z } from 'zod';
import { sha256 } from './packed';

export const headKey = 'agreement:head';
export const partPrefix = 'agreement:part:';

export const syncSchemaVersion = 1;

/** The browsers count key and JSON of an item against 8,192 bytes. */
const bytesPerItem = 8_000;
/**
 * Of 102,400 bytes in all. While a new version is written the old one is still there, and settings want room beside both.
 */
export const bytesPerGeneration = 45_000;

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const generation = z.string().regex(/^[0-9a-z]{1,12}-[0-9a-z]{1,16}$/);

export const headSchema = z.strictObject({
  schema: z.literal(syncSchemaVersion),
  /** Of the newest agreement in it. */
  version: z.number().int().min(1).max(1_000_000),
  generation,
  parts: z.number().int().min(1).max(20),
  /** Length of all parts together. */
  bytes: z.number().int().min(1).max(bytesPerGeneration),
  /** SHA-256 of all parts together. */
  checksum: hex,
  writtenAt: z.number().int().min(0).max(8.64e15),
  /** Who wrote it; empty where nobody knows. */
  by: z.string().max(200),
  /** Hashes of agreements with this version number that a person decided against. */
  resolves: z.array(hex).max(20),
});

export type SyncHead = z.infer<typeof headSchema>;
export type Items = Readonly<Record<string, unknown>>;

export const partKey = (of: string, index: number): string => `${partPrefix}${of}:${index}`;

/**
 * Names one writing: when, so that what was never finished can be told by its age, and what. A writing that was broken off
 * goes on under its name, and takes no more room than before.
 * @param keys of what is in the area.
 */
export function generationOf(now: number, checksum: string, keys: readonly string[]): string {
  const content = checksum.slice(0, 16);
  for (const key of keys) {
    const before = key.startsWith(partPrefix) ? key.slice(partPrefix.length, key.lastIndexOf(':')) : '';
    if (before.endsWith(`-${content}`) && generation.safeParse(before).success) return before;
  }
  return `${now.toString(36)}-${content}`;
}

/** When a part was written, epoch ms; `null` where its key is none of ours. */
export function partWrittenAt(key: string): number | null {
  const [stamp = ''] = key.slice(partPrefix.length).split('-');
  const at = Number.parseInt(stamp, 36);
  return key.startsWith(partPrefix) && Number.isFinite(at) ? at : null;
}

export const isPartOf = (key: string, of: string): boolean => key.startsWith(`${partPrefix}${of}:`);

/** @param packed base64, so that a character is a byte and JSON adds two quotes. */
export function split(packed: string, of: string): Record<string, string> {
  const parts: Record<string, string> = {};
  const length = bytesPerItem - partKey(of, 99).length - 2;
  for (let at = 0, index = 0; at < packed.length; at += length, index++)
    parts[partKey(of, index)] = packed.slice(at, at + length);
  return parts;
}

export type Assembled =
  | { readonly kind: 'absent' }
  /** A head, and not yet all that belongs to it. */
  | { readonly kind: 'arriving'; readonly head: SyncHead }
  | { readonly kind: 'whole'; readonly head: SyncHead; readonly packed: string }
  /** A newer Relevo wrote it. */
  | { readonly kind: 'newer'; readonly schema: number }
  | { readonly kind: 'unreadable'; readonly detail: string };

const versioned = z.looseObject({ schema: z.number() });

/** What the items of one moment say. */
export async function assemble(items: Items): Promise<Assembled> {
  const raw = Object.hasOwn(items, headKey) ? items[headKey] : undefined;
  if (raw === undefined || raw === null) return { kind: 'absent' };
  const written = versioned.safeParse(raw);
  if (written.success && written.data.schema > syncSchemaVersion) return { kind: 'newer', schema: written.data.schema };
  const parsed = headSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'unreadable', detail: 'head' };
  const head = parsed.data;
  let packed = '';
  for (let index = 0; index < head.parts; index++) {
    const key = partKey(head.generation, index);
    const part = Object.hasOwn(items, key) ? items[key] : undefined;
    if (typeof part !== 'string') return { kind: 'arriving', head };
    packed += part;
  }
  const isWhole = packed.length === head.bytes && (await sha256(packed)) === head.checksum;
  return isWhole ? { kind: 'whole', head, packed } : { kind: 'arriving', head };
}
