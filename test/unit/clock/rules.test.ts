/** Every rule of the clock in the product's own order, one or more examples each. */
import { describe, expect, it } from 'vitest';
import type { Agreement, CommitmentId } from '../../../lib/agreement/schema';
import { calendarProblems } from '../../../lib/calendar';
import { formatLeft } from '../../../lib/clock';
import type { Fact } from '../../../lib/lead/facts';
import type { LeadFields } from '../../../lib/lead/lead';
import {
  agreement,
  at,
  clocks,
  commitment,
  disposition,
  dueAt,
  elapsed,
  fact,
  handOff,
  hour,
  inbound,
  iso,
  minute,
  office,
  only,
  pause,
  promising,
  reassignment,
  reopen,
  resume,
  steps,
  tierChange,
  touch,
  verdict,
  working,
} from './build';

describe('rule 1: intervals are half-open', () => {
  it('rule 1: a deadline that falls exactly on closing time stays there', () => {
    expect(dueAt(at('fri 16:00'), working(60))).toBe(iso(at('fri 17:00')));
  });
  it('rule 1: a clock that starts exactly at closing starts at the next opening', () => {
    const clock = only({ facts: [handOff(at('fri 17:00'))], now: at('fri 17:00') });
    expect(clock).toMatchObject({ state: 'scheduled', runsFrom: at('mon 09:00', 1), dueAt: at('mon 10:00', 1) });
  });
});

describe('rule 2: met means at or before the due instant', () => {
  const judgedAt = (done: number) =>
    only({ facts: [handOff(at('mon 10:00')), touch(done)], now: at('tue 12:00') }).state;
  it('rule 2: at the due instant is in time, 1 ms later is not', () => {
    expect(judgedAt(at('mon 11:00'))).toBe('met');
    expect(judgedAt(at('mon 11:00') + 1)).toBe('missed');
  });
  it('rule 2: nobody is late at the due instant itself', () => {
    const now = at('mon 11:00');
    const clock = only({ facts: [handOff(at('mon 10:00'))], now });
    expect(clock).toMatchObject({ state: 'at-risk', leftMs: 0, nextChangeAt: now + 1 });
    expect(only({ facts: [handOff(at('mon 10:00'))], now: now + 1 }).state).toBe('overdue');
  });
});

describe('rule 3: working time of a calendar, or elapsed time', () => {
  it('rule 3: 24 elapsed hours run through the weekend, 24 working hours do not', () => {
    expect(dueAt(at('fri 16:00'), elapsed(24 * 60))).toBe(iso(at('sat 16:00')));
    expect(dueAt(at('fri 16:00'), working(24 * 60))).toBe(iso(at('wed 16:00', 1)));
  });
  it('rule 3: no length is ever shown as a day', () => {
    expect(formatLeft(120 * hour, 'en')).toBe('120 h');
  });
});

describe('rule 4: local boundaries become instants, between them is elapsed time', () => {
  const night = {
    timeZone: 'Europe/Madrid',
    weekly: { sat: [['22:00', '06:00']] as const, sun: [['09:00', '17:00']] as const },
  };
  it('rule 4: a 09–17 day is 8 h on the day of the change, a night across it 7', () => {
    // 2026-03-29 02:00 → 03:00 in Madrid.
    expect(dueAt(Date.parse('2026-03-29T07:00:00Z'), working(480), night)).toBe('2026-03-29T15:00:00.000Z');
    expect(dueAt(Date.parse('2026-03-28T21:00:00Z'), working(420), night)).toBe('2026-03-29T04:00:00.000Z');
  });
});

describe('rule 5: a calendar that never opens', () => {
  const never = { timeZone: 'UTC', weekly: {} };
  it('rule 5: is rejected where it is written', () => {
    expect(calendarProblems(never).map((problem) => problem.code)).toContain('never-opens');
  });
  it('rule 5: gives a clock without a due instant, and no loop', () => {
    const own = agreement({ calendars: { office: never } });
    const clock = only({ facts: [handOff(at('mon 10:00'))], now: at('tue 10:00'), agreements: [own] });
    expect(clock).toMatchObject({ state: 'unknown', unknown: 'no-due', dueAt: null, leftMs: null, upcoming: [] });
    expect(steps(clock, own, at('tue 10:00'))).toEqual([
      { kind: 'start', at: at('mon 10:00'), event: 'hand-off' },
      { kind: 'no-due', reason: 'never-opens' },
    ]);
  });
  it('rule 5: so does a calendar that the agreement does not have, or that opens too rarely', () => {
    const rare = { timeZone: 'UTC', weekly: {}, exceptions: { '2026-03-02': [['09:00', '17:00']] as const } };
    for (const calendarsOf of [{}, { office: rare }]) {
      const own = agreement({
        calendars: calendarsOf,
        commitments: [commitment('accept', working(10 * 60)), commitment('resolve', elapsed(60))],
      });
      const all = clocks({ facts: [handOff(at('mon 10:00'))], now: at('mon 10:30'), agreements: [own] });
      expect(all.map((clock) => [clock.commitment, clock.state])).toEqual([
        ['resolve', 'running'],
        ['accept', 'unknown'],
      ]);
    }
  });
});

