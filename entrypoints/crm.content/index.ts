/** Wiring: the page's adapter, the worker's messages and the overlay. What they do stands in `lib`. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { catalogue } from '../../lib/crm/catalogue';
import { covers } from '../../lib/crm/match-pattern';
import { recognise } from '../../lib/crm/detectors';
import { createRequest } from '../../lib/crm/request';
import { takeAdapter } from '../../lib/crm/shelf';
import type { CrmAdapter } from '../../lib/crm/types';
import { askWorker } from '../../lib/messages/client';
import type { PageProtocol } from '../../lib/messages/contract';
import { startOverlay } from '../../lib/overlay/engine';
import { measureHealth } from '../../lib/overlay/health';
import { logOnce } from '../../lib/overlay/log';
import { whenRecognised } from '../../lib/overlay/start';
import type { WorkerPort } from '../../lib/overlay/types';
import { language, t } from '../../lib/platform/i18n';

const worker: WorkerPort = {
  observe: (data) => askWorker('observe', data),
  health: (data) => askWorker('health', data),
  panelToken: (data) => askWorker('panelToken', data),
};

export default defineContentScript({
  // The SaaS hosts that ship; the worker registers the same file for the sites that a person enables.
  matches: catalogue.flatMap(({ hosts }) => hosts),
  main(ctx) {
    // One overlay a tab: a CRM's own frames are part of its page, and a lead shown twice would be counted twice.
    if (window.top !== window) return;
    const { signal } = ctx;
    const fromWorker = defineExtensionMessaging<PageProtocol>();
    signal.addEventListener('abort', () => fromWorker.removeAllListeners());
    fromWorker.onMessage('leave', ({ data }) => {
      if (covers(data.pattern, url())) ctx.abort('The person turned this site off');
    });
    const url = (): URL => new URL(location.href);
    const sayNothingRead = (): void => {
      const nothing = { adapter: null, surface: null, rows: [], putBack: 0, givenUp: 0, problems: [] };
      worker.health(measureHealth(nothing, Date.now())).catch((error: unknown) => logOnce('health', error));
    };
    whenRecognised({
      doc: document,
      recognise: () => recognise(document, url()),
      onNone: sayNothingRead,
      onFound(id) {
        // A site that ships has its adapter beside us; elsewhere the worker brings it.
        const adapter = takeAdapter(id);
        if (adapter) return start(adapter);
        askWorker('loadAdapter', { id }).then(
          () => {
            const loaded = takeAdapter(id);
            return loaded && !signal.aborted ? start(loaded) : sayNothingRead();
          },
          (error: unknown) => logOnce('adapter', error),
        );
      },
      signal,
    });

    function start(adapter: CrmAdapter): void {
      const overlay = startOverlay({
        adapter,
        doc: document,
        url,
        worker,
        request: createRequest(location.origin, window.fetch.bind(window), { signal }),
        words: { locale: language(), t },
        panelUrl: browser.runtime.getURL('/panel.html'),
        signal,
        alive: () => ctx.isValid,
        onDead: () => ctx.abort('The extension is gone'),
      });
      fromWorker.onMessage('refresh', () => overlay.refresh());
    }
  },
});
