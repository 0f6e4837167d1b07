/**
 * In which zone and order CRM sites show times, one item in `storage.local`: an origin is this browser's matter. Only the
 * worker writes, one change at a time. What can't be read is kept aside and never written over.
 */
import { browser } from 'wxt/browser';
import type { z } from 'zod';
import type { SiteDates } from '../crm/types';
import type { DatedSite, SiteDatesSet } from '../messages/site-dates';
import { siteDatesSchema } from './site-dates-schema';
import { readStored } from './stored';

/** Key in `storage.local`. */
export const siteDatesKey = 'site-dates';

/** Far more CRMs than anybody has; what comes after them is asked for in its turn. */
const sitesAtMost = 200;

type Sites = z.infer<typeof siteDatesSchema>['sites'];

/** `null`: not to be read, and so not to be written. */
async function readSites(): Promise<Sites | null> {
  const stored = await readStored('local', siteDatesKey, siteDatesSchema);
  return stored.kind === 'value' ? stored.value.sites : stored.kind === 'absent' ? {} : null;
}

const write = (sites: Sites): Promise<boolean> =>
  browser.storage.local.set({ [siteDatesKey]: { schema: 1, sites } }).then(
    () => true,
    () => false,
  );

export async function readSiteDates(): Promise<readonly DatedSite[]> {
  return Object.entries((await readSites()) ?? {}).map(([origin, { crm, dates }]) => ({ origin, crm, dates }));
}

/** What is set for one site; nothing where nothing is. */
export async function siteDatesOf(origin: string): Promise<SiteDates> {
  return (await readSiteDates()).find((site) => site.origin === origin)?.dates ?? {};
}

/** Remembers that a site shows dates that can't be placed without its zone. */
export async function noteDatedSite(origin: string, crm: string): Promise<void> {
  const sites = await readSites();
  if (!sites || Object.hasOwn(sites, origin) || Object.keys(sites).length >= sitesAtMost) return;
  await write({ ...sites, [origin]: { crm, dates: {} } });
}

/** Only for a site that is known to need it. @returns `false` where the storage refused. */
export async function saveSiteDates({ origin, dates }: SiteDatesSet): Promise<boolean> {
  const sites = await readSites();
  const site = sites && Object.hasOwn(sites, origin) ? sites[origin] : undefined;
  return sites && site ? write({ ...sites, [origin]: { ...site, dates } }) : false;
}
