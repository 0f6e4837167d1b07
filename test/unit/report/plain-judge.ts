/**
 * The clocks a second time, for `plain`: each promise of each lead walked through minute by minute, with no line of `lib`. It knows what
 * the made-up quarter has (whole minutes, one calendar, no change of tier) and nothing else, so that it stays short enough to read next
 * to PRODUCT.md's rules. Slow.
 */
import type { Agreement, Commitment } from '../../../lib/agreement/schema';
import type { Fact, Party } from '../../../lib/lead/facts';
import type { Lead } from '../../../lib/lead/lead';

export const minute = 60_000;
const never = Number.POSITIVE_INFINITY;

/** Summer time in Madrid began at 01:00 UTC on 29 March 2026. */
const summer = Date.parse('2026-03-29T01:00:00Z');
export const localOf = (at: number): Date => new Date(at + (at >= summer ? 120 : 60) * minute);
function isOfficeHour(at: number): boolean {
  const local = localOf(at);
  const [weekday, hours] = [local.getUTCDay(), local.getUTCHours()];
  return weekday >= 1 && weekday <= 5 && hours >= 9 && hours < 18;
}
/** A year of minutes around the quarter, because each is asked thousands of times. */
const firstMinute = Date.parse('2025-11-01T00:00:00Z') / minute;
const office = Uint8Array.from({ length: 365 * 24 * 60 }, (_, index) =>
  Number(isOfficeHour((firstMinute + index) * minute)),
);
/** @param at a whole minute. */
export function isOpen(at: number): boolean {
  const known = office[at / minute - firstMinute];
  if (known === undefined) throw new Error('the plain calendar is asked for another year, or for no whole minute');
  return known === 1;
}

export const isExact = (fact: Fact): boolean => fact.earliest === undefined || fact.at - fact.earliest <= minute;
export const beginning = (fact: Fact): number => (isExact(fact) ? fact.at : (fact.earliest ?? fact.at));

/** An inexact fact of a kind says nothing where an exact one of that kind lies in its window. */
export function clear(facts: readonly Fact[]): Fact[] {
  return facts.filter(
    (fact) =>
      isExact(fact) ||
      facts.every(
        (other) => other.kind !== fact.kind || !isExact(other) || other.at < beginning(fact) || other.at > fact.at,
      ),
  );
}

export interface PlainClock {
  readonly commitment: string;
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  readonly version: number;
  readonly result: 'met' | 'missed' | 'open' | 'unknown' | 'ended';
  /** Past due, and not seen since. */
  readonly isUnseen: boolean;
  readonly isOver: boolean;
  /** `null`: nobody knows. */
  readonly start: number | null;
  /** When it was kept or ended; `null` while it is not. */
  readonly doneAt: number | null;
  readonly dueAt: number | null;
  readonly targetMs: number;
  /** Elapsed, working and own time from start to fulfilment, where both are exact. */
  readonly took: { readonly elapsed: number; readonly working: number; readonly own: number } | null;
}

/** Something happened in `[from, at]`. */
interface When {
  readonly from: number;
  readonly at: number;
}

interface Rest extends When {
  /** It ended; it began between `from` and `at`. */
  readonly to: number;
}

const whenOf = (fact: Fact): When => ({ from: beginning(fact), at: fact.at });
const firstOf = (a: When | null, b: When | null): When | null => (a && b ? (a.at <= b.at ? a : b) : (a ?? b));

/** Facts of one minute: what starts comes before what it starts, a touch answers the message of its minute. */
const order = [
  'hand-off',
  'reassignment',
  'reopen',
  'blocked',
  'inbound',
  'touch',
  'verdict',
  'flag',
  'flag-answer',
  'unblocked',
  'pause',
  'resume',
  'disposition',
];

interface Life {
  readonly facts: readonly Fact[];
  readonly handOff: (When & { readonly exact: boolean }) | null;
  /** Pauses, and the time it was closed. */
  readonly pauses: readonly Rest[];
  /** These, and the time it lay with marketing. */
  readonly rests: readonly Rest[];
  readonly closed: (When & { readonly merged: boolean }) | null;
  readonly returned: When | null;
}

