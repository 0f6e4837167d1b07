/**
 * Which reminders are due, and which are held back. Pure. A reminder is sent once for a lead and stage, and again only when
 * something new began after it; nothing rings while the lead's calendar is closed, in quiet hours or while it is snoozed.
 */
import type { LeadKey } from '../lead/lead';
import type { DueClock, DueFields, LeadRecord } from '../ledger/types';
import type { PersonSettings } from '../settings/person';
import { isMyClock, type Me } from './concerns';
import { needsAttention } from './project';

export type Stage = 'overdue' | 'at-risk' | 'handed' | 'answered' | 'marketing-due';

/** In the order in which they are told. */
export const stages: readonly Stage[] = ['overdue', 'at-risk', 'marketing-due', 'handed', 'answered'];

export interface Reminder {
  readonly lead: LeadKey;
  readonly name: string;
  readonly stage: Stage;
  /** What it is about: a due instant, or when it happened, epoch ms. */
  readonly at: number;
}

/** When each lead and stage was last told, epoch ms, by `stage|lead`. */
export type Told = Readonly<Record<string, number>>;

export const toldKey = ({ stage, lead }: Pick<Reminder, 'stage' | 'lead'>): string => `${stage}|${lead}`;

/** A lead with its clocks; those that are over may be missing. */
export interface Reminded {
  readonly key: LeadKey;
  readonly lead: DueFields;
  readonly clocks: readonly DueClock[];
}

export interface RemindingInput {
  readonly records: readonly Reminded[];
  /** Flags of this person that somebody else has answered. */
  readonly answers: readonly { readonly record: LeadRecord; readonly at: number }[];
  readonly snoozed: ReadonlyMap<LeadKey, number>;
  readonly told: Told;
  readonly me: Me;
  /** What happened before this is no news, epoch ms. */
  readonly since: number;
  readonly now: number;
  /**
   * When the calendar of this id opens at or after `now`; `now` where it is open, `null` where it never opens. What has none of
   * its own, such as elapsed time or an answer, goes by the agreement's first.
   */
  readonly opensAt: (calendar: string | null) => number | null;
}

export interface Due {
  readonly reminders: readonly Reminder[];
  /** When what is held back may ring, epoch ms; `null` where nothing is. */
  readonly heldUntil: number | null;
}

function stageOf(clock: DueClock, now: number): { readonly stage: Stage; readonly at: number } | null {
  if (!needsAttention(clock) || clock.dueAt === null) return null;
  if (clock.dueAt < now) return { stage: clock.owedBy === 'marketing' ? 'marketing-due' : 'overdue', at: clock.dueAt };
  if (clock.atRiskAt !== null && clock.atRiskAt <= now)
    return { stage: clock.owedBy === 'marketing' ? 'marketing-due' : 'at-risk', at: clock.dueAt };
  return null;
}

const isHandOver = ({ startEvent }: DueClock): boolean => startEvent === 'hand-off' || startEvent === 'reassignment';

/** Everything that could be told, held back or not. */
function wanted({ records, answers, me, since, now }: RemindingInput): (Reminder & { clock: DueClock | null })[] {
  const found: (Reminder & { clock: DueClock | null })[] = [];
  for (const { key, lead, clocks } of records) {
    const name = lead.fields.name ?? lead.id.recordId;
    for (const clock of clocks) {
      if (!isMyClock(clock, lead, me)) continue;
      const pressing = stageOf(clock, now);
      if (pressing) found.push({ lead: key, name, ...pressing, clock });
      else if (needsAttention(clock) && isHandOver(clock) && clock.startAt !== null && clock.startAt > since)
        found.push({ lead: key, name, stage: 'handed', at: clock.startAt, clock });
    }
  }
  for (const { record, at } of answers)
    found.push({
      lead: record.key,
      name: record.lead.fields.name ?? record.lead.id.recordId,
      stage: 'answered',
      at,
      clock: null,
    });
  return found;
}

/** Whether this was told already: nothing new has begun since. */
function isTold({ clock, at, ...reminder }: Reminder & { clock: DueClock | null }, told: Told): boolean {
  const key = toldKey(reminder);
  const toldAt = Object.hasOwn(told, key) ? told[key] : undefined;
  return toldAt !== undefined && (clock?.startAt ?? at) <= toldAt;
}

export function remindersDue(input: RemindingInput): Due {
  const { now, told, snoozed, me } = input;
  const quietUntil = quietEnd(me.person, now);
  const due = new Map<LeadKey, Reminder>();
  let heldUntil: number | null = null;
  for (const one of wanted(input)) {
    if (isTold(one, told)) continue;
    const free = freeAt(one, input, quietUntil, snoozed);
    if (free === null) continue;
    if (free > now) {
      heldUntil = heldUntil === null ? free : Math.min(heldUntil, free);
      continue;
    }
    const { clock: _clock, ...reminder } = one;
    const before = due.get(one.lead);
    // Of one lead the most pressing stage is told; the others go without saying.
    if (!before || stages.indexOf(one.stage) < stages.indexOf(before.stage)) due.set(one.lead, reminder);
  }
  const order = (a: Reminder, b: Reminder): number => stages.indexOf(a.stage) - stages.indexOf(b.stage) || a.at - b.at;
  return { reminders: [...due.values()].sort(order), heldUntil };
}

function freeAt(
  { lead, clock }: { readonly lead: LeadKey; readonly clock: DueClock | null },
  { now, opensAt }: RemindingInput,
  quietUntil: number,
  snoozed: ReadonlyMap<LeadKey, number>,
): number | null {
  const opens = opensAt(clock?.calendar ?? null);
  return opens === null ? null : Math.max(opens, quietUntil, snoozed.get(lead) ?? now);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When the quiet hours that `now` lies in end, in this browser's zone; `now` outside of them. */
export function quietEnd({ reminders: { quiet } }: Pick<PersonSettings, 'reminders'>, now: number): number {
  if (!quiet) return now;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const date = new Date(now);
  const at = date.getHours() * 60 + date.getMinutes();
  const isQuiet = from <= to ? at >= from && at < to : at >= from || at < to;
  if (!isQuiet) return now;
  return new Date(now).setHours(Math.floor(to / 60) + (at >= to ? 24 : 0), to % 60, 0, 0);
}
