/** The worker's services behind the message contract, and what keeps alarms and toolbar true after each of them. */
import type { SiteState } from '../messages/sites';
import { tellPanels } from '../messages/looks';
import type { Sender, Services } from '../messages/router';
import { act } from './act';
import { createAgreementServices } from './agreement-services';
import { catchUp, scheduleNextChange } from './alarms';
import { noteReading } from './blind';
import type { WorkerContext } from './context';
import { keepRepairs, listRepairs, removeRepair, repairsFor } from '../settings/repairs';
import { parseRepairs } from '../settings/repair-schema';
import { readSiteDates, siteDatesOf } from '../settings/site-dates';
import { readCosts, removeCost, saveCost } from '../settings/costs';
import { readDecisions, removeDecision, saveDecision } from '../settings/decisions';
import { readPerson, writePerson } from '../settings/person';
import { speakAsChosen } from '../platform/speech';
import { keepTeamSite, readTeamSite } from '../settings/team-site';
import { policySites } from './policy-sites';
import { leadsShownIn } from './grants';
import { healthOf, healthTable, keepHealth } from './health';
import { pageMessages, settleLanguage } from './language';
import { learnFrom, observe } from './observe';
import { nextLead } from './due';
import { learnMissing } from './missing';
import { hearOnHand } from './on-hand';
import { grantBar, grantPanel, readPanel, readSidebar, readWork } from './panel';
import { remind } from './reminders';
import { injectOpenTabs, loadAdapter, loadWorld, accessTo, patternOf, reconcileSites } from './sites';
import { isZoneWanted, noteVagueDates, setSiteDates } from './site-dates';
import { pageStructure } from './structure';
import { longestSnoozeMs } from './snoozes';
import { summarise } from './summary';
import { meetTab, unseenSince } from './sweep';
import { leavePages, openLead, refreshPages } from './tabs';
import { updateToolbar } from './toolbar';
import { beginDays, dayLeads, keepDays, settleDays } from './report-days';
import { reportTerms } from './report-terms';
import { eraseLead, exportPage, importChunk, ledgerInfo, recordAgain } from './upkeep';
import { knownViewers, rememberViewer } from './viewers';

/** Answers go first: what follows reads all that is due, and nobody waits for it. */
const calmMs = 200;

/** Leads of a sweep that are read, computed and written together. */
const sweptAtOnce = 50;

/** Brings alarm, toolbar and reminders up to date a moment later; many calls in a row do it once. */
export function createFollowUp(context: WorkerContext): () => void {
  let running = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async (): Promise<void> => {
    timer = undefined;
    running = true;
    await speakAsChosen();
    await Promise.allSettled([scheduleNextChange(context), updateToolbar(context), remind(context)]);
    running = false;
    if (again) followUp();
  };
  const followUp = (): void => {
    again = running;
    if (!running) timer ??= setTimeout(() => void run(), calmMs);
  };
  return followUp;
}

async function siteState(tabId: number, address: string): Promise<SiteState> {
  const site = patternOf(address);
  if (!site) return { kind: 'not-a-site' };
  const access = await accessTo(address);
  if (access === 'none') return { kind: 'off', ...site };
  const health = await healthOf(tabId);
  const zoneWanted = await isZoneWanted(site.origin, health);
  return { kind: 'on', ...site, shipped: access === 'shipped', health, ...(zoneWanted && { zoneWanted }) };
}

/** Site permissions changed: registrations and open tabs follow. Safe to call at any time. */
export async function sitesChanged(removed: readonly string[] = []): Promise<void> {
  const fresh = await reconcileSites();
  await injectOpenTabs(fresh);
  await Promise.all(removed.map((pattern) => leavePages(pattern)));
}

