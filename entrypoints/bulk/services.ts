/** The browser of the bar and of the touch offer: their one-time token, the worker, the page around them. */
import type { BulkServices, OfferedChannel } from '../../components/bulk/services';
import { askWorker } from '../../lib/messages/client';

/** @param hash `#`, the token that the worker gave to our content script, and for an offer `:` and its channel. */
export function createBulkServices(hash: string): BulkServices {
  const [token = ''] = hash.slice(1).split(':');
  return {
    // Without a token nobody of ours opened this page: no need to ask.
    work: async () => (token === '' ? { ok: false, code: 'not-allowed' } : askWorker('work', { token })),
    act: (request) => askWorker('act', request),
    // Any page may be around us; the signal says nothing that it could not see by itself.
    signal: (signal) => window.parent.postMessage(signal, '*'),
    onLook(look) {
      const listener = ({ source, data }: MessageEvent<unknown>): void => {
        // Whoever says it: to look once more shows only what the worker answers.
        if (source === window.parent && (data as { readonly relevo?: unknown } | null)?.relevo === 'look') look();
      };
      window.addEventListener('message', listener);
      return () => window.removeEventListener('message', listener);
    },
    now: () => Date.now(),
  };
}

/** What the offer asks about; `null`: this is the bar. */
export function offeredChannel(hash: string): OfferedChannel | null {
  const [, channel] = hash.split(':');
  return channel === 'call' || channel === 'email' ? channel : null;
}
