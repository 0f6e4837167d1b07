/** Single figures by hand: each case is small enough to check on paper. March 2026: Monday is the 2nd, office 09–18. */
import { describe, expect, it } from 'vitest';
import type { Agreement, PeriodPromise } from '../../../lib/agreement/schema';
import {
  costsOf,
  costTable,
  createColumns,
  heatMap,
  kpiOf,
  leadsBehind,
  paceOf,
  paretoOf,
  peopleTable,
  promiseResult,
  promisesAt,
  slaOf,
  sourcesTable,
  trendOf,
  unmeasuredIn,
  windowBefore,
} from '../../../lib/report';
import type { KpiRequest } from '../../../lib/report/request';
import { commitment as promiseOf, working } from '../clock/build';
import { accepted, at, call, columnsOf, digest, handOff, rejected, won, type Sketch } from './build';
import { agreements, calendars, hour, madrid, minute, timeZone } from './quarter';

const march = { from: at('2026-03-01T00:00'), to: Date.parse('2026-03-31T22:00:00Z') };
const lead = (start: string, ...more: Sketch['facts']): Sketch => ({ facts: [[start, handOff], ...more] });

describe('responsiveness', () => {
  const columns = columnsOf(
    [
      lead('2026-03-02T10:00', ['2026-03-02T11:00', call]),
      // The promise of version 2: accept within 120 working minutes. Friday 17:30 to Monday 10:00 is 90 of them.
      lead('2026-03-06T17:30', ['2026-03-09T10:00', accepted]),
      lead('2026-03-02T10:00', ['2026-03-02T13:00', accepted]),
      lead('2026-03-10T09:00'),
      { ...lead('2026-03-10T09:00'), seenAt: at('2026-03-10T09:30') },
    ],
    at('2026-03-10T18:00'),
  );
  const kpi = kpiOf(columns, { window: march });
  const accept = kpi.responsiveness.find(({ commitment }) => commitment === 'accept')!;

  it('is met ÷ (met + missed), an overdue clock being missed and an unseen one unknown', () => {
    expect(accept.attainment).toMatchObject({ part: 2, of: 4, value: 0.5 });
    expect(accept.overdue).toBe(1);
    expect(accept.results.parts.map(({ id, count }) => [id, count])).toEqual([
      ['met', 2],
      ['missed', 2],
      ['open', 0],
      ['unknown', 1],
      ['ended', 0],
      ['not-judged', 0],
    ]);
  });

  it('counts working time of the calendar and elapsed time apart', () => {
    expect(accept.working).toMatchObject({ n: 3, median: 90 * minute, p75: 180 * minute, p90: 180 * minute });
    expect(accept.elapsed).toMatchObject({ median: 3 * hour, p90: 64.5 * hour });
    expect(kpi.times.toAcceptWorking.median).toBe(90 * minute);
    expect(kpi.times.toTouch).toMatchObject({ n: 1, median: hour });
  });

  it('shows what took exactly the target left of its line', () => {
    const own = columnsOf([lead('2026-03-02T10:00', ['2026-03-02T12:00', accepted])], at('2026-03-03T10:00'));
    const { distribution } = kpiOf(own, { window: march }).responsiveness[0]!;
    expect(distribution).toMatchObject({ n: 1, targetBin: 3, targetMs: 2 * hour });
    expect(distribution.bins.findIndex(({ count }) => count === 1)).toBe(distribution.targetBin);
    expect(distribution.bins[3]).toMatchObject({ from: 0.75, to: 1 });
    expect(distribution.bins.at(-1)).toMatchObject({ from: 3, to: null });
  });

  it('gives no response time to a lead that was closed too late without an answer', () => {
    const closed = lead('2026-03-02T10:00', ['2026-03-05T10:00', { kind: 'disposition', outcome: 'closed' }]);
    const own = kpiOf(columnsOf([closed], at('2026-03-06T10:00')), { window: march }).responsiveness[0]!;
    expect(own).toMatchObject({
      commitment: 'accept',
      attainment: { part: 0, of: 1 },
      elapsed: { n: 0, median: null },
    });
  });

  it('calls a clock unknown whose due instant passed after its digest was made', () => {
    const early = digest(lead('2026-03-02T10:00'), at('2026-03-02T10:30'));
    const later = createColumns([early], { timeZone, now: at('2026-03-03T10:00') });
    const { results } = kpiOf(later, { window: march }).responsiveness[0]!;
    expect(results.parts.find(({ id }) => id === 'unknown')?.count).toBe(1);
  });
});

