/** What holds for every lead, whatever happened to it. */
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { evaluate, evaluateAll, tick, type Clock } from '../../../lib/clock';
import { targetLength } from '../../../lib/clock/own-time';
import { agreements, facts, instant, madrid } from './arbitrary';
import { calendars, hour, lead, minute, steps } from './build';

const clocksOf = (given: {
  facts: Parameters<typeof evaluate>[1];
  agreements: Parameters<typeof evaluate>[2];
  now: number;
  seenAt: number;
}): Clock[] => evaluate(lead({ tier: 'warm' }, given.seenAt), given.facts, given.agreements, calendars, given.now);

const anyCase = fc.record({ facts, agreements, now: instant, seenAt: instant });
const openHours = (now: number, to: number) => calendars.covering(madrid, now, to).intervals(now, to);

describe('evaluate', () => {
  it('does not depend on the order of facts, nor on how often they are told', () => {
    fc.assert(
      fc.property(anyCase, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const told = [...given.facts, ...given.facts.filter((_, index) => index % 2 === 0)]
          .map((one) => ({ one, place: numbers.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(clocksOf({ ...given, facts: told })).toEqual(clocksOf(given));
      }),
    );
  });

  it('gives some of the clocks that the lead ever had: each as it stands among all of them', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const all = evaluateAll(
          lead({ tier: 'warm' }, given.seenAt),
          given.facts,
          given.agreements,
          calendars,
          given.now,
        );
        for (const clock of clocksOf(given)) expect(all).toContainEqual(clock);
        // What came before the present ones is over, but for flags: each waits for an answer of its own.
        const present = new Set(clocksOf(given).map((clock) => JSON.stringify(clock)));
        for (const clock of all)
          if (clock.commitment !== 'fix-data' && clock.startAt !== null && !present.has(JSON.stringify(clock)))
            expect(clock.doneAt).not.toBeNull();
      }),
    );
  });

  it('gives plain JSON: no Infinity, no NaN, no undefined', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const all = clocksOf(given);
        expect(JSON.parse(JSON.stringify(all))).toStrictEqual(all);
      }),
    );
  });

  it('keeps its own promises: what is set with what', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        for (const clock of clocksOf(given)) {
          expect(clock.unknown !== null).toBe(clock.state === 'unknown');
          expect(clock.nextChangeAt).toBe(clock.upcoming[0]?.at ?? null);
          const { startAt, dueAt, doneAt, leftMs, runsFrom, atRiskAt } = clock;
          if (['met', 'missed', 'ended'].includes(clock.state)) expect(doneAt).not.toBeNull();
          if (doneAt !== null) expect(doneAt).toBeLessThanOrEqual(given.now);
          if (startAt !== null && doneAt !== null) expect(doneAt).toBeGreaterThanOrEqual(startAt);
          if (dueAt !== null) expect(startAt! <= runsFrom! && runsFrom! <= dueAt && atRiskAt! <= dueAt).toBe(true);
          if (leftMs !== null && dueAt !== null)
            expect(leftMs >= 0).toBe((doneAt ?? given.now) <= dueAt || leftMs === 0);
          if (clock.state === 'overdue') expect(given.seenAt).toBeGreaterThan(dueAt!);
        }
      }),
    );
  });

  it('rule 6: a pause moves a due instant later or not at all', () => {
    fc.assert(
      fc.property(anyCase, instant, instant, (given, one, other) => {
        const base = given.facts.filter(({ kind }) => kind === 'hand-off');
        const [start, end] = [Math.min(one, other), Math.max(one, other) + 1];
        const pause = { ...base[0]!, id: 'p', at: start, kind: 'pause', reason: 'waiting', until: end } as const;
        if (!base[0]) return;
        const late = Math.max(given.now, start);
        const [without, withIt] = [base, [...base, pause]].map((list) =>
          clocksOf({ ...given, facts: list, now: late }),
        );
        for (const clock of without!) {
          const paused = withIt!.find((each) => each.commitment === clock.commitment)!;
          if (clock.dueAt !== null && paused.dueAt !== null) expect(paused.dueAt).toBeGreaterThanOrEqual(clock.dueAt);
          if (clock.dueAt !== null && clock.dueAt < start) expect(paused.dueAt).toBe(clock.dueAt);
        }
      }),
    );
  });
});

