/**
 * A file of the ledger, handed to the worker in stretches of whole lines. Each stretch is kept or not by itself and the same
 * file may be taken in again, so stopping or failing in between loses nothing.
 */
import type { BadLine, ImportResult } from '../../lib/ledger/import';
import type { DataServices } from './services';

/** Lines in one message: as many as the worker writes in one transaction, and progress shows a few times a second. */
const linesAtOnce = 2_000;
/** Characters in one message: half of what the worker takes. */
const charactersAtOnce = 500_000;
/** A line beyond this is none of ours; the worker says so, for which its beginning is enough. */
const longestLine = 100_000;
const shownFaults = 100;
/** A stretch without a line in it; a message must hold something. */
const blank = '\n';

export interface Taken {
  readonly leads: number;
  readonly facts: number;
  readonly known: number;
  readonly refused: number;
  readonly bad: number;
  readonly badLines: readonly BadLine[];
}

export type TakeEnd =
  | ({ readonly end: 'done' | 'stopped' | 'full' | 'broken' } & Taken)
  | { readonly end: 'not-a-ledger' | 'newer-format' };

export interface TakeOptions {
  readonly isStopped: () => boolean;
  /** Bytes that were read. */
  readonly onProgress: (bytes: number, taken: Taken) => void;
}

const nothing: Taken = { leads: 0, facts: 0, known: 0, refused: 0, bad: 0, badLines: [] };

function plus(before: Taken, more: Taken): Taken {
  return {
    leads: before.leads + more.leads,
    facts: before.facts + more.facts,
    known: before.known + more.known,
    refused: before.refused + more.refused,
    bad: before.bad + more.bad,
    badLines: [...before.badLines, ...more.badLines].slice(0, shownFaults),
  };
}

interface Stretch {
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly line: number;
  readonly bytes: number;
  readonly last: boolean;
}

/** Whole lines of a file, with the number of the first one. Line numbers are those of an editor: empty lines count. */
export async function* stretchesOf(file: Blob): AsyncGenerator<Stretch, void> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  let pending: string[] = [];
  let length = 0;
  let line = 1;
  let rest = '';
  let bytes = 0;
  const take = (last: boolean): Stretch => {
    const stretch = { text: pending.join('\n'), line, bytes, last };
    line += pending.length;
    pending = [];
    length = 0;
    return stretch;
  };
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      bytes += read.value.length;
      const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n');
      // Enough of it for the worker to see that it is too long; the memory must not fill with it.
      rest = (lines.pop() ?? '').slice(0, longestLine);
      for (const one of lines) {
        pending.push(one.slice(0, longestLine));
        length += Math.min(one.length, longestLine) + 1;
        if (pending.length >= linesAtOnce || length >= charactersAtOnce) yield take(false);
      }
    }
    pending.push(rest);
    yield take(true);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

export async function takeFile(
  file: Blob,
  services: Pick<DataServices, 'importChunk'>,
  options: TakeOptions,
): Promise<TakeEnd> {
  let taken = nothing;
  for await (const { text, line, bytes, last } of stretchesOf(file)) {
    const isFirst = line === 1;
    if (text.trim() === '' && isFirst) return { end: 'not-a-ledger' };
    if (options.isStopped()) {
      // What came in so far is complete: its clocks are computed now.
      if (!isFirst) await services.importChunk({ text: blank, line, last: true });
      return { end: 'stopped', ...taken };
    }
    if (text.trim() === '' && !last) continue;
    const result: ImportResult = await services.importChunk({ text: text === '' ? blank : text, line, last });
    if (!('badLines' in result)) {
      if (result.ok) continue;
      return { end: result.reason };
    }
    taken = plus(taken, result);
    options.onProgress(bytes, taken);
    if (!result.ok) return { end: result.reason, ...taken };
  }
  return { end: 'done', ...taken };
}
