/** In which zone and order CRM sites show times: kept by origin, and nothing that can't be read is written over. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  noteDatedSite,
  readSiteDates,
  saveSiteDates,
  siteDatesKey,
  siteDatesOf,
} from '../../../lib/settings/site-dates';
import { siteDatesSetSchema } from '../../../lib/settings/site-dates-schema';

const origin = 'https://acme.lightning.force.com';
const madrid = { timeZone: 'Europe/Madrid', order: 'dmy' } as const;

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
});

describe('times of a site', () => {
  it('are not set until the person sets them, and can be unset', async () => {
    expect(await readSiteDates()).toEqual([]);
    await noteDatedSite(origin, 'salesforce');
    expect(await readSiteDates()).toEqual([{ origin, crm: 'salesforce', dates: {} }]);
    expect(await saveSiteDates({ origin, dates: madrid })).toBe(true);
    await noteDatedSite(origin, 'salesforce');
    expect(await siteDatesOf(origin)).toEqual(madrid);
    expect(await siteDatesOf('https://other.example')).toEqual({});
    expect(await saveSiteDates({ origin, dates: {} })).toBe(true);
    expect(await siteDatesOf(origin)).toEqual({});
  });

  it('are kept for sites that are known to need them only, and for so many', async () => {
    expect(await saveSiteDates({ origin, dates: madrid })).toBe(false);
    expect(await saveSiteDates({ origin: '__proto__', dates: madrid })).toBe(false);
    for (let site = 0; site < 205; site += 1) await noteDatedSite(`https://${site}.example`, 'vtiger');
    expect(await readSiteDates()).toHaveLength(200);
  });

  it('are not written over what can’t be read', async () => {
    const newer = { schema: 2, sites: 'of another kind' };
    await browser.storage.local.set({ [siteDatesKey]: newer });
    await noteDatedSite(origin, 'salesforce');
    expect(await saveSiteDates({ origin, dates: madrid })).toBe(false);
    expect(await siteDatesOf(origin)).toEqual({});
    expect((await browser.storage.local.get(siteDatesKey))[siteDatesKey]).toEqual(newer);
  });

  it('say so where the storage refuses', async () => {
    await noteDatedSite(origin, 'salesforce');
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('full'));
    expect(await saveSiteDates({ origin, dates: madrid })).toBe(false);
  });

  it.each([
    { timeZone: 'Europe/Madrid\u0000' },
    { timeZone: 'x'.repeat(61) },
    { timeZone: '' },
    { order: 'ydm' },
    { zone: 'UTC' },
  ])('%o is none', (dates) => {
    expect(siteDatesSetSchema.safeParse({ origin, dates }).success).toBe(false);
  });

  it.each(['Europe/Madrid', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'UTC'])('%s is one', (timeZone) => {
    expect(siteDatesSetSchema.safeParse({ origin, dates: { timeZone } }).success).toBe(true);
  });
});
