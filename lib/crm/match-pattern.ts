/** Match patterns of whole sites (`https://[*.]host/*`), the only kind that adapters ship and persons grant. No DOM code. */

/** Whether an address falls under a pattern. A pattern names no port and covers every port of its host. */
export function covers(pattern: string, url: URL): boolean {
  const [, scheme, any, host] = /^(\*|https?):\/\/(\*\.)?([^/*]+|\*)\/\*$/u.exec(pattern) ?? [];
  if (scheme === undefined || host === undefined) return false;
  const protocol = url.protocol.slice(0, -1);
  if (scheme === '*' ? protocol !== 'https' && protocol !== 'http' : scheme !== protocol) return false;
  if (host === '*') return true;
  return url.hostname === host || (any !== undefined && url.hostname.endsWith(`.${host}`));
}

/** Whether a text is a pattern of a whole site, as persons grant it: no port, because match patterns know none. */
export const isSitePattern = (text: string): boolean =>
  /^(\*|https?):\/\/((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])\/\*$/i.test(text);

/** `detect` of a CRM that runs on its maker's hosts alone. */
export const onHosts =
  (hosts: readonly string[]) =>
  (_doc: Document, url: URL): number =>
    hosts.some((pattern) => covers(pattern, url)) ? 1 : 0;
