/** The panel's browser: its one-time token, the worker, the page around it, the place beside that page. */
import type { PanelServices } from '../../components/panel/services';
import { askWorker } from '../../lib/messages/client';
import { onLook } from '../../lib/messages/looks';
import { sidebarOpener } from '../../lib/platform/sidebar';
import { workServices } from './work-services';

/** @param hash `#` and the token that the worker gave to our content script. */
export function createPanelServices(hash: string): PanelServices {
  const token = hash.slice(1);
  return {
    ...workServices,
    // Without a token nobody of ours opened this page: no need to ask.
    panel: async () => (token === '' ? { ok: false, reason: 'not-allowed' } : askWorker('panel', { token })),
    // Any page may be around us; the signal says nothing that it could not see by itself.
    signal: (signal) => window.parent.postMessage(signal, '*'),
    onLook,
    openSidebar: token === '' ? null : sidebarOpener(),
  };
}
