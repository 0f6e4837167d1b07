/** Each time commitment: what starts it, what fulfils it, who owes it. */
import { describe, expect, it } from 'vitest';
import type { Fact, FactContent } from '../../../lib/lead/facts';
import {
  at,
  clocks,
  disposition,
  fact,
  handOff,
  minute,
  only,
  promising,
  reopen,
  touch,
  verdict,
  working,
} from './build';

const start = handOff(at('mon 09:00'));

describe('accept', () => {
  const own = promising('accept', working(60));
  const given = (...facts: readonly Fact[]) =>
    only({ facts: [start, ...facts], now: at('tue 12:00'), agreements: [own] });
  it.each(['accepted', 'rejected', 'recycled'] as const)('is fulfilled by the verdict "%s"', (answer) => {
    expect(given(verdict(at('mon 09:30'), answer))).toMatchObject({ state: 'met', doneAt: at('mon 09:30') });
  });
  it('is fulfilled by a touch: sales has evidently taken the lead', () => {
    expect(given(verdict(at('mon 15:00'), 'accepted'), touch(at('mon 09:50')))).toMatchObject({ state: 'met' });
  });
  it.each([
    ['won', 'met'],
    ['lost', 'met'],
    ['converted', 'met'],
    ['disqualified', 'met'],
    ['merged', 'ended'],
    ['closed', 'ended'],
  ] as const)('on the disposition "%s" is %s', (outcome, state) => {
    expect(given(disposition(at('mon 09:30'), outcome)).state).toBe(state);
  });
  it('is missed by a disposition after the due instant', () => {
    expect(given(disposition(at('mon 10:30'), 'won'))).toMatchObject({ state: 'missed', doneAt: at('mon 10:30') });
  });
});

describe('next-touch', () => {
  const own = promising('next-touch', working(120), { touches: 3 });
  const given = (now: number, ...facts: readonly Fact[]) =>
    clocks({ facts: [start, ...facts], now, agreements: [own] });
  it('begins with the first touch', () => {
    expect(given(at('mon 09:30'))).toEqual([]);
    expect(given(at('mon 09:50'), touch(at('mon 09:40')))).toMatchObject([
      { startAt: at('mon 09:40'), dueAt: at('mon 11:40'), state: 'running', startEvent: 'touch' },
    ]);
  });
  it('runs from the last touch to the next, until the promised number', () => {
    const three = [touch(at('mon 09:40')), touch(at('mon 11:00')), touch(at('mon 12:30'))];
    expect(given(at('mon 11:10'), ...three)).toMatchObject([{ startAt: at('mon 11:00'), state: 'running' }]);
    expect(given(at('tue 11:10'), ...three)).toMatchObject([
      { startAt: at('mon 11:00'), doneAt: at('mon 12:30'), state: 'met' },
    ]);
  });
  it('one call recorded by a person and by the CRM is one touch', () => {
    const twice = [touch(at('mon 09:40')), touch(at('mon 09:40') + 20_000, { evidence: 'crm-activity' })];
    expect(given(at('mon 09:50'), ...twice)).toMatchObject([{ startAt: at('mon 09:40'), doneAt: null }]);
  });
  it('a touch without an instant is no start', () => {
    const blurred = touch(at('mon 11:00'), { earliest: at('mon 09:00') });
    expect(given(at('mon 11:10'), blurred)).toMatchObject([{ state: 'unknown', unknown: 'no-start' }]);
  });
  it('without a number it goes on until the lead is closed', () => {
    const endless = promising('next-touch', working(120));
    const facts = [start, touch(at('mon 09:40')), touch(at('mon 11:00')), touch(at('mon 12:30'))];
    expect(only({ facts, now: at('mon 12:40'), agreements: [endless] })).toMatchObject({ startAt: at('mon 12:30') });
    const closed = [...facts, disposition(at('mon 13:00'), 'won')];
    expect(only({ facts: closed, now: at('mon 14:00'), agreements: [endless] }).state).toBe('ended');
  });
});

describe('resolve', () => {
  const own = promising('resolve', working(480));
  const given = (now: number, ...facts: readonly Fact[]) => only({ facts: [start, ...facts], now, agreements: [own] });
  it('is fulfilled by the disposition', () => {
    expect(given(at('tue 12:00'), disposition(at('mon 16:00'), 'lost'))).toMatchObject({
      state: 'met',
      leftMs: 60 * minute,
    });
    expect(given(at('tue 12:00'), disposition(at('tue 09:01'), 'lost')).state).toBe('missed');
  });
  it('a merged-away lead is ended, not resolved', () => {
    expect(given(at('tue 12:00'), disposition(at('mon 16:00'), 'merged')).state).toBe('ended');
  });
  it('a disposition that was taken back was not final', () => {
    const clock = given(at('mon 16:30'), disposition(at('mon 11:00'), 'lost'), reopen(at('mon 16:00')));
    expect(clock).toMatchObject({ state: 'running', dueAt: at('tue 14:00') });
  });
});