describe('a promise that comes again', () => {
  const versions = [
    {
      ...agreements[0]!,
      commitments: [
        promiseOf('accept', working(240)),
        promiseOf('next-touch', working(60), { touches: 4 }),
        promiseOf('respond', working(60)),
        promiseOf('fix-data', working(60)),
        promiseOf('unblock', working(60)),
      ],
    },
  ];
  const counts = (facts: Sketch['facts'], of: string, subject = 'lead'): Record<string, number> => {
    const columns = columnsOf([{ facts: [['2026-03-02T09:00', handOff], ...facts] }], at('2026-03-31T10:00'), versions);
    const found = kpiOf(columns, { window: march }).responsiveness.find(
      (one) => one.commitment === of && one.subject === subject,
    )!;
    return Object.fromEntries(found.results.parts.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]));
  };
  const mail = { kind: 'inbound', channel: 'email' } as const;

  it('keeps the miss of an earlier message when a later one is answered in time', () => {
    const missed = [
      ['2026-03-03T09:00', mail],
      ['2026-03-03T12:00', call],
    ] as const;
    expect(counts(missed, 'respond')).toEqual({ missed: 1 });
    expect(counts([...missed, ['2026-03-05T09:00', mail], ['2026-03-05T09:30', call]], 'respond')).toEqual({
      met: 1,
      missed: 1,
    });
  });

  it('judges each flag, gap between touches, block and owner', () => {
    const flag = { kind: 'flag', reason: 'data', data: true } as const;
    const fixed = (place: number) => ({ kind: 'flag-answer', answers: `1-${place}`, answer: 'fixed' }) as const;
    expect(
      counts(
        [
          ['2026-03-03T09:00', flag],
          ['2026-03-03T12:00', fixed(1)],
          ['2026-03-04T09:00', flag],
          ['2026-03-04T09:30', fixed(3)],
          ['2026-03-04T09:00', { ...flag, reason: 'phone' }],
        ],
        'fix-data',
      ),
    ).toEqual({ met: 1, missed: 2 });
    const calls = ['2026-03-03T09:00', '2026-03-03T12:00', '2026-03-03T12:30', '2026-03-03T15:00'].map(
      (when) => [when, call] as const,
    );
    expect(counts(calls, 'next-touch')).toEqual({ met: 1, missed: 2 });
    const blocked = { kind: 'blocked', by: 'sales', needs: 'a number' } as const;
    expect(
      counts(
        [
          ['2026-03-03T09:00', blocked],
          ['2026-03-03T12:00', { kind: 'unblocked' }],
          ['2026-03-04T09:00', blocked],
          ['2026-03-04T09:10', { kind: 'unblocked' }],
        ],
        'unblock',
      ),
    ).toEqual({ met: 1, missed: 1 });
    const to = (owner: string) => ({ kind: 'reassignment', owner }) as const;
    // Each has four hours from the assignment: Ada let them pass, Bob handed the lead on in time, Eve took it.
    expect(
      counts(
        [
          ['2026-03-03T09:00', to('Ada')],
          ['2026-03-03T15:00', to('Bob')],
          ['2026-03-03T16:00', to('Eve')],
          ['2026-03-03T17:00', accepted],
        ],
        'accept',
        'owner',
      ),
    ).toEqual({ met: 1, missed: 1, ended: 1 });
  });

  it('counts leads without a clock as not judged, however many clocks another has', () => {
    const columns = columnsOf(
      [
        lead('2026-03-02T09:00', ['2026-03-03T09:00', mail], ['2026-03-03T09:10', call], ['2026-03-04T09:00', mail]),
        lead('2026-03-02T09:00'),
        lead('2026-03-02T09:00'),
      ],
      at('2026-03-31T10:00'),
      versions,
    );
    const { results } = kpiOf(columns, { window: march }).responsiveness.find((one) => one.commitment === 'respond')!;
    expect(results.parts.find(({ id }) => id === 'not-judged')?.count).toBe(2);
    expect(results.of).toBe(4);
  });
});

describe('columns', () => {
  it('hold each lead once, as it was told last', () => {
    const early = digest(lead('2026-03-02T10:00'), at('2026-03-02T10:30'));
    const later = digest(lead('2026-03-02T10:00', ['2026-03-02T10:40', accepted]), at('2026-03-02T11:00'));
    for (const told of [
      [early, later],
      [later, early],
      [later, early, later],
    ]) {
      const kpi = kpiOf(createColumns(told, { timeZone, now: at('2026-03-03T10:00') }), { window: march });
      expect(kpi.handOffs).toBe(1);
      expect(kpi.quality.accepted).toMatchObject({ part: 1, of: 1 });
    }
  });
});

