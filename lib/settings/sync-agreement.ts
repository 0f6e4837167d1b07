/**
 * Which agreement a person's own browsers share, and what of it holds here. The higher version wins; two agreements with one
 * number are a conflict that a person decides, and until then the one that was here stays. What could not be written to sync
 * counts in this browser all the same. Reading changes nothing; the worker calls `settleSync` and `flushSync`.
 */
import { browser } from 'wxt/browser';
import { signedText } from '../agreement/canonical';
import type { Issue } from '../agreement/integrity';
import { assertNever } from '../clock/assert-never';
import {
  bookText,
  clearShelf,
  conflictSchema,
  openBook,
  pendingSchema,
  readBook,
  readShelf,
  shelfKeys,
  syncedSchema,
  writeShelf,
  type Book,
  type KeptPending,
} from './agreement-shelf';
import { pack, sha256 } from './packed';
import { fits, readParts, writeParts, type SyncArea, type SyncReading, type WriteFailure } from './sync-store';

/** Key of the form that agreements had in `storage.sync` first: one item. It is read, and the worker moves it. */
export const agreementKey = 'agreement';

/** Whether an item of `storage.sync` has to do with agreements. */
export const isAgreementKey = (key: string): boolean => key === agreementKey || key.startsWith(`${agreementKey}:`);

export const hashOf = (book: Book): Promise<string> => sha256(signedText(book[0]));

/** A book with what decides about it. */
export interface Held {
  readonly book: Book;
  readonly hash: string;
  /** Hashes that a person decided against. */
  readonly resolves: readonly string[];
}

export interface SyncConflict {
  readonly mine: Held;
  readonly theirs: Held;
}

/** What another browser has sent could not be read. */
export type SyncTrouble =
  | { readonly kind: 'unreadable'; readonly detail: string; readonly raw?: unknown }
  | { readonly kind: 'newer'; readonly schema: number };

export interface SyncState {
  /** What holds; `null` where there is none. */
  readonly held: Held | null;
  /** What came and is not held yet. */
  readonly incoming: Held | null;
  readonly isLegacy: boolean;
  readonly conflict: SyncConflict | null;
  /** A version that is not all here yet. */
  readonly arriving: { readonly version: number } | null;
  readonly pending: KeptPending | null;
  readonly troubles: readonly SyncTrouble[];
}

