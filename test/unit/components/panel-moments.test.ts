/** The instants that a person chooses from, in their own zone. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  fieldInstant,
  fieldValue,
  nextWorkingMoment,
  pauseMoments,
  recycleMoments,
  snoozeMoments,
  touchMoments,
} from '../../../components/panel/moments';
import { speak } from '../support/i18n';

const local = (month: number, day: number, hours: number, minutes = 0) =>
  new Date(2026, month - 1, day, hours, minutes).getTime();
const thursday = local(3, 12, 16, 40);
const friday = local(3, 13, 16, 40);

beforeEach(() => speak('en'));

describe('when work next begins', () => {
  it('is the first known opening after today', () => {
    const open = {
      office: [
        [thursday, local(3, 12, 18)],
        [local(3, 13, 8, 30), local(3, 13, 18)],
      ] as const,
    };
    expect(nextWorkingMoment(open, thursday)).toBe(local(3, 13, 8, 30));
  });

  it('is Monday at nine on a Friday of which nothing more is known', () => {
    expect(nextWorkingMoment({}, friday)).toBe(local(3, 16, 9));
  });
});

it('offers for a snooze an hour, tomorrow, the next working day and a week, none twice', () => {
  expect(snoozeMoments({}, thursday).map(({ label }) => label)).toEqual([
    'in 1 hour',
    'tomorrow 09:00',
    'in 1 week · Mar 19',
  ]);
  expect(snoozeMoments({}, friday).map(({ label }) => label)).toEqual([
    'in 1 hour',
    'tomorrow 09:00',
    'Mon 09:00',
    'in 1 week · Mar 20',
  ]);
});

it('offers for a pause no end first, and in Spanish', () => {
  speak('es');
  expect(pauseMoments({}, thursday).map(({ label, at }) => [label, at])).toEqual([
    ['hasta que reanude', null],
    ['mañana 09:00', local(3, 13, 9)],
    ['dentro de 1 semana · 19 mar', local(3, 19, 9)],
  ]);
});

it('recycles from the end of a long month to the end of a short one', () => {
  expect(recycleMoments(local(1, 31, 12)).map(({ at }) => at)).toEqual([
    local(2, 14, 9),
    local(2, 28, 9),
    local(4, 30, 9),
  ]);
});

it('takes a touch as of now without an instant of its own', () => {
  expect(touchMoments(thursday).map(({ at }) => at)).toEqual([null, thursday - 15 * 60_000, thursday - 3_600_000]);
});

describe('a day-and-time field', () => {
  it('says and reads the same instant', () => {
    expect(fieldValue(thursday)).toBe('2026-03-12T16:40');
    expect(fieldInstant('2026-03-12T16:40')).toBe(thursday);
  });

  it.each(['', '2026-03-12', 'tomorrow', '2026-13-45T99:99'])('reads no instant from “%s”', (text) => {
    expect(fieldInstant(text)).toBeNull();
  });
});
