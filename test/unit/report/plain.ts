/**
 * The report's figures a second time: plain loops over facts, no dictionaries, no columns, no incremental state, and no line
 * of `lib`. Slow, and readable next to the formulas. Clocks are walked through in `plain-judge`; how long things took is
 * counted minute by minute.
 */
import type { Agreement } from '../../../lib/agreement/schema';
import type { Fact } from '../../../lib/lead/facts';
import { beginning, clear, isExact, isOpen, minute, plainClocks, type PlainClock } from './plain-judge';
import { now, type Told } from './quarter';

export interface PlainLead {
  readonly told: Told;
  /** What stands and has happened, in order of time, each once. */
  readonly facts: readonly Fact[];
  readonly future: number;
  readonly start: { readonly at: number; readonly exact: boolean } | null;
  readonly clocks: readonly PlainClock[];
}

export function plainLead(told: Told, agreements: readonly Agreement[]): PlainLead {
  const all: Fact[] = [];
  for (const fact of told.facts) {
    const isReplaced = told.facts.some((other) => other.replaces === fact.id);
    const isTwice = all.some((other) => other.id === fact.id);
    if (!isReplaced && !isTwice && fact.kind !== 'retraction') all.push(fact);
  }
  const facts = all.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const first = clear(facts.filter(({ kind }) => kind === 'hand-off'))[0];
  const start = first ? { at: first.at, exact: isExact(first) } : null;
  const clocks = plainClocks(told.lead, facts, agreements, now);
  return { told, facts, future: all.length - facts.length, start, clocks };
}

type Stretch = readonly [from: number, to: number];

/** Time that no side works on the lead: pauses, the time it was closed, the time it lay with marketing. */
export function restsOf({ facts }: PlainLead): Stretch[] {
  const rests: Stretch[] = [];
  const next = (after: number, test: (fact: Fact) => boolean): number =>
    facts.find((fact) => fact.at >= after && test(fact))?.at ?? Number.POSITIVE_INFINITY;
  let closedAt: number | null = null;
  let returnedAt: number | null = null;
  for (const fact of facts) {
    if (fact.kind === 'pause') {
      const end = next(fact.at, ({ kind }) => kind === 'resume' || kind === 'reopen');
      rests.push([fact.at, Math.min(fact.until ?? Number.POSITIVE_INFINITY, end)]);
    }
    if (fact.kind === 'disposition') closedAt ??= fact.at;
    if (fact.kind === 'reopen' && closedAt !== null) {
      rests.push([closedAt, fact.at]);
      closedAt = null;
    }
    const isTaken =
      fact.kind === 'hand-off' || fact.kind === 'reopen' || (fact.kind === 'verdict' && fact.verdict === 'accepted');
    if (isTaken && returnedAt !== null) {
      rests.push([returnedAt, fact.at]);
      returnedAt = null;
    }
    if (fact.kind === 'verdict' && fact.verdict !== 'accepted') returnedAt ??= fact.at;
  }
  return rests;
}

const counted = new Map<string, number>();

/** Working time, minute by minute, ms. */
export function worked(from: number, to: number, rests: readonly Stretch[]): number {
  const asked = `${from} ${to} ${rests.join(' ')}`;
  const known = counted.get(asked);
  if (known !== undefined) return known;
  let sum = 0;
  for (let at = from; at < to; at += minute)
    if (isOpen(at) && !rests.some(([start, end]) => at >= start && at < end)) sum += minute;
  counted.set(asked, sum);
  return sum;
}

/** `[elapsed, working]` from the hand-off to the first of some evidence. */
export function untilFirst(lead: PlainLead, evidence: readonly Fact[]): [number, number] | null {
  const { start } = lead;
  if (!start?.exact) return null;
  const usable = evidence.filter(({ at }) => at >= start.at - minute);
  if (usable.length === 0) return null;
  const at = Math.min(...usable.map((fact) => fact.at));
  if (Math.min(...usable.map(beginning)) < at) return null;
  const end = Math.max(at, start.at);
  return [end - start.at, worked(start.at, end, restsOf(lead))];
}

