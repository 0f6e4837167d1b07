/** The leads behind numbers that count clocks or flags, and behind what lies ahead. */
import { describe, expect, it } from 'vitest';
import { createColumns, digestOf, kpiOf, leadsBehind, slaOf, type Cell } from '../../../lib/report';
import { accepted, at, columnsOf, handOff, rejected, type Sketch } from './build';
import { calendars, madrid, now, quarter, tellQuarter, timeZone } from './quarter';

const march = { from: at('2026-03-01T00:00'), to: Date.parse('2026-03-31T22:00:00Z') };
const lead = (start: string, ...more: Sketch['facts']): Sketch => ({ facts: [[start, handOff], ...more] });
const names = (keys: readonly string[]): string[] => keys.map((key) => key.split('|').at(-1) ?? '');

describe('behind an answer to flags', () => {
  const columns = columnsOf(
    [
      lead('2026-03-02T10:00', ['2026-03-02T11:00', rejected('data', true)]),
      lead(
        '2026-03-02T10:00',
        ['2026-03-02T11:00', { kind: 'flag', axis: 'readiness', reason: 'data', data: true }],
        ['2026-03-02T12:00', { kind: 'flag-answer', answers: '2-1', answer: 'fixed' }],
        ['2026-03-02T13:00', { kind: 'flag', axis: 'fit', reason: 'size' }],
        ['2026-03-02T14:00', { kind: 'flag-answer', answers: '2-3', answer: 'fixed' }],
      ),
      lead('2026-03-02T10:00', ['2026-03-02T11:00', accepted]),
    ],
    at('2026-03-10T18:00'),
  );
  const behind = (cell: Cell): string[] => names(leadsBehind(columns, { window: march }, cell).leads);

  it('stand the leads of these flags, each once', () => {
    const { answers } = kpiOf(columns, { window: march }).quality;
    expect(answers.parts.find(({ id }) => id === 'fixed')?.count).toBe(2);
    expect(behind({ of: 'answer', part: 'fixed' })).toEqual(['2']);
    expect(behind({ of: 'answer', part: 'unanswered' })).toEqual(['1']);
    expect(behind({ of: 'answer', part: 'agreed' })).toEqual([]);
    expect(behind({ of: 'wait', until: 'answer', time: 'elapsed' })).toEqual(['2']);
    expect(behind({ of: 'without-data-flag' })).toEqual(['3']);
  });
});

describe('behind what lies ahead', () => {
  const asOf = at('2026-03-27T17:00');
  const unseen = { ...lead('2026-03-26T16:00'), seenAt: at('2026-03-26T16:30') };
  const columns = columnsOf([lead('2026-03-27T16:30'), lead('2026-03-02T10:00'), unseen], asOf);
  const sla = slaOf(columns, { days: 4 });
  // No window is asked for: an old hand-off may have a clock that is due tomorrow.
  const behind = (cell: Cell): string[] =>
    names(leadsBehind(columns, { window: { from: asOf, to: asOf } }, cell).leads);

  it('stand the leads with such a clock, whenever they were handed over', () => {
    expect(sla.overdue).toBeGreaterThan(0);
    expect(behind({ of: 'ahead', part: 'overdue' })).toEqual(['2']);
    expect(sla.passed).toBeGreaterThan(0);
    expect(behind({ of: 'ahead', part: 'passed' })).toEqual(['3']);
    expect(sla.withoutDue).toBe(0);
    expect(behind({ of: 'ahead', part: 'without-due' })).toEqual([]);
  });

  it('stand those of one day, side by side with those of later days', () => {
    const [monday, end] = [sla.days[3]!, sla.days.at(-1)!.to];
    expect(monday.byParty).toEqual({ marketing: 0, sales: 2 });
    expect(behind({ of: 'due', from: monday.from, to: monday.to, owedBy: 'sales' })).toEqual(['1']);
    expect(behind({ of: 'due', from: monday.from, to: monday.to, owedBy: 'marketing' })).toEqual([]);
    expect(behind({ of: 'due', from: monday.from, to: monday.to })).toEqual(['1']);
    expect(sla.later).toBeGreaterThan(0);
    expect(behind({ of: 'due', from: end, to: Number.POSITIVE_INFINITY }).length).toBeGreaterThan(0);
    expect(behind({ of: 'due', from: asOf, to: monday.from })).toEqual([]);
  });
});

