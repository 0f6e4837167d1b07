/**
 * Which leads are due, in the order in which acting on them is worth most: what popup, toolbar and "next lead" all go by.
 * Computed from what is stored, not stored. Snoozed leads are apart: a snooze silences, it moves no clock.
 */
import type { Agreement } from '../agreement/schema';
import type { Pressing } from '../clock/escalation';
import type { ClockState } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import type { DueClock, DueLead } from '../ledger/types';
import type { SummaryGroup } from '../messages/summary';
import { readPerson } from '../settings/person';
import { isEscalatedTo, isMyClock, type Me } from './concerns';
import type { WorkerContext } from './context';
import { needsAttention } from './project';
import { silentAt } from './snoozes';
import { tierOrder, tierRank } from './value';
import { isMine, readViewers } from './viewers';

export interface Candidate {
  readonly record: DueLead;
  readonly group: SummaryGroup;
  readonly dueAt: number;
  /** Of its tier; the lower goes first where two are due in the same minute. */
  readonly rank: number;
}

/** The most pressing first. */
const places: Readonly<Record<SummaryGroup, number>> = { overdue: 0, 'at-risk': 1, today: 2 };
const minute = 60_000;

/** The state at `now`, if nothing new happened since the clock was computed. */
function stateAt({ state, upcoming }: DueClock, now: number): ClockState {
  let current = state;
  for (const change of upcoming) {
    if (change.at > now) break;
    current = change.state;
  }
  return current;
}

function pressingAt(clock: DueClock, now: number): Pressing {
  const state = stateAt(clock, now);
  // What became unknown meanwhile is what nobody has looked at since it was due.
  return { ...clock, state, unknown: state === 'unknown' ? (clock.unknown ?? 'stale') : null };
}

/** Where a lead belongs now; `null` when it is not due today and not at risk. */
function groupOf(clock: DueClock, now: number, endOfDay: number): SummaryGroup | null {
  if (!needsAttention(clock) || clock.dueAt === null) return null;
  if (clock.dueAt < now) return 'overdue';
  if (stateAt(clock, now) === 'at-risk') return 'at-risk';
  return clock.dueAt <= endOfDay ? 'today' : null;
}

/** The end of the day that `now` lies in, in this browser's zone. */
export function endOfLocalDay(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

type Counts = (clock: DueClock, record: DueLead) => boolean;

/** Whose clocks count: everybody's, or those that this person can act on and those that are escalated to them. */
function countsFor(mine: boolean, me: Me, agreement: Pick<Agreement, 'escalation'>, now: number): Counts {
  if (!mine) return () => true;
  // Until somebody has said which side they are on, all of their leads is theirs.
  const isTheirs: Counts =
    me.person.side === null
      ? (_clock, { lead }) => isMine(lead, me.viewers)
      : (clock, { lead }) => isMyClock(clock, lead, me);
  return (clock, record) =>
    isTheirs(clock, record) || isEscalatedTo(pressingAt(clock, now), record.lead, agreement, me, now);
}

function candidateOf(
  record: DueLead,
  now: number,
  endOfDay: number,
  counts: Counts,
  rankOf: (record: DueLead) => number,
): Candidate | null {
  let best: SummaryGroup | null = null;
  let dueAt = 0;
  for (const clock of record.clocks) {
    const group = groupOf(clock, now, endOfDay);
    if (group === null || clock.dueAt === null || !counts(clock, record)) continue;
    if (best !== null && (places[group] - places[best] || clock.dueAt - dueAt) >= 0) continue;
    best = group;
    dueAt = clock.dueAt;
  }
  return best === null ? null : { record, group: best, dueAt, rank: rankOf(record) };
}

const byValue = (a: Candidate, b: Candidate): number =>
  places[a.group] - places[b.group] ||
  Math.floor(a.dueAt / minute) - Math.floor(b.dueAt / minute) ||
  a.rank - b.rank ||
  a.dueAt - b.dueAt;

export interface Due {
  /** Not snoozed, most valuable first. */
  readonly candidates: readonly Candidate[];
  /** At risk today, due after it. */
  readonly beyond: readonly DueLead[];
  /** Leads that are silent now, and until when, due or not. */
  readonly snoozed: ReadonlyMap<LeadKey, number>;
  readonly viewerKnown: boolean;
  readonly me: Me;
  /** Leads that were looked through. */
  readonly looked: number;
}

export async function readMe(): Promise<Me> {
  const [viewers, { person }] = await Promise.all([readViewers(), readPerson()]);
  return { viewers, person };
}

/** Every lead that is overdue, at risk or due today; `mine` leaves out other people's. */
export async function dueNow(mine: boolean, context: WorkerContext): Promise<Due> {
  const now = context.now();
  const endOfDay = endOfLocalDay(now);
  const [[records, snoozed], me, { agreement }] = await Promise.all([
    context.withLedger((ledger) => Promise.all([ledger.dueLeads(endOfDay), silentAt(ledger, now)])),
    readMe(),
    context.agreement(),
  ]);
  const counts = countsFor(mine, me, agreement, now);
  const order = tierOrder(agreement);
  const ranks = new Map<string | undefined, number>();
  // Few tiers, many leads.
  const rankOf = ({ lead: { fields } }: DueLead): number => {
    const known = ranks.get(fields.tier);
    if (known !== undefined) return known;
    const rank = tierRank(order, fields.tier);
    ranks.set(fields.tier, rank);
    return rank;
  };
  const candidates: Candidate[] = [];
  const beyond: DueLead[] = [];
  for (const record of records) {
    if (snoozed.size > 0 && snoozed.has(record.key)) continue;
    const candidate = candidateOf(record, now, endOfDay, counts, rankOf);
    if (candidate) candidates.push(candidate);
    else if (record.clocks.some((clock) => needsAttention(clock) && counts(clock, record))) beyond.push(record);
  }
  return {
    candidates: candidates.sort(byValue),
    beyond,
    snoozed,
    viewerKnown: Object.keys(me.viewers).length > 0,
    me,
    looked: records.length,
  };
}

/** Leads read beyond today, so that enough of them are this person's. */
const laterAtMost = 200;

/** What comes after today, soonest first. */
export async function dueLater(mine: boolean, due: Due, limit: number, context: WorkerContext): Promise<DueLead[]> {
  const now = context.now();
  const endOfDay = endOfLocalDay(now);
  const [records, { agreement }] = await Promise.all([
    context.withLedger((ledger) => ledger.dueAfter(endOfDay, laterAtMost)),
    context.agreement(),
  ]);
  const counts = countsFor(mine, due.me, agreement, now);
  const isOurs = (record: DueLead): boolean =>
    !due.snoozed.has(record.key) && record.clocks.some((clock) => needsAttention(clock) && counts(clock, record));
  const dueAt = ({ clocks }: DueLead): number =>
    clocks.reduce(
      (soonest, clock) => (needsAttention(clock) ? Math.min(soonest, clock.dueAt ?? soonest) : soonest),
      Number.POSITIVE_INFINITY,
    );
  return [...due.beyond, ...records.filter(isOurs)].sort((a, b) => dueAt(a) - dueAt(b)).slice(0, limit);
}

/** The lead to work on next: one that can be opened. */
export async function nextLead(context: WorkerContext): Promise<LeadKey | null> {
  const due = await dueNow(true, context);
  const records = due.candidates.map(({ record }) => record);
  const canOpen = ({ lead }: DueLead): boolean => lead.url !== undefined;
  const now = records.find(canOpen);
  return (now ?? (await dueLater(true, due, 50, context)).find(canOpen))?.key ?? null;
}