describe('late evidence', () => {
  it('is noted where something of the period was learnt after it', () => {
    const february = { from: at('2026-02-01T00:00'), to: march.from };
    const touch = [at('2026-02-27T12:00'), call, { recordedAt: at('2026-03-04T09:00') }] as const;
    const columns = columnsOf([lead('2026-02-27T10:00', touch)], at('2026-03-10T10:00'));
    expect(kpiOf(columns, { window: february }).about).toMatchObject({ late: 1 });
    expect(kpiOf(columns, { window: february }).about.notes).toContain('late-evidence');
    const reaching = { from: february.from, to: march.to };
    expect(kpiOf(columns, { window: reaching }).about).toMatchObject({ late: 0 });
  });

  const lateIn = (facts: Sketch['facts'], window: { from: number; to: number }): number =>
    kpiOf(columnsOf([{ facts: [['2026-02-27T10:00', handOff], ...facts] }], at('2026-04-10T10:00')), { window }).about
      .late;
  const february = { from: at('2026-02-01T00:00'), to: march.from };

  it('is noted where a touch of the period was taken back after it', () => {
    const touch = [at('2026-02-27T12:00'), call, { recordedAt: at('2026-02-27T12:01') }] as const;
    const takenBack = (when: string) =>
      [at(when), { kind: 'retraction', replaces: '1-1' }, { replaces: '1-1', recordedAt: at(when) }] as const;
    expect(lateIn([touch, takenBack('2026-04-02T09:00')], february)).toBe(1);
    expect(lateIn([touch, takenBack('2026-02-27T13:00')], february)).toBe(0);
  });

  it('is noted where a correction moved something out of the period, and where it moved it in', () => {
    const touch = [at('2026-02-27T12:00'), call, { recordedAt: at('2026-02-27T12:01') }] as const;
    const later = { replaces: '1-1', recordedAt: at('2026-03-05T09:00') };
    expect(lateIn([touch, [at('2026-03-02T12:00'), call, later]], february)).toBe(1);
    expect(lateIn([touch, [at('2026-02-26T12:00'), call, later]], february)).toBe(1);
    // All of March was still to come when it was corrected.
    expect(lateIn([touch, [at('2026-03-02T12:00'), call, later]], { from: february.from, to: march.to })).toBe(0);
    // Learnt in time, dated wrongly until April.
    const moved = [at('2026-04-03T12:00'), call, { replaces: '1-1', recordedAt: at('2026-04-03T12:00') }] as const;
    expect(lateIn([touch, moved], february)).toBe(1);
  });
});

describe('quality', () => {
  it('forgets a rejection that was taken back, and knows a flag by its last answer', () => {
    const undone = lead(
      '2026-03-02T10:00',
      ['2026-03-02T11:00', rejected('fit')],
      ['2026-03-02T11:01', { kind: 'retraction', replaces: '1-1' }],
    );
    const flagged = lead(
      '2026-03-02T10:00',
      ['2026-03-02T11:00', { kind: 'flag', reason: 'data', data: true }],
      ['2026-03-02T12:30', { kind: 'flag-answer', answers: '2-1', answer: 'disputed' }],
      ['2026-03-02T13:00', { kind: 'flag-answer', answers: '2-1', answer: 'fixed' }],
    );
    const { quality, times } = kpiOf(columnsOf([undone, flagged], at('2026-03-10T10:00')), { window: march });
    expect(quality.verdicts.parts.find(({ id }) => id === 'undecided')?.count).toBe(2);
    expect(quality.accepted).toMatchObject({ value: null, why: 'nothing-decided' });
    expect(quality.disputed).toMatchObject({ part: 0, of: 1 });
    expect(quality.noDataFlag).toMatchObject({ part: 1, of: 2 });
    expect(times.toAnswer).toMatchObject({ n: 1, median: 90 * minute });
  });

  it('adds reasons up, the greatest first, without a word for those who gave none', () => {
    const columns = columnsOf(
      [
        ...['fit', 'timing', 'fit'].map((reason) => lead('2026-03-02T10:00', ['2026-03-02T11:00', rejected(reason)])),
        lead('2026-03-02T10:00', ['2026-03-03T10:00', { kind: 'disposition', outcome: 'disqualified' }]),
      ],
      at('2026-03-10T10:00'),
    );
    const steps = paretoOf(kpiOf(columns, { window: march }).quality.rejectReasons);
    expect(steps.map(({ id, count, reached }) => [id, count, reached])).toEqual([
      ['fit', 2, 0.5],
      [null, 1, 0.75],
      ['timing', 1, 1],
    ]);
  });
});

