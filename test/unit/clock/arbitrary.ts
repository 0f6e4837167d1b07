/** Arbitrary leads: two weeks of facts of every kind, exact or not, under an agreement with every commitment. */
import * as fc from 'fast-check';
import { commitmentIds, type Agreement } from '../../../lib/agreement/schema';
import type { CalendarSpec } from '../../../lib/calendar/types';
import type { Fact, FactContent } from '../../../lib/lead/facts';
import { agreement, at, commitment, elapsed, fact, handOff, hour, minute, week, working } from './build';

/** With a lunch break, a night shift, a holiday, a short day and two changes of the clocks in its zone. */
export const madrid: CalendarSpec = {
  timeZone: 'Europe/Madrid',
  weekly: { ...week('09:00', '18:00'), sat: [['22:00', '06:00']] },
  breaks: { mon: [['13:00', '14:00']], wed: [['13:00', '14:00']] },
  holidays: ['2026-03-05', '2026-03-19'],
  exceptions: { '2026-03-13': [['10:00', '12:00']] },
};

export const from = at('mon 00:00');
const reach = 4 * 7 * 24 * hour;

/** Minutes and odd milliseconds, often the very same instant twice. */
export const instant = fc.oneof(
  fc.integer({ min: 0, max: reach / (30 * minute) }).map((halfHours) => from + halfHours * 30 * minute),
  fc.integer({ min: 0, max: reach }).map((ms) => from + ms),
);

const channel = fc.constantFrom('call', 'email');
const content: fc.Arbitrary<FactContent> = fc.oneof(
  fc.constant<FactContent>({ kind: 'hand-off' }),
  channel.map((by): FactContent => ({ kind: 'touch', channel: by as 'call' })),
  channel.map((by): FactContent => ({ kind: 'inbound', channel: by as 'call' })),
  fc
    .record({ verdict: fc.constantFrom('accepted', 'rejected', 'recycled'), data: fc.boolean() })
    .map(({ verdict, data }): FactContent => ({ kind: 'verdict', verdict, data })),
  fc.boolean().map((data): FactContent => ({ kind: 'flag', reason: 'phone', data })),
  fc.constant<FactContent>({ kind: 'pause', reason: 'waiting' }),
  instant.map((until): FactContent => ({ kind: 'pause', reason: 'waiting', until })),
  fc.constant<FactContent>({ kind: 'resume' }),
  fc.constantFrom('sales', 'marketing').map((by): FactContent => ({ kind: 'blocked', by: by as 'sales', needs: 'x' })),
  fc.constant<FactContent>({ kind: 'unblocked' }),
  fc.constantFrom('grace', 'edsger').map((owner): FactContent => ({ kind: 'reassignment', owner })),
  fc.constantFrom('hot', 'warm', 'cold').map((tier): FactContent => ({ kind: 'tier-change', tier })),
  fc
    .tuple(fc.constantFrom('hot', 'warm', 'cold'), fc.constantFrom('hot', 'warm', 'cold'))
    .map(([before, tier]): FactContent => ({ kind: 'tier-change', tier, from: before })),
  fc.constantFrom('won', 'lost', 'merged', 'closed').map((outcome): FactContent => ({ kind: 'disposition', outcome })),
  fc.constant<FactContent>({ kind: 'reopen' }),
  fc.constantFrom(1, 2, 3).map((version): FactContent => ({ kind: 'agreement-applied', version })),
);

const anyFact: fc.Arbitrary<Fact> = fc
  .tuple(instant, content, fc.option(fc.integer({ min: 0, max: 30 * hour }), { freq: 4, nil: undefined }))
  .map(([when, what, span]) => fact(when, what, span === undefined ? {} : { earliest: when - span }));

/** Mostly with a hand-off that can be read. */
export const facts: fc.Arbitrary<Fact[]> = fc
  .tuple(fc.option(instant, { freq: 9, nil: undefined }), fc.array(anyFact, { maxLength: 9 }))
  .map(([start, more]) => (start === undefined ? more : more.concat(handOff(start))));

const target = (minutes: number, isElapsed: boolean) => (isElapsed ? elapsed(minutes) : working(minutes));

/** Two versions; every commitment, with other targets by tier. */
export const agreements: fc.Arbitrary<Agreement[]> = fc
  .record({
    minutes: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 3, maxLength: 3 }),
    isElapsed: fc.boolean(),
    share: fc.constantFrom(0, 0.5, 0.7, 0.75, 1),
    floorMinutes: fc.constantFrom(0, 5, 120),
  })
  .map(({ minutes, isElapsed, share, floorMinutes }) =>
    [1, 2].map((version) =>
      agreement({
        version,
        ...(version === 2 ? { effectiveFrom: '2026-03-10T10:00:00Z' } : {}),
        atRisk: { share, floorMinutes },
        calendars: { office: madrid },
        commitments: commitmentIds.map((id, index) =>
          commitment(
            id,
            [
              {
                when: [{ field: 'tier', operator: 'is', value: 'hot' }],
                ...target(minutes[0]! * version, index % 3 === 0),
              },
              { when: [{ field: 'tier', operator: 'is', value: 'warm' }], ...target(minutes[1]!, isElapsed) },
              target(minutes[2]! * version, isElapsed),
            ],
            id === 'next-touch' ? { touches: 3 } : {},
          ),
        ),
      }),
    ),
  );
