/**
 * What this browser keeps of agreements by itself (`storage.local`): the versions that were in force, the draft, what waits
 * to be written to sync, the last whole one that came from there, and the two of a conflict. Only the worker writes. Texts
 * are kept packed, because the room is shared; one that can't be read any more is as if it were not there.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { AgreementDocument } from '../agreement/document';
import { readDocument, type DocumentReading } from '../agreement/read';
import { pack, PackedError, unpack } from './packed';
import { readStored } from './stored';

export const shelfKeys = {
  history: 'agreement:history',
  draft: 'agreement:draft',
  /** The draft before the last one that was replaced as a whole. */
  draftBefore: 'agreement:draft-before',
  pending: 'agreement:pending',
  synced: 'agreement:synced',
  conflict: 'agreement:conflict',
  policy: 'agreement:policy',
  team: 'agreement:team',
} as const;

/** The largest text that is taken back, in bytes. */
const largest = 5_000_000;

/** A document, and the older versions of it that are known, newest first. */
export type Book = readonly [AgreementDocument, ...AgreementDocument[]];

/** The JSON of a book. */
export const bookText = (book: Book): string => JSON.stringify(book);

export type BookReading = { readonly ok: true; readonly book: Book } | Extract<DocumentReading, { ok: false }>;

/** Reads a document or a list of versions; the newest is first whatever order they came in. */
export function readBook(raw: unknown): BookReading {
  const value = parsed(raw);
  const list = listOf(value);
  if (!list) {
    const reading = readDocument(value);
    return reading.ok ? { ok: true, book: [reading.document] } : reading;
  }
  const documents: AgreementDocument[] = [];
  for (const item of list.slice(0, 20)) {
    const reading = readDocument(item);
    if (!reading.ok) return reading;
    documents.push(reading.document);
  }
  const [first, ...rest] = documents.toSorted((a, b) => b.version - a.version);
  if (first) return { ok: true, book: [first, ...rest] };
  const empty = readDocument(null);
  return empty.ok ? { ok: true, book: [empty.document] } : empty;
}

/**
 * Several versions where only an object can stand, as in a document of a database. Its number is above every document's, so
 * that a reader that knows no such thing says that it is newer.
 */
const volumeSchema = z.looseObject({ schema: z.literal(3), versions: z.array(z.unknown()).min(1) });

/** What stands at an address: the document alone, or with the versions that hold until its instant. */
export const volumeOf = (book: Book): object => (book.length === 1 ? book[0] : { schema: 3, versions: book });

const listOf = (value: unknown): readonly unknown[] | null =>
  Array.isArray(value) ? (value as readonly unknown[]) : (volumeSchema.safeParse(value).data?.versions ?? null);

/** The value of a JSON text; what is none, or too long to be looked at, is left for `readDocument` to say so. */
function parsed(raw: unknown): unknown {
  if (typeof raw !== 'string' || raw.length > largest) return raw;
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' ? value : raw;
  } catch {
    return raw;
  }
}

const instant = z.number().int().min(0).max(8.64e15);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const packed = z.string().min(1).max(8_000_000);

/** A text as it is kept; `null` where it can't be unpacked. */
export async function openPacked(text: string): Promise<string | null> {
  try {
    return await unpack(text, largest);
  } catch (error) {
    if (error instanceof PackedError) return null;
    throw error;
  }
}

/** @returns the book in it; `null` where it can't be read. */
export async function openBook(text: string): Promise<Book | null> {
  const opened = await openPacked(text);
  const reading = opened === null ? null : readBook(opened);
  return reading?.ok ? reading.book : null;
}

export async function readShelf<T>(key: string, schema: z.ZodType<T>): Promise<T | null> {
  const stored = await readStored('local', key, schema);
  return stored.kind === 'value' ? stored.value : null;
}

/** @returns `false` where the storage refused. */
export async function writeShelf(key: string, value: unknown): Promise<boolean> {
  try {
    await browser.storage.local.set({ [key]: value });
    return true;
  } catch {
    return false;
  }
}

export async function clearShelf(...keys: string[]): Promise<void> {
  await browser.storage.local.remove(keys);
}

export const sourceSchema = z.enum(['policy', 'team', 'sync', 'built-in']);

const kept = z.strictObject({
  id: z.string().max(64),
  version: z.number().int().min(1),
  /** SHA-256 of what is signed. */
  hash,
  source: sourceSchema,
  /** When this browser first used it. */
  seenAt: instant,
  packed,
});
export type KeptVersion = z.infer<typeof kept>;
export const historySchema = z.strictObject({ schema: z.literal(1), versions: z.array(kept).max(20) });

/** Versions that are kept: two years of monthly changes would be more than anybody looks back. */
export const historyLength = 20;

export async function readHistory(): Promise<readonly KeptVersion[]> {
  return (await readShelf(shelfKeys.history, historySchema))?.versions ?? [];
}

export interface Seen {
  readonly document: AgreementDocument;
  readonly hash: string;
  readonly source: z.infer<typeof sourceSchema>;
}

/** Adds versions; of one number the newest word counts. Where there is no room the oldest go. */
export async function keepVersions(seen: readonly Seen[], now: number): Promise<void> {
  const before = await readHistory();
  const isKnown = (one: Seen): boolean =>
    before.some((old) => old.hash === one.hash && old.version === one.document.version && old.id === one.document.id);
  const fresh = seen.filter((one) => !isKnown(one));
  if (fresh.length === 0) return;
  const added = await Promise.all(
    fresh.map(async ({ document, hash: of, source }): Promise<KeptVersion> => ({
      id: document.id,
      version: document.version,
      hash: of,
      source,
      seenAt: now,
      packed: await pack(JSON.stringify(document)),
    })),
  );
  const isReplaced = (old: KeptVersion): boolean =>
    added.some(({ id, version }) => id === old.id && version === old.version);
  let versions = [...added, ...before.filter((old) => !isReplaced(old))].slice(0, historyLength);
  while (!(await writeShelf(shelfKeys.history, { schema: 1, versions })) && versions.length > 1)
    versions = versions.slice(0, -1);
}

export const draftSchema = z.strictObject({
  schema: z.literal(1),
  /** JSON as the editor holds it, without the procedure so far; it need not be a whole agreement yet. */
  packed,
  /** The procedure so far, as a document carries it. */
  approval: z.unknown().optional(),
  savedAt: instant,
});
export type KeptDraft = z.infer<typeof draftSchema>;

export const syncedSchema = z.strictObject({ schema: z.literal(1), packed, hash, resolves: z.array(hash).max(20) });

export const pendingSchema = z.strictObject({
  schema: z.literal(1),
  packed,
  hash,
  resolves: z.array(hash).max(20),
  since: instant,
  /** Failed tries in a row. */
  tries: z.number().int().min(0),
  nextTryAt: instant,
  failure: z.enum(['too-large', 'quota', 'rate', 'failing']).exactOptional(),
});
export type KeptPending = z.infer<typeof pendingSchema>;

export const conflictSchema = z.strictObject({
  schema: z.literal(1),
  mine: packed,
  theirs: packed,
  mineHash: hash,
  theirsHash: hash,
  since: instant,
});