describe('rule 6: a pause is an interval, and only its working time moves the due instant', () => {
  it('rule 6: off-hours of a pause move nothing', () => {
    const facts = [pause(at('mon 16:30')), resume(at('tue 09:30'))];
    expect(dueAt(at('mon 16:00'), working(120), office, facts)).toBe(iso(at('tue 11:00')));
  });
  it('rule 6: while it lasts the time is frozen and there is no due instant', () => {
    const given = [handOff(at('mon 10:00')), pause(at('mon 10:20'))];
    const clock = only({ facts: given, now: at('tue 12:00') });
    expect(clock).toMatchObject({
      state: 'paused',
      leftMs: 40 * minute,
      dueAt: null,
      upcoming: [],
      nextChangeAt: null,
    });
    expect(clock.pauses).toEqual([{ from: at('mon 10:20'), to: null, reason: 'waiting', author: 'ada' }]);
  });
  it('rule 6: a pause with an end has a due instant, and the clock goes on by itself', () => {
    const clock = only({
      facts: [handOff(at('mon 10:00')), pause(at('mon 10:20'), at('mon 14:00'))],
      now: at('mon 11:00'),
    });
    expect(clock).toMatchObject({ state: 'paused', dueAt: at('mon 14:40'), leftMs: 40 * minute });
    expect(clock.upcoming).toEqual([
      { at: at('mon 14:00'), state: 'running' },
      { at: at('mon 14:25'), state: 'at-risk' },
      { at: at('mon 14:40') + 1, state: 'unknown' },
    ]);
  });
  it('rule 6: a pause entered after the deadline never undoes a miss', () => {
    const facts = [handOff(at('mon 10:00')), pause(at('mon 11:30'))];
    expect(only({ facts, now: at('mon 12:00') })).toMatchObject({
      state: 'overdue',
      dueAt: at('mon 11:00'),
      leftMs: -30 * minute,
    });
    expect(only({ facts: [...facts, touch(at('mon 13:00'))], now: at('mon 14:00') }).state).toBe('missed');
  });
  it('rule 6: pauses that overlap count once', () => {
    const facts = [pause(at('mon 10:00'), at('mon 12:00')), pause(at('mon 11:00'), at('mon 13:00'))];
    expect(dueAt(at('mon 09:30'), working(60), office, facts)).toBe(iso(at('mon 13:30')));
  });
  it('rule 6: pauses that overlap are shown one after the other, the earlier one first', () => {
    const facts = [
      handOff(at('mon 09:30')),
      fact(at('mon 11:00'), { kind: 'pause', reason: 'holiday', until: at('mon 13:00') }),
      pause(at('mon 10:00'), at('mon 12:00')),
    ];
    expect(only({ facts, now: at('mon 14:00') }).pauses).toEqual([
      { from: at('mon 10:00'), to: at('mon 12:00'), reason: 'waiting', author: 'ada' },
      { from: at('mon 12:00'), to: at('mon 13:00'), reason: 'holiday', author: 'ada' },
    ]);
  });
  it.each([working(60), elapsed(60)])('rule 6: a pause from the due instant on is too late, under %j', (rule) => {
    const own = promising('first-touch', rule);
    const facts = [handOff(at('mon 10:00')), pause(at('mon 11:00'))];
    expect(only({ facts, now: at('mon 12:00'), agreements: [own] })).toMatchObject({
      state: 'overdue',
      dueAt: at('mon 11:00'),
    });
  });
  it('rule 6: a pause and a resume of the same minute leave nothing paused', () => {
    expect(dueAt(at('mon 10:00'), working(60), office, [resume(at('mon 10:20')), pause(at('mon 10:20'))])).toBe(
      iso(at('mon 11:00')),
    );
  });
  it('rule 6: a pause known only by its status may have begun in time: then it is unknown, not overdue', () => {
    const inexact = pause(at('mon 12:00'), undefined, { earliest: at('mon 10:30'), evidence: 'crm-status' });
    const late = pause(at('mon 12:00'), undefined, { earliest: at('mon 11:30'), evidence: 'crm-status' });
    const given = (one: typeof late) => only({ facts: [handOff(at('mon 10:00')), one], now: at('mon 13:00') });
    expect(given(inexact)).toMatchObject({ state: 'unknown', unknown: 'evidence', unknownSince: at('mon 11:00') });
    expect(given(late).state).toBe('overdue');
  });
});

