/** What a lead is worked with by way of the worker and the clipboard, in the panel and in the sidebar. */
import type { WorkServices } from '../../components/panel/services';
import { askWorker } from '../../lib/messages/client';

export const workServices: Omit<WorkServices, 'signal'> = {
  act: async (request) => askWorker('act', request),
  snooze: async (leads, until) => (await askWorker('snooze', { leads, until })).ok,
  recordAgain: async (lead) => (await askWorker('recordAgain', { lead })).ok,
  introduce: async (change) => {
    const { person, readable } = await askWorker('person', {});
    // What can't be read may be a newer version's: it is not written over from here.
    return readable && (await askWorker('savePerson', { person: { ...person, ...change } })).ok;
  },
  copy,
  now: () => Date.now(),
};

/**
 * A frame may use the clipboard only where the page around it lets it, and a CRM's page does not; the older way needs no
 * more than the person's own click or key.
 */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.style.cssText = 'position:fixed;opacity:0';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
