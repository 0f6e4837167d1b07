/** Invariants: a dry run of what is in force changes nothing; its rows and its counts speak of the same clocks; it writes nothing. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dryRun, type DryRunInput, type DryRunReport } from '../../../lib/agreement/dry-run';
import type { Lead } from '../../../lib/lead/lead';
import { agreements, facts as anyFacts, from } from '../clock/arbitrary';
import {
  agreement,
  at,
  calendars,
  commitment,
  elapsed,
  handOff,
  hour,
  key,
  lead,
  tierChange,
  touch,
  working,
} from '../clock/build';

const first = (minutes: number, version = 1) =>
  agreement({ version, commitments: [commitment('first-touch', working(minutes))] });
const named = (id: string, fields: Lead['fields'], seenAt: number): Lead => ({
  ...lead(fields, seenAt),
  key: `${key}${id}`,
});

function finished(input: Omit<DryRunInput, 'calendars'>): DryRunReport {
  const running = dryRun({ ...input, calendars });
  for (;;) {
    const step = running.next();
    if (step.done) return step.value;
  }
}

describe('a dry run', () => {
  const now = at('mon 10:50');
  const open = [
    { lead: named('1', { owner: 'Sam', source: 'Web' }, now), facts: [handOff(at('mon 10:00'))] },
    { lead: named('2', { owner: 'Lee', source: 'Web' }, now), facts: [handOff(at('mon 10:45'))] },
    { lead: named('3', { owner: 'Lee', source: 'Fair' }, now), facts: [handOff(at('mon 09:00'))] },
  ];

  it('says which open clocks would change, with their leads', () => {
    const report = finished({ open, past: [], current: [first(60)], proposed: first(30, 2), now });
    expect(
      report.rows.map((row) => [row.lead.slice(key.length), row.now?.state, row.proposed?.state, row.proposed?.dueAt]),
    ).toEqual([
      ['1', 'at-risk', 'overdue', at('mon 10:30')],
      ['2', 'running', 'running', at('mon 11:15')],
    ]);
    expect(report.total.open).toEqual({
      now: { 'at-risk': 1, running: 1, overdue: 1 },
      proposed: { overdue: 2, running: 1 },
    });
    expect(report.byRep.map(({ name, open: counts }) => [name, counts.proposed])).toEqual([
      ['Lee', { running: 1, overdue: 1 }],
      ['Sam', { overdue: 1 }],
    ]);
    expect(report.bySource.map(({ name }) => name)).toEqual(['Fair', 'Web']);
  });

  it('what is too late already stays too late under a softer promise', () => {
    const report = finished({ open, past: [], current: [first(60)], proposed: first(480, 2), now });
    expect(report.rows.map(({ lead: one }) => one.slice(key.length))).toEqual(['1', '2']);
    expect(report.total.open.proposed).toEqual({ running: 2, overdue: 1 });
  });

  it('a promise that is new, and one that is gone, have one side only', () => {
    const proposed = agreement({ version: 2, commitments: [commitment('accept', working(60))] });
    const report = finished({ open: open.slice(0, 1), past: [], current: [first(60)], proposed, now });
    expect(
      report.rows.map(({ commitment: id, now: was, proposed: next }) => [id, was?.state ?? null, next?.state ?? null]),
    ).toEqual([
      ['first-touch', 'at-risk', null],
      ['accept', null, 'at-risk'],
    ]);
  });

  it('a draft with the number of the version in force is still told apart from it', () => {
    const report = finished({ open: open.slice(0, 1), past: [], current: [first(60)], proposed: first(30, 1), now });
    expect(report.rows).toHaveLength(1);
  });

  it('attainment of past leads, then as if it had been in force all along', () => {
    const later = at('tue 10:00');
    const past = [20, 45, 90].map((minutes, index) => ({
      lead: named(`${index}`, { owner: 'Sam', source: 'Web' }, later),
      facts: [handOff(at('mon 10:00')), touch(at('mon 10:00') + minutes * 60_000)],
    }));
    const proposed = { ...first(30, 2), effectiveFrom: '2026-03-09T00:00:00Z', enforcedFrom: '2026-03-09T00:00:00Z' };
    const report = finished({ open: [], past, current: [first(60)], proposed, now: later });
    expect(report.total.attainment).toEqual({ now: { met: 2, judged: 3 }, proposed: { met: 1, judged: 3 } });
    expect(report.byCommitment).toEqual([
      {
        name: 'first-touch',
        open: { now: {}, proposed: {} },
        attainment: { now: { met: 2, judged: 3 }, proposed: { met: 1, judged: 3 } },
      },
    ]);
    expect(report.leads).toEqual({ open: 0, past: 3 });
  });

  it('stops between any two leads: it asks for no lead before it is told to go on', () => {
    let asked = 0;
    function* many() {
      for (;;) {
        asked++;
        yield open[0]!;
      }
    }
    const running = dryRun({ open: many(), past: [], current: [first(60)], proposed: first(30, 2), calendars, now });
    expect([running.next().value, running.next().value, running.next().value]).toEqual([1, 2, 3]);
    expect(asked).toBe(3);
  });

  it('keeps at most 10,000 rows and counts the rest', () => {
    const many = Array.from({ length: 10_050 }, () => open[1]!);
    const report = finished({ open: many, past: [], current: [first(60)], proposed: first(30, 2), now });
    expect([report.rows.length, report.more, report.total.open.proposed]).toEqual([10_000, 50, { running: 10_050 }]);
  });

  it('takes nothing from what a change of tier left to do in (rules 8 and 9)', () => {
    const hot = { ...elapsed(60), when: [{ field: 'tier', operator: 'is', value: 'hot' } as const] };
    const own = agreement({ commitments: [commitment('first-touch', [hot, elapsed(240)])] });
    // An hour from the hand-off is over at 11:00; the change left until 11:05.
    const facts = [handOff(at('mon 10:00')), tierChange(at('mon 10:50'), 'hot')];
    const late = at('mon 11:02');
    const report = finished({
      open: [{ lead: lead({}, late), facts }],
      past: [],
      current: [own],
      proposed: own,
      now: late,
    });
    expect(report.total.open.now).toEqual({ 'at-risk': 1 });
    expect(report.rows).toEqual([]);
  });

  it('of what is in force changes nothing, for any lead', () => {
    fc.assert(
      fc.property(agreements, anyFacts, fc.constantFrom(0, hour, 400 * hour), ([one], given, later) => {
        const some = [
          {
            lead: lead({ tier: 'warm' }, from + later),
            facts: given.filter(({ kind }) => kind !== 'agreement-applied'),
          },
        ];
        const report = finished({ open: some, past: some, current: [one!], proposed: one!, now: from + later });
        expect(report.rows).toEqual([]);
        expect(report.total.open.proposed).toEqual(report.total.open.now);
        expect(report.total.attainment.proposed).toEqual(report.total.attainment.now);
      }),
    );
  });

  it('rows and counts speak of the same clocks, and nothing that came in is changed', () => {
    fc.assert(
      fc.property(agreements, agreements, anyFacts, ([one], [, other], given) => {
        const [current, proposed] = [one!, other!];
        const some = [{ lead: lead({ tier: 'hot' }, from + 400 * hour), facts: given }];
        const frozen = JSON.stringify([some, current, proposed]);
        const report = finished({ open: some, past: some, current: [current], proposed, now: from + 400 * hour });
        const changed = (state: string) =>
          report.rows.filter(({ proposed: next }) => next?.state === state).length -
          report.rows.filter((row) => row.now?.state === state).length;
        for (const state of ['overdue', 'at-risk', 'met', 'missed'] as const)
          expect((report.total.open.proposed[state] ?? 0) - (report.total.open.now[state] ?? 0)).toBe(changed(state));
        expect(JSON.stringify([some, current, proposed])).toBe(frozen);
      }),
    );
  });
});
