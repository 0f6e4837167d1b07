import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { listen } from '../../lib/messages/router';
import { onNotice } from '../../lib/platform/notifications';
import { noteManaged } from '../../lib/settings/managed';
import { personKey } from '../../lib/settings/person';
import { isAgreementKey } from '../../lib/settings/sync-agreement';
import { teamKey } from '../../lib/settings/team-address';
import {
  agreementArrived,
  effectAlarm,
  onSyncAlarm,
  syncAlarm,
  tendAgreements,
} from '../../lib/worker/agreement-upkeep';
import { catchUp, changeAlarm, reconcileAlarm, scheduleReconcile } from '../../lib/worker/alarms';
import { forgetReading } from '../../lib/worker/blind';
import { createContext } from '../../lib/worker/context';
import { openFirstRun } from '../../lib/worker/first-run';
import { forgetHealth } from '../../lib/worker/health';
import { settleLanguage } from '../../lib/worker/language';
import { forgetPanels } from '../../lib/worker/panel';
import { countRefusal } from '../../lib/worker/refusals';
import { onReminder, reminderAlarm } from '../../lib/worker/reminders';
import { onReportNotice, tellOfReport } from '../../lib/worker/report-notices';
import { createFollowUp, createServices, sitesChanged } from '../../lib/worker/services';
import { injectEverywhere } from '../../lib/worker/sites';
import { forgetTab, onSweepAlarm, sweepAlarm } from '../../lib/worker/sweep';
import { refreshPages } from '../../lib/worker/tabs';
import { retain } from '../../lib/worker/upkeep';

/** The worker was started by somebody who waits: what has to be looked after at each start goes behind that answer. */
const firstAnswerMs = 300;

// Every listener is registered in this first turn: the browser starts the worker for the event it then delivers.
// One file and no module: the browser starts it sooner, and it holds nothing that only pages need.
export default defineBackground({
  main() {
    const context = createContext(() => Date.now());
    const followUp = createFollowUp(context);
    const wakeUp = async (): Promise<void> => {
      await catchUp(context).catch(() => context.report({ code: 'ledger-unavailable', since: context.now() }));
      followUp();
    };
    const anotherAgreement = async (): Promise<void> => {
      await agreementArrived(context);
      await wakeUp();
      await refreshPages();
    };
    const anotherPolicy = (): void => {
      void tendAgreements(context).then(anotherAgreement);
      void settleLanguage().then(followUp);
    };
    const listenToNotices = onNotice((id, button) => {
      void onReportNotice(id);
      void onReminder(id, button, context).then(followUp, followUp);
    });

    listenToNotices();
    listen(createServices(context, followUp), {
      extensionId: browser.runtime.id,
      extensionOrigin: new URL(browser.runtime.getURL('/popup.html')).origin,
      refused: countRefusal,
    });
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === changeAlarm) void wakeUp();
      if (name === sweepAlarm) void onSweepAlarm(context.now());
      if (name === reminderAlarm) followUp();
      if (name === syncAlarm) void onSyncAlarm(context);
      if (name === effectAlarm) void anotherAgreement();
      // It knows by itself when a day is over.
      if (name === reconcileAlarm)
        void Promise.all([
          tendAgreements(context)
            .then(wakeUp)
            .then(() => tellOfReport(context)),
          sitesChanged(),
          retain(context).catch(() => {}),
        ]);
    });
    browser.storage.onChanged.addListener((changes, area) => {
      if (area === 'managed') void noteManaged().finally(anotherPolicy);
      if (area !== 'sync') return;
      if (Object.keys(changes).some(isAgreementKey)) void anotherAgreement();
      if (teamKey in changes) void tendAgreements(context).then(anotherAgreement);
      // The same person on another computer.
      if (personKey in changes) void settleLanguage().then(refreshPages, refreshPages).finally(followUp);
    });
    browser.permissions.onAdded.addListener(() => {
      listenToNotices();
      void sitesChanged();
    });
    browser.permissions.onRemoved.addListener(({ origins = [] }) => void sitesChanged(origins));
    browser.tabs.onRemoved.addListener(
      (tabId) => void Promise.all([forgetHealth(tabId), forgetPanels(tabId), forgetTab(tabId), forgetReading(tabId)]),
    );
    browser.runtime.onInstalled.addListener(
      ({ reason }) => void Promise.all([injectEverywhere(), openFirstRun(reason)]),
    );
    browser.runtime.onStartup.addListener(() => {});

    // What every answer needs is on its way before the question is here.
    void context.ledger();
    void context.agreement().catch(() => {});
    setTimeout(() => {
      // What a policy says may have changed while nobody listened.
      void settleLanguage();
      // Until the browser says it, what it said last time counts.
      void noteManaged().then((isAnother) => isAnother && anotherPolicy());
      void Promise.all([
        sitesChanged(),
        scheduleReconcile(context.now()),
        tendAgreements(context).then(wakeUp, wakeUp),
      ]);
    }, firstAnswerMs);
  },
});
