/**
 * Waking up: one alarm at the next change of any clock, one every hour for whatever was slept through. Browsers may drop
 * alarms at a restart, so both are made again at every start; they fire late after sleep, so nothing trusts their time.
 */
import { browser } from 'wxt/browser';
import type { Fact } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import { skewMs } from '../lead/seen-by-now';
import { computedNote } from '../ledger/ahead';
import { nextTask } from '../ledger/next-task';
import type { Ledger, LeadRecord } from '../ledger/types';
import type { AgreementInForce, WorkerContext } from './context';
import { projectAgain } from './project';
import { keepPeriodic } from './periodic';
import { duplicateKeys } from './quality';
import { dropSnoozesFromAhead } from './snoozes';

export const changeAlarm = 'next-change';
export const reconcileAlarm = 'reconcile';

/** Alarms closer than this are not granted (Chrome: 30 s, Firefox: a minute). */
const soonestMs = 60_000;
const reconcileEveryMs = 3_600_000;
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

export async function scheduleReconcile(now: number): Promise<void> {
  await keepPeriodic(reconcileAlarm, reconcileEveryMs, now);
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

/** Computes these leads anew. @returns how many there were. */
async function settle(
  keys: Iterable<LeadKey>,
  what: 'all' | 'clocks',
  ledger: Ledger,
  inForce: AgreementInForce,
  context: WorkerContext,
): Promise<number> {
  const known = await ledger.load([...keys]);
  const records: LeadRecord[] = [];
  for (const [place, { record, facts }] of [...known.values()].entries()) {
    if (place % blockingAtMost === blockingAtMost - 1) await nextTask();
    if (record) records.push(await computeAnew(record, facts, inForce, context));
  }
  await ledger.save(records, [], what);
  return records.length;
}

/**
 * The computer's clock went back: what was computed in its future says nothing of now and would change by itself only then.
 * The note goes last, so that a worker that is stopped on the way begins again.
 */
async function returnFromAhead(inForce: AgreementInForce, context: WorkerContext): Promise<number> {
  const now = context.now();
  const until = await context.withLedger((ledger) => ledger.note(computedNote));
  if (until === undefined || until <= now + skewMs) return 0;
  let done = 0;
  let after: LeadKey | undefined;
  do {
    const page = await context.alone(() =>
      context.withLedger(async (ledger) => {
        const { items, next } = await ledger.fromAhead(now, after, batch);
        return { next, settled: await settle(items, 'all', ledger, inForce, context) };
      }),
    );
    done += page.settled;
    after = page.next;
  } while (after !== undefined);
  await context.withLedger(async (ledger) => {
    await dropSnoozesFromAhead(ledger, now);
    await ledger.setNote(computedNote, now);
  });
  return done;
}

/**
 * Computes the leads anew whose clocks changed by themselves, or were computed with another agreement; those wait while a file
 * is taken in.
 */
export async function catchUp(context: WorkerContext): Promise<number> {
  const inForce = await context.agreement();
  let done = await returnFromAhead(inForce, context);
  // Bounded: each round settles `batch` leads for good, because their next change then lies ahead.
  for (let round = 0; round < 200; round += 1) {
    const settled = await context.alone(() =>
      context.withLedger(async (ledger) => {
        const keys = new Set([
          ...(await ledger.changingUntil(context.now(), batch)),
          ...(context.intake.isOpen() ? [] : await ledger.outdated(inForce.projection, batch)),
        ]);
        return settle(keys, 'clocks', ledger, inForce, context);
      }),
    );
    done += settled;
    if (settled === 0) break;
  }
  return done;
}
