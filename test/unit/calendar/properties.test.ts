/** Invariants of the business calendar over random calendars, zones with odd clocks, and instants. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusinessCalendar, compileCalendar, OutsideWindowError } from '../../../lib/calendar';
import { calendarOn, duration, instantOn, pausesOn, stage } from './arbitraries';
import { slowCalendar } from './oracle';

const dayMs = 86_400_000;

/** A calendar on its stage, with instants. */
const scene = stage.chain((on) =>
  fc.record({
    on: fc.constant(on),
    spec: calendarOn(on),
    t: instantOn(on),
    u: instantOn(on),
    v: instantOn(on),
    pauses: pausesOn(on),
  }),
);

/** The answer, or `undefined` when it is not in the window: never, or not within it. */
function inWindow(ask: () => number | null): number | undefined {
  try {
    return ask() ?? undefined;
  } catch (error) {
    if (error instanceof OutsideWindowError) return undefined;
    throw error;
  }
}

function wide({
  on,
  spec,
}: {
  readonly on: { readonly from: number; readonly to: number };
  readonly spec: Parameters<typeof compileCalendar>[0];
}): BusinessCalendar {
  return compileCalendar(spec, { from: on.from - 400 * dayMs, to: on.to + 400 * dayMs });
}

describe('a calendar agrees with one that counts minute by minute', () => {
  test('isOpen, between, nextOpen and add', () => {
    fc.assert(
      fc.property(scene, duration, ({ on, spec, t, u }, ms) => {
        const calendar = compileCalendar(spec, on);
        const slow = slowCalendar(on, spec);
        expect(calendar.isOpen(t)).toBe(slow.isOpen(t));
        expect(calendar.between(t, u)).toBe(slow.between(t, u));
        expect(inWindow(() => calendar.nextOpen(t))).toBe(slow.add(t, 0));
        expect(inWindow(() => calendar.add(t, ms))).toBe(slow.add(t, ms));
      }),
      { numRuns: 1500 },
    );
  });

  test('worked and deadline under pauses', () => {
    fc.assert(
      fc.property(scene, duration, ({ on, spec, t, u, pauses }, ms) => {
        const calendar = compileCalendar(spec, on);
        const slow = slowCalendar(on, spec, pauses);
        expect(calendar.worked(t, u, pauses)).toBe(slow.between(t, u));
        expect(inWindow(() => calendar.deadline(t, ms, pauses))).toBe(slow.add(t, ms));
      }),
      { numRuns: 1500 },
    );
  });

  test('intervals cover exactly what is open, in order and apart', () => {
    fc.assert(
      fc.property(scene, ({ on, spec, t, u }) => {
        const calendar = compileCalendar(spec, on);
        const slow = slowCalendar(on, spec);
        const [a, b] = [Math.min(t, u), Math.max(t, u)];
        const intervals = calendar.intervals(a, b);
        let end = -Infinity;
        for (const [from, to] of intervals) {
          expect(from).toBeGreaterThan(end);
          expect(slow.between(from, to)).toBe(to - from);
          end = to;
        }
        expect(intervals.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(slow.between(a, b));
      }),
      { numRuns: 300 },
    );
  });
});

describe('adding and measuring are each other\u2019s inverse', () => {
  test('between(t, add(t, d)) is d, in both directions', () => {
    fc.assert(
      fc.property(scene, duration, (at, ms) => {
        const calendar = wide(at);
        const due = inWindow(() => calendar.add(at.t, ms));
        fc.pre(due !== undefined);
        expect(calendar.between(at.t, due)).toBe(ms);
      }),
      { numRuns: 500 },
    );
  });

  test('add is the earliest such instant: one ms less is not enough', () => {
    fc.assert(
      fc.property(scene, duration, (at, signed) => {
        const ms = Math.abs(signed) + 1;
        const calendar = wide(at);
        const due = inWindow(() => calendar.add(at.t, ms));
        fc.pre(due !== undefined);
        expect(calendar.between(at.t, due - 1)).toBe(ms - 1);
      }),
      { numRuns: 300 },
    );
  });

  test('adding in two steps is adding at once', () => {
    fc.assert(
      fc.property(scene, duration, duration, (at, one, other) => {
        const calendar = wide(at);
        const [first, second] = [Math.abs(one) + 1, Math.abs(other) + 1];
        const halfway = inWindow(() => calendar.add(at.t, first));
        fc.pre(halfway !== undefined);
        expect(inWindow(() => calendar.add(halfway, second))).toBe(inWindow(() => calendar.add(at.t, first + second)));
      }),
      { numRuns: 300 },
    );
  });

  test('between is additive over any split, and its own negative backwards', () => {
    fc.assert(
      fc.property(scene, (at) => {
        const { t, u, v } = at;
        const calendar = wide(at);
        expect(calendar.between(t, u) + calendar.between(u, v)).toBe(calendar.between(t, v));
        expect(calendar.between(t, u) + calendar.between(u, t)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a later start or a longer duration is never due earlier', () => {
    fc.assert(
      fc.property(scene, duration, duration, (at, one, other) => {
        const calendar = wide(at);
        const [early, late] = [Math.min(at.t, at.u), Math.max(at.t, at.u)];
        const [short, long] = [Math.min(one, other), Math.max(one, other)];
        // Zero is asked for apart: while closed it is the next opening (D3), later than a short time back or ahead of none.
        fc.pre(short !== 0 && long !== 0);
        const dues = [
          [inWindow(() => calendar.add(early, short)), inWindow(() => calendar.add(late, short))],
          [inWindow(() => calendar.add(early, short)), inWindow(() => calendar.add(early, long))],
        ] as const;
        for (const [before, after] of dues) {
          if (before !== undefined && after !== undefined) expect(before).toBeLessThanOrEqual(after);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('clock and fromClock are inverse, and fromClock is the earliest', () => {
    fc.assert(
      fc.property(scene, ({ on, spec, t }) => {
        const calendar = compileCalendar(spec, on);
        const reading = calendar.clock(t);
        const back = calendar.fromClock(reading);
        expect(back).not.toBeNull();
        expect(back).toBeLessThanOrEqual(t);
        expect(calendar.clock(back!)).toBe(reading);
        if (reading > 0) expect(calendar.clock(back! - 1)).toBe(reading - 1);
      }),
      { numRuns: 500 },
    );
  });

  test('the window makes no difference to an answer that it holds', () => {
    fc.assert(
      fc.property(scene, duration, (at, ms) => {
        const { on, spec, t, u, pauses } = at;
        const [narrow, broad] = [compileCalendar(spec, on), wide(at)];
        expect(narrow.isOpen(t)).toBe(broad.isOpen(t));
        expect(narrow.between(t, u)).toBe(broad.between(t, u));
        expect(narrow.intervals(on.from, on.to)).toEqual(broad.intervals(on.from, on.to));
        const due = inWindow(() => narrow.deadline(t, ms, pauses));
        if (due !== undefined) expect(broad.deadline(t, ms, pauses)).toBe(due);
      }),
      { numRuns: 300 },
    );
  });
});

describe('pauses are a set', () => {
  test('their order, and stating one twice or in pieces, changes nothing', () => {
    fc.assert(
      fc.property(scene, duration, fc.integer({ min: 0, max: 3 }), (at, ms, which) => {
        const { t, u, pauses } = at;
        const calendar = wide(at);
        const again = pauses[which % Math.max(1, pauses.length)];
        const pieces = pauses.flatMap(([from, to]) => [
          [from, (from + to) / 2] as const,
          [(from + to) / 2, to] as const,
        ]);
        const same = [pauses.toReversed(), again ? [...pauses, again] : pauses, pieces];
        for (const other of same) {
          expect(calendar.worked(t, u, other)).toBe(calendar.worked(t, u, pauses));
          expect(inWindow(() => calendar.deadline(t, ms, other))).toBe(
            inWindow(() => calendar.deadline(t, ms, pauses)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('until the deadline exactly the duration is worked, and one ms earlier less', () => {
    fc.assert(
      fc.property(scene, duration, (at, signed) => {
        const ms = Math.abs(signed) + 1;
        const { t, pauses } = at;
        const calendar = wide(at);
        const due = inWindow(() => calendar.deadline(t, ms, pauses));
        fc.pre(due !== undefined);
        expect(calendar.worked(t, due, pauses)).toBe(ms);
        expect(calendar.worked(t, due - 1, pauses)).toBe(ms - 1);
      }),
      { numRuns: 500 },
    );
  });

  test('one that begins at the deadline or later never moves it, even without end', () => {
    fc.assert(
      fc.property(scene, duration, fc.nat({ max: 3 * dayMs }), (at, signed, later) => {
        const ms = Math.abs(signed) + 1;
        const { t, pauses } = at;
        const calendar = wide(at);
        const due = inWindow(() => calendar.deadline(t, ms, pauses));
        fc.pre(due !== undefined);
        expect(calendar.deadline(t, ms, [...pauses, [due + later, Infinity]])).toBe(due);
        expect(calendar.deadline(t, ms, [...pauses, [due - 1, Infinity]])).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
