/**
 * The lists behind the quality rules, made from maintained packages at build time and shipped as files that the worker
 * fetches from its own origin when a rule first needs one: a service worker can't `import()`, and 300 kB of domains and
 * numbering plans must not be parsed at each of its starts. Nothing is downloaded, neither here nor at run time.
 *
 * Why these packages: `email-providers` (ISC, a release a month) and `disposable-email-domains-js` (CC0, follows the list
 * disposable-email-domains/disposable-email-domains) hold data only. `free-email-domains` knows more, but fetches its list
 * from the network while it is installed, so that no two builds would be the same.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Reserved for documentation (RFC 2606), and a company whose own people have addresses there. */
const notFree: ReadonlySet<string> = new Set(['example.com', 'example.net', 'example.org', 'bt.com']);

/** Providers that anybody can get an address from, by their own pages, and that the package lacks. */
const alsoFree = [
  'duck.com',
  'fastmail.com',
  'gmx.ch',
  'gmx.es',
  'gmx.fr',
  'movistar.es',
  'mozmail.com',
  'ono.com',
  'posteo.de',
  'posteo.net',
  'telefonica.net',
  'tuta.com',
  'tuta.io',
  'tutamail.com',
  'tutanota.com',
  'tutanota.de',
];

const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}$/;

/** Domains of a package's list in ASCII, without what is none. */
function read(file: string): string[] {
  const listed = JSON.parse(readFileSync(file, 'utf8')) as string[];
  return listed
    .filter((name) => !/[\s/@:]/.test(name))
    .map((name) => URL.parse(`http://${name}`)?.hostname ?? '')
    .filter((name) => domain.test(name));
}

const lines = (names: Iterable<string>): string => `${[...new Set(names)].toSorted().join('\n')}\n`;

export interface QualityList {
  readonly relativeDest: string;
  readonly contents: string;
}

/** The files, by their path in the extension. Those of the two mail lists hold one domain a line. */
export function qualityLists(): QualityList[] {
  const disposable = new Set(
    read(require.resolve('disposable-email-domains-js/dist/dict/disposable_email_blocklist.json')),
  );
  const free = [...read(require.resolve('email-providers/all.json')), ...alsoFree].filter(
    (name) => !notFree.has(name) && !disposable.has(name),
  );
  return [
    { relativeDest: 'lists/free-mail.txt', contents: lines(free) },
    { relativeDest: 'lists/disposable-mail.txt', contents: lines(disposable) },
    {
      relativeDest: 'lists/phone-plans.json',
      contents: readFileSync(require.resolve('libphonenumber-js/metadata.max.json'), 'utf8'),
    },
  ];
}
