/** The worker's services behind the message contract, and what keeps alarms and toolbar true after each of them. */
import type { SiteState } from '../messages/contract';
import type { Sender, Services } from '../messages/router';
import { scheduleNextChange } from './alarms';
import type { WorkerContext } from './context';
import { healthOf, keepHealth } from './health';
import { observe } from './observe';
import { grantPanel, readPanel } from './panel';
import { injectOpenTabs, loadAdapter, accessTo, patternOf, reconcileSites } from './sites';
import { summarise } from './summary';
import { leavePages, openLead } from './tabs';
import { updateToolbar } from './toolbar';
import { rememberViewer } from './viewers';

/** Brings alarm and toolbar up to date; many calls in a row do it once. */
export function createFollowUp(context: WorkerContext): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      await Promise.allSettled([scheduleNextChange(context), updateToolbar(context)]);
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}

async function siteState(tabId: number, address: string): Promise<SiteState> {
  const site = patternOf(address);
  if (!site) return { kind: 'not-a-site' };
  const access = await accessTo(address);
  if (access === 'none') return { kind: 'off', ...site };
  return { kind: 'on', ...site, shipped: access === 'shipped', health: await healthOf(tabId) };
}

/** Site permissions changed: registrations and open tabs follow. Safe to call at any time. */
export async function sitesChanged(removed: readonly string[] = []): Promise<void> {
  const fresh = await reconcileSites();
  await injectOpenTabs(fresh);
  await Promise.all(removed.map((pattern) => leavePages(pattern)));
}

export function createServices(context: WorkerContext, followUp: () => void): Services {
  return {
    async observe(data, sender) {
      const viewerChanged = data.viewer !== undefined && (await rememberViewer(sender.origin, data.viewer));
      const reply = await observe(data, sender, context);
      if (data.observations.length > 0 || viewerChanged) followUp();
      return reply;
    },
    async health(data, sender) {
      await keepHealth(tabOf(sender), data);
    },
    loadAdapter: (data, sender) => loadAdapter(data.id, tabOf(sender)),
    panelToken: (data, sender) => grantPanel(data.lead, sender, context.now()),
    panel: (data, sender) => readPanel(data.token, sender, context),
    summary: (data) => summarise(data, context),
    site: (data) => siteState(data.tabId, data.url),
    siteChanged: (data) => sitesChanged(data.on ? [] : [data.pattern]),
    openLead: (data) => openLead(data.lead, context),
  };
}

function tabOf(sender: Sender): number {
  // The router lets pages through only with a tab.
  return sender.tabId ?? -1;
}
