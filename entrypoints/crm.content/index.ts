/** Wiring: the page's adapter, the worker's messages and the overlay. What they do stands in `lib`. */
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { covers } from '../../lib/crm/match-pattern';
import { recognise } from '../../lib/crm/detectors';
import type { SelectorRepairs } from '../../lib/crm/repair';
import type { SiteDates } from '../../lib/crm/types';
import { besideUs, takeAdapter, type Brought } from '../../lib/crm/shelf';
import { askWorker, onWorkerMessage } from '../../lib/messages/page';
import type { SiteDatesSet } from '../../lib/messages/site-dates';
import { takeDesk } from '../../lib/overlay/desk-shelf';
import { startOverlay } from '../../lib/overlay/engine';
import { measureHealth } from '../../lib/overlay/health';
import { logOnce } from '../../lib/overlay/log';
import { whenRecognised } from '../../lib/overlay/start';
import type { WorkerPort } from '../../lib/overlay/types';
import { language, speak, t, type Messages } from '../../lib/platform/i18n';

const worker: WorkerPort = {
  observe: (data) => askWorker('observe', data),
  sweepPage: (data) => askWorker('sweepPage', data),
  sweepEnd: (data) => askWorker('sweepEnd', data),
  health: (data) => askWorker('health', data),
  panelToken: (data) => askWorker('panelToken', data),
  bulkToken: (data) => askWorker('bulkToken', data),
};

export default defineContentScript({
  // The configuration puts the hosts that ship in its place, each with its adapter; the worker registers the same file for
  // the sites that a person enables.
  matches: ['https://ships.invalid/*'],
  main(ctx) {
    // One overlay a tab: a CRM's own frames are part of its page, and a lead shown twice would be counted twice.
    if (window.top !== window) return;
    const { signal } = ctx;
    const leave = ({ pattern }: { readonly pattern: string }): void => {
      if (covers(pattern, url())) ctx.abort('The person turned this site off');
    };
    onWorkerMessage('leave', leave, signal);
    const url = (): URL => new URL(location.href);
    const sayNothingRead = (): void => {
      const nothing = { adapter: null, surface: null, rows: [], putBack: 0, givenUp: 0, problems: [] };
      worker.health(measureHealth(nothing, Date.now())).catch((error: unknown) => logOnce('health', error));
    };
    const beside = besideUs();
    whenRecognised({
      doc: document,
      recognise: () => recognise(document, url(), beside),
      onNone: sayNothingRead,
      onFound(id) {
        // A site that ships has its adapter beside us; elsewhere the worker brings it. It knows of repairs in any case.
        const begin = (repairs: SelectorRepairs, messages: Messages | null, dates: SiteDates): void => {
          speak(messages);
          const brought = takeAdapter(id);
          if (brought && !signal.aborted) start(brought, repairs, dates);
          else sayNothingRead();
        };
        askWorker('loadAdapter', { id, beside: takeAdapter(id) !== null }).then(
          ({ repairs, messages, dates }) => begin(repairs, messages, dates),
          (error: unknown) => {
            logOnce('adapter', error);
            if (takeAdapter(id)) begin({}, null, {});
          },
        );
      },
      signal,
    });

    function start(brought: Brought, repairs: SelectorRepairs, given: SiteDates): void {
      const { adapter } = brought;
      const words = { locale: language(), t };
      let dates = given;
      const overlay = startOverlay({
        adapter,
        doc: document,
        url,
        dates: () => dates,
        worker,
        request: brought.createRequest(location.origin, window.fetch.bind(window), { signal }),
        ...(adapter.world && { world: adapter.world(document, () => askWorker('loadWorld', { id: adapter.id })) }),
        selectorLook: brought.createSelectorLook(adapter.selectors),
        refusedRepairs: brought.repairSelectors(adapter.selectors, repairs, document),
        sweepLeads: brought.sweepLeads,
        createViewerLook: brought.createViewerLook,
        words,
        createDesk: takeDesk(),
        panelUrl: browser.runtime.getURL('/panel.html'),
        barUrl: browser.runtime.getURL('/bulk.html'),
        signal,
        alive: () => ctx.isValid,
        onDead: () => ctx.abort('The extension is gone'),
      });
      const refresh = (messages: Messages | null | undefined): void => {
        if (messages !== undefined) speak(messages);
        words.locale = language();
        overlay.refresh();
      };
      onWorkerMessage('refresh', refresh, signal);
      const setDates = (set: SiteDatesSet): void => {
        if (set.origin !== location.origin) return;
        ({ dates } = set);
        overlay.reread();
      };
      onWorkerMessage('dates', setDates, signal);
      onWorkerMessage('sweep', ({ named }) => overlay.sweep(named), signal);
    }
  },
});
