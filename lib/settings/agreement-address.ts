/**
 * An agreement that lies at an address: the organisation's, or the team's. Fetched at most once an hour, read and never run;
 * what fails leaves the last good one in force, and since when it fails is kept so that it can be said. Nothing of the person
 * goes there: no cookies, no referrer.
 *
 * A document of a CouchDB is one like any other: what it adds for itself (`_id`, `_rev`, …) is left out, its revision is kept.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { mayNameAgreement } from '../agreement/shared-address';
import { readBook, readShelf, writeShelf } from './agreement-shelf';
import { pack, PackedError, readBounded, sha256 } from './packed';

export interface Address {
  readonly url: string;
  /** In hex. */
  readonly sha256?: string;
}

/** Who names an address: where what came from it is kept, and whether it may be on this computer. */
export interface AddressUser {
  readonly shelf: string;
  readonly loopback: boolean;
}

export const everyMs = 3_600_000;
export const timeoutMs = 20_000;
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
  /** It sent us on to an address that may not be one. */
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
      /** Of a CouchDB's document. */
      revision: z.string().max(200).exactOptional(),
      fetchedAt: instant,
    })
    .exactOptional(),
});
export type KeptAddress = z.infer<typeof addressSchema>;

export const readKept = ({ shelf }: AddressUser): Promise<KeptAddress | null> => readShelf(shelf, addressSchema);

type Good = NonNullable<KeptAddress['good']>;
type Outcome =
  | { readonly ok: true; readonly good: Good }
  | { readonly ok: false; readonly code: FetchFailure; readonly detail?: string };

const failed = (code: FetchFailure, detail?: string): Outcome =>
  detail === undefined ? { ok: false, code } : { ok: false, code, detail: detail.slice(0, 200) };

/** The site of an address as browsers grant it: match patterns know no ports. */
export function siteOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

export const mayAsk = (url: string): Promise<boolean> =>
  browser.permissions.contains({ origins: [siteOf(url)] }).catch(() => false);

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

async function fetchAgreement(
  address: Address,
  { loopback }: AddressUser,
  good: Good | undefined,
  now: number,
): Promise<Outcome> {
  const allowed = await mayAsk(address.url);
  try {
    const response = await fetch(address.url, request(address.url, allowed, good));
    if (response.url && !mayNameAgreement(response.url, loopback)) return failed('not-https');
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

const couchDocument = z.looseObject({ _id: z.string(), _rev: z.string().max(200) });

/** What a database says of itself in a document is no part of the agreement. */
function withoutDatabase(text: string): { readonly text: string; readonly revision?: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { text };
  }
  const document = couchDocument.safeParse(value);
  if (!document.success) return { text };
  const own = Object.entries(document.data).filter(([name]) => !name.startsWith('_'));
  return { text: JSON.stringify(Object.fromEntries(own)), revision: document.data._rev };
}

async function accept(
  bytes: Uint8Array<ArrayBuffer>,
  etag: string | null,
  address: Address,
  now: number,
): Promise<Outcome> {
  const sum = await sha256(bytes);
  const { text, ...revision } = withoutDatabase(new TextDecoder().decode(bytes));
  const good: Good = {
    url: address.url,
    packed: await pack(text),
    sha256: sum,
    ...(etag === null || etag.length > 500 ? {} : { etag }),
    ...revision,
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

const checked = (good: Good, { sha256: wanted }: Address): Outcome =>
  wanted === undefined || wanted === good.sha256 ? { ok: true, good } : failed('checksum');

/** Whether it is time to ask: an hour after the last time, or at once where another address is named. */
export function isDue(address: Address, kept: KeptAddress | null, now: number): boolean {
  if (!kept || kept.url !== address.url || kept.sha256 !== address.sha256) return true;
  // A clock that was set back must not silence it for a year.
  return now - kept.checkedAt >= everyMs || kept.checkedAt > now;
}

/**
 * Asks the address if it is time to.
 * @param atOnce a person wants to know now.
 * @returns whether another agreement came, or it began or ceased to fail.
 */
export async function refreshFrom(address: Address, user: AddressUser, now: number, atOnce = false): Promise<boolean> {
  const kept = await readKept(user);
  if (!atOnce && !isDue(address, kept, now)) return false;
  const outcome = await fetchAgreement(address, user, kept?.good, now);
  const good = outcome.ok ? outcome.good : kept?.good;
  const since = kept?.failing && kept.url === address.url ? kept.failing.since : now;
  await writeShelf(user.shelf, {
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