describe('fix-data', () => {
  const own = promising('fix-data', working(120));
  const flag = (when: number, content: Partial<FactContent> = {}): Fact =>
    fact(when, { kind: 'flag', reason: 'phone', data: true, ...content } as FactContent);
  const answer = (when: number, to: Fact): Fact => fact(when, { kind: 'flag-answer', answers: to.id, answer: 'fixed' });
  const given = (now: number, ...facts: readonly Fact[]) =>
    clocks({ facts: [start, ...facts], now, agreements: [own] });
  it('is started by a flag or a rejection with a data reason, and by no other', () => {
    const rejection = fact(at('mon 10:00'), { kind: 'verdict', verdict: 'rejected', reason: 'phone', data: true });
    expect(given(at('mon 10:10'), flag(at('mon 10:00'), { data: false }))).toEqual([]);
    expect(given(at('mon 10:10'), flag(at('mon 10:00')))).toMatchObject([
      { owedBy: 'marketing', state: 'running', startEvent: 'flag' },
    ]);
    expect(given(at('mon 10:10'), rejection)).toMatchObject([{ state: 'running', startEvent: 'verdict' }]);
  });
  it('is fulfilled by the answer to that very flag', () => {
    const [one, two] = [flag(at('mon 10:00')), flag(at('mon 10:30'))];
    expect(given(at('mon 11:10'), one, two, answer(at('mon 11:00'), two))).toMatchObject([
      { startAt: at('mon 10:00'), state: 'running' },
    ]);
    expect(given(at('mon 11:10'), one, two, answer(at('mon 11:00'), one))).toMatchObject([
      { startAt: at('mon 10:30'), state: 'running' },
    ]);
    expect(given(at('mon 11:10'), two, answer(at('mon 11:00'), two))).toMatchObject([{ state: 'met' }]);
  });
});

describe('unblock', () => {
  const own = promising('unblock', working(120));
  const blocked = (when: number, by: 'sales' | 'marketing') => fact(when, { kind: 'blocked', by, needs: 'pricing' });
  const unblocked = (when: number) => fact(when, { kind: 'unblocked' });
  const given = (now: number, ...facts: readonly Fact[]) =>
    clocks({ facts: [start, ...facts], now, agreements: [own] });
  it('is owed by the other party', () => {
    expect(given(at('mon 10:10'), blocked(at('mon 10:00'), 'sales'))).toMatchObject([{ owedBy: 'marketing' }]);
    expect(given(at('mon 10:10'), blocked(at('mon 10:00'), 'marketing'))).toMatchObject([{ owedBy: 'sales' }]);
  });
  it('runs until it is answered; saying it twice starts nothing new', () => {
    const twice = [blocked(at('mon 10:00'), 'sales'), blocked(at('mon 11:00'), 'sales')];
    expect(given(at('mon 11:30'), ...twice)).toMatchObject([{ startAt: at('mon 10:00'), state: 'at-risk' }]);
    expect(given(at('mon 15:30'), ...twice, unblocked(at('mon 11:45')))).toMatchObject([{ state: 'met' }]);
    expect(
      given(at('mon 15:30'), ...twice, unblocked(at('mon 11:45')), blocked(at('mon 15:00'), 'sales')),
    ).toMatchObject([{ startAt: at('mon 15:00'), state: 'running' }]);
  });
});

describe('at-risk', () => {
  const riskAt = (share: number, floorMinutes: number, minutes: number) => {
    const own = { ...promising('first-touch', working(minutes)), atRisk: { share, floorMinutes } };
    return (only({ facts: [start], now: at('mon 09:00'), agreements: [own] }).atRiskAt! - at('mon 09:00')) / minute;
  };
  it('begins when the share is used up', () => expect(riskAt(0.75, 5, 60)).toBe(45));
  it('warns at least the floor before the due instant', () => expect(riskAt(0.75, 5, 10)).toBe(5));
  it('is the whole clock where the floor is longer than the target', () => expect(riskAt(0.75, 60, 30)).toBe(0));
  it('begins with the due instant where the share is all and there is no floor', () =>
    expect(riskAt(1, 0, 60)).toBe(60));
  it('that whole clock is still scheduled before the opening', () => {
    const own = { ...promising('first-touch', working(30)), atRisk: { share: 0, floorMinutes: 0 } };
    const clock = only({ facts: [handOff(at('mon 07:00'))], now: at('mon 08:00'), agreements: [own] });
    expect(clock).toMatchObject({
      state: 'scheduled',
      upcoming: [
        { at: at('mon 09:00'), state: 'at-risk' },
        { at: at('mon 09:30') + 1, state: 'unknown' },
      ],
    });
  });
});
