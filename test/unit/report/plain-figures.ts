/**
 * What the report shows beside its shares, a second time: tables, heat map, pace, promises, costs, trend and what is ahead. Plain loops
 * over the leads of `plain`; no line of `lib`.
 */
import type { PeriodPromise } from '../../../lib/agreement/schema';
import * as plain from './plain';
import { isOpen, localOf, minute, type PlainClock } from './plain-judge';

type Lead = plain.PlainLead;
interface Window {
  readonly from: number;
  readonly to: number;
}

const day = 24 * 60 * minute;

export const handedOver = (leads: readonly Lead[], { from, to }: Window): Lead[] =>
  leads
    .filter(({ start }) => start !== null && start.at >= from && start.at < to)
    .sort((a, b) => a.start!.at - b.start!.at || (a.told.lead.key < b.told.lead.key ? -1 : 1));

interface Owed {
  readonly commitment: string;
  readonly subject?: 'lead' | 'owner';
  readonly owedBy: string;
}

export const clocksOf = (leads: readonly Lead[], { commitment, subject = 'lead', owedBy }: Owed): PlainClock[] =>
  leads
    .flatMap(({ clocks }) => clocks)
    .filter((one) => one.commitment === commitment && one.subject === subject && one.owedBy === owedBy);

/** `[met, met + missed]`. */
export function kept(leads: readonly Lead[], owed: Owed): [number, number] {
  let [met, judged] = [0, 0];
  for (const { result } of clocksOf(leads, owed)) {
    if (result === 'met') met += 1;
    if (result === 'met' || result === 'missed') judged += 1;
  }
  return [met, judged];
}

/** `[met, met + missed]` of what the owners that leads have now kept and let pass. */
export function keptByOwners(leads: readonly Lead[], commitment: string): [number, number] {
  let [met, judged] = [0, 0];
  for (const { facts, clocks } of leads) {
    let taken = Number.NEGATIVE_INFINITY;
    let owner: string | undefined;
    for (const fact of facts)
      if (fact.kind === 'reassignment' && fact.ownerId !== owner) {
        owner = fact.ownerId;
        taken = fact.at;
      }
    for (const clock of clocks) {
      if (clock.commitment !== commitment || clock.owedBy !== 'sales') continue;
      const { subject, start, doneAt, dueAt } = clock;
      const isFromTheirs = start !== null && start >= taken;
      const wasDecidedUnderThem =
        (doneAt ?? Number.POSITIVE_INFINITY) > taken && (dueAt ?? Number.POSITIVE_INFINITY) > taken;
      // From the hand-off on a new owner has a clock of their own, which stands for the lead's.
      const isTheirs =
        subject === 'owner'
          ? start === taken
          : isFromTheirs || (wasDecidedUnderThem && commitment !== 'accept' && commitment !== 'first-touch');
      if (!isTheirs) continue;
      if (clock.result === 'met') met += 1;
      if (clock.result === 'met' || clock.result === 'missed') judged += 1;
    }
  }
  return [met, judged];
}

/** Quarters of the target, `(from, to]`; what took over three targets stands in the last of thirteen. */
export function bins(clocks: readonly PlainClock[]): number[] {
  const counts = Array.from({ length: 13 }, () => 0);
  for (const { took, targetMs } of clocks) {
    if (!took) continue;
    let place = 0;
    while (place < 12 && took.own * 4 > (place + 1) * targetMs) place += 1;
    counts[place]! += 1;
  }
  return counts;
}

/** Reasons by weight; equal ones by name. */
export function byWeight(values: readonly (string | null)[]): [string | null, number][] {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, other]) => other - one || ((a ?? '') < (b ?? '') ? -1 : 1));
}

/** Groups by size; equal ones by name, the unknown last. */
export function groups(leads: readonly Lead[], idOf: (lead: Lead) => string | null): [string | null, Lead[]][] {
  const found = new Map<string | null, Lead[]>();
  for (const lead of leads) found.set(idOf(lead), [...(found.get(idOf(lead)) ?? []), lead]);
  return [...found].sort(([a, one], [b, other]) => {
    if (one.length !== other.length) return other.length - one.length;
    if (a === null || b === null) return a === null ? 1 : -1;
    return a < b ? -1 : 1;
  });
}

const verdictIs = (leads: readonly Lead[], wanted: string): Lead[] =>
  leads.filter((lead) => plain.verdict(lead).verdict === wanted);

export const acceptedOf = (leads: readonly Lead[]): [number, number] => [
  verdictIs(leads, 'accepted').length,
  leads.length - verdictIs(leads, 'undecided').length,
];
export const outcomesOf = (leads: readonly Lead[], ...wanted: string[]): number =>
  leads.filter((lead) => wanted.includes(plain.outcome(lead))).length;
