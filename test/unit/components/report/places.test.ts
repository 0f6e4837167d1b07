/** Invariant: a row's place depends on its hand-off and lead alone, goes up with time, and says how many days share it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherDays, placeOf, spanFor, spanOf } from '../../../../components/report/places';

const day = 86_400_000;
const span = fc.integer({ min: 1, max: 31 });
const handOff = fc.integer({ min: -8.64e15, max: 8.64e15 });

describe('the place of a row that is kept', () => {
  it('goes up with the hand-off, and holds as many days as it says', () => {
    fc.assert(
      fc.property(span, handOff, handOff, (days, one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const [before, after] = [placeOf(first, 'a', days), placeOf(second, 'b', days)];
        expect(before).toBeLessThanOrEqual(after);
        expect(before).toBeGreaterThan(otherDays.factsOnly);
        expect(spanOf([otherDays.noHandOff - 3, before])).toBe(days);
        if (before === after) expect(second - first).toBeLessThan(days * day);
        else expect(Math.floor(second / day)).toBeGreaterThan(Math.floor(first / day));
      }),
    );
  });

  it('of a lead that nobody handed over is one of 64 of their own, which name no span', () => {
    const places = Array.from({ length: 2_000 }, (_, at) => placeOf(Number.POSITIVE_INFINITY, `lead ${at}`, 7));
    expect(new Set(places).size).toBe(64);
    expect(Math.max(...places)).toBeLessThanOrEqual(otherDays.noHandOff);
    expect(spanOf(places)).toBeNull();
  });
});

describe('days that share an entry', () => {
  it('make a few hundred leads, but are never more than a month', () => {
    expect([spanFor(10_000, 365), spanFor(100_000, 365), spanFor(40, 30), spanFor(0, 0), spanFor(9, 9)]).toEqual([
      11, 1, 31, 1, 31,
    ]);
  });
});