describe("rule 7: the lead's clock never resets", () => {
  const own = agreement({ commitments: [commitment('accept', working(240)), commitment('first-touch', working(60))] });
  it('rule 7: a new owner gets a clock from the assignment, and both are shown', () => {
    const facts = [handOff(at('mon 09:00')), reassignment(at('mon 10:30'), 'grace')];
    const all = clocks({ facts, now: at('mon 10:45'), agreements: [own] });
    expect(all.map((clock) => [clock.commitment, clock.subject, clock.state, clock.dueAt])).toEqual([
      ['first-touch', 'lead', 'overdue', at('mon 10:00')],
      ['first-touch', 'owner', 'running', at('mon 11:30')],
      ['accept', 'lead', 'running', at('mon 13:00')],
      ['accept', 'owner', 'running', at('mon 14:30')],
    ]);
  });
  it('rule 7: what is fulfilled at the assignment gives the new owner no clock', () => {
    const facts = [handOff(at('mon 09:00')), touch(at('mon 09:30')), reassignment(at('mon 10:30'), 'grace')];
    const all = clocks({ facts, now: at('mon 10:45'), agreements: [own] });
    expect(all.map((clock) => [clock.commitment, clock.subject, clock.state])).toEqual([
      ['first-touch', 'lead', 'met'],
      ['accept', 'lead', 'met'],
    ]);
  });
  it("rule 7: the owner's clock is the last owner's who had the lead unfulfilled", () => {
    const facts = [
      handOff(at('mon 09:00')),
      reassignment(at('mon 10:00'), 'grace'),
      reassignment(at('mon 11:00'), 'edsger'),
      reassignment(at('mon 11:10'), 'edsger'),
      touch(at('mon 11:50')),
      reassignment(at('mon 15:00'), 'barbara'),
    ];
    const owner = clocks({ facts, now: at('tue 10:00') }).find((clock) => clock.subject === 'owner');
    expect(owner).toMatchObject({ state: 'met', startAt: at('mon 11:00'), startEvent: 'reassignment' });
  });
  it('rule 7: an assignment without an instant is no start', () => {
    const facts = [handOff(at('mon 09:00')), reassignment(at('mon 10:30'), 'grace', { earliest: at('mon 09:10') })];
    const owner = clocks({ facts, now: at('mon 10:45') }).find((clock) => clock.subject === 'owner');
    expect(owner).toMatchObject({ state: 'unknown', unknown: 'no-start', startAt: null });
  });
});

describe('rule 8: a clock is bound to the version in force at its hand-off', () => {
  const first = agreement({ version: 1 });
  const second = agreement({
    version: 2,
    effectiveFrom: '2026-03-03T00:00:00Z',
    commitments: [commitment('first-touch', working(120))],
  });
  const agreements = [second, first];
  it('rule 8: a new version governs hand-offs from its effective instant on', () => {
    const before = only({ facts: [handOff(at('mon 16:30'))], now: at('tue 09:10'), agreements });
    const from = only({ facts: [handOff(at('tue 00:00'))], now: at('tue 09:10'), agreements });
    expect(before).toMatchObject({ agreementVersion: 1, dueAt: at('tue 09:30') });
    expect(from).toMatchObject({ agreementVersion: 2, dueAt: at('tue 11:00') });
  });
  it('rule 8: applying a version to an open lead is a fact, and counts from the original start', () => {
    const facts = [handOff(at('mon 16:30')), fact(at('tue 09:10'), { kind: 'agreement-applied', version: 2 })];
    expect(only({ facts, now: at('tue 09:05'), agreements })).toMatchObject({ agreementVersion: 1 });
    expect(only({ facts, now: at('tue 09:20'), agreements })).toMatchObject({
      agreementVersion: 2,
      startAt: at('mon 16:30'),
      dueAt: at('tue 10:30'),
    });
  });
  it('rule 8: applying a version rewrites no history', () => {
    const applied = fact(at('tue 12:00'), { kind: 'agreement-applied', version: 2 });
    const missed = [handOff(at('mon 16:30')), applied];
    const met = [handOff(at('mon 16:30')), touch(at('mon 16:40')), applied];
    expect(only({ facts: missed, now: at('tue 12:30'), agreements })).toMatchObject({
      state: 'overdue',
      agreementVersion: 1,
    });
    expect(only({ facts: met, now: at('tue 12:30'), agreements })).toMatchObject({ state: 'met', agreementVersion: 1 });
  });
  it('rule 8: a version that is not known changes nothing', () => {
    const facts = [handOff(at('mon 16:30')), fact(at('mon 16:40'), { kind: 'agreement-applied', version: 9 })];
    expect(only({ facts, now: at('mon 16:50'), agreements })).toMatchObject({ agreementVersion: 1 });
  });
  it('rule 8: before the first version there is no promise', () => {
    expect(clocks({ facts: [handOff(at('mon 10:00'))], now: at('tue 10:00'), agreements: [second] })).toEqual([]);
  });
});

