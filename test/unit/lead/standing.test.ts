import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standing } from '../../../lib/lead/standing';
import { at, clocks, fact, handOff, iso, only, pause, promising, touch, working } from '../clock/build';

const nine = at('mon 09:00');
const first = promising('first-touch', { target: working(60).target });

describe('a correction', () => {
  const wrong = touch(at('mon 09:30'));
  const right = touch(at('mon 10:30'), { replaces: wrong.id });

  it('takes the place of the fact that it names, whichever is read first', () => {
    for (const facts of [
      [wrong, right],
      [right, wrong],
    ]) {
      expect(standing(facts)).toEqual([right]);
      expect(only({ facts: [handOff(nine), ...facts], now: at('mon 12:00'), agreements: [first] })).toMatchObject({
        state: 'missed',
        doneAt: right.at,
      });
    }
  });

  it('of a correction stands, and what it replaced does not come back', () => {
    const third = touch(at('mon 09:45'), { replaces: right.id });
    expect(standing([third, wrong, right])).toEqual([third]);
  });

  it('of a fact that is not known here is a fact like any other', () => {
    expect(standing([right])).toEqual([right]);
  });
});

describe('a retraction', () => {
  it('takes a pause back as if it had not been said', () => {
    const held = pause(at('mon 09:10'));
    const back = fact(at('mon 09:20'), { kind: 'retraction', replaces: held.id });
    const facts = [handOff(nine), held, back];
    expect(standing(facts)).toEqual([facts[0]]);
    const [clock] = clocks({ facts, now: at('mon 09:30'), agreements: [first] });
    expect(clock?.state).toBe('running');
    expect(iso(clock?.dueAt ?? 0)).toBe(iso(at('mon 10:00')));
  });
});

it('what stands does not depend on the order, and standing twice is standing once', () => {
  const facts = [touch(nine), touch(at('mon 11:00')), pause(at('tue 09:00'))];
  const corrections = facts.map((one, index) => touch(at('wed 09:00') + index, { replaces: one.id }));
  fc.assert(
    fc.property(fc.shuffledSubarray([...facts, ...corrections]), (some) => {
      const stands = standing(some);
      expect(standing(stands)).toEqual(stands);
      const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).toSorted();
      expect(ids(standing(some.toReversed()))).toEqual(ids(stands));
    }),
  );
});
