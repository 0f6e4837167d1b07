/** The options page's browser: the worker, the clipboard, and which program this is. */
import { browser } from 'wxt/browser';
import type { OptionsServices } from '../../components/options/services';
import { askWorker } from '../../lib/messages/client';
import { createAgreementServices } from './agreement-services';
import { createDataServices, createProcedureServices, createYouServices } from './sections-services';

export function createOptionsServices(): OptionsServices {
  return {
    agreement: createAgreementServices(),
    procedure: createProcedureServices(),
    you: createYouServices(),
    data: createDataServices(),
    about: { version: browser.runtime.getManifest().version, browser: import.meta.env.BROWSER },
    datedSites: () => askWorker('datedSites', {}),
    saveSiteDates: async (set) => (await askWorker('saveSiteDates', set)).ok,
    healthTable: () => askWorker('healthTable', {}),
    structure: (adapter, surface) => askWorker('pageStructure', { adapter, surface }),
    repairList: () => askWorker('repairList', {}),
    readRepairs: (text) => askWorker('readRepairs', { text }),
    keepRepairs: async (repairs) => (await askWorker('keepRepairs', { repairs })).ok,
    removeRepair: async (adapter) => (await askWorker('removeRepair', { adapter })).ok,
    copy: (text) => navigator.clipboard.writeText(text),
    now: () => Date.now(),
  };
}
