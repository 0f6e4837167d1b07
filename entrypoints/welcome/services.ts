/** The first run's browser: the worker, the permission for a site, and the tab that it fills. */
import { browser } from 'wxt/browser';
import type { WelcomeServices } from '../../components/welcome/services';
import { askWorker } from '../../lib/messages/client';
import { policySiteServices } from '../../lib/messages/policy-sites';

async function leave(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

export function createWelcomeServices(): WelcomeServices {
  return {
    ...policySiteServices,
    person: (data) => askWorker('person', data),
    savePerson: (data) => askWorker('savePerson', data),
    viewers: (data) => askWorker('viewers', data),
    adoptPreset: (data) => askWorker('adoptPreset', data),
    // Nothing may be awaited before the request: the browser asks only inside the click itself.
    turnOn: (pattern) =>
      browser.permissions.request({ origins: [pattern] }).then(async (granted) => {
        if (granted) await askWorker('siteChanged', { pattern, on: true, tabId: -1 });
        return granted;
      }),
    openOptions: () => void browser.runtime.openOptionsPage(),
    leave: () => void leave(),
    now: () => Date.now(),
  };
}
