/**
 * Taking in a file of the ledger. Line by line, in batches that are each all or nothing; a bad line is told with its number
 * and skipped. Importing twice is importing once, so whoever was interrupted begins again from the start.
 */
import type { Fact } from '../lead/facts';
import type { Lead } from '../lead/lead';
import { seenByNow } from '../lead/seen-by-now';
import { readEntry, readHeader, type Entry, type LineFault } from './file-format';
import { chunksOf, linesOf, type Line } from './lines';
import { LedgerFullError, type Ledger } from './types';

/** Lines of one transaction: each ends with a wait for the disk, so few are slow; many are lost at once when it is full. */
export const linesAtOnce = 2_000;
/** Enough to see what is wrong; the full number is told beside them. */
export const faultsAtMost = 100;

export interface BadLine {
  /** From 1, as an editor shows it. */
  readonly line: number;
  readonly fault: LineFault;
  /** Where in the line, such as `fact.at`; never what stands there. */
  readonly path?: string;
}

export interface ImportCounts {
  /** Lines that were read, without empty ones. */
  readonly lines: number;
  readonly bytes: number;
  /** Leads that are new or say something new. */
  readonly leads: number;
  /** Facts that are new. */
  readonly facts: number;
  /** Facts that were there already. */
  readonly known: number;
  /** Leads and facts that were forgotten here and do not come back. */
  readonly refused: number;
  readonly bad: number;
  /** The first {@link faultsAtMost} of the bad ones. */
  readonly badLines: readonly BadLine[];
}

/**
 * `full`, `stopped` and `broken` (the source failed): what the counts name was kept, and the same file can be imported
 * again. `not-a-ledger` and `newer-format`: nothing was touched.
 */
export type ImportResult =
  | ({ readonly ok: true } & ImportCounts)
  | ({ readonly ok: false; readonly reason: 'full' | 'stopped' | 'broken' } & ImportCounts)
  | { readonly ok: false; readonly reason: 'not-a-ledger' }
  | { readonly ok: false; readonly reason: 'newer-format'; readonly version: number };

export interface ImportOptions {
  readonly signal?: AbortSignal;
  /** Called after each batch that is on disk. */
  readonly onProgress?: (counts: ImportCounts) => void;
}

type Tally = { -readonly [Name in keyof ImportCounts]: ImportCounts[Name] } & { badLines: BadLine[] };

/**
 * @param now epoch ms; when this browser learns what is new to it, whenever the sender did. A lead that claims to have been
 *   seen after it was read on a computer whose clock was ahead.
 * @throws what the ledger says when it fails for another reason than being full.
 */
export async function importLedger(
  ledger: Ledger,
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  now: number,
  { signal, onProgress = () => {} }: ImportOptions = {},
): Promise<ImportResult> {
  const tally: Tally = { lines: 0, bytes: 0, leads: 0, facts: 0, known: 0, refused: 0, bad: 0, badLines: [] };
  const counts = (): ImportCounts => ({ ...tally, badLines: [...tally.badLines] });
  const lines = linesOf(guarded(counting(chunksOf(source), tally)));
  try {
    const first = await lines.next();
    const header = first.done || !('text' in first.value) ? null : readHeader(first.value.text);
    if (!header?.ok) return header ?? { ok: false, reason: 'not-a-ledger' };
    for await (const batch of ahead(checked(batchesOf(lines), now))) {
      if (signal?.aborted) return { ok: false, reason: 'stopped', ...counts() };
      await takeBatch(ledger, batch, tally);
      onProgress(counts());
    }
    return { ok: true, ...counts() };
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, reason: 'broken', ...counts() };
    if (error instanceof LedgerFullError) return { ok: false, reason: 'full', ...counts() };
    throw error;
  } finally {
    await lines.return();
  }
}

/** The file could not be read to its end. */
class SourceError extends Error {}

async function* guarded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceError('The file could not be read', { cause: error });
  }
}

async function* counting(source: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of source) {
    tally.bytes += chunk.length;
    yield chunk;
  }
}

async function* batchesOf(lines: AsyncGenerator<Line, void>): AsyncGenerator<readonly Line[], void> {
  let batch: Line[] = [];
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    batch.push(next.value);
    if (batch.length < linesAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function entryOf(line: Line): Promise<Entry> {
  return 'text' in line ? readEntry(line.text) : { kind: 'bad', fault: line.wrong };
}

interface Batch {
  readonly lines: number;
  readonly leads: readonly Lead[];
  readonly facts: readonly Fact[];
  readonly faults: readonly BadLine[];
}

async function* checked(batches: AsyncIterable<readonly Line[]>, now: number): AsyncGenerator<Batch, void> {
  for await (const batch of batches) {
    const leads: Lead[] = [];
    const facts: Fact[] = [];
    const faults: BadLine[] = [];
    for (const [index, entry] of (await Promise.all(batch.map(entryOf))).entries()) {
      if (entry.kind === 'lead') leads.push(seenByNow(entry.lead, [], now));
      else if (entry.kind === 'fact') facts.push({ ...entry.fact, recordedAt: now });
      else {
        const { kind: _kind, ...fault } = entry;
        faults.push({ line: batch[index]?.number ?? 0, ...fault });
      }
    }
    yield { lines: batch.length, leads, facts, faults };
  }
}

/** Has the next one made while this one is used: checking is our work, writing is the disk's. */
async function* ahead<Item>(source: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  let next = source.next();
  try {
    for (let now = await next; !now.done; now = await next) {
      next = source.next();
      // Whoever stops here never asks for it.
      next.catch(() => {});
      yield now.value;
    }
  } finally {
    await source.return();
  }
}

async function takeBatch(ledger: Ledger, { lines, leads, facts, faults }: Batch, tally: Tally): Promise<void> {
  const taken = await ledger.take(leads, facts);
  // Counted only now: what the counts name is on disk.
  tally.lines += lines;
  tally.leads += taken.leads;
  tally.facts += taken.facts;
  tally.known += taken.known;
  tally.refused += taken.refused;
  tally.bad += faults.length;
  tally.badLines.push(...faults.slice(0, Math.max(0, faultsAtMost - tally.badLines.length)));
}
