/**
 * Which addresses may name an agreement that several people share: https, or http on this computer, where nobody else can
 * listen. A name and a password in it would be kept and passed on with it, so there may be none. Pure.
 */

export type SharedAddress =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly why: 'not-an-address' | 'not-https' | 'credentials' | 'too-long' };

const longest = 2_000;
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const opened = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** Whether an agreement may come from here. */
export function mayNameAgreement(address: string, loopback: boolean): boolean {
  const url = opened(address);
  if (url?.protocol === 'https:') return true;
  return loopback && url?.protocol === 'http:' && loopbackHosts.has(url.hostname);
}

/** An address as a person types it. What comes after `#` names a place in a page and is left out. */
export function readSharedAddress(typed: string): SharedAddress {
  const text = typed.trim();
  if (text.length > longest) return { ok: false, why: 'too-long' };
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/\s/.test(text) ? opened(text) : null;
  if (!url || url.hostname === '') return { ok: false, why: 'not-an-address' };
  if (!mayNameAgreement(url.href, true)) return { ok: false, why: 'not-https' };
  if (url.username !== '' || url.password !== '') return { ok: false, why: 'credentials' };
  url.hash = '';
  return { ok: true, url: url.href };
}