describe('the zone of the process', () => {
  const before = process.env.TZ;
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  it('makes no difference', () => {
    const samples = fc.sample(anyCase, { numRuns: 40, seed: 7 });
    const inZone = (zone: string) => {
      process.env.TZ = zone;
      return { offset: new Date(0).getTimezoneOffset(), json: JSON.stringify(samples.map(clocksOf)) };
    };
    const [west, east] = [inZone('Pacific/Honolulu'), inZone('Pacific/Auckland')];
    expect(west.offset).not.toBe(east.offset);
    expect(west.json).toBe(east.json);
  });
});

describe('tick', () => {
  it('agrees with a later evaluation when nothing new happened', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 80 * hour }), (given, later) => {
        const known = given.facts.filter((one) => one.at <= given.now);
        const then = given.now + later;
        const isHandedOver = known.some(({ kind }) => kind === 'hand-off');
        // What was looked at before its due instant: a newer look is news, and a tick has none.
        const seenAt = Math.min(given.seenAt, given.now);
        const now = clocksOf({ ...given, facts: known, seenAt });
        const after = clocksOf({ ...given, facts: known, seenAt, now: then });
        for (const clock of now) {
          const same = after.find(
            (each) =>
              each.commitment === clock.commitment && each.subject === clock.subject && each.startAt === clock.startAt,
          )!;
          const open = clock.calendar === null ? null : openHours(given.now, then + 1);
          const shown = tick(clock, open, then);
          // Without a hand-off a clock follows the version in force, and a new one is news, too.
          if (!isHandedOver && same.agreementVersion !== clock.agreementVersion) continue;
          // A pause that is known by its status only may blur a miss later on; the page can't know.
          if (same.unknown === 'evidence' && clock.unknown !== 'evidence') continue;
          expect(shown).toEqual({ state: same.state, leftMs: same.leftMs });
        }
      }),
    );
  });
});

describe('explain', () => {
  it('counts exactly the target, in an unbroken row from start to due', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        for (const clock of clocksOf(given)) {
          const told = steps(clock, given.agreements[clock.agreementVersion - 1]!, given.now);
          expect(told.length).toBeLessThanOrEqual(60);
          if (clock.dueAt === null || clock.startAt === null) {
            expect(told.at(-1)?.kind).toBe('no-due');
            continue;
          }
          expect(told.at(-1)).toMatchObject({ kind: 'due', at: clock.dueAt });
          const counted = told.reduce((sum, step) => sum + ('countedMs' in step ? step.countedMs : 0), 0);
          expect(counted).toBe(targetLength(clock.target) + (clock.extended?.ms ?? 0));
          if (told.some((step) => step.kind === 'more')) continue;
          let reached = clock.startAt;
          for (const step of told) {
            if (!('from' in step)) continue;
            expect(step.from).toBe(reached);
            reached = step.to!;
          }
          expect(reached).toBe(clock.dueAt);
          expect(told.findLast((step) => step.kind === 'open')).toMatchObject({ leftMs: 0 });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a very long clock', () => {
  it('is explained in at most 60 steps', () => {
    const [agreement] = fc.sample(agreements, 1)[0]!;
    const long = {
      ...agreement!,
      commitments: [
        { ...agreement!.commitments[0]!, rules: [{ target: { workingMinutes: 60 * 2_000, calendar: 'office' } }] },
      ],
    };
    const start = {
      id: 'a',
      lead: 'x',
      at: Date.parse('2026-03-02T10:00:00Z'),
      author: 'ada',
      evidence: 'person',
      kind: 'hand-off',
    } as const;
    const [clock] = evaluate(lead({}, start.at), [start], [long], calendars, start.at + minute);
    const told = steps(clock!, long, start.at + minute);
    expect(told).toHaveLength(60);
    const counted = told.reduce((sum, step) => sum + ('countedMs' in step ? step.countedMs : 0), 0);
    expect(counted).toBe(2_000 * hour);
  });
});
