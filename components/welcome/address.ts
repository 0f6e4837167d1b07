/** The address of a CRM on a host of one's own, as a person types it, as the pattern that a browser asks permission for. */

export type Address = { readonly ok: true; readonly host: string; readonly pattern: string } | { readonly ok: false };

/** A scheme that is left out is https. A port is left out of the pattern, because match patterns know none. */
export function readAddress(typed: string): Address {
  const text = typed.trim();
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return { ok: false };
  }
  const isSite = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isSite || url.hostname === '' || /\s/.test(text)) return { ok: false };
  return { ok: true, host: url.host, pattern: `${url.protocol}//${url.hostname}/*` };
}
