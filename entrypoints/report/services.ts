/** The report page's browser: the worker, the clipboard, files to keep, the printer. */
import type { ReportServices } from '../../components/report/services';
import { askWorker } from '../../lib/messages/client';

/** Hands a file to the browser's own download, which asks for no permission. */
function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content once the click's task is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function createReportServices(): ReportServices {
  return {
    terms: () => askWorker('reportTerms', {}),
    person: async () => (await askWorker('person', {})).person,
    page: (after) => askWorker('exportPage', after === undefined ? {} : { after }),
    openLead: async (lead) => (await askWorker('openLead', { lead })).ok,
    decisions: () => askWorker('decisions', {}),
    saveDecision: async (decision) => (await askWorker('saveDecision', { decision })).ok,
    removeDecision: async (id) => (await askWorker('removeDecision', { id })).ok,
    copy: (text) => navigator.clipboard.writeText(text),
    save,
    print: () => window.print(),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
  };
}