describe('rule 9: change of tier', () => {
  const own = promising('first-touch', [
    { when: [{ field: 'tier', operator: 'is', value: 'hot' }], ...working(120) },
    { when: [{ field: 'tier', operator: 'is', value: 'warm' }], ...working(240) },
    working(480),
  ]);
  const given = (now: number, ...more: readonly ReturnType<typeof touch>[]) =>
    only({ facts: [handOff(at('mon 09:00')), tierChange(at('mon 09:00'), 'warm'), ...more], now, agreements: [own] });

  it('rule 9: 4 h → 2 h after 1 h leaves 1 h', () => {
    const clock = given(at('mon 10:00'), tierChange(at('mon 10:00'), 'hot'));
    expect(clock).toMatchObject({ dueAt: at('mon 11:00'), leftMs: 60 * minute, state: 'running' });
    expect(clock.extended).toBeUndefined();
  });
  it('rule 9: before a change of tier the tier holds that it came from', () => {
    const facts = [handOff(at('mon 09:00')), tierChange(at('mon 12:00'), 'hot', 'warm')];
    const fields = { tier: 'hot' };
    const clock = only({ facts, fields, now: at('mon 12:10'), agreements: [own] });
    expect(clock).toMatchObject({ state: 'at-risk', dueAt: at('mon 12:30') });
    const late = [handOff(at('mon 09:00')), tierChange(at('mon 14:00'), 'hot', 'warm')];
    expect(only({ facts: late, fields, now: at('mon 14:10'), agreements: [own] })?.dueAt).toBe(at('mon 13:00'));
  });

  it('rule 9: a stricter tier never makes a lead late at a stroke: a quarter of the new target is left', () => {
    const clock = given(at('mon 12:10'), tierChange(at('mon 12:00'), 'hot'));
    expect(clock).toMatchObject({ dueAt: at('mon 12:30'), state: 'at-risk', leftMs: 20 * minute });
    expect(clock.extended).toEqual({ at: at('mon 12:00'), ms: 90 * minute });
  });
  it('rule 9: the explanation says when the time grew, and never that less than nothing was left', () => {
    const now = at('mon 12:10');
    const told = steps(given(now, tierChange(at('mon 12:00'), 'hot')), own, now);
    expect(told).toEqual([
      { kind: 'start', at: at('mon 09:00'), event: 'hand-off' },
      { kind: 'open', from: at('mon 09:00'), to: at('mon 12:00'), countedMs: 3 * hour, leftMs: 30 * minute },
      { kind: 'extension', at: at('mon 12:00'), extraMs: 90 * minute },
      { kind: 'open', from: at('mon 12:00'), to: at('mon 12:30'), countedMs: 30 * minute, leftMs: 0 },
      { kind: 'due', at: at('mon 12:30'), clause: null, targetMs: 2 * hour },
    ]);
  });
  it('rule 9: without any share to leave, it is due at the change and not before', () => {
    const strict = { ...own, atRisk: { share: 1, floorMinutes: 0 } };
    const facts = [handOff(at('mon 09:00')), tierChange(at('mon 09:00'), 'cold'), tierChange(at('mon 16:59'), 'warm')];
    const late = [handOff(at('mon 16:00')), tierChange(at('mon 16:00'), 'cold'), tierChange(at('tue 20:00'), 'hot')];
    expect(only({ facts, now: at('mon 16:59'), agreements: [strict] }).dueAt).toBe(at('mon 16:59'));
    const longer = {
      ...strict,
      commitments: [commitment('first-touch', [own.commitments[0]!.rules[0]!, working(960)])],
    };
    expect(only({ facts: late, now: at('wed 08:00'), agreements: [longer] }).dueAt).toBe(at('tue 20:00'));
  });
  it('rule 9: that quarter is in the target’s own time', () => {
    const clock = given(at('mon 18:00'), tierChange(at('mon 12:00'), 'cold'), tierChange(at('mon 16:50'), 'hot'));
    expect(clock.dueAt).toBe(at('tue 09:20'));
  });
  it('rule 9: a miss already recorded stays', () => {
    const clock = given(at('mon 15:00'), tierChange(at('mon 14:00'), 'cold'));
    expect(clock).toMatchObject({ state: 'overdue', dueAt: at('mon 13:00') });
  });
  it('rule 9: a change after it was fulfilled changes nothing, and neither does one under the same rule', () => {
    expect(given(at('mon 15:00'), touch(at('mon 11:30')), tierChange(at('mon 12:00'), 'hot')).dueAt).toBe(
      at('mon 13:00'),
    );
    expect(given(at('mon 12:55'), tierChange(at('mon 12:50'), ' Warm')).dueAt).toBe(at('mon 13:00'));
  });
});

