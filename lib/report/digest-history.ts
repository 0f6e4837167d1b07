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

/** Joins a stretch that begins no earlier than those before it. */
function join(joined: number[], from: number, to: number): void {
  if (to <= from) return;
  const reached = joined.at(-1);
  if (reached !== undefined && from <= reached) joined[joined.length - 1] = Math.max(reached, to);
  else joined.push(from, to);
}

/**
 * Stretches between happening and being learnt, joined where they overlap: a period that ends in one changed afterwards. What was
 * corrected or taken back tells of them too: it was counted until that was learnt.
 * @param facts all of them. @param told those that stand and have happened, in order of time.
 */
export function lateOf(facts: readonly Fact[], told: readonly Fact[], now: number): readonly number[] {
  const joined: number[] = [];
  if (facts.some(({ replaces }) => replaces !== undefined)) {
    const stretches = facts.map((fact) => stretchOf(fact, facts, now)).sort(([a], [b]) => a - b);
    for (const [from, to] of stretches) join(joined, from, to);
  } else for (const { at, recordedAt } of told) join(joined, at, recordedAt ?? at);
  return joined.length === 0 ? none : joined;
}

/** Facts dated after `now` changed nothing yet, but for those that took another one's place. */
function stretchOf(
  { at, recordedAt, replaces }: Fact,
  facts: readonly Fact[],
  now: number,
): [from: number, to: number] {
  if (replaces === undefined) return [at, at <= now ? (recordedAt ?? at) : at];
  const corrected = facts.find(({ id }) => id === replaces)?.at ?? at;
  return [Math.min(at, corrected), recordedAt ?? at];
}
