/**
 * Whose turn it is to sweep: one tab of each CRM, every five minutes at most, however many tabs and reloads there are. Tabs
 * and times live in `storage.session`, because the worker does not.
 */
import { defineExtensionMessaging } from '@webext-core/messaging';
import { browser } from 'wxt/browser';
import { z } from 'zod';
import { parseLeadKey, type Lead } from '../lead/lead';
import { skewMs } from '../lead/seen-by-now';
import type { PageProtocol } from '../messages/contract';
import type { SweepLook } from '../crm/types';
import { readPerson } from '../settings/person';
import { readStored } from '../settings/stored';
import type { WorkerContext } from './context';
import { keepPeriodic } from './periodic';
import { createQueue } from './queue';
import { isMine, readViewers } from './viewers';

export const sweepAlarm = 'sweep';

/** Between two sweeps of one CRM, ms. */
export const sweepEveryMs = 5 * 60_000;
/** Leads that one sweep looks after because it did not meet them. */
const looksAtMost = 200;

const storageKey = 'sweeps';
const schema = z.object({
  /** Tab → origin of the CRM in it. */
  tabs: z.record(z.string().max(20), z.string().max(300)),
  /** Origin → when it was last swept, epoch ms. */
  at: z.record(z.string().max(300), z.number()),
});
type Turns = z.infer<typeof schema>;

const pages = defineExtensionMessaging<PageProtocol>();
const alone = createQueue();

async function readTurns(): Promise<Turns> {
  const stored = await readStored('session', storageKey, schema);
  return stored.kind === 'value' ? stored.value : { tabs: {}, at: {} };
}

const keepTurns = (turns: Turns): Promise<void> => browser.storage.session.set({ [storageKey]: turns });

/** A tab shows a CRM that we can read: it may sweep, now or at a later turn. */
export function meetTab(tabId: number, origin: string, now: number): Promise<void> {
  return alone(async () => {
    const turns = await readTurns();
    if (turns.tabs[tabId] !== origin) {
      await keepTurns({ ...turns, tabs: { ...turns.tabs, [tabId]: origin } });
      await keepPeriodic(sweepAlarm, sweepEveryMs, now);
    }
    await takeTurns(now);
  });
}

/** The tab is closed, or shows something else. */
export function forgetTab(tabId: number): Promise<void> {
  return alone(async () => {
    const turns = await readTurns();
    if (!Object.hasOwn(turns.tabs, tabId)) return;
    const { [String(tabId)]: _gone, ...tabs } = turns.tabs;
    await keepTurns({ ...turns, tabs });
    if (Object.keys(tabs).length === 0) await browser.alarms.clear(sweepAlarm);
  });
}

/** Five minutes have gone by. */
export const onSweepAlarm = (now: number): Promise<void> => alone(() => takeTurns(now));

async function takeTurns(now: number): Promise<void> {
  const turns = await readTurns();
  const { person } = await readPerson();
  const turn = person.name ? { named: person.name } : {};
  for (const [tabId, origin] of Object.entries(turns.tabs)) {
    const last = turns.at[origin];
    // A clock that was set back must not stop the sweeps until it has caught up.
    if (last !== undefined && now >= last && now - last < sweepEveryMs) continue;
    const took = await pages.sendMessage('sweep', turn, Number(tabId)).then(
      (taken) => taken,
      () => false,
    );
    if (!took) continue;
    turns.at[origin] = now;
    await keepTurns(turns);
  }
}

/**
 * Open leads of this person on this CRM that a complete sweep did not meet: what became of them must be looked up one by
 * one, the most urgent first.
 */
export async function unseenSince(origin: string, startedAt: number, context: WorkerContext): Promise<SweepLook[]> {
  const [records, viewers] = await Promise.all([
    context.withLedger((ledger) => ledger.dueLeads(Number.MAX_SAFE_INTEGER)),
    readViewers(),
  ]);
  // What claims to have been seen in the future was seen under a wrong clock, nobody knows when.
  const isUnseen = ({ seenAt }: Pick<Lead, 'seenAt'>): boolean => seenAt < startedAt || seenAt > context.now() + skewMs;
  return records
    .filter(({ lead }) => lead.id.origin === origin && isUnseen(lead) && isMine(lead, viewers))
    .slice(0, looksAtMost)
    .flatMap(({ key }) => {
      const id = parseLeadKey(key);
      return id ? [{ object: id.object, recordId: id.recordId }] : [];
    });
}
