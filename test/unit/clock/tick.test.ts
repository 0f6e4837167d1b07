import { describe, expect, it } from 'vitest';
import { tick } from '../../../lib/clock';
import { openTime } from '../../../lib/clock/tick';
import { at, elapsed, handOff, hour, minute, only, pause, promising, touch } from './build';

const open = [
  [at('mon 09:00'), at('mon 17:00')],
  [at('tue 09:00'), at('tue 17:00')],
] as const;

describe('tick', () => {
  const clock = only({ facts: [handOff(at('mon 16:30'))], now: at('mon 16:35') });
  it('counts open time only, and stands still overnight', () => {
    expect(tick(clock, open, at('mon 16:45'))).toEqual({ state: 'running', leftMs: 45 * minute });
    expect(tick(clock, open, at('mon 22:00'))).toEqual({ state: 'running', leftMs: 30 * minute });
    expect(tick(clock, open, at('tue 09:20'))).toEqual({ state: 'at-risk', leftMs: 10 * minute });
  });
  it('shows a passed due instant as time passed, and never as overdue on its own (rule 12)', () => {
    expect(tick(clock, open, at('tue 09:30'))).toEqual({ state: 'at-risk', leftMs: 0 });
    expect(tick(clock, open, at('tue 12:00'))).toEqual({ state: 'unknown', leftMs: -150 * minute });
  });
  it('counts elapsed time where there is no calendar', () => {
    const own = promising('first-touch', elapsed(24 * 60));
    const round = only({ facts: [handOff(at('mon 16:30'))], now: at('mon 16:30'), agreements: [own] });
    expect(tick(round, null, at('tue 10:30'))).toEqual({ state: 'at-risk', leftMs: 6 * hour });
  });
  it('an overdue clock counts on', () => {
    const late = only({ facts: [handOff(at('mon 10:00'))], now: at('mon 12:00') });
    expect(tick(late, open, at('mon 12:30'))).toEqual({ state: 'overdue', leftMs: -90 * minute });
  });
  it.each([
    ['met', touch(at('mon 10:10'))],
    ['paused', pause(at('mon 10:10'))],
  ] as const)('a clock that is %s stands still', (state, fact) => {
    const still = only({ facts: [handOff(at('mon 10:00')), fact], now: at('mon 10:30') });
    expect(tick(still, open, at('tue 12:00'))).toEqual({ state, leftMs: 50 * minute });
  });
  it('says nothing where nothing is known, and does not run backwards', () => {
    const unknown = only({ facts: [], now: at('mon 10:30') });
    expect(tick(unknown, open, at('tue 12:00'))).toEqual({ state: 'unknown', leftMs: null });
    expect(tick(clock, open, at('mon 16:00'))).toEqual({ state: 'running', leftMs: clock.leftMs });
  });
});

describe('open time', () => {
  it('is half-open and clipped', () => {
    expect(openTime(open, at('mon 08:00'), at('mon 09:00'))).toBe(0);
    expect(openTime(open, at('mon 16:00'), at('tue 10:00'))).toBe(2 * hour);
    expect(openTime(open, at('tue 10:00'), at('mon 10:00'))).toBe(0);
    expect(openTime(null, at('mon 16:00'), at('mon 18:00'))).toBe(2 * hour);
  });
});
