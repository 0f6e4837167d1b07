/**
 * Leads that nobody works although somebody promised to, each with one cause, so that the causes add up. A lead is left
 * behind while it is open, not rejected, and either a promise of sales on it is overdue (or was not seen since it was due),
 * or its recycling time is over and nothing followed.
 */
import type { Story } from '../clock/story';
import type { Clock } from '../clock/types';
import type { Fact } from '../lead/facts';
import type { Cause, OutcomePart, VerdictPart } from './types';

interface Situation {
  readonly story: Story;
  readonly facts: readonly Fact[];
  readonly clocks: readonly Clock[];
  readonly now: number;
  readonly rep: string | null;
  readonly outcome: OutcomePart;
  readonly verdict: VerdictPart;
}

export function leftBehindOf(situation: Situation): Cause | null {
  const { story, clocks, rep, outcome, verdict } = situation;
  if (outcome !== 'open' || verdict === 'rejected') return null;
  const owed = clocks.filter(({ owedBy, subject }) => owedBy === 'sales' && subject === 'lead');
  const overdue = owed.filter(({ state }) => state === 'overdue');
  const stale = owed.filter(({ unknown }) => unknown === 'stale');
  const isRecycleOver = verdict === 'recycled' && recycleIsOver(situation);
  if (overdue.length === 0 && stale.length === 0 && !isRecycleOver) return null;
  if (rep === null) return 'no-owner';
  if (story.blocks.at(-1)?.kind === 'blocked') return 'blocked';
  if (isRecycleOver) return 'recycle-over';
  if (overdue.length === 0) return 'not-seen';
  if (overdue.some(({ commitment }) => commitment === 'respond')) return 'unanswered';
  if (story.touches.length === 0) return 'never-touched';
  return overdue.some(({ commitment }) => commitment === 'next-touch') ? 'cadence-stopped' : 'overdue';
}

/** The lead was to come back at `until`, and nobody has handed it over, touched it or judged it since. */
function recycleIsOver({ facts, now }: Situation): boolean {
  const last = facts.findLast((fact) => fact.kind === 'verdict');
  if (last?.kind !== 'verdict' || last.until === undefined || last.until >= now) return false;
  return !facts.some((fact) => fact.at > last.at && (fact.kind === 'hand-off' || fact.kind === 'touch'));
}