describe('rule 10: reopened leads continue', () => {
  it('rule 10: the time between close and reopen is a pause with reason "closed"', () => {
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 10:20'), 'lost'), reopen(at('tue 11:00'))];
    const own = promising('first-touch', working(60));
    const clock = only({ facts, now: at('tue 11:10'), agreements: [own] });
    expect(clock).toMatchObject({ state: 'running', dueAt: at('tue 11:40'), leftMs: 30 * minute });
    expect(clock.pauses).toEqual([{ from: at('mon 10:20'), to: at('tue 11:00'), reason: 'closed', author: 'ada' }]);
  });
  it('rule 10: a pause from before the closing does not go on after the reopening', () => {
    const facts = [
      handOff(at('mon 10:00')),
      pause(at('mon 10:10')),
      disposition(at('mon 10:20'), 'lost'),
      reopen(at('tue 11:00')),
    ];
    expect(only({ facts, now: at('tue 11:10') })).toMatchObject({ state: 'running', dueAt: at('tue 11:50') });
  });
  it('rule 10: closing and reopening does not undo a miss', () => {
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 12:00'), 'lost'), reopen(at('tue 11:00'))];
    expect(only({ facts, now: at('tue 11:10') })).toMatchObject({ state: 'overdue', leftMs: -70 * minute });
  });
});

describe('rule 11: evidence counts by when it happened', () => {
  const facts = [handOff(at('mon 10:00')), touch(at('mon 12:00'))];
  it('rule 11: an earlier touch that arrives late turns a miss into met', () => {
    expect(only({ facts, now: at('tue 10:00') }).state).toBe('missed');
    const clock = only({ facts: [...facts, touch(at('mon 10:40'))], now: at('tue 10:00') });
    expect(clock).toMatchObject({ state: 'met', doneAt: at('mon 10:40'), leftMs: 20 * minute });
  });
  it('rule 11: evidence from before the hand-off is of something else', () => {
    expect(only({ facts: [handOff(at('mon 10:00')), touch(at('mon 09:00'))], now: at('mon 10:10') }).state).toBe(
      'running',
    );
  });
  it('rule 11: a CRM that shows minutes may put the touch up to a minute early', () => {
    const clock = only({ facts: [handOff(at('mon 10:00') + 30_000), touch(at('mon 10:00'))], now: at('mon 10:10') });
    expect(clock).toMatchObject({ state: 'met', doneAt: at('mon 10:00') + 30_000 });
  });
});

describe('rule 12: stale is unknown', () => {
  const facts = [handOff(at('mon 10:00'))];
  it('rule 12: no miss without an observation newer than the due instant', () => {
    const clock = only({ facts, now: at('mon 12:00'), seenAt: at('mon 11:00') });
    expect(clock).toMatchObject({
      state: 'unknown',
      unknown: 'stale',
      unknownSince: at('mon 11:00'),
      dueAt: at('mon 11:00'),
      leftMs: -60 * minute,
    });
    expect(only({ facts, now: at('mon 12:00'), seenAt: at('mon 11:00') + 1 }).state).toBe('overdue');
  });
  it('rule 12: until the due instant an old observation is good enough', () => {
    expect(only({ facts, now: at('mon 10:30'), seenAt: at('mon 10:00') }).state).toBe('running');
  });
  it('rule 12: where touches could not be read, nobody can say that none was made in time', () => {
    const handed = [...facts, inbound(at('mon 10:00'))];
    const answeredBy = (id: CommitmentId, told: readonly Fact[]) =>
      only({
        facts: told,
        now: at('mon 12:00'),
        seenAt: at('mon 11:30'),
        touchesUnread: true,
        agreements: [promising(id, elapsed(60), { touches: 3 })],
      });
    for (const id of ['accept', 'first-touch', 'respond'] as const)
      expect(answeredBy(id, handed), id).toMatchObject({
        state: 'unknown',
        unknown: 'touches',
        unknownSince: at('mon 11:00'),
        leftMs: -60 * minute,
      });
    expect(answeredBy('next-touch', [...facts, touch(at('mon 10:00'))])).toMatchObject({ unknown: 'touches' });
    // What no touch answers is seen as well as ever, and so is a touch that is known.
    expect(answeredBy('resolve', handed).state).toBe('overdue');
    expect(answeredBy('first-touch', [...facts, touch(at('mon 10:30'))]).state).toBe('met');
  });
  it('rule 12: evidence with bounds is met only if all of it is in time, missed only if none of it is', () => {
    const seen = (from: number, to: number) =>
      only({ facts: [...facts, touch(to, { earliest: from, evidence: 'crm-status' })], now: at('tue 10:00') });
    expect(seen(at('mon 10:00'), at('mon 11:00')).state).toBe('met');
    expect(seen(at('mon 11:00') + 1, at('mon 15:00'))).toMatchObject({
      state: 'missed',
      doneAt: at('mon 15:00'),
      doneEarliest: at('mon 11:00') + 1,
    });
    expect(seen(at('mon 11:00'), at('mon 15:00'))).toMatchObject({
      state: 'unknown',
      unknown: 'evidence',
      unknownSince: at('mon 11:00'),
      leftMs: null,
    });
  });
  it('rule 12: an exact touch inside such bounds is the same touch, read better', () => {
    const blurred = touch(at('mon 15:00'), { earliest: at('mon 10:00'), evidence: 'crm-status' });
    const clock = only({ facts: [...facts, blurred, touch(at('mon 12:00'))], now: at('tue 10:00') });
    expect(clock).toMatchObject({ state: 'missed', doneAt: at('mon 12:00'), doneEarliest: null });
  });
});