export const qualifiedOf = (leads: readonly Lead[]): number =>
  leads.filter(({ facts }) =>
    facts.some((fact) => fact.kind === 'disposition' && ['won', 'converted'].includes(fact.outcome)),
  ).length;
export const rejectReasons = (leads: readonly Lead[]): [string | null, number][] =>
  byWeight(verdictIs(leads, 'rejected').map((lead) => plain.verdict(lead).reason));

/** `[weekday, hour, hand-offs, met, judged]` of every hour in which a lead came. */
export function heat(leads: readonly Lead[], owed: Owed): number[][] {
  const cells: number[][] = [];
  for (let weekday = 0; weekday < 7; weekday++)
    for (let hour = 0; hour < 24; hour++) {
      const own = leads.filter(({ start }) => {
        const local = localOf(start!.at);
        return (local.getUTCDay() + 6) % 7 === weekday && local.getUTCHours() === hour;
      });
      if (own.length > 0) cells.push([weekday, hour, own.length, ...kept(own, owed)]);
    }
  return cells;
}

/** Working time, ms. */
function workingIn(from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += minute) if (isOpen(at)) sum += minute;
  return sum;
}

const isMidnight = (at: number): boolean => localOf(at).getUTCHours() === 0 && localOf(at).getUTCMinutes() === 0;
const dateOf = (at: number): string => localOf(at).toISOString().slice(0, 10);

/** Local days of a window that begins at midnight. */
function daysOf({ from, to }: Window): Window[] {
  const days: Window[] = [];
  let start = from;
  for (let at = from + minute; at <= to; at += minute)
    if (at === to || isMidnight(at)) {
      days.push({ from: start, to: at });
      start = at;
    }
  return days;
}

export function pace(leads: readonly Lead[], window: Window, promised: number, now: number) {
  const own = handedOver(leads, window);
  const total = workingIn(window.from, window.to);
  const passed = workingIn(window.from, Math.min(Math.max(now, window.from), window.to));
  const days = daysOf(window).map(({ from, to }) => ({ from, to, isWorking: workingIn(from, to) > 0 }));
  const workingDays = days.filter(({ isWorking }) => isWorking).length;
  return {
    actual: own.length,
    expected: (promised * passed) / total,
    forecast: now >= window.to ? own.length : passed === 0 ? null : (own.length * total) / passed,
    days: days.map((one) => ({
      date: dateOf(one.from),
      isWorking: one.isWorking,
      expected: (promised * days.filter(({ from, isWorking }) => isWorking && from <= one.from).length) / workingDays,
      actual: one.from > now ? null : own.filter(({ start }) => start!.at < one.to).length,
    })),
  };
}

interface SourceCost extends Window {
  readonly source: string;
  readonly amount: number;
}

/** `[cost, accepted leads]` of the sources that cost anything in the window; `null` where none did. */
export function cost(leads: readonly Lead[], window: Window, costs: readonly SourceCost[], now: number) {
  const own = costs.filter(({ from, to }) => to > window.from && from < window.to);
  if (own.length === 0) return null;
  let amount = 0;
  for (const one of own) {
    const [from, to] = [Math.max(one.from, window.from), Math.min(one.to, window.to, now)];
    amount += (one.amount * Math.max(0, to - from)) / (one.to - one.from);
  }
  const sources = new Set(own.map(({ source }) => source));
  const accepted = verdictIs(handedOver(leads, window), 'accepted').filter(({ told: { lead } }) =>
    sources.has(lead.fields.source ?? ''),
  );
  return [amount, accepted.length] as const;
}

/** The months of the quarter, and one before and after it. */
const months = [
  '2025-11-30T23',
  '2025-12-31T23',
  '2026-01-31T23',
  '2026-02-28T23',
  '2026-03-31T22',
  '2026-04-30T22',
].map((at) => Date.parse(`${at}:00:00Z`));
export function monthOf(at: number, ahead = 0): Window {
  const place = months.findLastIndex((start) => start <= at) + ahead;
  return { from: months[place]!, to: months[place + 1]! };
}

