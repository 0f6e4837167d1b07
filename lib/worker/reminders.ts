/**
 * Reminders by browser notification, driven by the alarm of the next change. What was told is remembered in `storage.local`,
 * bounded; a computer clock that jumps neither floods (many are one notice) nor silences for ever (what was told in the
 * future was not told).
 */
import { browser } from 'wxt/browser';
import { z } from 'zod';
import type { FactOf } from '../lead/facts';
import type { LeadRecord, LeadWithFacts } from '../ledger/types';
import { plural, t } from '../platform/i18n';
import { clearNotice, mayNotify, notify } from '../platform/notifications';
import { authorOn } from '../settings/person';
import { readStored } from '../settings/stored';
import type { WorkerContext } from './context';
import { readMe, nextLead } from './due';
import type { Me } from './concerns';
import { remindersDue, stages, toldKey, type Reminder, type Stage } from './reminding';
import { silentAt } from './snoozes';
import { openLead } from './tabs';

export const reminderAlarm = 'reminders';

const storageKey = 'reminded';
const toldAtMost = 5_000;
const schema = z.strictObject({
  /** When it first looked, epoch ms: what happened before is no news. */
  startedAt: z.number(),
  told: z.record(z.string().max(1_100), z.number()),
});
type Memory = z.infer<typeof schema>;

const noticePrefix = 'reminder:';
const noticeSchema = z.array(z.string()).max(2_000);
const leadsInNotice = 200;

const hour = 3_600_000;
/** How long something is news, ms: over a weekend, because what is held back rings on Monday. */
const newsMs = 4 * 24 * hour;
/** How long the button keeps a lead quiet, ms. */
export const snoozeMs = hour;
/** Two looks at a clock of this browser may differ by this and mean nothing, ms. */
const skewMs = 5 * 60_000;

async function readMemory(now: number): Promise<Memory> {
  const stored = await readStored('local', storageKey, schema);
  if (stored.kind !== 'value') {
    const memory = { startedAt: now, told: {} };
    await keepMemory(memory);
    return memory;
  }
  const { startedAt, told } = stored.value;
  // The computer's clock went back: what was told in its future was not told.
  return {
    startedAt: Math.min(startedAt, now),
    told: Object.fromEntries(Object.entries(told).filter(([, at]) => at <= now + skewMs)),
  };
}

async function keepMemory(memory: Memory): Promise<void> {
  const newest = Object.entries(memory.told)
    .sort(([, a], [, b]) => b - a)
    .slice(0, toldAtMost);
  await browser.storage.local.set({ [storageKey]: { ...memory, told: Object.fromEntries(newest) } });
}

interface Answer {
  readonly record: LeadRecord;
  readonly at: number;
}

/** Flags and rejections of this person that somebody else answered. */
async function answersSince(since: number, me: Me, context: WorkerContext): Promise<readonly Answer[]> {
  const now = context.now();
  return context.withLedger(async (ledger) => {
    const answers: FactOf<'flag-answer'>[] = [];
    for await (const facts of ledger.historiesBetween(since, Number.MAX_VALUE))
      for (const fact of facts)
        if (fact.kind === 'flag-answer' && since <= fact.at && fact.at <= now) answers.push(fact);
    const known = await ledger.load(answers.map(({ lead }) => lead));
    return answers.flatMap((answer) => toldToMe(answer, known.get(answer.lead), me));
  });
}

function toldToMe({ answers, author, at }: FactOf<'flag-answer'>, known: LeadWithFacts | undefined, me: Me): Answer[] {
  if (!known?.record) return [];
  const mine = authorOn(known.record.lead, me.viewers, me.person);
  const asked = known.facts.find(({ id }) => id === answers);
  return mine !== null && asked?.author === mine && author !== mine ? [{ record: known.record, at }] : [];
}

function opener(
  context: WorkerContext,
  calendars: Awaited<ReturnType<WorkerContext['agreement']>>['agreement']['calendars'],
) {
  const now = context.now();
  return (id: string | null): number | null => {
    const own = id !== null && Object.hasOwn(calendars, id) ? calendars[id] : undefined;
    const spec = own ?? Object.values(calendars)[0];
    if (!spec) return now;
    try {
      return context.calendars.covering(spec, now, now + 31 * 24 * hour).nextOpen(now);
    } catch {
      // A calendar that opens too rarely to say when holds nothing back.
      return now;
    }
  };
}

/** Sends what is due and sets the alarm for what is held back. @returns what was told. */
export async function remind(context: WorkerContext): Promise<readonly Reminder[]> {
  const me = await readMe();
  if (!me.person.reminders.on || !(await mayNotify())) {
    await browser.alarms.clear(reminderAlarm);
    return [];
  }
  return context.alone(async () => {
    const now = context.now();
    const memory = await readMemory(now);
    const since = Math.max(memory.startedAt, now - newsMs);
    // All that is open: what was handed over is news long before anything of it is due.
    const [[records, snoozed], answers, { agreement }] = await Promise.all([
      context.withLedger((ledger) => Promise.all([ledger.dueLeads(Number.MAX_SAFE_INTEGER), silentAt(ledger, now)])),
      answersSince(since, me, context),
      context.agreement(),
    ]);
    const opensAt = opener(context, agreement.calendars);
    const input = { records, answers, snoozed, told: memory.told, me, since, now, opensAt };
    const { reminders, heldUntil } = remindersDue(input);
    const isShown = reminders.length > 0 && (await show(reminders));
    if (isShown) {
      const told = Object.fromEntries(reminders.map((reminder) => [toldKey(reminder), now]));
      await keepMemory({ ...memory, told: { ...memory.told, ...told } });
    }
    if (heldUntil === null) await browser.alarms.clear(reminderAlarm);
    else await browser.alarms.create(reminderAlarm, { when: Math.max(heldUntil, now + 60_000) });
    return isShown ? reminders : [];
  });
}

const words = (stage: Stage): string => `reminder_${stage.replaceAll('-', '_')}`;

async function show(reminders: readonly Reminder[]): Promise<boolean> {
  const leads = reminders.slice(0, leadsInNotice).map(({ lead }) => lead);
  const [first] = reminders;
  if (!first) return true;
  const counted = stages.flatMap((stage) => {
    const count = reminders.filter((one) => one.stage === stage).length;
    return count > 0 ? [plural(words(stage), count)] : [];
  });
  const id = noticePrefix + crypto.randomUUID();
  await browser.storage.session.set({ [id]: leads });
  const names = reminders.slice(0, 3).map(({ name }) => name.slice(0, 80));
  return notify(id, {
    title: counted.join(' · '),
    message:
      reminders.length > names.length
        ? t('reminder_more', names.join(', '), String(reminders.length - names.length))
        : names.join(', '),
    buttons: [t('reminder_open'), t('reminder_snooze')],
  });
}

/** A notice was clicked, or one of its buttons: the second one snoozes, everything else opens. */
export async function onReminder(id: string, button: number | null, context: WorkerContext): Promise<void> {
  if (!id.startsWith(noticePrefix)) return;
  const stored = await readStored('session', id, noticeSchema);
  const leads = stored.kind === 'value' ? stored.value : [];
  await Promise.all([clearNotice(id), browser.storage.session.remove(id)]);
  if (button === 1) {
    await context.withLedger((ledger) => ledger.snooze(leads, context.now() + snoozeMs));
    return;
  }
  const lead = leads[0] ?? (await nextLead(context));
  if (lead !== null && lead !== undefined) await openLead(lead, context);
}
