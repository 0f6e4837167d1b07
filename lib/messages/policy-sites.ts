/** What every page does with the organisation's CRMs: asks which there are, and asks the browser for those that are chosen. */
import { browser } from 'wxt/browser';
import { askWorker } from './client';
import type { PolicySite } from './sites';

export interface PolicySiteServices {
  readonly policySites: () => Promise<readonly PolicySite[]>;
  /** Called inside the click: the browser asks only then. `false`: the person said no. */
  readonly allowSites: (patterns: readonly string[]) => Promise<boolean>;
}

export const policySiteServices: PolicySiteServices = {
  policySites: () => askWorker('policySites', {}),
  // Nothing may be awaited before the request.
  allowSites: (patterns) =>
    browser.permissions.request({ origins: [...patterns] }).then(async (granted) => {
      // One after the other: each makes registrations follow what is granted.
      if (granted) for (const pattern of patterns) await askWorker('siteChanged', { pattern, on: true, tabId: -1 });
      return granted;
    }),
};