/** A short, data-free description of what is wrong: paths and sentences of the first issues. */
export const told = (issues: readonly Issue[]): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || '(root)'}: ${message}`)
    .join('; ');

/** Decisions that are kept: as many as an item of sync holds. */
const mostResolves = 20;

const joined = (a: readonly string[], b: readonly string[]): readonly string[] =>
  [...new Set([...a, ...b])].slice(-mostResolves);

/** The same agreement twice: what was decided about it here is decided, too. */
function sameWith(mine: Held, incoming: Held): Held {
  const resolves = joined(mine.resolves, incoming.resolves);
  const isKnown = resolves.every((hash) => incoming.resolves.includes(hash));
  return isKnown ? incoming : { ...incoming, resolves };
}

/** Which of two holds; pure. */
export function decide(mine: Held | null, incoming: Held | null): { held: Held | null; conflict: SyncConflict | null } {
  if (!mine || !incoming) return { held: incoming ?? mine, conflict: null };
  const [ours, theirs] = [mine.book[0].version, incoming.book[0].version];
  if (mine.hash === incoming.hash) return { held: sameWith(mine, incoming), conflict: null };
  if (theirs > ours) return { held: incoming, conflict: null };
  if (theirs < ours) return { held: mine, conflict: null };
  if (incoming.resolves.includes(mine.hash)) return { held: incoming, conflict: null };
  if (mine.resolves.includes(incoming.hash)) return { held: mine, conflict: null };
  return { held: mine, conflict: { mine, theirs: incoming } };
}

async function heldOf(kept: { packed: string; hash: string; resolves: string[] } | null): Promise<Held | null> {
  const book = kept && (await openBook(kept.packed));
  return kept && book ? { book, hash: kept.hash, resolves: kept.resolves } : null;
}

/** What is kept here: what waits to be written, or what was last whole. */
async function readMine(pending: KeptPending | null): Promise<Held | null> {
  const [waiting, synced] = await Promise.all([
    heldOf(pending),
    readShelf(shelfKeys.synced, syncedSchema).then(heldOf),
  ]);
  if (!waiting || !synced) return waiting ?? synced;
  return synced.book[0].version > waiting.book[0].version ? synced : waiting;
}

interface Arrived {
  readonly incoming: Held | null;
  readonly isLegacy: boolean;
  readonly arriving: SyncState['arriving'];
  readonly troubles: readonly SyncTrouble[];
}

const nothing: Arrived = { incoming: null, isLegacy: false, arriving: null, troubles: [] };

async function fromParts(reading: SyncReading): Promise<Arrived> {
  switch (reading.kind) {
    case 'absent':
      return nothing;
    case 'arriving':
      return { ...nothing, arriving: { version: reading.head.version } };
    case 'newer':
      return { ...nothing, troubles: [{ kind: 'newer', schema: reading.schema }] };
    case 'unreadable':
      return { ...nothing, troubles: [{ kind: 'unreadable', detail: reading.detail }] };
    case 'whole':
      return fromText(reading.text, reading.head.resolves);
    default:
      return assertNever(reading);
  }
}

async function fromText(raw: unknown, resolves: readonly string[]): Promise<Arrived> {
  const reading = readBook(raw);
  if (reading.ok) return { ...nothing, incoming: { book: reading.book, hash: await hashOf(reading.book), resolves } };
  const trouble: SyncTrouble =
    reading.code === 'newer'
      ? { kind: 'newer', schema: reading.schema }
      : { kind: 'unreadable', detail: told(reading.issues), raw };
  return { ...nothing, troubles: [trouble] };
}

const area = (): SyncArea => browser.storage.sync;

async function readArrived(): Promise<Arrived> {
  let items: Readonly<Record<string, unknown>>;
  try {
    items = await area().get(null);
  } catch (error) {
    return { ...nothing, troubles: [{ kind: 'unreadable', detail: error instanceof Error ? error.name : 'storage' }] };
  }
  const parts = await fromParts(await readParts(items));
  const raw = Object.hasOwn(items, agreementKey) ? items[agreementKey] : undefined;
  if (raw === undefined || raw === null) return parts;
  const single = await fromText(raw, []);
  const troubles = [...parts.troubles, ...single.troubles];
  if (!single.incoming) return { ...parts, troubles };
  // It is there only where an older Relevo has just written it.
  if (parts.incoming && parts.incoming.book[0].version > single.incoming.book[0].version) return { ...parts, troubles };
  return { ...single, isLegacy: true, troubles };
}

export async function readSync(): Promise<SyncState> {
  const pending = await readShelf(shelfKeys.pending, pendingSchema);
  const [mine, { incoming, isLegacy, arriving, troubles }] = await Promise.all([readMine(pending), readArrived()]);
  // An older Relevo knows of no conflicts: what it wrote is what the person wanted.
  const isNewest = isLegacy && incoming !== null && (mine?.book[0].version ?? 0) <= incoming.book[0].version;
  const { held, conflict } = isNewest ? { held: incoming, conflict: null } : decide(mine, incoming);
  const isLate = arriving !== null && held !== null && arriving.version < held.book[0].version;
  return { held, incoming, isLegacy, conflict, arriving: isLate ? null : arriving, pending, troubles };
}

/** Keeps what came whole, keeps both of a conflict, and has written again what an older one was written over. */
export async function settleSync(now: number): Promise<SyncState> {
  const state = await readSync();
  const { held, incoming, conflict, pending } = state;
  if (conflict) {
    const { mine, theirs } = conflict;
    const known = await readShelf(shelfKeys.conflict, conflictSchema);
    if (known?.mineHash !== mine.hash || known.theirsHash !== theirs.hash)
      await writeShelf(shelfKeys.conflict, {
        schema: 1,
        mine: await pack(bookText(mine.book)),
        theirs: await pack(bookText(theirs.book)),
        mineHash: mine.hash,
        theirsHash: theirs.hash,
        since: now,
      });
    return state;
  }
  await clearShelf(shelfKeys.conflict);
  if (!held) return state;
  const isTheirs = held === incoming;
  if (isTheirs) {
    await keepSynced(held);
    if (state.isLegacy) await queue(held, now);
    else if (pending) await clearShelf(shelfKeys.pending);
  } else if (!pending && incoming) await queue(held, now);
  return state;
}

async function keepSynced({ book, hash, resolves }: Held): Promise<void> {
  const before = await readShelf(shelfKeys.synced, syncedSchema);
  if (before?.hash === hash && before.resolves.length === resolves.length) return;
  await writeShelf(shelfKeys.synced, { schema: 1, packed: await pack(bookText(book)), hash, resolves: [...resolves] });
}

/** Keeps an agreement here until it is in sync. @returns `false` where not even this was possible. */
export async function queue({ book, hash, resolves }: Held, now: number): Promise<boolean> {
  const pending: KeptPending = {
    schema: 1,
    packed: await pack(bookText(book)),
    hash,
    resolves: [...resolves].slice(-20),
    since: now,
    tries: 0,
    nextTryAt: now,
  };
  return writeShelf(shelfKeys.pending, pending);
}

const minute = 60_000;
export const longestWaitMs = 60 * minute;

/** Longer with every failure, up to an hour: the browsers' own limits are by the minute and by the hour. */
export const retryAfter = (tries: number): number => Math.min(longestWaitMs, 2 ** Math.min(tries, 6) * minute);

export type Flushed = { readonly kind: 'nothing' | 'written' | 'waits' | 'conflict' } | { readonly kind: WriteFailure };

/**
 * Writes what waits to sync, once it is time to.
 * @param by who writes, for the other browsers to say.
 */
export async function flushSync(by: string, now: number): Promise<Flushed> {
  const pending = await readShelf(shelfKeys.pending, pendingSchema);
  const held = await heldOf(pending);
  if (!pending || !held) return { kind: 'nothing' };
  if (now < pending.nextTryAt && pending.nextTryAt - now <= longestWaitMs) return { kind: 'waits' };
  const { conflict, incoming, isLegacy, troubles, held: decided } = await readSync();
  if (conflict) return { kind: 'conflict' };
  // Another browser is ahead: `settleSync` takes that over.
  if (!isLegacy && incoming && incoming.book[0].version > held.book[0].version) return { kind: 'nothing' };
  const text = bookText(await trimmed(held.book));
  const [{ version }] = held.book;
  // What another browser has decided about the very same one stays decided.
  const resolves = decided?.hash === held.hash ? joined(decided.resolves, held.resolves) : held.resolves;
  const written = await writeParts(area(), { text, version, by, resolves, now });
  if (!written.ok) {
    const tries = pending.tries + 1;
    const next: KeptPending = { ...pending, tries, nextTryAt: now + retryAfter(tries), failure: written.code };
    await writeShelf(shelfKeys.pending, next);
    return { kind: written.code };
  }
  await keepSynced({ ...held, resolves });
  await clearShelf(shelfKeys.pending);
  // From now on it stands in the parts; an older Relevo must not bring it back. What can't be read is left where it is.
  if (troubles.length === 0) await browser.storage.sync.remove(agreementKey).catch(() => {});
  return { kind: 'written' };
}

/** Without the oldest versions, where all of them do not fit. */
async function trimmed(book: Book): Promise<Book> {
  const [newest, ...older] = book;
  for (let length = older.length; length > 0; length--) {
    const shorter: Book = [newest, ...older.slice(0, length)];
    if (await fits(bookText(shorter))) return shorter;
  }
  return [newest];
}

/** Ends a conflict: the chosen one is kept and written, and says what it was chosen over. */
export async function resolveConflict(choice: 'mine' | 'theirs', now: number): Promise<Held | null> {
  const { conflict } = await readSync();
  if (!conflict) return null;
  const [chosen, other] = choice === 'mine' ? [conflict.mine, conflict.theirs] : [conflict.theirs, conflict.mine];
  const held: Held = { ...chosen, resolves: joined(chosen.resolves, [...other.resolves, other.hash]) };
  if (!(await queue(held, now))) return null;
  await keepSynced(held);
  await clearShelf(shelfKeys.conflict);
  return held;
}
