import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../lib/lead/facts';
import { continued, factsOfAll, factsOfStretch, type History } from '../../../lib/ledger/history';
import { key } from './support';

const lead = key('1');
const fact = (id: number, at = id): Fact => ({ id: String(id), lead, at }) as unknown as Fact;
const facts = (from: number, count: number): Fact[] => Array.from({ length: count }, (_, turn) => fact(from + turn));

/** Writes as the database does: a stretch with the same number takes the place of the one before. */
function write(stretches: readonly History[], more: readonly Fact[]): History[] {
  const all = new Map(stretches.map((stretch) => [stretch.part, stretch]));
  for (const stretch of continued(lead, stretches.at(-1), more)) all.set(stretch.part, stretch);
  return [...all.values()].sort((a, b) => a.part - b.part);
}

describe('the history of a lead', () => {
  it('holds every fact once and in stretches that are not too long, however many come at once', () => {
    const batches = fc.array(fc.integer({ min: 0, max: 3 * factsOfStretch }), { maxLength: 12 });
    fc.assert(
      fc.property(batches, (sizes) => {
        let stretches: History[] = [];
        let next = 0;
        for (const size of sizes) {
          stretches = write(stretches, facts(next, size));
          next += size;
        }
        expect(stretches.flatMap((one) => one.facts)).toEqual(facts(0, next));
        expect(stretches.map(({ part }) => part)).toEqual(stretches.map((_, place) => place));
        for (const one of stretches) {
          expect(one.newest).toBe(Math.max(...one.facts.map(({ at }) => at)));
          expect(one.facts.length).toBeLessThanOrEqual(factsOfStretch);
        }
        // All but the last are full: a long history is not spread over many short ones.
        for (const one of stretches.slice(0, -1)) expect(one.facts).toHaveLength(factsOfStretch);
      }),
    );
  });

  it('knows its newest fact, whatever the order in which facts were learnt', () => {
    const [first] = continued(lead, undefined, [fact(1, 50), fact(2, 20)]);
    expect(first?.newest).toBe(50);
    expect(continued(lead, first, [fact(3, 10)])[0]?.newest).toBe(50);
    expect(continued(lead, first, [fact(3, 70)])[0]?.newest).toBe(70);
    expect(continued(lead, undefined, [fact(4, Number.NaN)])[0]?.newest).toBe(0);
  });

  it('is told in the same order on every computer', () => {
    const order = fc.shuffledSubarray(facts(10, 80), { minLength: 80 });
    fc.assert(
      fc.property(order, (learnt) => {
        expect(factsOfAll(write([], learnt)).map(({ id }) => id)).toEqual(facts(10, 80).map(({ id }) => id));
      }),
    );
  });

  it('leaves a damaged stretch as it is and goes on behind it', () => {
    const damaged = { lead, part: 3, newest: 5, facts: 'nonsense' } as unknown as History;
    expect(continued(lead, damaged, [fact(1)])).toEqual([{ lead, part: 4, newest: 1, facts: [fact(1)] }]);
    expect(factsOfAll([damaged])).toEqual([]);
  });
});
