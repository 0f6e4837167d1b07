import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { covers } from '../../../lib/crm/match-pattern';
import { keepTeamSite } from '../../../lib/settings/team-site';
import {
  accessTo,
  contentScript,
  injectOpenTabs,
  loadAdapter,
  loadWorld,
  patternOf,
  reconcileSites,
} from '../../../lib/worker/sites';

let granted: string[];
let registered: { id: string; matches?: string[] }[];

beforeEach(() => {
  fakeBrowser.reset();
  granted = [];
  registered = [];
  vi.spyOn(browser.permissions, 'getAll').mockImplementation(async () => ({ origins: granted, permissions: [] }));
  const { scripting } = browser;
  vi.spyOn(scripting, 'getRegisteredContentScripts').mockImplementation(async () => registered);
  vi.spyOn(scripting, 'registerContentScripts').mockImplementation((async (scripts: typeof registered) => {
    for (const script of scripts) {
      if (registered.some(({ id }) => id === script.id)) throw new Error(`Duplicate script ID '${script.id}'`);
      registered.push(script);
    }
  }) as never);
  vi.spyOn(scripting, 'unregisterContentScripts').mockImplementation((async ({ ids }: { ids: string[] }) => {
    registered = registered.filter(({ id }) => !ids.includes(id));
  }) as never);
});

describe('the site of an address', () => {
  it('is its scheme and host; a port belongs to the site', () => {
    expect(patternOf('https://crm.example.com:8443/web#Lead')).toEqual({
      origin: 'https://crm.example.com:8443',
      pattern: 'https://crm.example.com/*',
    });
  });

  it.each(['chrome://extensions', 'about:blank', 'file:///tmp/x', 'moz-extension://id/x', '', 'no address'])(
    'is none: %s',
    (address) => expect(patternOf(address)).toBeNull(),
  );

  it.each<[string, string, boolean]>([
    ['https://crm.example/*', 'https://crm.example:8443/a', true],
    ['https://crm.example/*', 'http://crm.example/a', false],
    ['https://crm.example/*', 'https://evil.crm.example/a', false],
    ['https://*.crm.example/*', 'https://a.crm.example/', true],
    ['https://*.crm.example/*', 'https://crm.example/', true],
    ['https://*.crm.example/*', 'https://evilcrm.example/', false],
    ['*://crm.example/*', 'http://crm.example/', true],
    ['https://*/*', 'https://anything.example/', true],
    ['https://*/*', 'ftp://anything.example/', false],
    ['http://127.0.0.1/*', 'http://127.0.0.1:4010/leads', true],
  ])('%s covers %s: %s', (pattern, address, expected) => expect(covers(pattern, new URL(address))).toBe(expected));
});

describe('registrations follow what is granted', () => {
  it('a grant registers, once', async () => {
    granted = ['https://crm.example/*'];
    expect(await reconcileSites()).toEqual(['https://crm.example/*']);
    expect(await reconcileSites()).toEqual([]);
    expect(registered).toMatchObject([{ id: 'crm:https://crm.example/*', js: [contentScript] }]);
  });

  it('taking a grant back unregisters, granting again registers again', async () => {
    granted = ['https://a.example/*', 'https://b.example/*'];
    await reconcileSites();
    granted = ['https://b.example/*'];
    await reconcileSites();
    expect(registered.map(({ id }) => id)).toEqual(['crm:https://b.example/*']);
    granted = ['https://a.example/*', 'https://b.example/*'];
    expect(await reconcileSites()).toEqual(['https://a.example/*']);
  });

  it('a site that ships in the manifest is on without a grant and is not registered a second time', async () => {
    granted = ['https://*.espocloud.com/*'];
    expect(await reconcileSites()).toEqual([]);
    expect(await accessTo('https://acme.espocloud.com/#Lead')).toBe('shipped');
  });

  it('a site that was allowed for the team’s address alone is no CRM', async () => {
    granted = ['https://crm.example/*', 'https://sla.example/*'];
    await keepTeamSite('https://sla.example/*');
    expect(await reconcileSites()).toEqual(['https://crm.example/*']);
    expect(await accessTo('https://sla.example/x')).toBe('none');
    await keepTeamSite(null);
    expect(await reconcileSites()).toEqual(['https://sla.example/*']);
  });

  it('leaves registrations alone that are not ours', async () => {
    registered = [{ id: 'somebody' }];
    await reconcileSites();
    expect(registered).toEqual([{ id: 'somebody' }]);
  });

  it('knows whether an address is granted', async () => {
    granted = ['https://crm.example/*'];
    expect(await accessTo('https://crm.example/x')).toBe('granted');
    expect(await accessTo('https://other.example/x')).toBe('none');
  });

  it('runs the script in open tabs, and one tab that refuses does not stop the others', async () => {
    vi.spyOn(browser.tabs, 'query').mockResolvedValue([{ id: 1 }, { id: 2 }, { id: 3, discarded: true }] as never);
    const execute = vi.spyOn(browser.scripting, 'executeScript').mockImplementation((async ({ target }: never) => {
      if ((target as { tabId: number }).tabId === 1) throw new Error('gone');
      return [];
    }) as never);
    await injectOpenTabs(['https://crm.example/*']);
    expect(execute.mock.calls.map(([call]) => call.target.tabId)).toEqual([1, 2]);
  });

  it('brings an adapter with what a person works with, in the top frame, and nothing where both are', async () => {
    const execute = vi.spyOn(browser.scripting, 'executeScript').mockResolvedValue([] as never);
    expect(await loadAdapter('espocrm', true, 7)).toEqual({ ok: true });
    expect(await loadAdapter('nobody', false, 7)).toEqual({ ok: false });
    expect(execute).not.toHaveBeenCalled();
    expect(await loadAdapter('espocrm', false, 7)).toEqual({ ok: true });
    expect(execute.mock.calls).toEqual([
      [{ target: { tabId: 7, frameIds: [0] }, files: ['/adapter-espocrm.js', '/desk.js'] }],
    ]);
  });

  it("runs an adapter's script for the page's own world there, in the top frame, and no other", async () => {
    const execute = vi.spyOn(browser.scripting, 'executeScript').mockResolvedValue([] as never);
    expect(await loadWorld('odoo', 7)).toEqual({ ok: true });
    expect(execute.mock.calls).toEqual([
      [{ target: { tabId: 7, frameIds: [0] }, files: ['/world-odoo.js'], world: 'MAIN' }],
    ]);
    for (const id of ['espocrm', 'nobody', '../background', '']) expect(await loadWorld(id, 7)).toEqual({ ok: false });
    expect(execute).toHaveBeenCalledTimes(1);
    execute.mockRejectedValue(new Error('no permission for this host'));
    expect(await loadWorld('odoo', 7)).toEqual({ ok: false });
  });
});
