/**
 * Attio: people, by their address alone. No public evidence says how its pages show a record, so there is no surface to
 * read: the page is recognised, and its health says that it can't be read. It must stay so until somebody has seen one.
 */
import { onHosts } from './match-pattern';
import type { CrmAdapter, Route } from './types';

const object = 'person';
const isId = (value: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u.test(value);

/** `/<workspace>/person/<uuid>`, with or without a tab: the address that Attio's own API gives a person. */
function routeOf(url: URL): Route | null {
  const [, workspace = '', type, recordId = ''] = url.pathname.split('/');
  return workspace !== '' && type === object && isId(recordId) ? { kind: 'record', object, recordId } : null;
}

const hosts = ['https://app.attio.com/*'];

export const attio: CrmAdapter = {
  id: 'attio',
  label: 'Attio',
  hosts,
  selfHosted: false,
  selectors: {},
  detect: onHosts(hosts),
  route: routeOf,
  surfaces: {},
  recordUrl(type, recordId, { url }) {
    const workspace = url.pathname.split('/')[1] ?? '';
    if (type !== object || workspace === '' || !isId(recordId)) return undefined;
    return new URL(`/${workspace}/${object}/${recordId}`, url.origin).href;
  },
};
