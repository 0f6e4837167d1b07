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
  /** Lines in it that are no text; in `text` they are empty. */
  readonly faults: readonly BadLine[];
  readonly bytes: number;
  readonly last: boolean;
}

const lineFeed = 0x0a;

interface Lines {
  /** A line that is no text, or far too long, is empty here. */
  readonly texts: readonly string[];
  /** Which of them are faulty, from 0. */
  readonly faults: ReadonlyMap<number, BadLine['fault']>;
}

/** Nothing is put in the place of bytes that are no text: they cost the line that they are in, and no other. */
function readLines(bytes: Uint8Array, decoder: TextDecoder): Lines {
  try {
    return { texts: decoder.decode(bytes).split('\n'), faults: new Map() };
  } catch {
    const texts: string[] = [];
    const faults = new Map<number, BadLine['fault']>();
    for (let start = 0, end = 0; end !== -1; start = end + 1) {
      end = bytes.indexOf(lineFeed, start);
      try {
        texts.push(decoder.decode(bytes.subarray(start, end === -1 ? undefined : end)));
      } catch {
        faults.set(texts.push('') - 1, 'not-utf8');
      }
    }
    return { texts, faults };
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Lines as they come in, whole ones only; the last ones when there are no more. */
async function* linesIn(file: Blob, onBytes: (bytes: number) => void): AsyncGenerator<Lines, void> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = new Uint8Array();
  /** Nothing of the line that has begun is kept: the memory must not fill with it. */
  let isTooLong = false;
  const read = (bytes: Uint8Array): Lines => {
    const { texts, faults } = readLines(bytes, decoder);
    if (!isTooLong) return { texts, faults };
    isTooLong = false;
    return { texts: ['', ...texts.slice(1)], faults: new Map([...faults, [0, 'too-long']]) };
  };
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      onBytes(chunk.value.length);
      const all = joined(rest, chunk.value);
      const end = all.lastIndexOf(lineFeed);
      if (end !== -1) yield read(all.subarray(0, end));
      rest = all.slice(end + 1);
      if (rest.length <= longestLine) continue;
      rest = new Uint8Array();
      isTooLong = true;
    }
    yield read(rest);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Whole lines of a file, with the number of the first one. Line numbers are those of an editor: empty lines count. */
export async function* stretchesOf(file: Blob): AsyncGenerator<Stretch, void> {
  let pending: string[] = [];
  let faults: BadLine[] = [];
  let length = 0;
  let line = 1;
  let bytes = 0;
  const take = (last: boolean): Stretch => {
    const stretch = { text: pending.join('\n'), line, faults, bytes, last };
    line += pending.length;
    [pending, faults, length] = [[], [], 0];
    return stretch;
  };
  for await (const lines of linesIn(file, (more) => (bytes += more)))
    for (const [place, text] of lines.texts.entries()) {
      if (pending.length >= linesAtOnce || length >= charactersAtOnce) yield take(false);
      const fault = lines.faults.get(place);
      if (fault !== undefined) faults.push({ line: line + pending.length, fault });
      pending.push(text.slice(0, longestLine));
      length += Math.min(text.length, longestLine) + 1;
    }
  yield take(true);
}

export async function takeFile(
  file: Blob,
  services: Pick<DataServices, 'importChunk'>,
  options: TakeOptions,
): Promise<TakeEnd> {
  let taken = nothing;
  for await (const { text, line, faults, bytes, last } of stretchesOf(file)) {
    const isFirst = line === 1;
    if (text.trim() === '' && isFirst) return { end: 'not-a-ledger' };
    if (options.isStopped()) {
      // What came in so far is complete: its clocks are computed now.
      if (!isFirst) await services.importChunk({ text: blank, line, last: true });
      return { end: 'stopped', ...taken };
    }
    taken = plus(taken, { ...nothing, bad: faults.length, badLines: faults });
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
