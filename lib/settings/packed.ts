/**
 * Text made small for where room is short: `storage.sync` and links. Deflate, then base64, because both hold text only. What
 * comes back is bounded: a few bytes that swell to gigabytes are refused before they do.
 */

/** What was packed can't be unpacked: damaged, or larger than the caller takes. */
export class PackedError extends Error {
  override readonly name = 'PackedError';
}

type Bytes = Uint8Array<ArrayBuffer>;

const streamOf = (bytes: Bytes): ReadableStream<Bytes> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** All bytes of a stream, at most this many. @throws {PackedError} when there are more. */
export async function readBounded(stream: ReadableStream<Uint8Array>, atMost: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > atMost) {
      await reader.cancel().catch(() => {});
      throw new PackedError('too large');
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

/** A call with more arguments than this may not fit on the stack. */
const chunk = 8_192;

function toBase64(bytes: Bytes): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}

function fromBase64(text: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  } catch {
    throw new PackedError('not base64');
  }
}

/** @returns base64 of the deflated UTF-8. */
export async function pack(text: string): Promise<string> {
  const deflated = streamOf(new TextEncoder().encode(text)).pipeThrough(new CompressionStream('deflate-raw'));
  return toBase64(await readBounded(deflated, Number.POSITIVE_INFINITY));
}

/**
 * @param atMost bytes of UTF-8 that are taken.
 * @throws {PackedError}
 */
export async function unpack(packed: string, atMost: number): Promise<string> {
  const bytes = fromBase64(packed);
  try {
    const inflated = streamOf(bytes).pipeThrough(new DecompressionStream('deflate-raw'));
    return new TextDecoder('utf-8', { fatal: true }).decode(await readBounded(inflated, atMost));
  } catch (error) {
    throw error instanceof PackedError ? error : new PackedError('damaged');
  }
}

/** SHA-256 in 64 hex digits, of UTF-8 where it is text. */
export async function sha256(content: string | Bytes): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