describe('pace', () => {
  const request = { window: march, promised: 22, spec: madrid, calendars };

  it('grows on working days only, and the forecast goes on at the pace so far', () => {
    const leads = ['02', '03', '07', '09'].map((day) => lead(`2026-03-${day}T10:00`));
    // Monday 9 March, 18:00: 6 of the 22 working days have passed.
    const pace = paceOf(columnsOf(leads, at('2026-03-09T18:00')), request);
    expect(pace.days).toHaveLength(31);
    expect(pace.days.slice(0, 9).map(({ expected, actual }) => [expected, actual])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 2],
      [5, 2],
      [5, 3],
      [5, 3],
      [6, 4],
    ]);
    expect(pace.days[9]).toMatchObject({ expected: 7, actual: null, date: '2026-03-10' });
    expect(pace.expected.value).toBe(6);
    expect(pace.forecast.value).toBeCloseTo((4 * 22) / 6, 12);
  });

  it('has no forecast before the first working minute, and says the number once the period is over', () => {
    const begun = paceOf(columnsOf([lead('2026-03-01T10:00')], at('2026-03-01T12:00')), request);
    expect(begun.forecast).toEqual({ value: null, why: 'not-begun' });
    expect(paceOf(columnsOf([lead('2026-03-01T10:00')], at('2026-04-01T12:00')), request).forecast.value).toBe(1);
  });

  it('says that a calendar without hours has no working time', () => {
    const columns = columnsOf([lead('2026-03-02T10:00')], at('2026-03-09T18:00'));
    for (const spec of [
      { timeZone, weekly: {} },
      { timeZone: 'No/Where', weekly: {} },
    ]) {
      const pace = paceOf(columns, { ...request, spec });
      expect(pace.forecast).toEqual({ value: null, why: 'no-working-time' });
      expect(pace.days.every(({ expected }) => expected === null)).toBe(true);
    }
  });
});