export function createServices(context: WorkerContext, followUp: () => void): Services {
  /** Somebody did something: alarms and toolbar follow, and open pages look again. */
  const tellAll = (): void => {
    followUp();
    void refreshPages();
  };
  return {
    async observe(data, sender) {
      const viewerChanged = data.viewer !== undefined && (await rememberViewer(sender.origin, data.viewer));
      // Another look that taught nothing costs no more than the look.
      let isNews = false;
      const reply = await observe(data, sender, context, () => {
        isNews = true;
        followUp();
      });
      if (viewerChanged) followUp();
      await noteVagueDates(data.observations, sender.origin);
      // Whoever comes to a record has it on hand from now on, also where it taught nothing.
      if (isNews || data.observations.some(({ surface }) => surface === 'record')) void tellPanels();
      return reply;
    },
    async sweepPage(data, sender) {
      // A page of a sweep has 200 leads: reading and writing them at once would block whoever else asks.
      for (let from = 0; from < data.observations.length; from += sweptAtOnce)
        await learnFrom({ observations: data.observations.slice(from, from + sweptAtOnce) }, sender, context);
    },
    async sweepEnd({ startedAt, complete, absent = [] }, sender) {
      // Without the ledger the next sweep says it again.
      const isNews = await learnMissing(absent, sender, context).catch(() => false);
      if (isNews) tellAll();
      else followUp();
      return complete ? unseenSince(sender.origin, startedAt, context) : [];
    },
    async health(data, sender) {
      const tabId = tabOf(sender);
      const reply = await keepHealth(tabId, data);
      const isNews = await noteReading(tabId, data, context.now());
      // How long nothing could be read is told by nothing but the next time that a page says so.
      if (isNews || data.read === 0) followUp();
      if (data.adapter !== null) await meetTab(tabId, sender.origin, context.now());
      return reply;
    },
    async loadAdapter({ id, beside }, sender) {
      const [{ ok }, repairs, messages, dates] = await Promise.all([
        loadAdapter(id, beside, tabOf(sender)),
        repairsFor(id),
        pageMessages(),
        siteDatesOf(sender.origin),
      ]);
      return { ok, repairs, messages, dates };
    },
    loadWorld: (data, sender) => loadWorld(data.id, tabOf(sender)),
    panelToken: (data, sender) => grantPanel(data.lead, sender, context.now()),
    bulkToken: (data, sender) => grantBar(data, sender, context),
    work: (data, sender) => readWork(data.token, sender, context),
    panel: (data, sender) => readPanel(data.token, sender, context),
    onHand(data, sender) {
      if (hearOnHand(data, sender)) void tellPanels();
    },
    sidebar: (data) => readSidebar(data.tabId, context),
    async act(data, sender) {
      const { reply, changed } = await act(data, sender, context);
      if (changed.length > 0) tellAll();
      return reply;
    },
    async snooze({ leads, until }, sender) {
      if (until !== null && (until <= context.now() || until > context.now() + longestSnoozeMs)) return { ok: false };
      const shown = sender.kind === 'panel' ? await leadsShownIn(sender) : null;
      if (shown && !leads.every((lead) => shown.has(lead))) return { ok: false };
      try {
        await context.withLedger((ledger) => ledger.snooze(leads, until));
      } catch {
        return { ok: false };
      }
      tellAll();
      return { ok: true };
    },
    next: async () => ({ lead: await nextLead(context) }),
    person: () => readPerson(),
    viewers: () => knownViewers(),
    async savePerson({ person }) {
      const ok = await writePerson(person);
      if (ok) await settleLanguage();
      if (ok) tellAll();
      return { ok };
    },
    async eraseLead({ lead }) {
      const reply = await eraseLead(lead, context);
      tellAll();
      return reply;
    },
    async recordAgain({ lead }, sender) {
      const isShown = sender.kind !== 'panel' || (await leadsShownIn(sender)).has(lead);
      const ok = isShown && (await recordAgain(lead, context));
      // Whoever shows the lead looks at it again, and that look is kept.
      if (ok) tellAll();
      return { ok };
    },
    exportPage: (data) => exportPage(data.after, context),
    async importChunk(data) {
      const computeClocks = (): void => void catchUp(context).then(tellAll, tellAll);
      // It is open before the chunk is: what computes clocks at this moment must not begin with its leads.
      if (!data.last) context.intake.note(data, computeClocks);
      try {
        return await importChunk(data, context);
      } finally {
        context.intake.note(data, computeClocks);
      }
    },
    reportTerms: () => reportTerms(context),
    beginDays: () => beginDays(context),
    dayLeads: (data) => dayLeads(data.leads, context),
    keepDays: (data) => keepDays(data, context),
    settleDays: (data) => settleDays(data, context),
    decisions: () => readDecisions(),
    saveDecision: ({ decision }) => context.alone(() => saveDecision(decision)),
    removeDecision: ({ id }) => context.alone(() => removeDecision(id)),
    costs: () => readCosts(),
    saveCost: ({ cost }) => context.alone(() => saveCost(cost)),
    removeCost: ({ place }) => context.alone(() => removeCost(place)),
    ledgerInfo: () => ledgerInfo(context),
    summary: (data) => summarise(data, context),
    site: (data) => siteState(data.tabId, data.url),
    policySites: () => policySites(),
    async siteChanged({ pattern, on }) {
      // Switched on as a CRM, it is no longer there for the team's address alone.
      if (on && (await readTeamSite()) === pattern) await keepTeamSite(null);
      await sitesChanged(on ? [] : [pattern]);
    },
    datedSites: () => readSiteDates(),
    saveSiteDates: (data) => setSiteDates(data),
    openLead: (data) => openLead(data.lead, context),
    healthTable: () => healthTable(context.now()),
    pageStructure: (data) => pageStructure(data.adapter, data.surface),
    repairList: () => listRepairs(),
    readRepairs: (data) => parseRepairs(data.text),
    keepRepairs: (data) => keepRepairs(data.repairs),
    removeRepair: (data) => removeRepair(data.adapter),
    ...createAgreementServices(context, () => void catchUp(context).then(tellAll, tellAll)),
  };
}

function tabOf(sender: Sender): number {
  // The router lets pages through only with a tab.
  return sender.tabId ?? -1;
}
