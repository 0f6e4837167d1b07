/** The quality side of a digest: verdicts, flags with their answers, recycled leads, and what was learnt late. */
import { isExact, type Story } from '../clock/story';
import type { Fact, FactOf } from '../lead/facts';
import { spentBetween, type Measure } from './spent';
import type { DigestFlag, Fate, OutcomePart, VerdictPart } from './types';

const none: readonly never[] = [];

/**
 * The verdict that stands is the last one. Without any, what sales did speaks: who touched, won, lost or converted a lead
 * has accepted it, who disqualified it has rejected it.
 */
export function verdictOf(
  told: readonly Fact[],
  story: Pick<Story, 'touches'>,
): { readonly part: VerdictPart; readonly reason: string | null } {
  const last = told.findLast((fact) => fact.kind === 'verdict');
  if (last?.kind === 'verdict') return { part: last.verdict, reason: last.reason ?? null };
  const outcome = told.findLast((fact) => fact.kind === 'disposition');
  if (outcome?.kind === 'disposition') {
    if (outcome.outcome === 'disqualified') return { part: 'rejected', reason: null };
    if (outcome.outcome !== 'merged' && outcome.outcome !== 'closed') return { part: 'accepted', reason: null };
  }
  return { part: story.touches.length > 0 ? 'accepted' : 'undecided', reason: null };
}

type Flagging = FactOf<'flag'> | FactOf<'verdict'>;

const isFlagging = (fact: Fact): fact is Flagging =>
  fact.kind === 'flag' || (fact.kind === 'verdict' && fact.data === true);

/** Flags and rejections about data, each with its first answer in time and the last word on it. */
export function flagsOf(told: readonly Fact[], measure: Measure | null): readonly DigestFlag[] {
  const flags = told.filter(isFlagging);
  return flags.length === 0 ? none : flags.map((flag) => flagOf(flag, told, measure));
}

function flagOf(flag: Flagging, told: readonly Fact[], measure: Measure | null): DigestFlag {
  const answers = told.filter(
    (fact): fact is FactOf<'flag-answer'> => fact.kind === 'flag-answer' && fact.answers === flag.id,
  );
  const first = answers[0];
  const isTimed = first && isExact(first) && isExact(flag) && first.at >= flag.at;
  return {
    reason: flag.reason ?? '',
    axis: (flag.kind === 'flag' ? flag.axis : undefined) ?? null,
    data: flag.data === true,
    flag: flag.kind === 'flag',
    answer: answers.at(-1)?.answer ?? null,
    took: isTimed ? spentBetween(flag.at, first.at, none, measure) : null,
  };
}

/** What became of a lead after it was first recycled; `null` where it never was. */
export function fateOf(told: readonly Fact[], outcome: OutcomePart): Fate | null {
  const index = told.findIndex((fact) => fact.kind === 'verdict' && fact.verdict === 'recycled');
  if (index === -1) return null;
  if (outcome === 'won' || outcome === 'converted') return 'won';
  if (outcome === 'lost' || outcome === 'disqualified') return 'lost';
  if (outcome !== 'open') return 'closed';
  const last = told.findLast((fact) => fact.kind === 'verdict');
  return last?.kind === 'verdict' && last.verdict !== 'recycled' ? last.verdict : 'waiting';
}

/** Stretches between happening and being learnt, joined where they overlap: a period that ends in one changed afterwards. */
export function lateOf(told: readonly Fact[]): readonly number[] {
  const joined: number[] = [];
  // `told` is in order of time, so each stretch begins no earlier than the one before it.
  for (const { at, recordedAt } of told) {
    if (recordedAt === undefined || recordedAt <= at) continue;
    const reached = joined.at(-1);
    if (reached !== undefined && at <= reached) joined[joined.length - 1] = Math.max(reached, recordedAt);
    else joined.push(at, recordedAt);
  }
  return joined.length === 0 ? none : joined;
}