describe('a promise per period', () => {
  const promise = (more: Partial<PeriodPromise>): PeriodPromise => ({
    id: 'p1',
    owedBy: 'marketing',
    measure: 'hand-offs',
    value: 3,
    per: 'month',
    ...more,
  });
  const context = { at: at('2026-03-15T12:00'), calendar: madrid, calendars };
  const leads: Sketch[] = [
    { ...lead('2026-02-03T10:00', ['2026-02-03T11:00', accepted]), fields: { source: 'web', company: 'Acme' } },
    { ...lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted]), fields: { source: 'web', company: 'Acme' } },
    { ...lead('2026-03-03T10:00', ['2026-03-03T11:00', rejected('fit')]), fields: { source: 'fair' } },
  ];
  const result = (more: Partial<PeriodPromise>, now = at('2026-04-02T12:00')) =>
    promiseResult(columnsOf(leads, now), promise(more), context);

  it('is missed once its period is over, at risk while it lasts', () => {
    expect(result({})).toMatchObject({
      state: 'missed',
      result: { value: 2 },
      trend: { before: 1, change: 1, direction: 'better' },
    });
    expect(result({ value: 2 }).state).toBe('on-track');
    expect(result({ value: 40 }, at('2026-03-16T12:00'))).toMatchObject({ state: 'at-risk', result: { value: 2 } });
    expect(result({ value: 3 }, at('2026-03-03T18:00')).state).toBe('on-track');
  });

  it('has no data where nothing can be said', () => {
    expect(result({ measure: 'won-share' }).state).toBe('missed');
    expect(result({ measure: 'attainment', commitment: 'unblock' })).toMatchObject({
      state: 'no-data',
      result: { value: null, why: 'nothing-judged' },
    });
    expect(result({ measure: 'cost-per-accepted' })).toMatchObject({ state: 'no-data', result: { why: 'no-cost' } });
    expect(
      promiseResult(columnsOf(leads, at('2026-03-04T10:00')), promise({}), { ...context, at: at('2026-05-02T10:00') }),
    ).toMatchObject({ state: 'no-data', result: { why: 'not-begun' } });
  });

  it('speaks in the unit of its measure', () => {
    expect(result({ measure: 'accepted-share', value: 50 })).toMatchObject({
      state: 'on-track',
      result: { value: 50 },
      n: 2,
    });
    expect(result({ measure: 'time-to-accept', value: 60 })).toMatchObject({
      state: 'on-track',
      result: { value: 60 },
    });
    const cost = { amount: 900, currency: 'EUR' };
    expect(result({ measure: 'cost-per-accepted', value: 500, cost })).toMatchObject({
      state: 'missed',
      result: { value: 900 },
    });
    expect(result({ measure: 'touches-per-accepted', value: 5 })).toMatchObject({
      state: 'on-track',
      result: { value: 0 },
    });
  });

  it('of a commitment that both sides owe takes the clocks of the side that promised', () => {
    const versions = [{ ...agreements[0]!, commitments: [promiseOf('unblock', working(60))] }];
    const blocked = (by: 'sales' | 'marketing') => ({ kind: 'blocked', by, needs: 'an answer' }) as const;
    const both = lead(
      '2026-03-02T10:00',
      ['2026-03-03T10:00', blocked('sales')],
      ['2026-03-03T10:30', { kind: 'unblocked' }],
      ['2026-03-04T10:00', blocked('marketing')],
      ['2026-03-05T10:00', { kind: 'unblocked' }],
    );
    const columns = columnsOf([both], at('2026-04-02T12:00'), versions);
    const kept = (owedBy: 'sales' | 'marketing') =>
      promiseResult(columns, promise({ measure: 'attainment', commitment: 'unblock', owedBy }), context);
    // Sales was blocked, and marketing answered in time; marketing was blocked, and sales let it wait.
    expect(kept('marketing')).toMatchObject({ result: { value: 100 }, n: 1 });
    expect(kept('sales')).toMatchObject({ result: { value: 0 }, n: 1 });
    const request = { window: march };
    expect(heatMap(columns, request, { commitment: 'unblock', owedBy: 'sales' })[10]!.attainment).toMatchObject({
      part: 0,
      of: 1,
    });
  });

  it('is about the leads that meet its condition, which another version may word otherwise', () => {
    const now = at('2026-04-02T12:00');
    const about = (source: string) =>
      promise({ when: [[{ field: 'source', operator: 'is', value: source }]], value: 1 });
    const versions = [about('web'), about('fair'), about('web')];
    const digests = leads.map((one, index) =>
      digest({ id: String(index), ...one }, now, agreements, { promises: versions }),
    );
    expect(digests.map(({ promises }) => promises.length)).toEqual([1, 1, 1]);
    const columns = createColumns(digests, { timeZone, now });
    const handedOver = versions.map((one) => promiseResult(columns, one, { ...context, at: march.from - hour }).n);
    expect(handedOver).toEqual([1, 0, 1]);
    expect(versions.map((one) => promiseResult(columns, one, context).n)).toEqual([1, 1, 1]);
  });

  it('is not judged under a filter where it is a number of hand-offs, though the result is shown', () => {
    const columns = columnsOf(leads, at('2026-04-02T12:00'));
    const web = { ...context, filters: { source: ['web'] } };
    expect(promiseResult(columns, promise({}), web)).toMatchObject({
      result: { value: 1 },
      state: 'none',
      unjudged: 'promise-not-splittable',
    });
    // A share is one of any leads.
    expect(promiseResult(columns, promise({ measure: 'accepted-share', value: 50 }), web)).toMatchObject({
      state: 'on-track',
      unjudged: null,
    });
    const request = { window: march, filters: { source: ['web'] }, promised: null, spec: madrid, calendars };
    const pace = paceOf(columns, request);
    expect(pace).toMatchObject({ actual: 1, expected: { value: null, why: 'promise-not-splittable' } });
    expect(pace.days.every(({ expected }) => expected === null)).toBe(true);
  });

  it('carries the interval of its share', () => {
    const { low, high, n } = result({ measure: 'accepted-share', value: 50 });
    // Wilson, one of two: 0.0945 to 0.9055.
    expect([n, low!.toFixed(2), high!.toFixed(2)]).toEqual([2, '9.45', '90.55']);
    expect(result({})).toMatchObject({ low: null, high: null });
  });
});