describe('rule 13: the enforcement date', () => {
  const own = agreement({ enforcedFrom: '2026-03-02T10:00:00Z' });
  it('rule 13: leads handed over before it are not judged', () => {
    const count = (start: number) =>
      clocks({ facts: [handOff(start)], now: at('tue 10:00'), agreements: [own] }).length;
    expect([count(at('mon 10:00') - 1), count(at('mon 10:00'))]).toEqual([0, 1]);
  });
  it('rule 13: a hand-off without an instant is not judged where all of it lies before', () => {
    const blurred = (to: number) => handOff(to, { earliest: to - 3 * hour });
    const count = (to: number) => clocks({ facts: [blurred(to)], now: at('tue 10:00'), agreements: [own] }).length;
    expect([count(at('mon 09:30')), count(at('mon 11:00'))]).toEqual([0, 1]);
  });
});

describe('rule 14: what is closed has no running clock', () => {
  it.each(['won', 'lost', 'converted', 'disqualified', 'merged', 'closed'] as const)('rule 14: %s', (outcome) => {
    const clock = only({
      facts: [handOff(at('mon 10:00')), disposition(at('mon 10:30'), outcome)],
      now: at('tue 10:00'),
    });
    expect(clock).toMatchObject({ state: 'ended', doneAt: at('mon 10:30'), leftMs: 30 * minute, upcoming: [] });
  });
  it('rule 14: a promise that was broken before the closing was missed', () => {
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 11:30'), 'lost')];
    expect(only({ facts, now: at('tue 10:00') })).toMatchObject({ state: 'missed', doneAt: at('mon 11:30') });
  });
  it('rule 14: a closing without an instant says neither', () => {
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 11:30'), 'lost', { earliest: at('mon 10:10') })];
    expect(only({ facts, now: at('tue 10:00') })).toMatchObject({ state: 'unknown', unknown: 'evidence' });
  });
  it('rule 14: a touch after the closing fulfils nothing', () => {
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 10:20'), 'lost'), touch(at('mon 10:30'))];
    expect(only({ facts, now: at('tue 10:00') }).state).toBe('ended');
  });
  it('rule 14: a touch that may have been before the closing counts', () => {
    const blurred = touch(at('mon 10:40'), { earliest: at('mon 10:10') });
    const facts = [handOff(at('mon 10:00')), disposition(at('mon 10:20'), 'lost'), blurred];
    expect(only({ facts, now: at('tue 10:00') })).toMatchObject({ state: 'met', doneEarliest: at('mon 10:10') });
  });
  it('rule 14: closed while paused ends too', () => {
    const facts = [handOff(at('mon 10:00')), pause(at('mon 10:10')), disposition(at('mon 12:20'), 'lost')];
    expect(only({ facts, now: at('tue 10:00') })).toMatchObject({ state: 'ended', leftMs: 50 * minute });
  });
});

describe('rule 15: rolling response', () => {
  const own = promising('respond', working(60));
  const given = (now: number, ...facts: readonly ReturnType<typeof touch>[]) =>
    clocks({ facts: [handOff(at('mon 09:00')), ...facts], now, agreements: [own] });
  it('rule 15: runs from the first unanswered message, and a second one does not restart it', () => {
    expect(given(at('mon 10:40'), inbound(at('mon 10:00')), inbound(at('mon 10:30')))).toMatchObject([
      { startAt: at('mon 10:00'), dueAt: at('mon 11:00'), state: 'running', startEvent: 'inbound' },
    ]);
  });
  it('rule 15: the next touch answers all of them; the next message starts anew', () => {
    const first = [inbound(at('mon 10:00')), inbound(at('mon 10:30')), touch(at('mon 10:50'))];
    expect(given(at('mon 14:00'), ...first)).toMatchObject([
      { state: 'met', startAt: at('mon 10:00'), doneAt: at('mon 10:50') },
    ]);
    expect(given(at('mon 14:00'), ...first, inbound(at('mon 13:30')))).toMatchObject([
      { state: 'running', startAt: at('mon 13:30') },
    ]);
  });
  it('rule 15: a message and a touch of the same minute are answered, not a new cycle', () => {
    const facts = [inbound(at('mon 10:00')), touch(at('mon 10:30')), inbound(at('mon 10:30'))];
    expect(given(at('mon 14:00'), ...facts)).toMatchObject([{ state: 'met', startAt: at('mon 10:00') }]);
  });
  it('rule 15: without a message there is no clock, and one from before the hand-off belongs to the first touch', () => {
    expect(given(at('mon 14:00'))).toEqual([]);
    expect(given(at('mon 14:00'), inbound(at('mon 08:59')))).toEqual([]);
  });
});

