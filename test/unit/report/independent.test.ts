/**
 * Two implementations, one truth: the report's figures of a made-up quarter are those of plain loops over its facts, to the
 * last digit.
 */
import { describe, expect, it } from 'vitest';
import {
  createColumns,
  digestOf,
  kpiOf,
  kpisBy,
  clockResultsOver,
  kpisOver,
  leadsBehind,
  slaOf,
  withTeams,
  type Kpi,
} from '../../../lib/report';
import { teamFinder } from '../../../lib/agreement/teams';
import type { ReportWindow } from '../../../lib/report/types';
import * as plain from './plain';
import { calendars, madrid, minute, now, quarter, tellQuarter, timeZone, type Told } from './quarter';

const told = tellQuarter(700, 20_260_401);
const measure = { spec: madrid, calendars };
const digests = told.map(({ lead, facts, clocks }) => digestOf({ lead, facts, clocks, now, measure }));
/** Whoever is in both teams counts in the first; names are written as people write them. */
const teams = [
  { id: 'north', label: 'North', members: ['  person R1', 'Somebody Else'] },
  { id: 'south', label: { en: 'South', es: 'Sur' }, members: ['Person r2', 'PERSON  R1'] },
];
const columns = withTeams(createColumns(digests, { timeZone, now }), teamFinder(teams));
/** Plainly, by the owner's name as the lead shows it. */
function teamOf(owner: string | undefined): string | null {
  for (const { id, members } of teams)
    for (const member of members)
      if (owner !== undefined && member.trim().split(/\s+/).join(' ').toLowerCase() === owner.toLowerCase()) return id;
  return null;
}
const leads = told.map(plain.plainLead);

const inWindow = (window: ReportWindow): plain.PlainLead[] =>
  leads.filter(({ start }) => start !== null && start.at >= window.from && start.at < window.to);

const percentiles = (sample: readonly number[]): object => ({
  n: sample.length,
  median: plain.nearestRank(sample, 50),
  p75: plain.nearestRank(sample, 75),
  p90: plain.nearestRank(sample, 90),
});
const share = (part: number, of: number): object => ({ part, of, value: of === 0 ? null : part / of });

