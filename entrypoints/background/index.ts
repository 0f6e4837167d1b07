import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { listen } from '../../lib/messages/router';
import { agreementKey } from '../../lib/settings/agreement';
import { catchUp, changeAlarm, reconcileAlarm, scheduleReconcile } from '../../lib/worker/alarms';
import { createContext } from '../../lib/worker/context';
import { forgetHealth } from '../../lib/worker/health';
import { forgetPanels } from '../../lib/worker/panel';
import { countRefusal } from '../../lib/worker/refusals';
import { createFollowUp, createServices, sitesChanged } from '../../lib/worker/services';
import { injectEverywhere } from '../../lib/worker/sites';
import { refreshPages } from '../../lib/worker/tabs';

// Every listener is registered in this first turn: the browser starts the worker for the event it then delivers.
export default defineBackground({
  type: 'module',
  main() {
    const context = createContext(() => Date.now());
    const followUp = createFollowUp(context);
    const wakeUp = async (): Promise<void> => {
      await catchUp(context).catch(() => context.report({ code: 'ledger-unavailable', since: context.now() }));
      followUp();
    };

    listen(createServices(context, followUp), {
      extensionId: browser.runtime.id,
      extensionOrigin: new URL(browser.runtime.getURL('/popup.html')).origin,
      refused: countRefusal,
    });
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === changeAlarm) void wakeUp();
      if (name === reconcileAlarm) void Promise.all([wakeUp(), sitesChanged()]);
    });
    browser.storage.onChanged.addListener((changes, area) => {
      if ((area !== 'sync' && area !== 'managed') || !(agreementKey in changes)) return;
      context.agreementChanged();
      void wakeUp().then(refreshPages);
    });
    browser.permissions.onAdded.addListener(() => void sitesChanged());
    browser.permissions.onRemoved.addListener(({ origins = [] }) => void sitesChanged(origins));
    browser.tabs.onRemoved.addListener((tabId) => void Promise.all([forgetHealth(tabId), forgetPanels(tabId)]));
    browser.runtime.onInstalled.addListener(() => void injectEverywhere());
    browser.runtime.onStartup.addListener(() => {});

    void Promise.all([sitesChanged(), scheduleReconcile(), wakeUp()]);
  },
});