describe('rule 16: several commitments, first matching rule', () => {
  it('rule 16: all clocks come, the most urgent first', () => {
    const own = agreement({
      commitments: [
        commitment('resolve', working(480)),
        commitment('accept', working(30)),
        commitment('first-touch', working(60)),
      ],
    });
    const all = clocks({ facts: [handOff(at('mon 10:00'))], now: at('mon 10:50'), agreements: [own] });
    expect(all.map((clock) => [clock.commitment, clock.state])).toEqual([
      ['accept', 'overdue'],
      ['first-touch', 'at-risk'],
      ['resolve', 'running'],
    ]);
  });
  const due = (fields: Record<string, string>, ...when: readonly unknown[]) => {
    const own = promising('first-touch', [{ when: when as never, ...working(60) }, working(120)]);
    return (
      (only({ facts: [handOff(at('mon 10:00'))], now: at('mon 10:00'), fields, agreements: [own] }).dueAt! -
        at('mon 10:00')) /
      minute
    );
  };
  it.each([
    [{ source: 'Web' }, { field: 'source', operator: 'is', value: 'web' }, 60],
    [{ source: 'Fair' }, { field: 'source', operator: 'is', value: 'web' }, 120],
    [{}, { field: 'source', operator: 'is-not', value: 'web' }, 60],
    [{ source: ' web ' }, { field: 'source', operator: 'is-not', value: 'web' }, 120],
    [{ campaign: 'Spring WEBINAR 2026' }, { field: 'campaign', operator: 'contains', value: 'webinar' }, 60],
    [{}, { field: 'campaign', operator: 'contains', value: 'webinar' }, 120],
    [{ region: 'EMEA' }, { field: 'region', operator: 'in', value: ['apac', 'emea'] }, 60],
    [{ region: 'EMEA' }, { field: 'region', operator: 'not-in', value: ['apac', 'emea'] }, 120],
    [{}, { field: 'region', operator: 'not-in', value: ['apac'] }, 60],
    [{ tier: 'hot' }, { field: 'tier', operator: 'present' }, 60],
    [{ tier: ' ' }, { field: 'tier', operator: 'present' }, 120],
    [{ tier: ' ' }, { field: 'tier', operator: 'absent' }, 60],
  ])('rule 16: %j under %j', (fields, condition, expected) => {
    expect(due(fields as Record<string, string>, condition)).toBe(expected);
  });
  it('rule 16: all conditions of a rule must hold', () => {
    const both = [
      { field: 'source', operator: 'is', value: 'web' },
      { field: 'tier', operator: 'is', value: 'hot' },
    ];
    expect(due({ source: 'web', tier: 'hot' }, ...both)).toBe(60);
    expect(due({ source: 'web' }, ...both)).toBe(120);
  });
  it('rule 16: where no rule matches nothing is promised', () => {
    const own = promising('first-touch', [{ when: [{ field: 'tier', operator: 'present' }], ...working(60) }]);
    expect(clocks({ facts: [handOff(at('mon 10:00'))], now: at('mon 10:00'), agreements: [own] })).toEqual([]);
  });
});

describe('the scope of the agreement', () => {
  const web = { field: 'source', operator: 'is', value: 'web' } as const;
  const support = { field: 'campaign', operator: 'contains', value: 'support' } as const;
  const hot = { field: 'tier', operator: 'is', value: 'hot' } as const;
  const all = agreement().commitments.length;
  const count = (scope: Agreement['scope'] | undefined, fields: LeadFields, facts = [handOff(at('mon 10:00'))]) =>
    clocks({ facts, now: at('mon 10:10'), fields, agreements: [agreement(scope === undefined ? {} : { scope })] })
      .length;

  it('absent or empty is every lead', () => {
    expect([count(undefined, {}), count({ include: [], exclude: [] }, {})]).toEqual([all, all]);
  });
  it('a lead in none of the included groups has no clocks', () => {
    const scope = { include: [[web], [hot]], exclude: [] };
    expect([{ source: 'Web' }, { tier: 'hot' }, { source: 'Fair' }, {}].map((fields) => count(scope, fields))).toEqual([
      all,
      all,
      0,
      0,
    ]);
  });
  it('an excluded lead has no clocks, even in an included group', () => {
    const scope = { include: [[web]], exclude: [{ when: [support], why: 'no lead' }] };
    expect(count(scope, { source: 'web', campaign: 'Support form' })).toBe(0);
    expect(count(scope, { source: 'web', campaign: 'Spring' })).toBe(all);
  });
  it('a lead without a readable start has no clocks outside it either', () => {
    expect([count({ include: [[web]], exclude: [] }, {}, []), count(undefined, {}, [])]).toEqual([0, all]);
  });
  it('a tier that facts know counts, as in the conditions of a rule', () => {
    const facts = [handOff(at('mon 10:00')), tierChange(at('mon 10:05'), 'hot')];
    expect(count({ include: [[hot]], exclude: [] }, { tier: 'cold' }, facts)).toBe(all);
  });
});