describe('the promises of a period', () => {
  const month = (value: number, id = 'p1', more: Partial<PeriodPromise> = {}): PeriodPromise => ({
    id,
    owedBy: 'marketing',
    measure: 'hand-offs',
    value,
    per: 'month',
    ...more,
  });
  const version = (number: number, effectiveFrom: string | null, promises: PeriodPromise[]): Agreement =>
    Object.assign({}, agreements[0]!, { version: number, promises }, effectiveFrom === null ? {} : { effectiveFrom });
  const raised = [
    version(2, '2026-02-15T00:00:00Z', [month(150), month(5, 'new')]),
    version(1, null, [month(100), month(7, 'dropped')]),
  ];
  const held = (versions: readonly Agreement[], when: string) =>
    promisesAt(versions, at(when), timeZone).map((one) => [
      one.promise.id,
      one.promise.value,
      one.version,
      one.fromNext,
    ]);

  it('are those of the version in force when it began', () => {
    const old = [
      ['p1', 100, 1, false],
      ['dropped', 7, 1, false],
    ];
    expect(held(raised, '2026-01-20T12:00')).toEqual(old);
    expect(held(raised, '2026-02-10T12:00').filter(([, , , fromNext]) => !fromNext)).toEqual(old);
    expect(held(raised, '2026-03-10T12:00')).toEqual([
      ['p1', 150, 2, false],
      ['new', 5, 2, false],
    ]);
  });

  it('count from the next period where none was made before this one began', () => {
    expect(held(raised, '2026-02-20T12:00')).toEqual([
      ['p1', 100, 1, false],
      ['new', 5, 2, true],
      ['dropped', 7, 1, false],
    ]);
    expect(held([version(1, '2026-03-05T00:00:00Z', [month(9)])], '2026-03-10T12:00')).toEqual([['p1', 9, 1, true]]);
    const counted = promiseResult(columnsOf([lead('2026-03-02T10:00')], at('2026-03-10T12:00')), month(9), {
      at: march.from,
      fromNext: true,
      calendar: madrid,
      calendars,
    });
    expect(counted).toMatchObject({ state: 'none', unjudged: 'promise-not-yet', result: { value: 1 } });
  });

  it('each have a period of their own', () => {
    const longer = [
      version(2, '2026-02-15T00:00:00Z', [month(400, 'p1', { per: 'quarter' })]),
      version(1, null, [month(100)]),
    ];
    // On the first of March the quarter had begun, and the promise per month had ended.
    expect(held(longer, '2026-03-10T12:00')).toEqual([['p1', 400, 2, true]]);
    expect(held(longer, '2026-04-10T12:00')).toEqual([['p1', 400, 2, false]]);
  });
});

describe('cost per accepted lead', () => {
  const leads: Sketch[] = [
    { ...lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted]), fields: { source: 'web' } },
    { ...lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted]), fields: { source: 'fair' } },
  ];
  const columns = columnsOf(leads, at('2026-04-02T12:00'));
  const costs = [{ source: 'web', from: at('2026-02-01T00:00'), to: march.to, amount: 590 }];

  it('counts the part of the cost that falls into the window, and the accepted leads of its sources', () => {
    const { top, bottom } = kpiOf(columns, { window: march, costs }).efficiency.costPerAccepted;
    // 31 days less the hour of the change to summer time, of 59 such days.
    expect(top).toBeCloseTo((590 * (31 * 24 - 1)) / (59 * 24 - 1), 9);
    expect(bottom).toBe(1);
  });

  it('has no value without costs, and none where a filter cuts through a source', () => {
    expect(kpiOf(columns, { window: march }).efficiency.costPerAccepted.why).toBe('no-cost');
    const cut = kpiOf(columns, { window: march, costs, filters: { rep: [null] } });
    expect(cut.efficiency.costPerAccepted).toMatchObject({ value: null, why: 'cost-not-splittable' });
    const fair = kpiOf(columns, { window: march, costs, filters: { source: ['fair'] } });
    expect(fair.efficiency.costPerAccepted.why).toBe('no-cost');
  });

  it('takes amounts by the month of the zone, and adds up by source', () => {
    const entered = costsOf(
      [
        { source: 'web', month: '2026-02', amount: 280 },
        { source: 'web', month: '2026-03', amount: 310 },
        { source: 'fair', month: '2026-03', amount: 900 },
        { source: 'nobody came', month: '2026-03', amount: 50 },
      ],
      timeZone,
    );
    expect(entered[1]).toMatchObject({ from: march.from, to: march.to });
    const table = (request: Partial<KpiRequest> = {}) =>
      costTable(columns, { window: march, costs: entered, ...request }).map(({ source, amount, perAccepted }) => [
        source,
        amount,
        perAccepted.bottom,
        perAccepted.value ?? perAccepted.why,
      ]);
    expect(table()).toEqual([
      ['fair', 900, 1, 900],
      ['web', 310, 1, 310],
      ['nobody came', 50, 0, 'nothing-accepted'],
    ]);
    expect(kpiOf(columns, { window: march, costs: entered }).efficiency.costPerAccepted).toMatchObject({
      top: 1260,
      bottom: 2,
      value: 630,
    });
    expect(table({ filters: { source: ['web'] } })).toEqual([['web', 310, 1, 310]]);
    expect(table({ filters: { source: ['web'], tier: ['hot'] } })).toEqual([]);
    expect(table({ costs: [] })).toEqual([]);
  });

  it('of a month that is not over counts what has passed of it', () => {
    // Noon of the 16th: 15 and a half of 31 days, less the hour that March has less.
    const half = columnsOf(leads, at('2026-03-16T12:00'));
    const [row] = costTable(half, {
      window: march,
      costs: costsOf([{ source: 'web', month: '2026-03', amount: 743 }], timeZone),
    });
    expect(row?.amount).toBeCloseTo(15.5 * 24, 9);
  });

  it('is what a promise without a cost of its own is held to, where it is about every lead', () => {
    const entered = costsOf([{ source: 'web', month: '2026-03', amount: 310 }], timeZone);
    const promised = { id: 'c', owedBy: 'marketing', measure: 'cost-per-accepted', value: 400, per: 'month' } as const;
    const context = { at: march.from, calendar: madrid, calendars, costs: entered };
    expect(promiseResult(columns, promised, context)).toMatchObject({
      result: { value: 310 },
      n: 1,
      state: 'on-track',
    });
    const some = { ...promised, when: [[{ field: 'tier', operator: 'is', value: 'hot' }]] } as const;
    expect(promiseResult(columns, some as never, context).result).toEqual({ value: null, why: 'cost-not-splittable' });
  });
});

