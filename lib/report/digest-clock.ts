/** What the report keeps of one clock: how it was judged, and how long it took where that is known exactly. */
import { assertNever } from '../clock/assert-never';
import { targetLength } from '../clock/own-time';
import type { Story } from '../clock/story';
import type { Clock, ClockState } from '../clock/types';
import { exactPrecision } from '../lead/evidence';
import type { Fact } from '../lead/facts';
import { spentBetween, type Measure } from './spent';
import type { DigestClock, Result } from './types';

const resultOf: Readonly<Record<ClockState, Result>> = {
  scheduled: 'open',
  running: 'open',
  'at-risk': 'open',
  paused: 'open',
  overdue: 'missed',
  met: 'met',
  missed: 'missed',
  ended: 'ended',
  unknown: 'unknown',
};

export function digestClock(clock: Clock, story: Story, measure: Measure | null): DigestClock {
  const targetMs = targetLength(clock.target) + (clock.extended?.ms ?? 0);
  const { startAt, doneAt } = clock;
  const isTimed =
    startAt !== null &&
    doneAt !== null &&
    clock.doneEarliest === null &&
    clock.leftMs !== null &&
    isFulfilled(clock, story);
  const ownMs = isTimed ? targetMs - clock.leftMs : null;
  const spent = isTimed ? spentBetween(startAt, doneAt, clock.pauses, clock.calendar === null ? measure : null) : null;
  return {
    commitment: clock.commitment,
    subject: clock.subject,
    owedBy: clock.owedBy,
    clause: clock.clause,
    version: clock.agreementVersion,
    result: resultOf[clock.state],
    ofOwner: isOfOwner(clock, story),
    over: doneAt !== null,
    dueAt: clock.dueAt,
    targetMs,
    // Working time is that of the promise's own calendar, where it names one.
    took: spent && clock.calendar !== null ? { ...spent, workingMs: ownMs } : spent,
    ownMs,
  };
}

/** From the hand-off; a new owner has a clock of their own for these (rule 7). */
const hasOwnerClocks = new Set<Clock['commitment']>(['accept', 'first-touch']);

/** What an earlier owner kept or let pass is no measure of whoever took the lead over. */
function isOfOwner({ commitment, subject, startAt, doneAt, dueAt }: Clock, { reassignments }: Story): boolean {
  const taken = reassignments.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  if (subject === 'owner') return startAt === taken;
  if (startAt === null || startAt >= taken) return true;
  const decidedAt = Math.min(doneAt ?? Number.POSITIVE_INFINITY, dueAt ?? Number.POSITIVE_INFINITY);
  return decidedAt > taken && !hasOwnerClocks.has(commitment);
}

/** A clock that is `missed` was fulfilled late or never: a lead that was closed too late has no response time. */
function isFulfilled(clock: Clock, story: Story): boolean {
  if (clock.state === 'met') return true;
  if (clock.state !== 'missed' || clock.startAt === null || clock.doneAt === null) return false;
  const { startAt, doneAt } = clock;
  const isEvidence = ({ at }: Pick<Fact, 'at'>): boolean =>
    at === doneAt || (doneAt === startAt && at < startAt && at >= startAt - exactPrecision);
  switch (clock.commitment) {
    case 'accept':
      return story.acceptances.some(isEvidence);
    case 'first-touch':
    case 'next-touch':
    case 'respond':
      return story.touches.some(isEvidence);
    case 'resolve':
      return story.closed !== null && !story.closed.merged && isEvidence(story.closed);
    case 'fix-data':
      return story.flagAnswers.some(isEvidence);
    case 'unblock':
      return story.blocks.some((fact) => fact.kind === 'unblocked' && isEvidence(fact));
    default:
      return assertNever(clock.commitment);
  }
}