describe('rule 17: every due instant explains itself', () => {
  it('rule 17: start, open stretches, gaps and why, pauses, clause', () => {
    const own = agreement({
      calendars: { office: { ...office, breaks: { mon: [['13:00', '14:00']] }, holidays: ['2026-03-03'] } },
      commitments: [commitment('first-touch', working(240), { clause: '3.2' })],
    });
    const facts = [handOff(at('mon 12:00')), pause(at('mon 15:00')), resume(at('mon 16:00'))];
    const clock = only({ facts, now: at('mon 16:00'), agreements: [own] });
    expect(steps(clock, own, at('mon 16:00'))).toEqual([
      { kind: 'start', at: at('mon 12:00'), event: 'hand-off' },
      { kind: 'open', from: at('mon 12:00'), to: at('mon 13:00'), countedMs: hour, leftMs: 3 * hour },
      { kind: 'gap', from: at('mon 13:00'), to: at('mon 14:00'), reason: 'break' },
      { kind: 'open', from: at('mon 14:00'), to: at('mon 15:00'), countedMs: hour, leftMs: 2 * hour },
      { kind: 'pause', from: at('mon 15:00'), to: at('mon 16:00'), reason: 'waiting', author: 'ada' },
      { kind: 'open', from: at('mon 16:00'), to: at('mon 17:00'), countedMs: hour, leftMs: hour },
      { kind: 'gap', from: at('mon 17:00'), to: at('tue 00:00'), reason: 'closed' },
      { kind: 'gap', from: at('tue 00:00'), to: at('wed 00:00'), reason: 'holiday' },
      { kind: 'gap', from: at('wed 00:00'), to: at('wed 09:00'), reason: 'closed' },
      { kind: 'open', from: at('wed 09:00'), to: at('wed 10:00'), countedMs: hour, leftMs: 0 },
      { kind: 'due', at: at('wed 10:00'), clause: '3.2', targetMs: 4 * hour },
    ]);
  });
});

describe('the hand-off', () => {
  it('is the earliest one, and later ones reset nothing', () => {
    const facts = [handOff(at('tue 10:00')), handOff(at('mon 10:00'))];
    expect(only({ facts, now: at('tue 11:00') })).toMatchObject({ startAt: at('mon 10:00'), state: 'overdue' });
  });
  it('without one nobody knows', () => {
    expect(only({ facts: [], now: at('mon 10:00') })).toMatchObject({
      state: 'unknown',
      unknown: 'no-start',
      startAt: null,
    });
    const closed = [disposition(at('mon 09:00'), 'won')];
    expect(only({ facts: closed, now: at('mon 10:00') })).toMatchObject({ state: 'ended', doneAt: at('mon 09:00') });
  });
  it('that is only known to the day is no start; to the minute it is', () => {
    const blurred = (span: number) => handOff(at('mon 10:00'), { earliest: at('mon 10:00') - span });
    expect(only({ facts: [blurred(minute + 1)], now: at('mon 10:10') }).unknown).toBe('no-start');
    expect(only({ facts: [blurred(minute)], now: at('mon 10:10') }).state).toBe('running');
  });
  it('that is read better later is the same one', () => {
    const facts = [handOff(at('mon 23:59'), { earliest: at('mon 00:00') }), handOff(at('mon 10:00'))];
    expect(only({ facts, now: at('tue 00:00') })).toMatchObject({ startAt: at('mon 10:00') });
  });
  it('in the future has not happened yet', () => {
    expect(only({ facts: [handOff(at('mon 10:00')), touch(at('mon 10:30'))], now: at('mon 10:20') })).toMatchObject({
      state: 'running',
      doneAt: null,
    });
  });
});

describe('a rejected lead is back with marketing', () => {
  const own = agreement({ commitments: [commitment('accept', working(240)), commitment('first-touch', working(60))] });
  const facts = [handOff(at('mon 10:00')), verdict(at('mon 10:20'), 'rejected')];
  it('sales owes it no touch, and has given its verdict', () => {
    const all = clocks({ facts, now: at('mon 10:40'), agreements: [own] });
    expect(all.map((clock) => [clock.commitment, clock.state])).toEqual([
      ['first-touch', 'ended'],
      ['accept', 'met'],
    ]);
  });
  it('taken after all, the clock continues; the time in between is a pause', () => {
    const all = clocks({
      facts: [...facts, verdict(at('mon 12:00'), 'accepted')],
      now: at('mon 12:10'),
      agreements: [own],
    });
    expect(all[0]).toMatchObject({ commitment: 'first-touch', state: 'running', dueAt: at('mon 12:40') });
    expect(all[0]!.pauses).toEqual([{ from: at('mon 10:20'), to: at('mon 12:00'), reason: 'rejected', author: 'ada' }]);
  });
});
