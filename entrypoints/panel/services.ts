/** The panel's browser: its one-time token, the worker, the clipboard, the page around it. */
import type { PanelServices } from '../../components/panel/services';
import { askWorker } from '../../lib/messages/client';

/** @param hash `#` and the token that the worker gave to our content script. */
export function createPanelServices(hash: string): PanelServices {
  const token = hash.slice(1);
  return {
    // Without a token nobody of ours opened this page: no need to ask.
    panel: async () => (token === '' ? { ok: false, reason: 'not-allowed' } : askWorker('panel', { token })),
    act: async (request) => askWorker('act', request),
    snooze: async (leads, until) => (await askWorker('snooze', { leads, until })).ok,
    introduce: async (change) => {
      const { person, readable } = await askWorker('person', {});
      // What can't be read may be a newer version's: it is not written over from here.
      return readable && (await askWorker('savePerson', { person: { ...person, ...change } })).ok;
    },
    copy,
    // Any page may be around us; the signal says nothing that it could not see by itself.
    signal: (signal) => window.parent.postMessage(signal, '*'),
    now: () => Date.now(),
  };
}

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