export const touchesOf = ({ facts }: PlainLead): Fact[] => clear(facts.filter(({ kind }) => kind === 'touch'));

const acceptingOutcomes = ['won', 'lost', 'converted'];
/** All that answers a hand-off, of which only some takes the lead. */
export function acceptances({ facts }: PlainLead): Fact[] {
  const answers = facts.filter(
    (fact) =>
      fact.kind === 'touch' ||
      fact.kind === 'verdict' ||
      (fact.kind === 'disposition' && [...acceptingOutcomes, 'disqualified'].includes(fact.outcome)),
  );
  return clear(answers).filter(
    (fact) =>
      fact.kind === 'touch' ||
      (fact.kind === 'verdict' && fact.verdict === 'accepted') ||
      (fact.kind === 'disposition' && acceptingOutcomes.includes(fact.outcome)),
  );
}

export function countTouches(touches: readonly Fact[]): number {
  const exact = touches.filter(isExact);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of exact)
    if (at - last > minute) {
      count += 1;
      last = at;
    }
  return count === 0 && touches.length > 0 ? 1 : count;
}

export function ourTouches(lead: PlainLead): Fact[] {
  const first = clear(lead.facts.filter(({ kind }) => kind === 'hand-off'))[0];
  const from = first ? beginning(first) - minute : Number.NEGATIVE_INFINITY;
  return touchesOf(lead).filter((fact) => fact.kind === 'touch' && fact.direction !== 'inbound' && fact.at >= from);
}

export function attempts(lead: PlainLead): number | null {
  const from = lead.start?.at ?? Number.NEGATIVE_INFINITY;
  const inbound = touchesOf(lead).filter((fact) => fact.kind === 'touch' && fact.direction === 'inbound');
  const answers = [...clear(lead.facts.filter(({ kind }) => kind === 'inbound')), ...inbound].filter(
    ({ at }) => at >= from,
  );
  if (answers.length === 0) return null;
  const answered = Math.min(...answers.map(({ at }) => at));
  return countTouches(ourTouches(lead).filter(({ at }) => at < answered));
}

export function outcome({ facts }: PlainLead): string {
  let state = 'open';
  for (const fact of facts) {
    if (fact.kind === 'disposition') state = fact.outcome;
    if (fact.kind === 'reopen') state = 'open';
  }
  return state;
}

export function verdict(lead: PlainLead): { verdict: string; reason: string | null } {
  let result: { verdict: string; reason: string | null } | null = null;
  for (const fact of lead.facts)
    if (fact.kind === 'verdict') result = { verdict: fact.verdict, reason: fact.reason ?? null };
  if (result) return result;
  let last: string | null = null;
  for (const fact of lead.facts) if (fact.kind === 'disposition') last = fact.outcome;
  if (last === 'disqualified') return { verdict: 'rejected', reason: null };
  if (last !== null && acceptingOutcomes.includes(last)) return { verdict: 'accepted', reason: null };
  return { verdict: touchesOf(lead).length > 0 ? 'accepted' : 'undecided', reason: null };
}

export interface PlainFlag {
  readonly reason: string;
  readonly isFlag: boolean;
  readonly data: boolean;
  readonly answer: string;
  readonly took: [number, number] | null;
}

export function flags({ facts }: PlainLead): PlainFlag[] {
  const result: PlainFlag[] = [];
  for (const fact of facts) {
    if (fact.kind !== 'flag' && !(fact.kind === 'verdict' && fact.data === true)) continue;
    const answers: { at: number; exact: boolean; answer: string }[] = [];
    for (const other of facts)
      if (other.kind === 'flag-answer' && other.answers === fact.id)
        answers.push({ at: other.at, exact: isExact(other), answer: other.answer });
    const first = answers[0];
    const isTimed = first !== undefined && first.exact && isExact(fact) && first.at >= fact.at;
    result.push({
      reason: fact.reason ?? '',
      isFlag: fact.kind === 'flag',
      data: fact.data === true,
      answer: answers.at(-1)?.answer ?? 'unanswered',
      took: isTimed ? [first.at - fact.at, worked(fact.at, first.at, [])] : null,
    });
  }
  return result;
}

