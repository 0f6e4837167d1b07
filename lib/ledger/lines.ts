/**
 * Bytes in, lines out, whatever the file was written with: LF or CRLF, with or without a mark at the beginning or a line end
 * at the last line. Holds one line at a time and never more of it than allowed. A line that can't be read is told, not lost.
 */

/** Far more than the longest fact; a line beyond it is none of ours, and must not fill the memory. */
export const lineAtMost = 64 * 1_024;

export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly wrong: 'too-long' | 'not-utf8' };

const lineFeed = 0x0a;

/** Lines with their numbers from 1; empty ones are left out. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line, void> {
  // Strict, and without the mark that some editors put at the beginning.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const buffer = createBuffer();
  let number = 1;
  const finish = (): Line | null => {
    const { bytes, overflown } = buffer.take();
    if (overflown) return { number, wrong: 'too-long' };
    try {
      const text = decoder.decode(bytes).trim();
      return text === '' ? null : { number, text };
    } catch {
      return { number, wrong: 'not-utf8' };
    }
  };
  for await (const chunk of source) {
    let start = 0;
    // Bytes, not characters: a line feed is never a part of another character, so a chunk may end anywhere.
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      buffer.add(chunk.subarray(start, end));
      const line = finish();
      if (line) yield line;
      number += 1;
      start = end + 1;
    }
    buffer.add(chunk.subarray(start));
  }
  const last = finish();
  if (last) yield last;
}

function createBuffer() {
  const kept = new Uint8Array(lineAtMost);
  let length = 0;
  let overflown = false;
  return {
    add(bytes: Uint8Array): void {
      if (length + bytes.length > lineAtMost) overflown = true;
      if (overflown) return;
      kept.set(bytes, length);
      length += bytes.length;
    },
    /** What is there, valid until more is added. */
    take(): { readonly bytes: Uint8Array; readonly overflown: boolean } {
      const taken = { bytes: kept.subarray(0, length), overflown };
      length = 0;
      overflown = false;
      return taken;
    },
  };
}

/** A stream as something to go through; not every browser's streams are that by themselves. Given back when done. */
export async function* chunksOf(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  if (!(source instanceof ReadableStream)) {
    yield* source;
    return;
  }
  const reader = source.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // A source that failed has nothing to give back.
    await reader.cancel().catch(() => {});
  }
}