describe('behind every number of leads of a quarter', () => {
  const measure = { spec: madrid, calendars };
  const completeOf = (index: number): boolean | null => (index % 5 === 0 ? null : index % 2 === 0);
  const digests = tellQuarter(500, 7).map(({ lead: told, facts, clocks }, index) =>
    digestOf({ lead: told, facts, clocks, now, measure, complete: completeOf(index) }),
  );
  const columns = createColumns(digests, { timeZone, now });
  const kpi = kpiOf(columns, { window: quarter });
  const { quality, outcome, efficiency, about } = kpi;
  const total = (cell: Cell): number => leadsBehind(columns, { window: quarter }, cell).total;

  it.each<[string, Cell, number]>([
    ['handed over', { of: 'hand-offs' }, kpi.handOffs],
    ['accepted', { of: 'verdict', part: 'accepted' }, quality.accepted.part],
    ['decided', { of: 'decided' }, quality.accepted.of],
    ['flagged', { of: 'flagged' }, quality.flagged.part],
    ['without a data flag', { of: 'without-data-flag' }, quality.noDataFlag.part],
    ['complete', { of: 'complete', part: 'complete' }, quality.complete.part],
    ['with data that is known', { of: 'data-known' }, quality.complete.of],
    ['recycled', { of: 'recycled' }, quality.recycled.part],
    ['disputed', { of: 'disputed' }, quality.disputed.part],
    ['answerable', { of: 'answerable' }, quality.disputed.of],
    ['qualified', { of: 'qualified' }, outcome.qualified.part],
    ['won', { of: 'outcome', part: 'won' }, outcome.won.part],
    ['lost', { of: 'lost' }, outcome.lost.part],
    ['left behind', { of: 'left-behind' }, efficiency.leftBehind.part],
    ['that answered', { of: 'attempts' }, efficiency.attempts.n],
    ['observed', { of: 'observed' }, about.observed.part],
    ['inexact', { of: 'inexact' }, about.inexact],
    ['learnt of late', { of: 'late' }, about.late],
    ['without a hand-off', { of: 'without-hand-off' }, about.withoutHandOff],
  ])('%s stand as many as it says', (_, cell, count) => {
    expect(count).toBeGreaterThan(0);
    expect(total(cell)).toBe(count);
  });

  it('stand those of every part, and of reasons added up', () => {
    for (const { id, count } of quality.verdicts.parts) expect(total({ of: 'verdict', part: id })).toBe(count);
    for (const { id, count } of quality.completeness.parts) expect(total({ of: 'complete', part: id })).toBe(count);
    for (const { id, count } of quality.readiness.parts) expect(total({ of: 'readiness', part: id })).toBe(count);
    for (const { id, count } of quality.fates.parts) expect(total({ of: 'fate', part: id })).toBe(count);
    for (const { id, count } of outcome.outcomes.parts) expect(total({ of: 'outcome', part: id })).toBe(count);
    for (const { id, count } of efficiency.causes.parts) expect(total({ of: 'cause', part: id })).toBe(count);
    for (const { id, count } of quality.flagReasons.parts) expect(total({ of: 'flag-reason', part: id })).toBe(count);
    const { parts, of } = quality.rejectReasons;
    let reached = 0;
    parts.forEach(({ id, count }, index) => {
      expect(total({ of: 'reject-reason', part: id })).toBe(count);
      reached += count;
      expect(total({ of: 'reject-reasons', parts: parts.slice(0, index + 1).map((part) => part.id) })).toBe(reached);
    });
    expect(reached).toBe(of);
  });

  it('stand those of every promise: in time, judged, and timed', () => {
    for (const { commitment, subject, owedBy, attainment, results, distribution } of kpi.responsiveness) {
      // The others come again: such clocks are counted one by one, and a lead with several is listed once.
      if (subject === 'owner' || !['accept', 'first-touch', 'resolve'].includes(commitment)) continue;
      const own = { commitment, subject, owedBy } as const;
      expect(total({ of: 'judged', ...own })).toBe(attainment.of);
      for (const { id, count } of results.parts) expect(total({ of: 'clock', ...own, result: id })).toBe(count);
      expect(total({ of: 'response-time', ...own, time: 'elapsed' })).toBe(distribution.n);
      distribution.bins.forEach(({ count }, bin) => expect(total({ of: 'bin', ...own, bin })).toBe(count));
    }
  });

  it('stand those of a promise that comes again, each once however many of its clocks are counted', () => {
    const inPeriod = digests.filter(({ handOff: from }) => from !== null && from >= quarter.from && from < quarter.to);
    let several = 0;
    for (const { commitment, subject, owedBy, results } of kpi.responsiveness)
      for (const { id, count } of results.parts) {
        const clocksOf = (one: (typeof digests)[number]) =>
          one.clocks.filter((clock) => clock.commitment === commitment && clock.subject === subject);
        const those = inPeriod.filter((one) =>
          id === 'not-judged' ? clocksOf(one).length === 0 : clocksOf(one).some(({ result }) => result === id),
        );
        expect(total({ of: 'clock', commitment, subject, owedBy, result: id })).toBe(those.length);
        if (count > those.length) several += 1;
      }
    expect(several).toBeGreaterThan(0);
  });
});
