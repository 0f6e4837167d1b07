/**
 * From which fact to which each commitment runs on one lead. Says nothing of targets or due instants: a run is the same
 * under every agreement, but for the promised number of touches.
 */
import type { CommitmentId } from '../agreement/schema';
import { exactPrecision } from '../lead/evidence';
import type { Fact, FactKind, Party } from '../lead/facts';
import { assertNever } from './assert-never';
import { boundsOf, isExact, type Bounds, type Story } from './story';
import type { Clock } from './types';

export interface Run {
  readonly commitment: CommitmentId;
  readonly subject: Clock['subject'];
  /** `null` when it cannot be read; `event` is then `null` too. */
  readonly startAt: number | null;
  readonly event: FactKind | null;
  /** What fulfilled it. */
  readonly done: Bounds | null;
  /** What ended it without fulfilling it (rule 14). */
  readonly end: Bounds | null;
  /** Where it does not follow from the commitment. */
  readonly owedBy: Party | null;
  /** Work of sales: it rests while the lead is handed back to marketing. */
  readonly restsWhileReturned: boolean;
}

const none: readonly never[] = [];

/** Evidence of a CRM that shows minutes may seem to lie up to a minute before what it answers. */
const tolerance = exactPrecision;

/**
 * Rule 11: the earliest evidence counts. It happened no later than the earliest `at` and no earlier than the earliest
 * `earliest`; evidence from before the start is of something else.
 */
function earliestOf(facts: readonly Fact[], startAt: number | null): Bounds | null {
  const from = startAt === null ? Number.NEGATIVE_INFINITY : startAt - tolerance;
  let [earliest, at] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const fact of facts) {
    if (fact.at < from) continue;
    at = Math.min(at, fact.at);
    earliest = Math.min(earliest, boundsOf(fact).earliest);
  }
  return at === Number.POSITIVE_INFINITY ? null : { earliest, at };
}

/** Nothing is done before it began. */
const notBefore = (bounds: Bounds, startAt: number | null): Bounds =>
  startAt === null || bounds.earliest >= startAt
    ? bounds
    : { earliest: Math.max(bounds.earliest, startAt), at: Math.max(bounds.at, startAt) };

const sooner = (a: Bounds | null, b: Bounds | null): Bounds | null => (a && b ? (b.at < a.at ? b : a) : (a ?? b));

/** Whichever came first, fulfilment or end, is what became of it. */
function finished(run: Omit<Run, 'done' | 'end'>, done: Bounds | null, end: Bounds | null): Run {
  const isDone = done !== null && (end === null || done.earliest <= end.at);
  return {
    ...run,
    done: isDone ? notBefore(done, run.startAt) : null,
    end: !isDone && end ? notBefore(end, run.startAt) : null,
  };
}

/** The clocks from the hand-off, and for every new owner from the assignment (rule 7). */
function fromHandOff(commitment: CommitmentId, story: Story, evidence: readonly Fact[], end: Bounds | null): Run[] {
  const startAt = story.handOff?.exact ? story.handOff.at : null;
  const start = {
    commitment,
    subject: 'lead',
    startAt,
    event: startAt === null ? null : 'hand-off',
    owedBy: null,
    restsWhileReturned: true,
  } as const;
  const lead = finished(start, earliestOf(evidence, startAt), end);
  const assignments = assignmentsOf(story, lead);
  const owners = assignments.map((assignment, index): Run => {
    const known = isExact(assignment);
    const owner = {
      ...start,
      subject: 'owner',
      startAt: known ? assignment.at : null,
      event: known ? 'reassignment' : null,
    } as const;
    const next = assignments[index + 1];
    // Who has to hand the lead on owes nothing any more; what was too late by then stays too late.
    return next ? finished(owner, null, boundsOf(next)) : finished(owner, lead.done, lead.end);
  });
  return [lead, ...owners];
}

/** The assignments after the hand-off and before the promise was kept or ended. */
function assignmentsOf(story: Story, lead: Run): readonly Fact[] {
  if (!story.handOff || story.reassignments.length === 0) return none;
  const until = (lead.done ?? lead.end)?.at ?? Number.POSITIVE_INFINITY;
  const from = story.handOff.exact ? story.handOff.at : story.handOff.earliest;
  return story.reassignments.filter((fact) => fact.at > from && fact.at < until);
}

function resolveRun(story: Story): Run {
  const { closed, returned, handOff } = story;
  const startAt = handOff?.exact ? handOff.at : null;
  const start = {
    commitment: 'resolve',
    subject: 'lead',
    startAt,
    event: startAt === null ? null : 'hand-off',
    owedBy: null,
    restsWhileReturned: true,
  } as const;
  // A merged-away lead was not brought to an end by anyone.
  return closed?.merged ? finished(start, null, sooner(closed, returned)) : finished(start, closed, returned);
}

