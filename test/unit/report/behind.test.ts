/** The leads behind numbers that count clocks or flags, and behind what lies ahead. */
import { describe, expect, it } from 'vitest';
import { kpiOf, leadsBehind, slaOf, type Cell } from '../../../lib/report';
import { accepted, at, columnsOf, handOff, rejected, type Sketch } from './build';

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
  const now = at('2026-03-27T17:00');
  const unseen = { ...lead('2026-03-26T16:00'), seenAt: at('2026-03-26T16:30') };
  const columns = columnsOf([lead('2026-03-27T16:30'), lead('2026-03-02T10:00'), unseen], now);
  const sla = slaOf(columns, { days: 4 });
  // No window is asked for: an old hand-off may have a clock that is due tomorrow.
  const behind = (cell: Cell): string[] => names(leadsBehind(columns, { window: { from: now, to: now } }, cell).leads);

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
    expect(behind({ of: 'due', from: now, to: monday.from })).toEqual([]);
  });
});