describe('tables', () => {
  const leads: Sketch[] = [
    {
      ...lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted], ['2026-03-05T11:00', won]),
      fields: { source: 'web', ownerId: '7', owner: 'Ada' },
    },
    {
      ...lead('2026-03-02T10:30', ['2026-03-02T11:00', rejected('fit')]),
      fields: { source: 'web', ownerId: '7', owner: 'Ada' },
    },
    { ...lead('2026-03-03T23:30'), fields: { source: 'fair', ownerId: '8', owner: 'Bea' } },
    lead('2026-03-03T10:00'),
  ];
  const columns = columnsOf(leads, at('2026-03-10T18:00'));
  const request = { window: march };

  it('show the funnel of each source, the greatest first', () => {
    const rows = sourcesTable(columns, request);
    expect(
      rows.map(({ source, handOffs, accepted: taken, qualified, won: gained }) => [
        source,
        handOffs,
        taken,
        qualified,
        gained,
      ]),
    ).toEqual([
      ['web', 2, 1, 1, 1],
      ['fair', 1, 0, 0, 0],
      [null, 1, 0, 0, 0],
    ]);
    expect(rows[0]?.topReasons).toEqual([{ id: 'fit', count: 1, share: 1 }]);
  });

  it('tell nothing of who somebody is while names are hidden', () => {
    const hidden = peopleTable(columns, request, 'rep', 'hidden');
    expect(JSON.stringify(hidden)).not.toMatch(/Ada|Bea|"7"|"8"/);
    expect(hidden.map(({ place, handOffs, isKnown }) => [place, handOffs, isKnown])).toEqual([
      [1, 2, true],
      [2, 1, true],
      [3, 1, false],
    ]);
    expect(peopleTable(columns, request, 'rep', 'shown').map(({ id, name }) => [id, name])).toEqual([
      ['7', 'Ada'],
      ['8', 'Bea'],
      [null, null],
    ]);
  });

  it('charge nobody with what an earlier owner let pass, and measure who took the lead over from then on', () => {
    const fields = { ownerId: '8', owner: 'Bea' };
    const taken = { kind: 'reassignment', owner: 'Bea', ownerId: '8' } as const;
    const leadOf = (...more: Sketch['facts']): Sketch => ({ ...lead('2026-03-02T09:00', ...more), fields });
    const attainmentOf = (...sketches: Sketch[]) => {
      const own = columnsOf(sketches, at('2026-03-20T18:00'));
      const [row] = peopleTable(own, request, 'rep', 'shown');
      const accept = row!.attainment.find((one) => one.commitment === 'accept')!.share;
      const cell = { commitment: 'accept', subject: 'present-owner', owedBy: 'sales' } as const;
      const filters = { rep: ['8'] };
      expect(leadsBehind(own, { ...request, filters }, { of: 'judged', ...cell }).total).toBe(accept.of);
      return [accept.part, accept.of];
    };
    // Two working hours to accept. The first owner let them pass; Bea took the lead on the next day and accepted in time.
    expect(attainmentOf(leadOf(['2026-03-03T09:00', taken], ['2026-03-03T10:00', accepted]))).toEqual([1, 1]);
    // Bea let them pass herself, in the second lead without anyone before her.
    const late = ['2026-03-05T10:00', accepted] as const;
    expect(attainmentOf(leadOf(['2026-03-03T09:00', taken], late), leadOf(late))).toEqual([0, 2]);
    // Accepted and kept before she got it.
    expect(attainmentOf(leadOf(['2026-03-02T10:00', accepted], ['2026-03-03T09:00', taken]))).toEqual([0, 0]);
  });

  it('put a lead into the local hour of its hand-off', () => {
    const cells = heatMap(columns, request, { commitment: 'accept', owedBy: 'sales' });
    expect(cells).toHaveLength(168);
    const filled = cells.filter(({ handOffs }) => handOffs > 0);
    expect(
      filled.map(({ weekday, hour: at24, handOffs, attainment }) => [
        weekday,
        at24,
        handOffs,
        attainment.part,
        attainment.of,
      ]),
    ).toEqual([
      [0, 10, 2, 2, 2],
      [1, 10, 1, 0, 1],
      [1, 23, 1, 0, 1],
    ]);
  });
});

