/**
 * The one door through which an adapter asks its CRM: same origin, the person's own session, bounded in time and size,
 * and every answer that is no usable JSON turned into one of four codes that say what to do next. It must not retry,
 * cache or know any CRM; the caller does.
 */
import type { CrmRequest } from './types';

/**
 * - `unauthorised`: the session cannot read this; stop until the page is reloaded.
 * - `limited`: asked too often; wait.
 * - `failing`: the server or the network failed, or took too long; wait.
 * - `unreadable`: an answer came that is none of ours; asking again gives the same.
 */
export type CrmApiErrorCode = 'unauthorised' | 'limited' | 'failing' | 'unreadable';

export class CrmApiError extends Error {
  readonly code: CrmApiErrorCode;
  /** How long the server asks us to wait, ms from now; `null` where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(code: CrmApiErrorCode, message: string, options?: { retryAfterMs?: number | null; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CrmApiError';
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs ?? null;
  }
}

export interface RequestOptions {
  /** Whole exchange, headers and body; ms. */
  readonly timeoutMs?: number;
  /** Decoded bytes of a body. */
  readonly maxBytes?: number;
  /** Ends requests under way; they reject with its reason, not with a `CrmApiError`. */
  readonly signal?: AbortSignal;
}

/** Longer than a slow CRM takes for 100 records, shorter than anyone waits for a badge. */
const defaultTimeoutMs = 15_000;
/** 100 records with every field are under 1 MiB in the CRMs that we read. */
const defaultMaxBytes = 8 * 1024 * 1024;
/** A server that asks for more is misconfigured; by tomorrow the page has been reloaded anyway. */
const longestRetryMs = 24 * 60 * 60 * 1000;

/**
 * Requests to one CRM.
 * @param origin the page's origin; a path that leads elsewhere is refused with a `TypeError` before anything is sent.
 */
export function createRequest(
  origin: string,
  fetch: typeof globalThis.fetch,
  options: RequestOptions = {},
): CrmRequest {
  const home = new URL(origin).origin;
  const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = options;

  return async (path, init = {}) => {
    const url = new URL(path, home);
    if (url.origin !== home || url.username !== '' || url.password !== '')
      throw new TypeError('A CRM is asked on its own origin only');
    options.signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    const headers: Record<string, string> = { Accept: 'application/json', ...init.headers };
    if (init.json !== undefined) headers['Content-Type'] = 'application/json';

    try {
      const response = await fetch(url.href, {
        method: init.method ?? 'GET',
        headers,
        ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
        credentials: 'same-origin',
        cache: 'no-store',
        // These APIs have no redirects of their own: one means "sign in", and following it could lead off the origin.
        redirect: 'manual',
        signal,
      });
      return await readAnswer(response, home, maxBytes);
    } catch (error) {
      if (error instanceof CrmApiError) throw error;
      options.signal?.throwIfAborted();
      throw new CrmApiError('failing', timeout.aborted ? 'The CRM took too long' : 'The CRM could not be reached', {
        cause: error,
      });
    }
  };
}

async function readAnswer(response: Response, home: string, maxBytes: number): Promise<unknown> {
  const refusal = refusalOf(response, home);
  if (refusal) {
    // Nobody reads this body, and the connection should not wait for it.
    response.body?.cancel().catch(() => undefined);
    throw refusal;
  }
  // Some CRMs answer so where nothing matches. Not `null`, which a body can say, too.
  if (response.status === 204) return undefined;
  const text = await readText(response, maxBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CrmApiError('unreadable', 'The answer is no JSON', { cause: error });
  }
}

function refusalOf(response: Response, home: string): CrmApiError | null {
  const { status } = response;
  const redirected = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  const elsewhere = response.url !== '' && new URL(response.url).origin !== home;
  if (redirected || elsewhere) return new CrmApiError('unauthorised', 'The CRM sends us elsewhere, to sign in');
  if (status === 401 || status === 403) return new CrmApiError('unauthorised', `The CRM answered ${status}`);
  const retryAfterMs = parseRetryAfter(response.headers.get('Retry-After'), Date.now());
  if (status === 429) return new CrmApiError('limited', 'The CRM answered 429', { retryAfterMs });
  if (status >= 500 || status === 408)
    return new CrmApiError('failing', `The CRM answered ${status}`, { retryAfterMs });
  if (status < 200 || status > 299) return new CrmApiError('unreadable', `The CRM answered ${status}`);
  const type = response.headers.get('Content-Type') ?? '';
  return /html/iu.test(type) ? new CrmApiError('unreadable', 'The answer is a page, no data') : null;
}

/** Reads a body up to a bound, counted while it arrives: a length that the server states proves nothing. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => undefined);
      throw new CrmApiError('unreadable', 'The answer is too large');
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** `Retry-After` (RFC 9110, 10.2.3: seconds or an HTTP date) in ms from `now`, within a day; `null` for anything else. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  const isDate = /^[a-z]{3,9}, \d{2}[ -][a-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} gmt$/iu.test(text);
  const wait = /^\d{1,10}$/u.test(text) ? Number(text) * 1000 : isDate ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryMs);
}
