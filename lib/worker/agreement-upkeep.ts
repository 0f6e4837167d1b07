/**
 * What keeps agreements where they should be: what was written here gets into sync, what came is kept, the organisation's and
 * the team's address are asked every hour, and a coming version takes effect at its instant. All of it can be broken off anywhere and
 * goes on at the next start.
 */
import { browser } from 'wxt/browser';
import { readPerson } from '../settings/person';
import { readPolicy } from '../settings/policy';
import { refreshAddress } from '../settings/policy-address';
import { flushSync, longestWaitMs, settleSync } from '../settings/sync-agreement';
import { refreshTeam } from '../settings/team-address';
import { pendingSchema, readShelf, shelfKeys } from '../settings/agreement-shelf';
import type { WorkerContext } from './context';
import { createQueue } from './queue';

export const syncAlarm = 'agreement-sync';
export const effectAlarm = 'agreement-effect';

/** Alarms closer than this are not granted (Chrome: 30 s, Firefox: a minute). */
const soonestMs = 60_000;
/** Changes that follow one another are written once, ms. */
const debounceMs = 2_000;

const alone = createQueue();
let waiting: ReturnType<typeof setTimeout> | undefined;

async function writeWhatWaits(context: WorkerContext): Promise<void> {
  const { person } = await readPerson();
  await alone(() => flushSync(person.name ?? '', context.now()));
  // A failure is said, and a success no longer.
  context.agreementChanged();
  await scheduleSync(context);
}

/** Has what waits written: in a moment, and by an alarm where the worker does not live that long. */
export async function scheduleSync(context: WorkerContext): Promise<void> {
  const pending = await readShelf(shelfKeys.pending, pendingSchema);
  if (!pending) {
    await browser.alarms.clear(syncAlarm);
    return;
  }
  const now = context.now();
  // No wait is longer than an hour: a clock that was set back makes none of a year.
  const nextTryAt = pending.nextTryAt - now > longestWaitMs ? now : pending.nextTryAt;
  await browser.alarms.create(syncAlarm, { when: Math.max(nextTryAt, now + soonestMs) });
  if (nextTryAt > now) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => void writeWhatWaits(context).catch(() => {}), debounceMs);
}

/** The alarm for what waits. */
export const onSyncAlarm = (context: WorkerContext): Promise<void> => writeWhatWaits(context);

/** Wakes up when the next version takes effect; browsers drop alarms at a restart, so it is set at every look. */
export async function scheduleEffect(context: WorkerContext): Promise<void> {
  const { nextAt } = await context.agreement();
  if (nextAt === null) {
    await browser.alarms.clear(effectAlarm);
    return;
  }
  const when = Math.max(nextAt, context.now() + soonestMs);
  const current = await browser.alarms.get(effectAlarm);
  if (!current || Math.abs(current.scheduledTime - when) >= 1_000) await browser.alarms.create(effectAlarm, { when });
}

/** Something changed where agreements come from: keep what came, and read what is in force anew. */
export async function agreementArrived(context: WorkerContext): Promise<void> {
  await alone(() => settleSync(context.now())).catch(() => {});
  context.agreementChanged();
  await scheduleSync(context);
  await scheduleEffect(context);
}

/** Asks the organisation's address, where there is one and it is time to. @returns whether something changed. */
export async function askPolicyAddress(context: WorkerContext): Promise<boolean> {
  const { address } = await readPolicy();
  if (!address) return false;
  const changed = await alone(() => refreshAddress(address, context.now()));
  if (changed) context.agreementChanged();
  return changed;
}

/** As `askPolicyAddress`, for the team's. */
async function askTeamAddress(context: WorkerContext): Promise<boolean> {
  const changed = await refreshTeam(context.now());
  if (changed) context.agreementChanged();
  return changed;
}

/** Does all of it: at every start of the worker, and every hour. @returns whether another agreement may be in force. */
export async function tendAgreements(context: WorkerContext): Promise<boolean> {
  const changed = await Promise.all(
    [askPolicyAddress(context), askTeamAddress(context)].map((asked) => asked.catch(() => false)),
  );
  await agreementArrived(context);
  return changed.includes(true);
}
