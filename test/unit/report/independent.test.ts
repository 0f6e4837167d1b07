/**
 * Two implementations, one truth: the report's figures of a made-up quarter are those of plain loops over its facts, to the
 * last digit.
 */
import { describe, expect, it } from 'vitest';
import {
  clockResultsOver,
  costTable,
  createColumns,
  digestOf,
  heatMap,
  kpiOf,
  kpisBy,
  kpisOver,
  leadsBehind,
  paceOf,
  peopleTable,
  promiseResult,
  slaOf,
  sourcesTable,
  withTeams,
  type Kpi,
} from '../../../lib/report';
import type { PeriodPromise } from '../../../lib/agreement/schema';
import { isComplete } from '../../../lib/lead/completeness';
import type { FieldName } from '../../../lib/lead/lead';
import { teamFinder } from '../../../lib/agreement/teams';
import type { ReportWindow } from '../../../lib/report/types';
import * as plain from './plain';
import * as figures from './plain-figures';
import { localOf, type PlainClock } from './plain-judge';
import { calendars, fullAgreements, madrid, minute, now, quarter, tellQuarter, timeZone } from './quarter';

const told = tellQuarter(700, 20_260_401, fullAgreements);
const measure = { spec: madrid, calendars };
const hot = [[{ field: 'tier', operator: 'is', value: 'hot' }]] as const;
const promise = (
  measured: PeriodPromise['measure'],
  value: number,
  more: Partial<PeriodPromise> = {},
): PeriodPromise => ({
  id: measured,
  owedBy: 'sales',
  measure: measured,
  value,
  per: 'month',
  ...more,
});
const promises: readonly PeriodPromise[] = [
  promise('hand-offs', 220, { owedBy: 'marketing' }),
  promise('hand-offs', 100, { id: 'hot ones', owedBy: 'marketing', when: hot as never }),
  promise('accepted-share', 60),
  promise('clean-share', 70, { when: hot as never }),
  promise('won-share', 5),
  promise('attainment', 80, { commitment: 'first-touch' }),
  promise('attainment', 80, { id: 'unblock', commitment: 'unblock' }),
  promise('attainment', 80, { id: 'unblock of marketing', owedBy: 'marketing', commitment: 'unblock' }),
  promise('time-to-accept', 90),
  promise('time-to-first-touch', 200, { when: hot as never }),
  promise('touches-per-accepted', 2),
  promise('cost-per-accepted', 30, { owedBy: 'marketing', cost: { amount: 5_000, currency: 'EUR' } }),
];
const required = [{ id: 'r', rule: 'required', fields: ['source', 'campaign'] }] as const;
/** Of every second lead nobody could have read the campaign. */
const readable = (index: number) => new Set<FieldName>(index % 2 === 0 ? ['source', 'campaign'] : ['source']);
const digests = told.map(({ lead, facts, clocks }, index) =>
  digestOf({
    lead,
    facts,
    clocks,
    now,
    measure,
    promises,
    complete: isComplete(lead, required, { facts, readable: readable(index), now }),
  }),
);
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
const leads = told.map((one) => plain.plainLead(one, fullAgreements));

const inWindow = (window: ReportWindow): plain.PlainLead[] => figures.handedOver(leads, window);

const percentiles = (sample: readonly number[]): object => ({
  n: sample.length,
  median: plain.nearestRank(sample, 50),
  p75: plain.nearestRank(sample, 75),
  p90: plain.nearestRank(sample, 90),
});
const share = (part: number, of: number) => ({ part, of, value: of === 0 ? null : part / of });

const count = <Item>(items: readonly Item[], test: (item: Item) => boolean): number => items.filter(test).length;
const tallied = (values: readonly (string | null)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
};

const kindOf = ({ commitment, subject, owedBy }: Pick<PlainClock, 'commitment' | 'subject' | 'owedBy'>): string =>
  `${commitment} ${subject} ${owedBy}`;