function lifeOf(given: readonly Fact[]): Life {
  const facts = given.toSorted(
    (a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
  );
  let pauses: Rest[] = [];
  const away: Rest[] = [];
  let closed: Life['closed'] = null;
  let returned: When | null = null;
  for (const fact of facts) {
    const isTaken =
      fact.kind === 'hand-off' || fact.kind === 'reopen' || (fact.kind === 'verdict' && fact.verdict === 'accepted');
    if (fact.kind === 'resume' || fact.kind === 'reopen')
      pauses = pauses.map(({ from, at, to }) => ({ from, at, to: Math.min(to, fact.at) }));
    if (fact.kind === 'pause') pauses.push({ from: fact.at, at: fact.at, to: fact.until ?? never });
    if (fact.kind === 'disposition') closed ??= { ...whenOf(fact), merged: fact.outcome === 'merged' };
    if (fact.kind === 'reopen' && closed) {
      pauses.push({ from: closed.from, at: closed.at, to: fact.at });
      closed = null;
    }
    if (isTaken && returned) {
      away.push({ ...returned, to: fact.at });
      returned = null;
    }
    if (fact.kind === 'verdict' && fact.verdict !== 'accepted') returned ??= whenOf(fact);
  }
  const first = clear(facts.filter(({ kind }) => kind === 'hand-off'))[0];
  const handOff = first ? { ...whenOf(first), exact: isExact(first) } : null;
  return { facts, handOff, pauses, rests: [...pauses, ...away], closed, returned };
}

/** One stretch that a promise ran for. */
interface Course {
  readonly commitment: Commitment['id'];
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  /** `null`: nobody knows when it began. */
  readonly start: number | null;
  readonly done: When | null;
  readonly end: When | null;
  readonly rests: readonly Rest[];
}

/** The earliest of some evidence; up to a minute before the start it is taken for an answer to it. */
function earliest(facts: readonly Fact[], start: number | null): When | null {
  const usable = facts.filter(({ at }) => start === null || at >= start - minute);
  if (usable.length === 0) return null;
  return { from: Math.min(...usable.map(beginning)), at: Math.min(...usable.map(({ at }) => at)) };
}

const implied = new Set(['won', 'lost', 'converted', 'disqualified']);

function sinceHandOff(
  life: Life,
  commitment: 'accept' | 'first-touch',
  evidence: readonly Fact[],
  end: When | null,
): Course[] {
  const { handOff, facts, rests } = life;
  const start = handOff?.exact ? handOff.at : null;
  const own = {
    commitment,
    subject: 'lead',
    owedBy: 'sales',
    start,
    done: earliest(evidence, start),
    end,
    rests,
  } as const;
  const courses: Course[] = [own];
  if (!handOff) return courses;
  // It was kept or ended at the first of the two.
  const isDone = own.done !== null && (end === null || own.done.from <= end.at);
  const over = isDone ? own.done : end;
  const until = over ? Math.max(over.at, start ?? over.at) : never;
  let owner: string | null = null;
  const assigned: Fact[] = [];
  for (const fact of facts) {
    if (fact.kind !== 'reassignment' || fact.ownerId === owner) continue;
    owner = fact.ownerId ?? null;
    if (fact.at > handOff.from && fact.at < until) assigned.push(fact);
  }
  assigned.forEach((assignment, index) => {
    const next = assigned[index + 1];
    courses.push({
      ...own,
      subject: 'owner',
      start: isExact(assignment) ? assignment.at : null,
      done: next === undefined && isDone ? own.done : null,
      end: next === undefined ? (isDone ? null : end) : whenOf(next),
    });
  });
  return courses;
}

function coursesOf(life: Life, { id, owedBy, touches: promised = never }: Commitment): Course[] {
  const { facts, handOff, closed, returned, pauses, rests } = life;
  const from = handOff?.from ?? -never;
  const over = firstOf(closed, returned);
  const touches = clear(facts.filter(({ kind }) => kind === 'touch'));
  const answers = facts.filter(
    (fact) =>
      fact.kind === 'verdict' || fact.kind === 'touch' || (fact.kind === 'disposition' && implied.has(fact.outcome)),
  );
  const startOf = (fact: Fact): number | null => (isExact(fact) ? fact.at : null);
  const again = { commitment: id, subject: 'lead', owedBy } as const;
  const courses: Course[] = [];
  switch (id) {
    case 'accept':
      return sinceHandOff(life, id, clear(answers), closed);
    case 'first-touch':
      return sinceHandOff(life, id, touches, over);
    case 'resolve': {
      const start = handOff?.exact ? handOff.at : null;
      return [{ ...again, start, done: closed?.merged ? null : closed, end: closed?.merged ? over : returned, rests }];
    }
    case 'next-touch': {
      const own = touches.filter(({ at }) => at >= from - minute);
      const exact: Fact[] = [];
      for (const touch of own)
        if (isExact(touch) && (exact.length === 0 || touch.at - exact.at(-1)!.at > minute)) exact.push(touch);
      if (exact.length === 0 && own.length > 0) return [{ ...again, start: null, done: null, end: over, rests }];
      for (let index = 0; index < exact.length && index + 1 < promised; index++) {
        const next = exact[index + 1];
        courses.push({ ...again, start: exact[index]!.at, done: next ? whenOf(next) : null, end: over, rests });
      }
      return courses;
    }
    case 'respond': {
      let until = -never;
      for (const message of clear(facts.filter(({ kind }) => kind === 'inbound'))) {
        if (message.at < from || message.at <= until) continue;
        const answer = touches.find(({ at }) => at >= message.at);
        until = answer ? answer.at : never;
        courses.push({ ...again, start: startOf(message), done: answer ? whenOf(answer) : null, end: over, rests });
      }
      return courses;
    }
    case 'fix-data':
      for (const flag of facts) {
        if ((flag.kind !== 'flag' && flag.kind !== 'verdict') || flag.data !== true) continue;
        const fixed = facts.filter((fact) => fact.kind === 'flag-answer' && fact.answers === flag.id);
        courses.push({ ...again, start: startOf(flag), done: earliest(fixed, null), end: closed, rests: pauses });
      }
      return courses;
    case 'unblock': {
      let waiting: { start: Fact; owedBy: Party } | null = null;
      const close = (answer: Fact | null): void => {
        if (!waiting) return;
        const { start, owedBy: other } = waiting;
        courses.push({
          ...again,
          owedBy: other,
          start: startOf(start),
          done: answer ? whenOf(answer) : null,
          end: closed,
          rests: pauses,
        });
        waiting = null;
      };
      for (const fact of facts) {
        if (fact.kind === 'blocked') waiting ??= { start: fact, owedBy: fact.by === 'sales' ? 'marketing' : 'sales' };
        if (fact.kind === 'unblocked') close(fact);
      }
      close(null);
      return courses;
    }
    default:
      throw new Error(`the plain judge knows no ${String(id)}`);
  }
}

/** Far enough for every promise of the quarter, and near enough to walk. */
const horizon = 150 * 24 * 60 * minute;

/** The instant at which `target` ms have passed, minute by minute; `never` where a pause without end comes before. */
function dueAfter(start: number, target: number, counts: (at: number) => boolean, rests: readonly Rest[]): number {
  let passed = 0;
  for (let at = start; at < start + horizon; at += minute) {
    if (rests.some((rest) => rest.from <= at && rest.to === never)) return never;
    if (!counts(at) || rests.some((rest) => rest.from <= at && at < rest.to)) continue;
    passed += minute;
    if (passed >= target) return at + minute;
  }
  throw new Error('the plain judge walks no further');
}

function passedBetween(from: number, to: number, counts: (at: number) => boolean, rests: readonly Rest[]): number {
  let passed = 0;
  for (let at = from; at < to; at += minute)
    if (counts(at) && !rests.some((rest) => rest.from <= at && at < rest.to)) passed += minute;
  return passed;
}

const always = (): boolean => true;

function targetOf({ rules }: Commitment, lead: Lead): { ms: number; counts: (at: number) => boolean } | null {
  for (const { when, target } of rules) {
    // The quarter's rules ask for the tier and nothing else.
    if (when?.some((one) => !('value' in one) || one.value !== lead.fields.tier)) continue;
    return 'calendar' in target
      ? { ms: target.workingMinutes * minute, counts: isOpen }
      : { ms: target.elapsedMinutes * minute, counts: always };
  }
  return null;
}

function judged(
  course: Course,
  promise: Commitment,
  version: number,
  life: Life,
  lead: Lead,
  now: number,
): PlainClock | null {
  const target = targetOf(promise, lead);
  if (!target) return null;
  const { start, commitment, subject, owedBy } = course;
  const isDone = course.done !== null && (course.end === null || course.done.from <= course.end.at);
  const said = isDone ? course.done : course.end;
  const about = {
    commitment,
    subject,
    owedBy,
    version,
    targetMs: target.ms,
    took: null,
    isUnseen: false,
    start,
    doneAt: null,
  };
  if (start === null) {
    // Nobody can say whether it was kept; a lead that is closed or handed back owes nothing any more.
    const isEnded = life.closed !== null || (!isDone && course.end !== null);
    return { ...about, result: isEnded ? 'ended' : 'unknown', isOver: said !== null, dueAt: null };
  }
  // Nothing is over before it began.
  const over = said && { from: Math.max(said.from, start), at: Math.max(said.at, start) };
  // What came after it was over does not touch it.
  const rests = course.rests
    .filter((rest) => rest.to > start && (!over || rest.at < over.at))
    .map(({ from, at, to }): Rest => ({ from, at, to: over ? Math.min(to, over.at) : to }));
  const surely = rests.map(({ at, to }): Rest => ({ from: at, at, to }));
  const due = dueAfter(start, target.ms, target.counts, surely);
  const dueAt = due === never ? null : due;
  if (over) {
    const isTimed = isDone && over.from === over.at;
    const took = isTimed
      ? {
          elapsed: over.at - start,
          working: passedBetween(start, over.at, isOpen, surely),
          own: passedBetween(start, over.at, target.counts, surely),
        }
      : null;
    if (over.at <= due)
      return { ...about, result: isDone ? 'met' : 'ended', isOver: true, doneAt: over.at, dueAt, took };
    // It may have been in time after all, or the lead may have rested for longer than is known.
    if (over.from <= due || over.from <= dueAfter(start, target.ms, target.counts, rests))
      return { ...about, result: 'unknown', isOver: true, doneAt: over.at, dueAt };
    return { ...about, result: 'missed', isOver: true, doneAt: over.at, dueAt, took };
  }
  if (now <= due) return { ...about, result: 'open', isOver: false, dueAt };
  if (lead.seenAt <= due) return { ...about, result: 'unknown', isUnseen: true, isOver: false, dueAt };
  if (now <= dueAfter(start, target.ms, target.counts, rests))
    return { ...about, result: 'unknown', isOver: false, dueAt };
  return { ...about, result: 'missed', isOver: false, dueAt };
}

/** @param facts those that stand and have happened. @param agreements all versions. */
export function plainClocks(
  lead: Lead,
  facts: readonly Fact[],
  agreements: readonly Agreement[],
  now: number,
): PlainClock[] {
  const life = lifeOf(facts);
  const boundAt = life.handOff?.at ?? now;
  let bound: Agreement | null = null;
  for (const one of agreements)
    if (one.effectiveFrom === undefined || Date.parse(one.effectiveFrom) <= boundAt) bound = one;
  if (!bound) return [];
  const { version, commitments } = bound;
  return commitments.flatMap((promise) =>
    coursesOf(life, promise).flatMap((course) => judged(course, promise, version, life, lead, now) ?? []),
  );
}
