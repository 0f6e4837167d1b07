import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUrgency, type Clock } from '../../../lib/clock';
import { clockStates } from '../../../lib/clock/types';
import { at, handOff, only } from './build';

const base = only({ facts: [handOff(at('mon 10:00'))], now: at('mon 10:10') });
const clock = (more: Partial<Clock>): Clock => ({ ...base, ...more });

describe('urgency', () => {
  it('overdue, passed but stale, at risk, running, scheduled, paused, unknown, and what is over', () => {
    const wanted = [
      clock({ state: 'overdue', leftMs: -9 }),
      clock({ state: 'overdue', leftMs: -3 }),
      clock({ state: 'unknown', unknown: 'stale', leftMs: -30 }),
      clock({ state: 'at-risk', leftMs: 1, dueAt: 9 }),
      clock({ state: 'at-risk', leftMs: 2, dueAt: 5 }),
      clock({ state: 'running', leftMs: 20, dueAt: 10 }),
      clock({ state: 'running', leftMs: 10, dueAt: 20 }),
      clock({ state: 'scheduled', dueAt: 7 }),
      clock({ state: 'paused', dueAt: 7 }),
      clock({ state: 'paused', dueAt: null }),
      clock({ state: 'unknown', unknown: 'no-start', dueAt: null }),
      clock({ state: 'missed' }),
      clock({ state: 'ended' }),
      clock({ state: 'met' }),
    ];
    expect(wanted.toReversed().sort(compareUrgency)).toEqual(wanted);
  });

  const anyClock = fc
    .record({
      state: fc.constantFrom(...clockStates),
      unknown: fc.constantFrom('no-start', 'stale', 'touches', 'evidence', null),
      leftMs: fc.option(fc.integer({ min: -3, max: 3 })),
      dueAt: fc.option(fc.integer({ min: 0, max: 3 })),
      commitment: fc.constantFrom('accept', 'first-touch'),
      subject: fc.constantFrom('lead', 'owner'),
      lead: fc.constantFrom('a', 'b'),
    })
    .map((more) => clock(more as Partial<Clock>));
  it('is a total order: antisymmetric, transitive, and a tie is the same clock', () => {
    fc.assert(
      fc.property(anyClock, anyClock, anyClock, (a, b, c) => {
        expect(Math.sign(compareUrgency(a, b))).toBe(0 - Math.sign(compareUrgency(b, a)));
        if (compareUrgency(a, b) <= 0 && compareUrgency(b, c) <= 0) expect(compareUrgency(a, c)).toBeLessThanOrEqual(0);
        expect(compareUrgency(a, { ...a })).toBe(0);
      }),
    );
  });
});
