import { badgesOn, expect, openExtensionPage, test } from '../support/firefox.ts';

test.use({ build: 'firefox-mv3' });

test('the shipped build runs nowhere until a person enables a site by a click, and stops where the permission goes', async ({
  tab,
  firefox,
}) => {
  await expect.poll(() => tab.evaluate(() => document.querySelectorAll('[data-record]').length)).toBeGreaterThan(0);
  expect(await badgesOn(tab)).toEqual([]);

  const page = await openExtensionPage(firefox, 'popup.html');
  interface Permissions {
    request(what: { origins: string[] }): Promise<boolean>;
    remove(what: { origins: string[] }): Promise<boolean>;
  }
  interface Scripting {
    getRegisteredContentScripts(): Promise<{ matches?: string[] }[]>;
  }
  const registered = () =>
    page.evaluate(async () => {
      const { scripting } = (globalThis as unknown as { browser: { scripting: Scripting } }).browser;
      return (await scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []);
    });
  expect(await registered()).toEqual([]);

  // The permission is asked for inside a real click, as the popup's button does it.
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.id = 'enable';
    button.style.cssText = 'position:fixed;inset:0;z-index:9';
    const { permissions } = (globalThis as unknown as { browser: { permissions: Permissions } }).browser;
    button.addEventListener('click', () => void permissions.request({ origins: ['http://127.0.0.1/*'] }));
    document.body.append(button);
  });
  await page.click('#enable');
  await expect.poll(registered, { timeout: 15_000 }).toEqual(['http://127.0.0.1/*']);

  await page.evaluate(() => {
    const { permissions } = (globalThis as unknown as { browser: { permissions: Permissions } }).browser;
    return permissions.remove({ origins: ['http://127.0.0.1/*'] });
  });
  await expect.poll(registered, { timeout: 15_000 }).toEqual([]);
});