export function fate(lead: PlainLead): string | null {
  if (!lead.facts.some((fact) => fact.kind === 'verdict' && fact.verdict === 'recycled')) return null;
  const state = outcome(lead);
  if (state === 'won' || state === 'converted') return 'won';
  if (state === 'lost' || state === 'disqualified') return 'lost';
  if (state !== 'open') return 'closed';
  const last = verdict(lead).verdict;
  return last === 'recycled' ? 'waiting' : last;
}

/** The smallest member that at least this percent of the sample does not exceed. */
export function nearestRank(sample: readonly number[], percent: number): number | null {
  const sorted = sample.toSorted((a, b) => a - b);
  for (let index = 0; index < sorted.length; index++)
    if ((index + 1) * 100 >= percent * sorted.length) return sorted[index]!;
  return null;
}

const digits = 10n ** 60n;

function rootOf(square: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (let next = (root + square / root) / 2n; next < root; next = (root + square / root) / 2n) root = next;
  return root;
}

/** Wilson's interval (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n) to sixty digits; only then is it rounded. */
export function wilson(part: number, of: number): [number, number] {
  const [n, z] = [BigInt(of), 1_959_963_984_540_054n * 10n ** 45n];
  const p = (BigInt(part) * digits) / n;
  const square = (z * z) / digits;
  const reach = (z * rootOf((p * (digits - p)) / n + (square * digits) / (4n * n * n))) / digits;
  const middle = p + square / (2n * n);
  const scale = digits + square / n;
  return [Number(((middle - reach) * digits) / scale) / 1e60, Number(((middle + reach) * digits) / scale) / 1e60];
}

/** Why a lead that is open lies where it lies, or `null`. */
export function leftBehind(lead: PlainLead): string | null {
  const { told, facts } = lead;
  const given = verdict(lead).verdict;
  if (outcome(lead) !== 'open' || given === 'rejected') return null;
  const owed = lead.clocks.filter((clock) => clock.owedBy === 'sales' && clock.subject === 'lead');
  const late = owed.filter(({ result, isOver }) => result === 'missed' && !isOver);
  const unseen = owed.some(({ isUnseen }) => isUnseen);
  const recycled = facts.findLast(({ kind }) => kind === 'verdict');
  const since = facts.filter(({ kind }) => kind === 'hand-off' || kind === 'touch').map(({ at }) => at);
  const isBack =
    recycled?.kind === 'verdict' &&
    recycled.verdict === 'recycled' &&
    recycled.until !== undefined &&
    recycled.until < now &&
    since.every((at) => at <= recycled.at);
  if (late.length === 0 && !unseen && !isBack) return null;
  const { ownerId, owner } = told.lead.fields;
  if (ownerId === undefined && owner === undefined) return 'no-owner';
  let isBlocked = false;
  for (const { kind } of facts) {
    if (kind === 'blocked') isBlocked = true;
    if (kind === 'unblocked') isBlocked = false;
  }
  if (isBlocked) return 'blocked';
  if (isBack) return 'recycle-over';
  if (late.length === 0) return 'not-seen';
  if (late.some(({ commitment }) => commitment === 'respond')) return 'unanswered';
  if (touchesOf(lead).length === 0) return 'never-touched';
  return late.some(({ commitment }) => commitment === 'next-touch') ? 'cadence-stopped' : 'overdue';
}

/** Whether anything before `end` was told, corrected or taken back at or after it. */
export function isLate({ told }: PlainLead, end: number): boolean {
  for (const fact of told.facts) {
    let happened = fact.at;
    for (const other of told.facts) if (fact.replaces === other.id && other.at < happened) happened = other.at;
    // What is dated ahead counts once its time has come; in whose place it stands does not count any more.
    const isTold = fact.at <= now || fact.replaces !== undefined;
    const learnt = fact.recordedAt ?? fact.at;
    if (isTold && happened < end && learnt >= end) return true;
  }
  return false;
}
