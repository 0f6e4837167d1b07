/** Who is told of a clock, and when. An overdue that nobody has seen to be one is none (rule 12). */
import { describe, expect, it } from 'vitest';
import type { EscalationLevel } from '../../../lib/agreement/schema';
import { escalationsOf } from '../../../lib/clock/escalation';
import type { Clock } from '../../../lib/clock/types';

const minute = 60_000;
const atRiskAt = 1_000 * minute;
const dueAt = 1_015 * minute;
const levels: EscalationLevel[] = [
  { id: 'risk', on: 'at-risk', afterMinutes: 0, tell: 'owner', unowned: 'Sales desk' },
  { id: 'late', on: 'overdue', afterMinutes: 0, tell: 'owner' },
  { id: 'boss', on: 'overdue', afterMinutes: 60, tell: 'manager', commitments: ['first-touch'] },
  { id: 'ana', on: 'overdue', afterMinutes: 120, tell: { name: 'Ana' } },
];

const clock = (more: Partial<Clock>): Clock => ({
  lead: 'k',
  commitment: 'first-touch',
  subject: 'lead',
  owedBy: 'sales',
  clause: null,
  agreementVersion: 1,
  target: { elapsedMinutes: 60 },
  calendar: null,
  state: 'overdue',
  startAt: 955 * minute,
  runsFrom: 955 * minute,
  dueAt,
  atRiskAt,
  doneAt: null,
  doneEarliest: null,
  leftMs: -1,
  asOf: dueAt,
  pauses: [],
  upcoming: [],
  nextChangeAt: null,
  unknown: null,
  unknownSince: null,
  ...more,
});

const reached = (more: Partial<Clock>, now: number, owner: string | null = 'Lucía'): string[] =>
  escalationsOf([clock(more)], levels, owner, now).map(({ level }) => level);

describe('escalation', () => {
  it('rises with elapsed time, the latest level last', () => {
    expect(reached({ state: 'running' }, atRiskAt - 1)).toEqual([]);
    expect(reached({ state: 'at-risk' }, atRiskAt)).toEqual(['risk']);
    expect(reached({}, dueAt)).toEqual(['risk', 'late']);
    expect(reached({}, dueAt + 60 * minute)).toEqual(['risk', 'late', 'boss']);
    expect(reached({}, dueAt + 120 * minute)).toEqual(['risk', 'late', 'boss', 'ana']);
  });

  it('stops at "at risk" while nobody has seen that it is overdue', () => {
    expect(reached({ state: 'unknown', unknown: 'stale' }, dueAt + 200 * minute)).toEqual(['risk']);
  });

  it('is over with the clock, rests while it is paused, and is for the commitments that it names', () => {
    expect(reached({ state: 'missed', doneAt: dueAt + 1 }, dueAt + 200 * minute)).toEqual([]);
    expect(reached({ state: 'paused' }, dueAt)).toEqual([]);
    expect(reached({ commitment: 'accept' }, dueAt + 90 * minute)).toEqual(['risk', 'late']);
  });

  it('tells who is named for it where a lead has no owner, else the side that owes it', () => {
    const [risk, late] = escalationsOf([clock({})], levels, null, dueAt);
    expect(risk?.to).toEqual({ role: 'named', name: 'Sales desk' });
    expect(late?.to).toEqual({ role: 'sales', name: null });
    expect(escalationsOf([clock({})], levels, 'Lucía', dueAt)[0]).toMatchObject({
      to: { role: 'owner', name: 'Lucía' },
      since: atRiskAt,
    });
  });
});
