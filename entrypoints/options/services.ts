/** The options page's browser: the worker, the clipboard, and which program this is. */
import { browser } from 'wxt/browser';
import type { OptionsServices } from '../../components/options/services';
import { askWorker } from '../../lib/messages/client';

export function createOptionsServices(): OptionsServices {
  return {
    about: { version: browser.runtime.getManifest().version, browser: import.meta.env.BROWSER },
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