/** The lead became sales' to work no earlier than this. What came before belongs to the first touch, not to a later one. */
const earliestHandOff = (story: Story): number => story.handOff?.earliest ?? Number.NEGATIVE_INFINITY;

function cycle(commitment: CommitmentId, start: Fact, event: FactKind, more: Partial<Run>): Omit<Run, 'done' | 'end'> {
  const known = isExact(start);
  return {
    commitment,
    subject: 'lead',
    startAt: known ? start.at : null,
    event: known ? event : null,
    owedBy: null,
    restsWhileReturned: false,
    ...more,
  };
}

/**
 * Cadence: from each touch to the next, until the promised number is reached. One call that a person and the CRM both
 * recorded is one touch, and a touch without an instant has no place in a row of them.
 */
function nextTouchRuns(story: Story, promised: number): Run[] {
  if (promised < 2) return [];
  const from = earliestHandOff(story) - tolerance;
  const touches: Fact[] = [];
  let inexact: Fact | null = null;
  for (const fact of story.touches) {
    if (fact.at < from) continue;
    if (!isExact(fact)) inexact ??= fact;
    else if (touches.length === 0 || fact.at - touches.at(-1)!.at > tolerance) touches.push(fact);
  }
  const end = sooner(story.closed, story.returned);
  const starts = touches.length === 0 && inexact ? [inexact] : touches.slice(0, promised - 1);
  return starts.map((start, index) => {
    const next = touches[index + 1];
    return finished(
      cycle('next-touch', start, 'touch', { restsWhileReturned: true }),
      next ? boundsOf(next) : null,
      end,
    );
  });
}

/** Rule 15: from each first message that nobody has answered to the next touch. */
function respondRuns(story: Story): Run[] {
  const from = earliestHandOff(story);
  const end = sooner(story.closed, story.returned);
  const runs: Run[] = [];
  let answer: Fact | null | undefined;
  for (const message of story.inbounds) {
    if (message.at < from) continue;
    if (answer === null || (answer && message.at <= answer.at)) continue;
    answer = story.touches.find((touch) => touch.at >= message.at) ?? null;
    const start = cycle('respond', message, 'inbound', { restsWhileReturned: true });
    runs.push(finished(start, answer && boundsOf(answer), end));
  }
  return runs;
}

/** From each flag or rejection with a data reason to its answer. */
function fixDataRuns(story: Story): Run[] {
  return story.dataFlags.map((flag) => {
    const answers = story.flagAnswers.filter((fact) => fact.answers === flag.id);
    return finished(cycle('fix-data', flag, flag.kind, {}), earliestOf(answers, null), story.closed);
  });
}

/** From each "I'm blocked" to its answer, owed by the other party. Saying it twice starts nothing new. */
function unblockRuns(story: Story): Run[] {
  const found: { start: Fact; by: Party; answer: Fact | null }[] = [];
  for (const fact of story.blocks) {
    const last = found.at(-1);
    if (fact.kind === 'blocked' && (!last || last.answer)) found.push({ start: fact, by: fact.by, answer: null });
    else if (fact.kind === 'unblocked' && last && !last.answer) last.answer = fact;
  }
  return found.map(({ start, by, answer }) => {
    const owedBy = by === 'sales' ? 'marketing' : 'sales';
    return finished(cycle('unblock', start, 'blocked', { owedBy }), answer && boundsOf(answer), story.closed);
  });
}

/**
 * Every run that one commitment ever had on this lead: each flag, message, touch gap, block and owner has one of its own. A miss
 * of an earlier one stays (rule 9), whatever came after it.
 * @param promisedTouches only for `next-touch`; absent, the cadence goes on until the lead is closed.
 */
export function allRunsOf(id: CommitmentId, story: Story, promisedTouches = Number.POSITIVE_INFINITY): Run[] {
  switch (id) {
    case 'accept':
      // Sales that touches a lead has evidently taken it, and so has whoever wins, loses or disqualifies it.
      return fromHandOff(id, story, story.acceptances, story.closed);
    case 'first-touch':
      return fromHandOff(id, story, story.touches, sooner(story.closed, story.returned));
    case 'next-touch':
      return nextTouchRuns(story, promisedTouches);
    case 'respond':
      return respondRuns(story);
    case 'resolve':
      return [resolveRun(story)];
    case 'fix-data':
      return fixDataRuns(story);
    case 'unblock':
      return unblockRuns(story);
    default:
      return assertNever(id);
  }
}

/**
 * The present runs of one commitment on this lead: none where it has not begun, two where a new owner has a clock of their own.
 * Of several in a row the last one, of several flags the first that nobody has answered.
 */
export function runsOf(id: CommitmentId, story: Story, promisedTouches?: number): Run[] {
  const runs = allRunsOf(id, story, promisedTouches);
  if (runs.length < 2) return runs;
  const last = runs.at(-1)!;
  if (last.subject === 'owner') return [runs[0]!, last];
  return [(id === 'fix-data' ? runs.find(({ done }) => done === null) : undefined) ?? last];
}
