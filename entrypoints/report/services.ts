/** The report page's browser: the worker, the clipboard, files to keep, the printer. */
import type { ReportServices } from '../../components/report/services';
import { askWorker } from '../../lib/messages/client';
import { saveFile } from '../../lib/platform/save-file';
import { createDayServices } from './days';

export function createReportServices(): ReportServices {
  return {
    terms: () => askWorker('reportTerms', {}),
    person: async () => (await askWorker('person', {})).person,
    page: (after) => askWorker('exportPage', after === undefined ? {} : { after }),
    days: createDayServices(),
    openLead: async (lead) => (await askWorker('openLead', { lead })).ok,
    decisions: () => askWorker('decisions', {}),
    saveDecision: async (decision) => (await askWorker('saveDecision', { decision })).ok,
    removeDecision: async (id) => (await askWorker('removeDecision', { id })).ok,
    costs: () => askWorker('costs', {}),
    saveCost: (cost) => askWorker('saveCost', { cost }),
    removeCost: (place) => askWorker('removeCost', { place }),
    copy: (text) => navigator.clipboard.writeText(text),
    save: saveFile,
    print: () => window.print(),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
  };
}