const count = <Item>(items: readonly Item[], test: (item: Item) => boolean): number => items.filter(test).length;
const tallied = (values: readonly (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
};

const resultOf = (state: string): string =>
  state === 'overdue' ? 'missed' : ['met', 'missed', 'ended', 'unknown'].includes(state) ? state : 'open';

/** Fulfilled, as opposed to closed or handed back too late. */
function isFulfilled({ facts }: plain.PlainLead, clock: Told['clocks'][number]): boolean {
  const proof: Record<string, (fact: (typeof facts)[number]) => boolean> = {
    accept: (fact) =>
      fact.kind === 'touch' ||
      fact.kind === 'verdict' ||
      (fact.kind === 'disposition' && !['merged', 'closed'].includes(fact.outcome)),
    'first-touch': (fact) => fact.kind === 'touch',
    respond: (fact) => fact.kind === 'touch',
    resolve: (fact) => fact.kind === 'disposition' && fact.outcome !== 'merged',
    'fix-data': (fact) => fact.kind === 'flag-answer',
  };
  if (clock.state === 'met') return true;
  return clock.state === 'missed' && facts.some((fact) => proof[clock.commitment]!(fact) && fact.at === clock.doneAt);
}

function timesOf(
  own: readonly plain.PlainLead[],
  commitment: string,
  subject: string,
): { elapsed: number[]; working: number[] } {
  const [elapsed, working]: [number[], number[]] = [[], []];
  for (const lead of own)
    for (const clock of lead.told.clocks) {
      if (clock.commitment !== commitment || clock.subject !== subject || !isFulfilled(lead, clock)) continue;
      if (clock.doneAt === null || clock.startAt === null || clock.doneEarliest !== null || clock.leftMs === null)
        continue;
      elapsed.push(clock.doneAt - clock.startAt);
      const rests = clock.pauses.map(({ from, to }) => [from, to ?? Number.POSITIVE_INFINITY] as const);
      working.push(plain.worked(clock.startAt, clock.doneAt, rests));
    }
  return { elapsed, working };
}

function expectResponsiveness(kpi: Kpi, own: readonly plain.PlainLead[]): void {
  const kinds = tallied(own.flatMap(({ told: { clocks } }) => clocks.map((one) => `${one.commitment} ${one.subject}`)));
  expect(kpi.responsiveness.map((one) => `${one.commitment} ${one.subject}`).toSorted()).toEqual(
    Object.keys(kinds).toSorted(),
  );
  for (const figures of kpi.responsiveness) {
    const { commitment, subject } = figures;
    const clocks = own.flatMap((lead) =>
      lead.told.clocks.filter((one) => one.commitment === commitment && one.subject === subject),
    );
    const states = tallied(clocks.map(({ state }) => resultOf(state)));
    const [met, missed] = [states['met'] ?? 0, states['missed'] ?? 0];
    expect(figures.attainment).toMatchObject(share(met, met + missed));
    expect(Object.fromEntries(figures.results.parts.map(({ id, count: of }) => [id, of]))).toEqual({
      met,
      missed,
      open: states['open'] ?? 0,
      unknown: states['unknown'] ?? 0,
      ended: states['ended'] ?? 0,
      'not-judged': count(
        own,
        ({ told: { clocks: all } }) => !all.some((one) => one.commitment === commitment && one.subject === subject),
      ),
    });
    expect(figures.overdue).toBe(count(clocks, ({ state }) => state === 'overdue'));
    const { elapsed, working } = timesOf(own, commitment, subject);
    expect(figures.elapsed).toMatchObject(percentiles(elapsed));
    expect(figures.working).toMatchObject(percentiles(working));
    expect(figures.distribution.n).toBe(elapsed.length);
  }
}

function expectTimes({ times }: Kpi, own: readonly plain.PlainLead[]): void {
  const samples = {
    toAccept: own.flatMap((lead) => [plain.untilFirst(lead, plain.acceptances(lead))]),
    toTouch: own.flatMap((lead) => [plain.untilFirst(lead, plain.touchesOf(lead))]),
    toAnswer: own.flatMap((lead) => plain.flags(lead).flatMap(({ data, took }) => (data ? [took] : []))),
  };
  for (const [name, sample] of Object.entries(samples)) {
    const known = sample.filter((one) => one !== null);
    expect(times[name as 'toAccept'], name).toMatchObject(percentiles(known.map(([elapsed]) => elapsed)));
    expect(times[`${name as 'toAccept'}Working`], name).toMatchObject(percentiles(known.map(([, work]) => work)));
  }
}

function expectQuality({ quality }: Kpi, own: readonly plain.PlainLead[]): void {
  const verdicts = own.map(plain.verdict);
  const accepted = count(verdicts, (one) => one.verdict === 'accepted');
  const decided = count(verdicts, (one) => one.verdict !== 'undecided');
  expect(quality.accepted).toMatchObject(share(accepted, decided));
  const rejected = verdicts.filter((one) => one.verdict === 'rejected');
  const reasons = tallied(rejected.map(({ reason }) => reason));
  expect(Object.fromEntries(quality.rejectReasons.parts.map(({ id, count: of }) => [String(id), of]))).toEqual(reasons);

  const flags = own.map(plain.flags);
  const n = own.length;
  expect(quality.flagged).toMatchObject(
    share(
      count(flags, (all) => all.some((one) => one.isFlag)),
      n,
    ),
  );
  const perReason = tallied(
    flags.flatMap((all) => [...new Set(all.filter((one) => one.isFlag).map((one) => one.reason))]),
  );
  expect(Object.fromEntries(quality.flagReasons.parts.map(({ id, count: of }) => [id, of]))).toEqual(perReason);
  const withData = count(flags, (all) => all.some((one) => one.data));
  expect(quality.noDataFlag).toMatchObject(share(n - withData, n));
  expect(quality.complete).toMatchObject(share(0, withData));
  const disputed = count(flags, (all) => all.some((one) => one.answer === 'disputed'));
  expect(quality.disputed).toMatchObject(
    share(
      disputed,
      count(flags, (all) => all.length > 0),
    ),
  );
  const answers = {
    fixed: 0,
    disputed: 0,
    agreed: 0,
    unanswered: 0,
    ...tallied(flags.flat().map(({ answer }) => answer)),
  };
  expect(Object.fromEntries(quality.answers.parts.map(({ id, count: of }) => [id, of]))).toEqual(answers);

  const fates = own.map(plain.fate).filter((one) => one !== null);
  expect(quality.recycled).toMatchObject(share(fates.length, n));
  expect(withoutZeros(quality.fates.parts)).toEqual(tallied(fates));
  expect(withoutZeros(quality.readiness.parts)).toEqual(tallied(own.map(readiness)));
}

const withoutZeros = (parts: readonly { readonly id: string; readonly count: number }[]): Record<string, number> =>
  Object.fromEntries(parts.filter((part) => part.count > 0).map(({ id, count: of }) => [id, of]));

function readiness({ facts, start }: plain.PlainLead): string {
  let value = 'unknown';
  for (const fact of facts) if (fact.kind === 'readiness' && start && fact.at <= start.at) value = fact.value;
  return value;
}

function expectRest(kpi: Kpi, own: readonly plain.PlainLead[], window: ReportWindow): void {
  const n = own.length;
  const accepted = own.filter((lead) => plain.verdict(lead).verdict === 'accepted');
  const touches = accepted.reduce((sum, lead) => sum + plain.countTouches(plain.ourTouches(lead)), 0);
  expect(kpi.efficiency.touchesPerAccepted).toMatchObject({ top: touches, bottom: accepted.length });
  expect(kpi.efficiency.attempts).toMatchObject(percentiles(own.map(plain.attempts).filter((one) => one !== null)));
  const causes = own.map(plain.leftBehind).filter((one) => one !== null);
  expect(kpi.efficiency.leftBehind).toMatchObject(share(causes.length, n));
  expect(withoutZeros(kpi.efficiency.causes.parts)).toEqual(tallied(causes));
  const outcomes = own.map(plain.outcome);
  expect(kpi.outcome.won).toMatchObject(
    share(
      count(outcomes, (one) => one === 'won'),
      n,
    ),
  );
  const lost = count(outcomes, (one) => one === 'lost' || one === 'disqualified');
  expect(kpi.outcome.lost).toMatchObject(share(lost, n));
  const qualified = count(own, ({ facts }) =>
    facts.some((fact) => fact.kind === 'disposition' && ['won', 'converted'].includes(fact.outcome)),
  );
  expect(kpi.outcome.qualified).toMatchObject(share(qualified, n));

  expect(kpi.handOffs).toBe(n);
  const late = count(own, (lead) => plain.isLate(lead, window.to));
  const versions = new Set(own.flatMap(({ told: { clocks } }) => clocks.map((clock) => clock.agreementVersion)));
  const seen = own.map(({ told: { lead } }) => lead.seenAt);
  expect(kpi.about).toMatchObject({
    late,
    inexact: count(own, ({ start }) => start?.exact === false),
    future: leads.reduce((sum, { future }) => sum + future, 0),
    withoutHandOff: count(leads, ({ start }) => start === null),
    versions: [...versions].toSorted((a, b) => a - b),
    seenFirst: n === 0 ? null : Math.min(...seen),
    seenLast: n === 0 ? null : Math.max(...seen),
  });
  const since = Math.min(window.to, now) - 24 * 60 * minute;
  const observed = count(own, (lead) => lead.told.lead.seenAt >= since || plain.outcome(lead) !== 'open');
  expect(kpi.about.observed).toMatchObject(share(observed, n));
}

function expectSame(kpi: Kpi, own: readonly plain.PlainLead[], window: ReportWindow): void {
  expectResponsiveness(kpi, own);
  expectTimes(kpi, own);
  expectQuality(kpi, own);
  expectRest(kpi, own, window);
}

describe('the report and a second implementation', () => {
  it('tell a quarter with everything in it', () => {
    const kpi = kpiOf(columns, { window: quarter });
    expect(kpi.handOffs).toBeGreaterThan(500);
    expect(kpi.about.notes).toEqual(
      expect.arrayContaining(['late-evidence', 'several-versions', 'inexact-hand-offs', 'future-facts', 'no-hand-off']),
    );
    for (const one of kpi.responsiveness) expect(one.attainment.of, one.commitment).toBeGreaterThan(0);
    for (const { id, count: of } of [
      ...kpi.quality.verdicts.parts,
      ...kpi.quality.fates.parts,
      ...kpi.outcome.outcomes.parts,
    ])
      expect(of, id).toBeGreaterThan(0);
  });

  it('agree on the quarter', () => {
    expectSame(kpiOf(columns, { window: quarter }), inWindow(quarter), quarter);
  });

  it('agree on every month, week and day', () => {
    for (const unit of ['month', 'week', 'day'] as const) {
      const periods = kpisOver(columns, { window: quarter }, unit);
      expect(periods.reduce((sum, { kpi }) => sum + kpi.handOffs, 0)).toBe(inWindow(quarter).length);
      for (const { period, kpi } of periods) expectSame(kpi, inWindow(period), period);
    }
  });

  it('agree on how clocks ended in every month, week and day, where nothing else is counted', () => {
    for (const unit of ['month', 'week', 'day'] as const)
      expect(clockResultsOver(columns, { window: quarter }, unit)).toEqual(
        kpisOver(columns, { window: quarter }, unit).map(({ period, kpi: { responsiveness } }) => ({
          period,
          results: responsiveness.map(({ commitment, subject, owedBy, attainment, results }) => ({
            commitment,
            subject,
            owedBy,
            attainment,
            results,
          })),
        })),
      );
  });

  it.each(['source', 'campaign', 'tier', 'stage', 'rep', 'team', 'crm'] as const)('agree on each %s', (by) => {
    const valueOf = ({ told: { lead } }: plain.PlainLead): string | null => {
      const { fields } = lead;
      if (by === 'rep') return fields.ownerId ?? null;
      if (by === 'team') return teamOf(fields.owner);
      if (by === 'crm') return lead.id.crm;
      return fields[by === 'stage' ? 'status' : by] ?? null;
    };
    const groups = kpisBy(columns, { window: quarter }, by);
    expect(groups.reduce((sum, { kpi }) => sum + kpi.handOffs, 0)).toBe(inWindow(quarter).length);
    for (const { id, kpi } of groups) {
      const own = inWindow(quarter).filter((lead) => valueOf(lead) === id);
      expectSame(kpi, own, quarter);
      expect(kpiOf(columns, { window: quarter, filters: { [by]: [id as string | null] } })).toEqual(kpi);
    }
  });

  it('agree on each weekday and hour', () => {
    const summer = Date.parse('2026-03-29T01:00:00Z');
    const localOf = (at: number): Date => new Date(at + (at >= summer ? 120 : 60) * minute);
    for (const { id, kpi } of kpisBy(columns, { window: quarter }, 'weekday'))
      expectSame(
        kpi,
        inWindow(quarter).filter(({ start }) => (localOf(start!.at).getUTCDay() + 6) % 7 === id),
        quarter,
      );
    for (const { id, kpi } of kpisBy(columns, { window: quarter }, 'hour'))
      expectSame(
        kpi,
        inWindow(quarter).filter(({ start }) => localOf(start!.at).getUTCHours() === id),
        quarter,
      );
  });

  it('agree on the bounds of a share', () => {
    const { won, qualified } = kpiOf(columns, { window: quarter }).outcome;
    for (const { part, of, low, high } of [won, qualified]) {
      const [from, to] = plain.wilson(part, of);
      expect(low).toBeCloseTo(from, 12);
      expect(high).toBeCloseTo(to, 12);
    }
  });

  it('list the leads behind a number', () => {
    const kpi = kpiOf(columns, { window: quarter });
    const missed = leadsBehind(
      columns,
      { window: quarter },
      { of: 'clock', commitment: 'accept', subject: 'lead', owedBy: 'sales', result: 'missed' },
      { limit: 500 },
    );
    const own = inWindow(quarter).filter(({ told: { clocks } }) =>
      clocks.some((one) => one.commitment === 'accept' && one.subject === 'lead' && resultOf(one.state) === 'missed'),
    );
    expect(missed.total).toBe(own.length);
    expect(missed.leads.toSorted()).toEqual(own.map(({ told: { lead } }) => lead.key).toSorted());
    const won = leadsBehind(columns, { window: quarter }, { of: 'outcome', part: 'won' }, { limit: 3, offset: 2 });
    expect(won.total).toBe(kpi.outcome.won.part);
    expect(won.leads).toHaveLength(3);
  });

  it('agree on what is still open', () => {
    const open = leads.flatMap(({ told: { clocks } }) => clocks.filter(({ doneAt }) => doneAt === null));
    const sla = slaOf(columns, { days: 14 });
    expect(sla.overdue).toBe(count(open, ({ state }) => state === 'overdue'));
    const waiting = open.filter((one) => resultOf(one.state) === 'open' && one.dueAt !== null);
    expect(sla.days.reduce((sum, { due }) => sum + due, sla.later)).toBe(waiting.length);
    expect(sla.passed).toBe(count(open, (one) => one.state === 'unknown' && one.dueAt !== null));
    expect(sla.next.map(({ dueAt }) => dueAt)).toEqual(
      waiting
        .map((one) => one.dueAt)
        .toSorted((a, b) => a! - b!)
        .slice(0, 200),
    );
  });
});
