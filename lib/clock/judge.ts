/**
 * The state of one clock at one instant. One comparison everywhere: at or before the due instant is in time (rule 2), and
 * what is not known is called unknown, never late (rule 12).
 *
 *     scheduled ─▶ running ─▶ at-risk ─▶ unknown (stale) ─▶ overdue      while open; `paused` lies over the first three
 *     any of them ─▶ met · missed · ended · unknown (evidence)           once it is fulfilled or ended
 */
import type { CommitmentId } from '../agreement/schema';
import type { PauseInterval } from '../calendar/types';
import { calendarOf } from './own-time';
import { earliestIntervals, intervalsOf, pausesOf, published, type StoryPause } from './pauses';
import type { Terms } from './rules';
import type { Run } from './runs';
import type { Bounds } from './story';
import { govern, presentTerms, schedule, type Context, type Governed, type Schedule } from './terms';
import type { Clock, ClockPause, ClockState, StateChange, UnknownReason } from './types';

const none: readonly never[] = [];

type Verdict = Pick<Clock, 'state' | 'unknown' | 'unknownSince'>;

const certain = (state: ClockState): Verdict => ({ state, unknown: null, unknownSince: null });
const unknown = (reason: UnknownReason, since: number | null): Verdict => ({
  state: 'unknown',
  unknown: reason,
  unknownSince: since,
});

/** The clock of a run; `null` where the agreement promises nothing for this lead. */
export function judge(context: Context, run: Run): Clock | null {
  if (run.startAt === null) return withoutStart(context, run);
  const over = run.done ?? run.end;
  const overAt = over?.at ?? null;
  const { story } = context;
  const pauses = pausesOf(run.restsWhileReturned ? story.pausesOfSales : story.pauses, run.startAt, overAt);
  const governed = govern(context, run.commitment, run.startAt, overAt, intervalsOf(pauses));
  if (!governed) return null;
  if (!governed.schedule || (governed.schedule.dueAt === null && pauses.at(-1)?.to !== null))
    return withoutDue(context, run, governed.terms, pauses);
  return judged(context, run, governed, governed.schedule, pauses);
}

function judged(context: Context, run: Run, governed: Governed, plan: Schedule, pauses: readonly StoryPause[]): Clock {
  const over = run.done ?? run.end;
  let verdict = over ? afterwards(run, over, plan) : meanwhile(context, run, plan, pauses);
  const isLate = verdict.state === 'overdue' || verdict.state === 'missed';
  if (isLate && mayHaveBeenPaused(context, run, governed, pauses)) verdict = unknown('evidence', plan.dueAt);
  const isOpen = over === null && !isLate;
  const clock = clockOf(
    context,
    run,
    governed.terms,
    verdict,
    plan,
    pauses,
    isOpen ? coming(context.now, plan, pauses) : none,
  );
  const extra = plan.allowanceMs - governed.terms.targetMs;
  return governed.changedAt !== null && extra > 0
    ? { ...clock, extended: { at: governed.changedAt, ms: extra } }
    : clock;
}

/** One literal for all, because there are tens of thousands of them: clocks of one shape are quick to make and to sort. */
function clockOf(
  context: Context,
  run: Run,
  terms: Terms,
  verdict: Verdict,
  plan: Schedule | null,
  pauses: readonly StoryPause[],
  upcoming: readonly StateChange[],
): Clock {
  const over = run.done ?? run.end;
  return {
    lead: context.lead.key,
    commitment: run.commitment,
    subject: run.subject,
    owedBy: run.owedBy ?? terms.commitment.owedBy,
    clause: terms.commitment.clause ?? null,
    agreementVersion: terms.agreement.version,
    target: terms.rule.target,
    calendar: calendarOf(terms.rule.target),
    state: verdict.state,
    startAt: run.startAt,
    startEvent: run.event,
    runsFrom: plan?.runsFrom ?? null,
    dueAt: plan?.dueAt ?? null,
    atRiskAt: plan?.atRiskAt ?? null,
    doneAt: over?.at ?? null,
    doneEarliest: over && over.earliest < over.at ? over.earliest : null,
    leftMs: plan && verdict.unknown !== 'evidence' ? plan.leftMs : null,
    asOf: context.now,
    pauses: published(pauses),
    upcoming,
    nextChangeAt: upcoming[0]?.at ?? null,
    unknown: verdict.unknown,
    unknownSince: verdict.unknownSince,
  };
}

