/** The CRMs that a policy names, and which of them we run on. */
import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepTeamSite } from '../../../lib/settings/team-site';
import { policySites } from '../../../lib/worker/policy-sites';

let granted: string[];

beforeEach(() => {
  fakeBrowser.reset();
  granted = [];
  const contains = async ({ origins = [] }: { origins?: string[] }) => origins.every((one) => granted.includes(one));
  Object.assign(browser, { permissions: { ...browser.permissions, contains } });
});

const named = (origins: unknown): void =>
  void vi.spyOn(browser.storage.managed, 'get').mockResolvedValue({ origins } as never);

it('what is granted already, by whomever, counts as granted; the rest is for the person to allow', async () => {
  named(['https://crm.example/*', 'https://other.example/*', 'not a pattern']);
  granted = ['https://crm.example/*'];
  expect(await policySites()).toEqual([
    { pattern: 'https://crm.example/*', granted: true },
    { pattern: 'https://other.example/*', granted: false },
  ]);
});

it('a site that ships in the manifest needs no permission', async () => {
  named(['https://*.espocloud.com/*', 'https://acme.espocloud.com/*']);
  expect((await policySites()).map((site) => site.granted)).toEqual([true, true]);
});

it('a pattern of both schemes is asked for as the two that the browser knows as optional', async () => {
  named(['*://crm.example/*']);
  granted = ['https://crm.example/*'];
  expect(await policySites()).toEqual([
    { pattern: 'https://crm.example/*', granted: true },
    { pattern: 'http://crm.example/*', granted: false },
  ]);
});

it('a site that was allowed for the team’s address alone is still to be allowed as a CRM', async () => {
  named(['https://crm.example/*']);
  granted = ['https://crm.example/*'];
  await keepTeamSite('https://crm.example/*');
  expect(await policySites()).toEqual([{ pattern: 'https://crm.example/*', granted: false }]);
});

it('without a policy there is none', async () => {
  named(undefined);
  expect(await policySites()).toEqual([]);
});