function expectResponsiveness(kpi: Kpi, own: readonly plain.PlainLead[]): void {
  const kinds = new Set(own.flatMap(({ clocks }) => clocks.map(kindOf)));
  expect(kpi.responsiveness.map(kindOf).toSorted()).toEqual([...kinds].toSorted());
  for (const one of kpi.responsiveness) {
    const clocks = figures.clocksOf(own, one);
    const results = tallied(clocks.map(({ result }) => result));
    const [met, judged] = figures.kept(own, one);
    expect(one.attainment, kindOf(one)).toMatchObject(share(met, judged));
    expect(Object.fromEntries(one.results.parts.map(({ id, count: of }) => [id, of])), kindOf(one)).toEqual({
      met: 0,
      missed: 0,
      open: 0,
      unknown: 0,
      ended: 0,
      ...results,
      'not-judged': count(own, (lead) => !lead.clocks.some((clock) => kindOf(clock) === kindOf(one))),
    });
    expect(one.overdue).toBe(count(clocks, ({ result, isOver }) => result === 'missed' && !isOver));
    const took = clocks.flatMap((clock) => clock.took ?? []);
    expect(one.elapsed, kindOf(one)).toMatchObject(percentiles(took.map(({ elapsed }) => elapsed)));
    expect(one.working, kindOf(one)).toMatchObject(percentiles(took.map(({ working }) => working)));
    expect(one.distribution.n).toBe(took.length);
    expect(
      one.distribution.bins.map(({ count: of }) => of),
      kindOf(one),
    ).toEqual(figures.bins(clocks));
    const targets = new Set(clocks.flatMap((clock) => (clock.took ? [clock.targetMs] : [])));
    expect(one.distribution.targetMs).toBe(targets.size === 1 ? [...targets][0] : null);
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
  expect(quality.rejectReasons.parts.map(({ id, count: of }) => [id, of])).toEqual(figures.rejectReasons(own));

  const flags = own.map(plain.flags);
  const n = own.length;
  expect(quality.flagged).toMatchObject(
    share(
      count(flags, (all) => all.some((one) => one.isFlag)),
      n,
    ),
  );
  const perReason = figures.byWeight(
    flags.flatMap((all) => [...new Set(all.filter((one) => one.isFlag).map((one) => one.reason))]),
  );
  expect(quality.flagReasons.parts.map(({ id, count: of }) => [id, of])).toEqual(perReason);
  const withData = count(flags, (all) => all.some((one) => one.data));
  expect(quality.noDataFlag).toMatchObject(share(n - withData, n));
  const [known, lacking] = [
    own.filter((lead) => completeOf(lead) !== null),
    own.filter((lead) => completeOf(lead) === false),
  ];
  expect(quality.complete).toMatchObject(share(known.length - lacking.length, known.length));
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

/** A flag about data says that it was not there; else the fields do, where all of them could be read. */
function completeOf(lead: plain.PlainLead): boolean | null {
  if (plain.flags(lead).some(({ data }) => data)) return false;
  const { fields } = lead.told.lead;
  const wasRead = leads.indexOf(lead) % 2 === 0;
  return wasRead ? fields.source !== undefined && fields.campaign !== undefined : null;
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
  const versions = new Set(own.flatMap(({ clocks }) => clocks.map(({ version }) => version)));
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

  it.each([1, 2, 3])('agree on every clock of every lead, its due instant and how long it took (seed %i)', (seed) => {
    for (const one of tellQuarter(150, seed, fullAgreements)) {
      const { clocks } = digestOf({ ...one, now, measure });
      const judged = clocks.map(({ over, took, ownMs, version, ...clock }) =>
        [
          kindOf(clock),
          version,
          clock.result,
          over,
          clock.dueAt,
          took?.elapsedMs,
          took?.workingMs,
          ownMs ?? undefined,
        ].join(' '),
      );
      const own = plain
        .plainLead(one, fullAgreements)
        .clocks.map(({ isOver, took, version, ...clock }) =>
          [kindOf(clock), version, clock.result, isOver, clock.dueAt, took?.elapsed, took?.working, took?.own].join(
            ' ',
          ),
        );
      expect(judged.toSorted(), one.lead.key).toEqual(own.toSorted());
    }
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

  it('agree on the bounds of a share, but for the last bits of a square root', () => {
    for (const { attainment } of kpisBy(columns, { window: quarter }, 'rep').flatMap(({ kpi }) => kpi.responsiveness)) {
      if (attainment.value === null) continue;
      const [low, high] = plain.wilson(attainment.part, attainment.of);
      expect(Math.abs(attainment.low! - low)).toBeLessThanOrEqual(4 * Number.EPSILON);
      expect(Math.abs(attainment.high! - high)).toBeLessThanOrEqual(4 * Number.EPSILON);
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
    const own = inWindow(quarter).filter(({ clocks }) =>
      clocks.some((one) => one.commitment === 'accept' && one.subject === 'lead' && one.result === 'missed'),
    );
    expect(missed.total).toBe(own.length);
    expect(missed.leads.toSorted()).toEqual(own.map(({ told: { lead } }) => lead.key).toSorted());
    const won = leadsBehind(columns, { window: quarter }, { of: 'outcome', part: 'won' }, { limit: 3, offset: 2 });
    expect(won.total).toBe(kpi.outcome.won.part);
    expect(won.leads).toHaveLength(3);
  });

  it('agree on what is still open', () => {
    const { next, ...own } = figures.owedFrom(leads, 14, now);
    const sla = slaOf(columns, { days: 14 });
    expect(sla).toMatchObject(own);
    const byDue = (a: { dueAt: number | null }, b: { dueAt: number | null }): number => a.dueAt! - b.dueAt!;
    expect(sla.next.map(({ dueAt }) => dueAt)).toEqual(
      next
        .toSorted(byDue)
        .slice(0, 200)
        .map(({ dueAt }) => dueAt),
    );
    expect(next).toEqual(expect.arrayContaining([...sla.next]));
  });

  it('agree on the heat map of every commitment', () => {
    for (const { commitment, owedBy, subject } of kpiOf(columns, { window: quarter }).responsiveness) {
      if (subject === 'owner') continue;
      const cells = heatMap(columns, { window: quarter }, { commitment, owedBy });
      expect(cells).toHaveLength(168);
      expect(
        cells
          .filter(({ handOffs }) => handOffs > 0)
          .map(({ weekday, hour, handOffs, attainment }) => [weekday, hour, handOffs, attainment.part, attainment.of]),
      ).toEqual(figures.heat(inWindow(quarter), { commitment, owedBy }));
    }
  });

  const instants = ['2026-01-20T12:00:00Z', '2026-02-20T12:00:00Z', '2026-03-20T12:00:00Z', '2026-04-10T08:00:00Z'].map(
    (text) => Date.parse(text),
  );

  it.each(instants)('agree on the pace of the month around %i', (at) => {
    const window = figures.monthOf(at);
    const own = figures.pace(leads, window, 220, now);
    const pace = paceOf(columns, { window, promised: 220, spec: madrid, calendars });
    expect([pace.actual, pace.expected.value, pace.forecast.value]).toEqual([own.actual, own.expected, own.forecast]);
    expect(pace.days.map(({ date, isWorking, expected, actual }) => ({ date, isWorking, expected, actual }))).toEqual(
      own.days,
    );
  });

  it.each(promises)('agree on the promise $id of $owedBy, its state and its trend', (one) => {
    for (const at of instants) {
      const { value, n, state, trend } = figures.promiseOf(leads, one, at, now);
      const result = promiseResult(columns, one, { at, calendar: madrid, calendars });
      expect(result).toMatchObject({ n, state, trend, result: { value } });
    }
  });

  it('agree on what sources cost', () => {
    const costs = [
      { source: 'web', ...figures.monthOf(instants[0]!), amount: 1_000 },
      { source: 'web', ...figures.monthOf(instants[1]!), amount: 700 },
      { source: 'fair', ...figures.monthOf(instants[2]!), amount: 333 },
      { source: 'partner', ...figures.monthOf(instants[3]!), amount: 90 },
    ];
    for (const window of [quarter, ...instants.map((at) => figures.monthOf(at))]) {
      const [top, bottom] = figures.cost(leads, window, costs, now)!;
      const { costPerAccepted } = kpiOf(columns, { window, costs }).efficiency;
      expect(costPerAccepted).toMatchObject({ top, bottom, value: bottom === 0 ? null : top / bottom });
    }
    const bySource = costTable(columns, { window: quarter, costs });
    expect(bySource.map(({ source }) => source)).toEqual(['web', 'fair']);
    for (const { source, amount, perAccepted } of bySource) {
      const own = costs.filter((one) => one.source === source);
      expect([amount, perAccepted.bottom]).toEqual(figures.cost(leads, quarter, own, now));
    }
  });

  it('agree on the table of sources, in order, with their reasons', () => {
    const own = figures.groups(inWindow(quarter), ({ told: { lead } }) => lead.fields.source ?? null);
    expect(
      sourcesTable(columns, { window: quarter }).map((row) => [
        row.source,
        row.handOffs,
        [row.acceptedShare.part, row.acceptedShare.of],
        row.qualified,
        row.won,
        row.lostShare.part,
        row.topReasons.map(({ id, count: of }) => [id, of]),
      ]),
    ).toEqual(
      own.map(([source, group]) => [
        source,
        group.length,
        figures.acceptedOf(group),
        figures.qualifiedOf(group),
        figures.outcomesOf(group, 'won'),
        figures.outcomesOf(group, 'lost', 'disqualified'),
        figures.rejectReasons(group).slice(0, 3),
      ]),
    );
  });

  it.each(['rep', 'team'] as const)('agree on the table by %s', (by) => {
    const own = figures.groups(inWindow(quarter), ({ told: { lead } }) =>
      by === 'rep' ? (lead.fields.ownerId ?? null) : teamOf(lead.fields.owner),
    );
    const rows = peopleTable(columns, { window: quarter }, by, 'shown');
    expect(rows.map(({ id, handOffs }) => [id, handOffs])).toEqual(own.map(([id, group]) => [id, group.length]));
    rows.forEach((row, index) => {
      const [, group] = own[index]!;
      expect(row.acceptedShare).toMatchObject(share(...figures.acceptedOf(group)));
      expect(row.wonShare).toMatchObject(share(figures.outcomesOf(group, 'won'), group.length));
      for (const { commitment, share: attained } of row.attainment)
        expect(attained, commitment).toMatchObject(share(...figures.keptByOwners(group, commitment)));
    });
  });
});
