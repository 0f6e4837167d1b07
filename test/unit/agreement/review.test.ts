/** When the review is: on the date that the agreement names, else in its rhythm from the instant it took effect. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cadenceDays, type Cadence } from '../../../lib/agreement/parts-results';
import { addDays, lastReview, nextReview, reviewAfter, reviewsOf } from '../../../lib/agreement/review';

const madrid = 'Europe/Madrid';
const from = (first: string, cadence: Cadence) => ({ first, cadence });

describe('the rhythm of reviews', () => {
  it('begins on the date that the agreement names', () => {
    const agreement = {
      review: { cadence: 'month', next: '2026-05-04' },
      effectiveFrom: '2026-01-01T00:00:00Z',
    } as const;
    expect(reviewsOf(agreement, madrid)).toEqual(from('2026-05-04', 'month'));
  });

  it('begins one cadence after the agreement took effect where it names none', () => {
    // In Madrid it is the 16th already.
    const effectiveFrom = '2026-02-15T23:30:00Z';
    const firsts = {
      week: '2026-02-23',
      'two-weeks': '2026-03-02',
      month: '2026-03-16',
      quarter: '2026-05-16',
    } as const;
    for (const cadence of Object.keys(cadenceDays) as Cadence[])
      expect(reviewsOf({ review: { cadence }, effectiveFrom }, madrid).first).toBe(firsts[cadence]);
    expect(reviewsOf({ review: { cadence: 'week' }, effectiveFrom }, 'UTC').first).toBe('2026-02-22');
  });

  it('begins with the enforcement where no instant of effect is written, and nowhere without either', () => {
    const review = { cadence: 'week' } as const;
    expect(reviewsOf({ review, enforcedFrom: '2026-03-01T00:00:00Z' }, 'UTC').first).toBe('2026-03-08');
    const nothing = reviewsOf({ review }, 'UTC');
    expect([nothing.first, lastReview(nothing, '2026-03-31'), nextReview(nothing, '2026-03-31')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(reviewsOf({ review, effectiveFrom: '9999-12-31T12:00:00Z' }, 'UTC').first).toBeNull();
  });

  it('falls on the last day of a month that is too short, and on its own day again afterwards', () => {
    const reviews = from('2026-01-31', 'month');
    expect(lastReview(reviews, '2026-01-30')).toBeNull();
    expect(lastReview(reviews, '2026-02-28')).toBe('2026-02-28');
    expect(lastReview(reviews, '2026-03-30')).toBe('2026-02-28');
    expect(lastReview(reviews, '2026-03-31')).toBe('2026-03-31');
    expect(lastReview(from('2026-03-02', 'two-weeks'), '2026-04-01')).toBe('2026-03-30');
    expect(lastReview(from('2026-01-15', 'quarter'), '2027-01-14')).toBe('2026-10-15');
  });

  it('has a next date on or after today, and nothing between it and the last one', () => {
    const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(
        dates,
        dates,
        fc.constantFrom(...(Object.keys(cadenceDays) as Cadence[])),
        (first, today, cadence) => {
          const reviews = from(first, cadence);
          const [last, next] = [lastReview(reviews, today), nextReview(reviews, today)];
          expect(next! >= today).toBe(true);
          // Plainly: one after the other until today is reached.
          let [count, before] = [0, null as string | null];
          for (; reviewAfter(first, cadence, count) <= today; count++) before = reviewAfter(first, cadence, count);
          expect(last).toBe(before);
          expect(next).toBe(before === today ? today : reviewAfter(first, cadence, count));
        },
      ),
      { numRuns: 60 },
    );
  });
});
