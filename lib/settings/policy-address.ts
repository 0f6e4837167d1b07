/**
 * The agreement that an organisation keeps at an address of its own. Fetched at most once an hour, read and never run; what
 * fails leaves the last good one in force, and since when it fails is kept so that it can be said. Nothing of the person goes
 * there: no cookies, no referrer.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { readBook, readShelf, shelfKeys, writeShelf } from './agreement-shelf';
import { pack, PackedError, readBounded, sha256 } from './packed';
import type { PolicyAddress } from './policy';

export const policyEveryMs = 3_600_000;
const timeoutMs = 20_000;
const largest = 5_000_000;

const failures = [
  /** It can't be reached, although we may ask there. */
  'unreachable',
  /** It can't be reached, or it does not let us read: we have no permission for it and it names no CORS. */
  'blocked',
  'timeout',
  'status',
  'too-large',
  'checksum',
  'unreadable',
  'newer',
  /** It sent us on to an address that is not https. */
  'not-https',
] as const;
export type FetchFailure = (typeof failures)[number];

const instant = z.number().int().min(0).max(8.64e15);

export const addressSchema = z.strictObject({
  schema: z.literal(1),
  /** What was last asked for. */
  url: z.string().max(2_000),
  sha256: z.string().exactOptional(),
  checkedAt: instant,
  /** Since when it fails, and how. */
  failing: z
    .strictObject({ since: instant, code: z.enum(failures), detail: z.string().max(200).exactOptional() })
    .exactOptional(),
  /** The last good one, wherever it came from. */
  good: z
    .strictObject({
      url: z.string().max(2_000),
      packed: z.string().max(8_000_000),
      sha256: z.string(),
      etag: z.string().max(500).exactOptional(),
      fetchedAt: instant,
    })
    .exactOptional(),
});
export type KeptAddress = z.infer<typeof addressSchema>;

export const readAddress = (): Promise<KeptAddress | null> => readShelf(shelfKeys.policy, addressSchema);

type Good = NonNullable<KeptAddress['good']>;
type Outcome =
  | { readonly ok: true; readonly good: Good }
  | { readonly ok: false; readonly code: FetchFailure; readonly detail?: string };

const failed = (code: FetchFailure, detail?: string): Outcome =>
  detail === undefined ? { ok: false, code } : { ok: false, code, detail: detail.slice(0, 200) };

async function mayAsk(url: string): Promise<boolean> {
  const { protocol, hostname } = new URL(url);
  return browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }).catch(() => false);
}

function request(url: string, allowed: boolean, good: Good | undefined): RequestInit {
  const known = allowed && good?.url === url ? good.etag : undefined;
  return {
    // Without a permission a header of ours would need the server's consent first; the browser's own cache asks the same.
    cache: known === undefined ? 'no-cache' : 'no-store',
    ...(known === undefined ? {} : { headers: { 'If-None-Match': known } }),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(timeoutMs),
  };
}

async function fetchAgreement(address: PolicyAddress, good: Good | undefined, now: number): Promise<Outcome> {
  const allowed = await mayAsk(address.url);
  try {
    const response = await fetch(address.url, request(address.url, allowed, good));
    if (response.url && !response.url.startsWith('https://')) return failed('not-https');
    if (response.status === 304 && good) return checked({ ...good, fetchedAt: now }, address);
    if (!response.ok) return failed('status', String(response.status));
    const bytes = await readBounded(response.body ?? new ReadableStream(), largest);
    return await accept(bytes, response.headers.get('etag'), address, now);
  } catch (error) {
    if (error instanceof PackedError) return failed('too-large');
    if (error instanceof DOMException && error.name === 'TimeoutError') return failed('timeout');
    return failed(allowed ? 'unreachable' : 'blocked', error instanceof Error ? error.name : undefined);
  }
}

async function accept(
  bytes: Uint8Array<ArrayBuffer>,
  etag: string | null,
  address: PolicyAddress,
  now: number,
): Promise<Outcome> {
  const sum = await sha256(bytes);
  const text = new TextDecoder().decode(bytes);
  const good: Good = {
    url: address.url,
    packed: await pack(text),
    sha256: sum,
    ...(etag === null || etag.length > 500 ? {} : { etag }),
    fetchedAt: now,
  };
  const sound = checked(good, address);
  if (!sound.ok) return sound;
  const reading = readBook(text);
  if (reading.ok) return sound;
  if (reading.code === 'newer') return failed('newer', `schema ${reading.schema}`);
  return failed(
    'unreadable',
    reading.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.') || '(root)'}: ${message}`)
      .join('; '),
  );
}

const checked = (good: Good, { sha256: wanted }: PolicyAddress): Outcome =>
  wanted === undefined || wanted === good.sha256 ? { ok: true, good } : failed('checksum');

/** Whether it is time to ask: an hour after the last time, or at once where the policy names something else. */
export function isDue(address: PolicyAddress, kept: KeptAddress | null, now: number): boolean {
  if (!kept || kept.url !== address.url || kept.sha256 !== address.sha256) return true;
  // A clock that was set back must not silence it for a year.
  return now - kept.checkedAt >= policyEveryMs || kept.checkedAt > now;
}

/**
 * Asks the address if it is time to.
 * @returns whether another agreement came.
 */
export async function refreshAddress(address: PolicyAddress, now: number): Promise<boolean> {
  const kept = await readAddress();
  if (!isDue(address, kept, now)) return false;
  const outcome = await fetchAgreement(address, kept?.good, now);
  const good = outcome.ok ? outcome.good : kept?.good;
  const since = kept?.failing && kept.url === address.url ? kept.failing.since : now;
  await writeShelf(shelfKeys.policy, {
    schema: 1,
    ...address,
    checkedAt: now,
    ...(outcome.ok
      ? {}
      : {
          failing: { since, code: outcome.code, ...(outcome.detail === undefined ? {} : { detail: outcome.detail }) },
        }),
    ...(good === undefined ? {} : { good }),
  });
  return good?.sha256 !== kept?.good?.sha256 || outcome.ok !== !kept?.failing;
}