/**
 * Rules 2 and 14. Met only if even its latest instant is in time, missed only if even its earliest is too late. Closed
 * without being kept: ended if that was in time, else the promise was broken before.
 */
function afterwards(run: Run, over: Bounds, plan: Schedule): Verdict {
  const dueAt = plan.dueAt ?? Number.POSITIVE_INFINITY;
  if (over.at <= dueAt) return certain(run.done ? 'met' : 'ended');
  if (over.earliest > dueAt) return certain('missed');
  return unknown('evidence', dueAt);
}

/** What a touch fulfils; sales that touches a lead has taken it, too. */
const answeredByTouch: ReadonlySet<CommitmentId> = new Set(['accept', 'first-touch', 'next-touch', 'respond']);

function meanwhile(context: Context, run: Run, plan: Schedule, pauses: readonly ClockPause[]): Verdict {
  if (plan.dueAt !== null && context.now > plan.dueAt) {
    // Rule 12: a miss is recorded only from an observation newer than the due instant, and one that could have shown it.
    const { seenAt, touchesUnread } = context.lead;
    if (seenAt <= plan.dueAt) return unknown('stale', seenAt);
    return touchesUnread && answeredByTouch.has(run.commitment) ? unknown('touches', plan.dueAt) : certain('overdue');
  }
  return certain(stateAt(context.now, plan, pauses));
}

/** The state of an open clock, if nothing is heard of it until `at`. */
function stateAt(at: number, plan: Schedule, pauses: readonly ClockPause[]): ClockState {
  if (plan.dueAt !== null && at > plan.dueAt) return 'unknown';
  if (pauses.some((pause) => pause.from <= at && (pause.to === null || at < pause.to))) return 'paused';
  if (at < plan.runsFrom) return 'scheduled';
  return plan.atRiskAt !== null && at >= plan.atRiskAt ? 'at-risk' : 'running';
}

/** Coming changes, soonest first. The due instant itself is still in time (rule 2), so the last one is 1 ms after it. */
function coming(now: number, plan: Schedule, pauses: readonly ClockPause[]): readonly StateChange[] {
  const instants = [plan.runsFrom];
  if (plan.atRiskAt !== null) instants.push(plan.atRiskAt);
  if (plan.dueAt !== null) instants.push(plan.dueAt + 1);
  for (const pause of pauses) if (pause.to !== null) instants.push(pause.to);
  const changes: StateChange[] = [];
  let state = stateAt(now, plan, pauses);
  for (const at of instants.filter((instant) => instant > now).sort((a, b) => a - b)) {
    const next = stateAt(at, plan, pauses);
    if (next !== state) changes.push({ at, state: next });
    state = next;
  }
  return changes;
}

/** A pause that is only known by its status may have begun before the due instant: then nobody can say that it was missed. */
function mayHaveBeenPaused(context: Context, run: Run, governed: Governed, pauses: readonly StoryPause[]): boolean {
  const generous = earliestIntervals(pauses);
  if (generous === null || run.startAt === null) return false;
  const over = run.done ?? run.end;
  const dueAt = dueWith(context, governed, run.startAt, over?.at ?? context.now, generous);
  return dueAt === null || (over?.earliest ?? context.now) <= dueAt;
}

function dueWith(
  context: Context,
  governed: Governed,
  startAt: number,
  limit: number,
  pauses: readonly PauseInterval[],
): number | null {
  return schedule(context, governed.terms, startAt, governed.changedAt, limit, pauses)?.dueAt ?? null;
}

/** No readable start: nothing can be said, but that a closed lead owes nothing any more. */
function withoutStart(context: Context, run: Run): Clock | null {
  const terms = presentTerms(context, run.commitment);
  if (!terms) return null;
  const isClosed = context.story.closed !== null || run.end !== null;
  return clockOf(context, run, terms, isClosed ? certain('ended') : unknown('no-start', null), null, none, none);
}

/** A calendar that is missing, wrong or never opens gives no due instant. */
function withoutDue(context: Context, run: Run, terms: Terms, pauses: readonly StoryPause[]): Clock {
  return clockOf(context, run, terms, run.end ? certain('ended') : unknown('no-due', null), null, pauses, none);
}
