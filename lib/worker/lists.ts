/**
 * The lists that quality rules need, fetched from the extension's own files when a rule first asks and kept as long as the
 * worker lives. A service worker has no `import()` (developer.chrome.com, "Extension service worker basics"), so data that
 * is too big for every start of the worker comes this way. Nothing leaves the browser.
 */
import { browser } from 'wxt/browser';
import { readPhone, type PhonePlans, type PhoneReading } from '../lead/phone';

export type MailKind = 'free' | 'disposable';

export interface Lists {
  /** What a domain gives away; `null` where that is not known. */
  mailKind(): Promise<((domain: string) => MailKind | null) | undefined>;
  phone(): Promise<((text: string, country?: string) => PhoneReading) | undefined>;
}

const fetchList = async (file: string): Promise<Response> => {
  // WXT knows the paths of files that lie in `public`; these are made by the build.
  const answer = await fetch(browser.runtime.getURL(`/lists/${file}` as '/'));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer;
};

const domains = async (file: string): Promise<ReadonlySet<string>> =>
  new Set((await (await fetchList(file)).text()).split('\n').filter(Boolean));

/** Every part of a throw-away domain is one: they are handed out by sub-domain. */
function isUnder(domain: string, list: ReadonlySet<string>): boolean {
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) if (list.has(rest)) return true;
  return false;
}

/** Asks once; a list that could not be read is `undefined` now, and asked for again the next time. */
function lazy<T>(load: () => Promise<T>): () => Promise<T | undefined> {
  let loading: Promise<T | undefined> | undefined;
  return () =>
    (loading ??= load().catch(() => {
      loading = undefined;
      return undefined;
    }));
}

export function createLists(): Lists {
  return {
    mailKind: lazy(async () => {
      const [free, disposable] = await Promise.all([domains('free-mail.txt'), domains('disposable-mail.txt')]);
      return (domain: string) => (isUnder(domain, disposable) ? 'disposable' : free.has(domain) ? 'free' : null);
    }),
    phone: lazy(async () => {
      const plans = (await (await fetchList('phone-plans.json')).json()) as PhonePlans;
      return (text: string, country?: string) => readPhone(text, country, plans);
    }),
  };
}
