/** The popup's browser: the tab that it was opened on, the site permission, the worker. */
import { browser } from 'wxt/browser';
import type { PopupServices } from '../../components/popup/services';
import { askWorker } from '../../lib/messages/client';
import { policySiteServices } from '../../lib/messages/policy-sites';
import { sidebarOpener } from '../../lib/platform/sidebar';

interface Tab {
  readonly id: number;
  readonly url: string;
}

async function activeTab(): Promise<Tab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? '' };
}

/** A page of ours, in a tab of its own. */
const show = (path: '/options.html#crms' | '/report.html'): void =>
  void browser.tabs.create({ url: browser.runtime.getURL(path) }).then(() => window.close());

export function createPopupServices(): PopupServices {
  // A popup belongs to one tab for its whole life.
  const tab = activeTab();
  const changed = async (pattern: string, on: boolean): Promise<void> => {
    await askWorker('siteChanged', { pattern, on, tabId: (await tab)?.id ?? -1 });
  };
  return {
    ...policySiteServices,
    summary: (request) => askWorker('summary', request),
    async site() {
      const current = await tab;
      return current ? askWorker('site', { tabId: current.id, url: current.url }) : { kind: 'not-a-site' };
    },
    openLead: async (lead) => (await askWorker('openLead', { lead })).ok,
    next: async () => (await askWorker('next', {})).lead,
    snooze: async (leads, until) => (await askWorker('snooze', { leads, until })).ok,
    // Nothing may be awaited before the request: the browser asks only inside the click itself.
    turnOn: ({ pattern }) =>
      browser.permissions.request({ origins: [pattern] }).then(async (granted) => {
        if (granted) await changed(pattern, true);
        return granted;
      }),
    async turnOff({ pattern }) {
      // Rejects where the permission is one that the extension requires.
      const removed = await browser.permissions.remove({ origins: [pattern] }).catch(() => false);
      if (removed) await changed(pattern, false);
      return removed;
    },
    unread: () => askWorker('unread', {}),
    acknowledge: (version) => askWorker('acknowledge', version),
    openOptions: () => void browser.runtime.openOptionsPage().then(() => window.close()),
    openTimes: () => show('/options.html#crms'),
    openReport: () => show('/report.html'),
    openSidebar: sidebarOpener(),
    close: () => window.close(),
    now: () => Date.now(),
  };
}