describe('commitments that nobody measures', () => {
  it('say why', () => {
    const why = (leads: readonly Sketch[], now: string) =>
      unmeasuredIn(kpiOf(columnsOf(leads, at(now)), { window: march }), agreements).map((one) => [one.clause, one.why]);
    expect(why([], '2026-03-10T18:00').map(([, reason]) => reason)).toEqual(
      Array.from({ length: 5 }, () => 'no-leads'),
    );
    expect(why([lead('2026-03-02T10:00')], '2026-03-02T10:10')).toEqual([
      ['3.1', 'only-open'],
      ['3.2', 'only-open'],
      ['3.3', 'never-begun'],
      ['3.4', 'only-open'],
      ['4.1', 'never-begun'],
    ]);
    const unseen = { ...lead('2026-03-02T10:00'), seenAt: at('2026-03-02T10:01') };
    expect(why([unseen], '2026-03-10T18:00')[0]).toEqual(['3.1', 'only-unknown']);
  });

  it('say it of the side that owes them: what the other side owed before is no measure of it', () => {
    const other = {
      ...agreements[0]!,
      version: 3,
      commitments: [promiseOf('accept', working(60), { owedBy: 'marketing' })],
    };
    const kpi = kpiOf(columnsOf([lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted])], at('2026-03-03T10:00')), {
      window: march,
    });
    const found = unmeasuredIn(kpi, [...agreements, other]).filter(({ commitment }) => commitment === 'accept');
    expect(found).toEqual([
      { commitment: 'accept', owedBy: 'marketing', clause: null, version: 3, why: 'never-begun' },
    ]);
  });
});

describe('what lies ahead', () => {
  it('is open clocks by local day, and no result', () => {
    const now = at('2026-03-27T17:00');
    const columns = columnsOf([lead('2026-03-27T16:30'), lead('2026-03-02T10:00')], now);
    const sla = slaOf(columns, { days: 4 });
    // 120 working minutes from Friday 16:30 are Monday 09:30, over the change to summer time on Sunday.
    expect(sla.next[0]).toMatchObject({ commitment: 'accept', dueAt: Date.parse('2026-03-30T07:30:00Z') });
    expect(sla.days.map(({ date, due }) => [date, due])).toEqual([
      ['2026-03-27', 0],
      ['2026-03-28', 0],
      ['2026-03-29', 0],
      ['2026-03-30', 2],
    ]);
    expect(sla.days[2]!.to - sla.days[2]!.from).toBe(23 * hour);
    expect(sla).toMatchObject({ kind: 'sla', overdue: 3, later: 1 });
  });
});

describe('a trend', () => {
  it('knows which way is good, and has none without two values', () => {
    expect(trendOf(0.5, 0.4, 'at-least').direction).toBe('better');
    expect(trendOf(5, 4, 'at-most').direction).toBe('worse');
    expect(trendOf(4, 4, 'at-most').direction).toBe('same');
    expect(trendOf(4, null, 'at-most')).toMatchObject({ change: null, direction: null });
  });

  it('compares a calendar period with the one before, and a stretch with one of its length', () => {
    expect(windowBefore(march, timeZone)).toEqual({ from: at('2026-02-01T00:00'), to: march.from });
    const stretch = { from: at('2026-03-04T00:00'), to: at('2026-03-07T00:00') };
    expect(windowBefore(stretch, timeZone)).toEqual({ from: at('2026-03-01T00:00'), to: stretch.from });
  });
});
