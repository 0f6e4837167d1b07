/** The browser of the sections about the agreement, the person and the data: mostly the worker, asked by name. */
import { browser } from 'wxt/browser';
import type { DataServices } from '../../components/data/services';
import type { ProcedureServices } from '../../components/procedure/services';
import type { YouServices } from '../../components/you/services';
import { askWorker } from '../../lib/messages/client';
import { policySiteServices } from '../../lib/messages/policy-sites';
import { mayNotify } from '../../lib/platform/notifications';
import { openFile, saveFile } from '../../lib/platform/save-file';

const now = (): number => Date.now();

function allowSite(url: string): Promise<{ granted: boolean; isCrm: boolean }> {
  const { protocol, hostname } = new URL(url);
  const site = { origins: [`${protocol}//${hostname}/*`] };
  // Asked first and awaited last: the browser answers in turn, and wants the second question inside the click.
  const before = browser.permissions.contains(site);
  const granted = browser.permissions.request(site);
  return Promise.all([before, granted]).then(([isCrm, isGranted]) => ({ isCrm, granted: isGranted }));
}

export const createProcedureServices = (): ProcedureServices => ({
  ...policySiteServices,
  agreementState: (data) => askWorker('agreementState', data),
  startDraft: (data) => askWorker('startDraft', data),
  dropDraft: (data) => askWorker('dropDraft', data),
  propose: (data) => askWorker('propose', data),
  sign: (data) => askWorker('sign', data),
  withdraw: (data) => askWorker('withdraw', data),
  publish: (data) => askWorker('publish', data),
  chooseVersion: (data) => askWorker('chooseVersion', data),
  acknowledge: (data) => askWorker('acknowledge', data),
  dryRun: (data) => askWorker('dryRun', data),
  dryRunRows: (data) => askWorker('dryRunRows', data),
  cancelDryRun: (data) => askWorker('cancelDryRun', data),
  applyToOpen: (data) => askWorker('applyToOpen', data),
  importDocument: (data) => askWorker('importDocument', data),
  exportDocument: (data) => askWorker('exportDocument', data),
  policyFiles: (data) => askWorker('policyFiles', data),
  saveTeamAddress: (data) => askWorker('saveTeamAddress', data),
  readTeamAddress: (data) => askWorker('readTeamAddress', data),
  publishToTeam: (data) => askWorker('publishToTeam', data),
  allowSite,
  person: async () => (await askWorker('person', {})).person,
  openLead: async (lead) => (await askWorker('openLead', { lead })).ok,
  saveFile: (name, text) => saveFile(name, new Blob([text], { type: 'application/json' })),
  copy: (text) => navigator.clipboard.writeText(text),
  givenLink: () => (window.location.hash.startsWith('#agreement=') ? window.location.href : null),
  now,
});

export const createYouServices = (): YouServices => ({
  person: (data) => askWorker('person', data),
  savePerson: (data) => askWorker('savePerson', data),
  viewers: (data) => askWorker('viewers', data),
  mayNotify,
  allowNotices: () => browser.permissions.request({ permissions: ['notifications'] }),
  now,
});

export const createDataServices = (): DataServices => ({
  ledgerInfo: (data) => askWorker('ledgerInfo', data),
  exportPage: (data) => askWorker('exportPage', data),
  importChunk: (data) => askWorker('importChunk', data),
  eraseLead: (data) => askWorker('eraseLead', data),
  openFile,
  now,
});