/** Value and n of one measure, in its unit. */
function measured(
  leads: readonly Lead[],
  promise: PeriodPromise,
  window: Window,
  now: number,
): [number | null, number] {
  const percent = (part: number, of: number): [number | null, number] => [of === 0 ? null : (part / of) * 100, of];
  const median = (commitment: string): [number | null, number] => {
    const took = clocksOf(leads, { commitment, owedBy: 'sales' }).flatMap((one) => one.took ?? []);
    const middle = plain.nearestRank(
      took.map(({ working }) => working),
      50,
    );
    return [middle === null ? null : middle / minute, took.length];
  };
  const accepted = verdictIs(leads, 'accepted');
  switch (promise.measure) {
    case 'hand-offs':
      return [leads.length, leads.length];
    case 'accepted-share':
      return percent(...acceptedOf(leads));
    case 'clean-share':
      return percent(leads.filter((lead) => !plain.flags(lead).some(({ data }) => data)).length, leads.length);
    case 'won-share':
      return percent(outcomesOf(leads, 'won'), leads.length);
    case 'attainment':
      return percent(...kept(leads, { commitment: promise.commitment!, owedBy: promise.owedBy }));
    case 'time-to-accept':
      return median('accept');
    case 'time-to-first-touch':
      return median('first-touch');
    case 'touches-per-accepted': {
      let touches = 0;
      for (const lead of accepted) touches += plain.countTouches(plain.ourTouches(lead));
      return [accepted.length === 0 ? null : touches / accepted.length, accepted.length];
    }
    case 'cost-per-accepted': {
      const part = Math.max(0, Math.min(window.to, now) - window.from) / (window.to - window.from);
      return [accepted.length === 0 ? null : (promise.cost!.amount * part) / accepted.length, accepted.length];
    }
    default:
      throw new Error(`nobody counted ${String(promise.measure)}`);
  }
}

const ceilings = new Set(['time-to-accept', 'time-to-first-touch', 'touches-per-accepted', 'cost-per-accepted']);

/** A promise per month in the month of an instant. */
export function promiseOf(all: readonly Lead[], promise: PeriodPromise, at: number, now: number) {
  const about = all.filter(
    ({ told: { lead } }) =>
      !promise.when ||
      promise.when.some((group) => group.every((one) => 'value' in one && one.value === lead.fields.tier)),
  );
  const [window, earlier] = [monthOf(at), monthOf(at, -1)];
  const [value, n] = measured(handedOver(about, window), promise, window, now);
  const leadsBefore = handedOver(about, earlier);
  const before = leadsBefore.length === 0 ? null : measured(leadsBefore, promise, earlier, now)[0];
  const heading = promise.measure === 'hand-offs' ? pace(about, window, promise.value, now).forecast : value;
  const isCeiling = ceilings.has(promise.measure);
  const isKept = heading !== null && (isCeiling ? heading <= promise.value : heading >= promise.value);
  const change = heading === null || before === null ? null : heading - before;
  const isUp = change !== null && (isCeiling ? change < 0 : change > 0);
  return {
    value,
    n,
    state: heading === null ? 'no-data' : isKept ? 'on-track' : now >= window.to ? 'missed' : 'at-risk',
    trend: { before, change, direction: change === null ? null : change === 0 ? 'same' : isUp ? 'better' : 'worse' },
  };
}

/** What is owed from now on, for so many local days. */
export function owedFrom(leads: readonly Lead[], count: number, now: number) {
  const open = leads.flatMap(({ told, clocks }) =>
    clocks.filter(({ isOver }) => !isOver).map((clock) => ({ lead: told.lead.key, clock })),
  );
  const of = (test: (clock: PlainClock) => boolean): number => open.filter(({ clock }) => test(clock)).length;
  const waiting = open.filter(({ clock: { result, dueAt } }) => result === 'open' && dueAt !== null);
  let start = now;
  while (!isMidnight(start)) start -= minute;
  const days = daysOf({ from: start, to: start + (count + 1) * day }).slice(0, count);
  const due = (from: number, to: number, party?: string): number =>
    waiting.filter(
      ({ clock: { dueAt, owedBy } }) => dueAt! >= from && dueAt! < to && (party === undefined || owedBy === party),
    ).length;
  return {
    overdue: of(({ result }) => result === 'missed'),
    passed: of(({ result, dueAt }) => result === 'unknown' && dueAt !== null),
    withoutDue: of(({ result, dueAt }) => ['open', 'unknown'].includes(result) && dueAt === null),
    days: days.map(({ from, to }) => ({
      date: dateOf(from),
      due: due(from, to),
      byParty: { marketing: due(from, to, 'marketing'), sales: due(from, to, 'sales') },
    })),
    later: due(days.at(-1)!.to, Number.POSITIVE_INFINITY),
    next: waiting.map(({ lead, clock: { commitment, subject, owedBy, dueAt } }) => ({
      lead,
      commitment,
      subject,
      owedBy,
      dueAt,
    })),
  };
}
