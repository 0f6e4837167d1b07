/**
 * Waking up: one alarm at the next change of any clock, one every hour for whatever was slept through. Browsers may drop
 * alarms at a restart, so both are made again at every start; they fire late after sleep, so nothing trusts their time.
 */
import { browser } from 'wxt/browser';
import type { Fact } from '../lead/facts';
import { nextTask } from '../ledger/next-task';
import type { LeadRecord } from '../ledger/types';
import type { AgreementInForce, WorkerContext } from './context';
import { projectAgain } from './project';
import { duplicateKeys } from './quality';

export const changeAlarm = 'next-change';
export const reconcileAlarm = 'reconcile';

/** Alarms closer than this are not granted (Chrome: 30 s, Firefox: a minute). */
const soonestMs = 60_000;
/** Leads that one wake-up computes anew before it lets others in. */
const batch = 500;
/** Leads that are computed before another task may run. */
const blockingAtMost = 50;

/** Sets the alarm for the next change; call it after every write. */
export async function scheduleNextChange(context: WorkerContext): Promise<void> {
  const next = await context.withLedger((ledger) => ledger.nextChange()).catch(() => undefined);
  if (next === undefined) {
    await browser.alarms.clear(changeAlarm);
    return;
  }
  const when = Math.max(next, context.now() + soonestMs);
  const current = await browser.alarms.get(changeAlarm);
  if (current && Math.abs(current.scheduledTime - when) < 1_000) return;
  await browser.alarms.create(changeAlarm, { when });
}

export async function scheduleReconcile(): Promise<void> {
  if (await browser.alarms.get(reconcileAlarm)) return;
  await browser.alarms.create(reconcileAlarm, { periodInMinutes: 60 });
}

/** Also what it is found by: a lead that came in a file has none yet, and another agreement may look for others. */
async function computeAnew(
  record: LeadRecord,
  facts: readonly Fact[],
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<LeadRecord> {
  const projected = projectAgain(record, facts, inForce, context);
  if (record.projection === inForce.projection) return projected;
  return { ...projected, dupes: await duplicateKeys(record.lead.fields, inForce, context) };
}

/** Computes the leads anew whose clocks changed by themselves, or were computed with another agreement. */
export async function catchUp(context: WorkerContext): Promise<number> {
  const inForce = await context.agreement();
  let done = 0;
  // Bounded: each round settles `batch` leads for good, because their next change then lies ahead.
  for (let round = 0; round < 200; round += 1) {
    const settled = await context.alone(() =>
      context.withLedger(async (ledger) => {
        const keys = new Set([
          ...(await ledger.changingUntil(context.now(), batch)),
          ...(await ledger.outdated(inForce.projection, batch)),
        ]);
        const known = await ledger.load([...keys]);
        const records: LeadRecord[] = [];
        for (const [place, { record, facts }] of [...known.values()].entries()) {
          if (place % blockingAtMost === blockingAtMost - 1) await nextTask();
          if (record) records.push(await computeAnew(record, facts, inForce, context));
        }
        await ledger.save(records, [], 'clocks');
        return records.length;
      }),
    );
    done += settled;
    if (settled === 0) break;
  }
  return done;
}
