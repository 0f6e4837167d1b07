/**
 * What the panel, the sidebar and the bar may see: the leads that they were opened for or that are on hand, and nothing
 * else. Who may see what: `grants.ts`; what is on hand: `on-hand.ts`.
 */
import { explain } from '../clock';
import { crmLabel } from '../crm/catalogue';
import type { LeadKey } from '../lead/lead';
import type { WorkReply } from '../messages/acts';
import type { PanelReply, SidebarReply } from '../messages/panel';
import type { Sender } from '../messages/router';
import { readPerson } from '../settings/person';
import { versionOf } from '../settings/versions';
import type { WorkerContext } from './context';
import { grant, leadsFor } from './grants';
import { askOnHand } from './on-hand';
import { allCalendars, openHours } from './open-hours';
import { projectAgain } from './project';
import { readViewers } from './viewers';
import { panelWork } from './work';

export { forgetPanels } from './grants';

/** A token for the panel of one lead of the asking page's own origin. */
export const grantPanel = (lead: LeadKey, sender: Sender, now: number): Promise<{ token: string }> =>
  grant([lead], sender, now);

/** A token for the bar of several leads; that of an open bar stays and stands for these leads from now on. */
export const grantBar = (
  { leads, token }: { readonly leads: readonly LeadKey[]; readonly token?: string },
  sender: Sender,
  context: WorkerContext,
): Promise<{ token: string }> => context.alone(() => grant([...new Set(leads)], sender, context.now(), token));

/** What can be said of the leads of a bar. */
export async function readWork(token: string, sender: Sender, context: WorkerContext): Promise<WorkReply> {
  const leads = await context.alone(() => leadsFor(token, sender, context.now()));
  if (leads === null) return { ok: false, code: 'not-allowed' };
  const [{ agreement }, { person }] = await Promise.all([context.agreement(), readPerson()]);
  return { ok: true, leads, side: person.side, reasons: agreement.taxonomy.reasons };
}

export async function readPanel(token: string, sender: Sender, context: WorkerContext): Promise<PanelReply> {
  const leads = await context.alone(() => leadsFor(token, sender, context.now()));
  const [key] = leads ?? [];
  return key === undefined ? { ok: false, reason: 'not-allowed' } : readLead(key, context);
}

/** The lead on hand in a tab: what the panel of its badge shows. */
export async function readSidebar(tabId: number, context: WorkerContext): Promise<SidebarReply> {
  const said = await askOnHand(tabId);
  if (said === null) return { ok: false, reason: 'no-crm' };
  const { lead, surface } = said;
  return lead === null ? { ok: false, reason: 'nothing-on-hand', surface } : readLead(lead, context);
}

/** Everything about one lead: its clocks, why each is due when it is, and what can be done with it. */
async function readLead(key: LeadKey, context: WorkerContext): Promise<PanelReply> {
  const now = context.now();
  const [inForce, viewers, { person }] = await Promise.all([context.agreement(), readViewers(), readPerson()]);
  let known;
  try {
    known = (await context.withLedger((ledger) => ledger.load([key]))).get(key);
  } catch {
    return { ok: false, reason: 'ledger-unavailable' };
  }
  if (known?.erased) return { ok: false, reason: 'erased', lead: key };
  if (!known?.record) return { ok: false, reason: 'no-such-lead' };
  const record = projectAgain(known.record, known.facts, inForce, context);
  return {
    ok: true,
    asOf: now,
    lead: record.lead,
    crmLabel: crmLabel(record.lead.id.crm),
    clocks: record.clocks.map((clock) => ({
      clock,
      steps: explain(clock, versionOf(inForce.versions, clock) ?? inForce.agreement, context.calendars, now),
    })),
    open: openHours(inForce.versions, context.calendars, now),
    calendars: Object.fromEntries(
      Object.entries(allCalendars(inForce.versions)).map(([id, { label = null, timeZone }]) => [
        id,
        { label, timeZone },
      ]),
    ),
    agreement: { id: inForce.agreement.id, version: inForce.agreement.version, source: inForce.source },
    work: await panelWork(record, known.facts, inForce, { person, viewers }, context),
    problems: await context.problems(),
  };
}
