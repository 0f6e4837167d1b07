/** Which sites need their zone: those whose pages show a creation that nobody can place. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { LeadFields, Observation } from '../../../lib/lead/lead';
import type { PageHealth } from '../../../lib/messages/page-health';
import { readSiteDates } from '../../../lib/settings/site-dates';
import { isZoneWanted, noteVagueDates, setSiteDates } from '../../../lib/worker/site-dates';

type SendMessage = [tabId: number, message: unknown, options: unknown, answer: (reply: unknown) => void];

/** Origins are looked at once in the life of a worker. */
let site = 0;
let origin = '';
beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
  site += 1;
  origin = `https://${site}.example`;
});

const hour = 3_600_000;
const vague = { createdAt: { at: 0, precision: 26 * hour } };
const exact = { createdAt: { at: 0, precision: 60_000 } };
const seen = (crm: string, fields: LeadFields, more: Partial<Observation> = {}): Observation => ({
  id: { crm, origin, object: 'Lead', recordId: '1' },
  seenAt: 1,
  source: 'page',
  surface: 'record',
  fields,
  missing: [],
  ...more,
});
const health = (...codes: PageHealth['problems'][number]['code'][]) =>
  ({ problems: codes.map((code) => ({ code, since: 0 })) }) as unknown as PageHealth;

describe('a site whose zone is wanted', () => {
  it('is one whose pages show a creation that could be any hour, or any of two days', async () => {
    await noteVagueDates([seen('salesforce', { name: 'Ana' }), seen('salesforce', exact)], origin);
    await noteVagueDates([seen('salesforce', vague, { source: 'api' })], origin);
    expect(await readSiteDates()).toEqual([]);
    await noteVagueDates([seen('salesforce', exact), seen('salesforce', vague)], origin);
    expect(await readSiteDates()).toEqual([{ origin, crm: 'salesforce', dates: {} }]);
  });

  it('is one whose creation dates could not be read at all', async () => {
    await noteVagueDates([seen('salesforce', {}, { missing: ['createdAt'] })], origin);
    expect(await readSiteDates()).toHaveLength(1);
  });

  it('is none of another origin, whatever a page says', async () => {
    await noteVagueDates([seen('salesforce', vague)], 'https://evil.example');
    expect(await readSiteDates()).toEqual([]);
  });

  it('is wanted until it is set', async () => {
    expect(await isZoneWanted(origin, null)).toBe(false);
    await noteVagueDates([seen('salesforce', vague)], origin);
    expect(await isZoneWanted(origin, null)).toBe(true);
    await setSiteDates({ origin, dates: { timeZone: 'Europe/Madrid' } });
    expect(await isZoneWanted(origin, null)).toBe(false);
  });

  it('is wanted of a CRM with an API only while that does not answer', async () => {
    await noteVagueDates([seen('espocrm', vague)], origin);
    expect(await isZoneWanted(origin, health())).toBe(false);
    expect(await isZoneWanted(origin, health('page-changed'))).toBe(false);
    expect(await isZoneWanted(origin, health('api-unauthorised'))).toBe(true);
  });

  it('is told to every open page when it is set, and to none when it could not be kept', async () => {
    const told: unknown[] = [];
    vi.spyOn(chrome.tabs, 'sendMessage').mockImplementation((...[tabId, message, , answer]: SendMessage) => {
      const { type, data } = message as { readonly type: string; readonly data: unknown };
      told.push([tabId, type, data]);
      answer({ res: undefined });
    });
    vi.spyOn(browser.tabs, 'query').mockResolvedValue([{ id: 3 }, { id: 4 }] as never);
    const set = { origin, dates: { timeZone: 'Europe/Madrid' } };
    expect(await setSiteDates(set)).toEqual({ ok: false });
    expect(told).toEqual([]);
    await noteVagueDates([seen('vtiger', vague)], origin);
    expect(await setSiteDates(set)).toEqual({ ok: true });
    expect(told).toEqual([
      [3, 'dates', set],
      [4, 'dates', set],
    ]);
  });
});
