/**
 * What the panel may see: the one lead that our own content script asked for, in the tab that asked. A token is bound to
 * the first frame that shows it; a copy of the panel opened by somebody else gets nothing.
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { explain } from '../clock';
import { crmLabel } from '../crm/catalogue';
import { parseLeadKey, type LeadKey } from '../lead/lead';
import type { PanelReply } from '../messages/contract';
import type { Sender } from '../messages/router';
import { RefusedError } from '../messages/router';
import { readStored } from '../settings/stored';
import type { WorkerContext } from './context';
import { openHours } from './open-hours';
import { project } from './project';

const prefix = 'panel:';
/** A token that was never shown is worthless after this long. */
const unusedMs = 60_000;

const grantSchema = z.strictObject({
  lead: z.string(),
  tabId: z.number(),
  since: z.number(),
  /** Set by the first frame that showed the token. */
  frameId: z.number().nullable(),
});

/** A token for the panel of one lead of the asking page's own origin. */
export async function grantPanel(lead: LeadKey, sender: Sender, now: number): Promise<{ token: string }> {
  if (parseLeadKey(lead)?.origin !== sender.origin || sender.tabId === null) throw new RefusedError('refused');
  const token = crypto.randomUUID();
  const grant = { lead, tabId: sender.tabId, since: now, frameId: null };
  await browser.storage.session.set({ [prefix + token]: grant });
  return { token };
}

/** Forgets the tokens of a tab that is gone. */
export async function forgetPanels(tabId: number): Promise<void> {
  const all = await browser.storage.session.get(null);
  const gone = Object.entries(all).flatMap(([key, value]) => {
    const grant = key.startsWith(prefix) ? grantSchema.safeParse(value) : undefined;
    return grant?.success && grant.data.tabId === tabId ? [key] : [];
  });
  if (gone.length > 0) await browser.storage.session.remove(gone);
}

async function leadFor(token: string, sender: Sender, now: number): Promise<LeadKey | null> {
  const key = prefix + token;
  const stored = await readStored('session', key, grantSchema);
  if (stored.kind !== 'value' || stored.value.tabId !== sender.tabId || sender.frameId === null) return null;
  const { lead, frameId, since } = stored.value;
  if (frameId === null) {
    if (now - since > unusedMs) return null;
    await browser.storage.session.set({ [key]: { ...stored.value, frameId: sender.frameId } });
    return lead;
  }
  return frameId === sender.frameId ? lead : null;
}

/** Everything about one lead: its clocks, and why each is due when it is. */
export async function readPanel(token: string, sender: Sender, context: WorkerContext): Promise<PanelReply> {
  const now = context.now();
  const key = await context.alone(() => leadFor(token, sender, now));
  if (key === null) return { ok: false, reason: 'not-allowed' };
  const inForce = await context.agreement();
  let known;
  try {
    known = (await context.withLedger((ledger) => ledger.load([key]))).get(key);
  } catch {
    return { ok: false, reason: 'ledger-unavailable' };
  }
  if (!known?.record) return { ok: false, reason: 'no-such-lead' };
  const { clocks } = project(known.record.lead, known.facts, inForce, context);
  return {
    ok: true,
    asOf: now,
    lead: known.record.lead,
    crmLabel: crmLabel(known.record.lead.id.crm),
    clocks: clocks.map((clock) => ({ clock, steps: explain(clock, inForce.agreement, context.calendars, now) })),
    open: openHours(inForce.agreement, context.calendars, now),
    calendars: Object.fromEntries(
      Object.entries(inForce.agreement.calendars).map(([id, { label = null, timeZone }]) => [id, { label, timeZone }]),
    ),
    agreement: { id: inForce.agreement.id, version: inForce.agreement.version, source: inForce.source },
    problems: await context.problems(),
  };
}
