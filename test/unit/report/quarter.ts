/**
 * A made-up quarter: three people, four sources, two versions of the agreement, pauses, reassignments, corrections, evidence
 * that arrives late or without an instant, and facts from the future. Seeded, so that every run tells the same story; every
 * instant is a whole minute.
 */
import type { Agreement } from '../../../lib/agreement/schema';
import { createCalendarCache } from '../../../lib/calendar';
import type { CalendarSpec } from '../../../lib/calendar/types';
import { evaluateAll, type Clock } from '../../../lib/clock';
import type { Fact, FactBase, FactContent } from '../../../lib/lead/facts';
import type { Lead } from '../../../lib/lead/lead';
import { agreement, commitment, elapsed, working } from '../clock/build';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const open = [['09:00', '18:00']] as const;
/** Madrid: a working day of nine hours on five days, no holidays, so that a test can count it by hand. */
export const madrid: CalendarSpec = {
  timeZone: 'Europe/Madrid',
  weekly: { mon: open, tue: open, wed: open, thu: open, fri: open },
};
export const timeZone = 'Europe/Madrid';

/** First quarter of 2026 in Madrid; its summer time begins on 29 March. */
export const quarter = { from: Date.parse('2025-12-31T23:00:00Z'), to: Date.parse('2026-03-31T22:00:00Z') };
/** The quarter is over by a few days, and some of what happened in it was learnt since. */
export const now = Date.parse('2026-04-10T09:00:00Z');

export const agreements: readonly Agreement[] = [1, 2].map((version) =>
  agreement({
    version,
    ...(version === 2 ? { effectiveFrom: '2026-02-15T00:00:00Z' } : {}),
    calendars: { office: madrid },
    commitments: [
      commitment('accept', working(240 / version), { clause: '3.1' }),
      commitment(
        'first-touch',
        [{ when: [{ field: 'tier', operator: 'is', value: 'hot' }], ...working(60) }, working(480)],
        { clause: '3.2' },
      ),
      commitment('respond', elapsed(24 * 60), { clause: '3.3' }),
      commitment('resolve', working(60 * 90), { clause: '3.4' }),
      commitment('fix-data', working(9 * 60), { clause: '4.1' }),
    ],
  }),
);

/** The same with every commitment that there is. */
export const fullAgreements: readonly Agreement[] = agreements.map((one) =>
  Object.assign({}, one, {
    commitments: one.commitments.concat(
      commitment('next-touch', working(60 * 12), { touches: 3 + one.version }),
      commitment('unblock', working(60 * 6)),
    ),
  }),
);

export const calendars = createCalendarCache();

/** Fixed pseudo-random numbers (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Told {
  readonly lead: Lead;
  readonly facts: readonly Fact[];
  readonly clocks: readonly Clock[];
}

const sources = ['web', 'fair', 'partner', 'webinar'];
const reps = ['r1', 'r2', 'r3'];
const reasons = ['fit', 'timing', 'data', 'spam'];

interface Teller {
  readonly chance: (share: number) => boolean;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  /** Whole minutes up to `most` ms. */
  readonly span: (most: number) => number;
  readonly add: (at: number, content: FactContent, more?: Partial<FactBase>) => Fact;
}

/** One story of a lead; each chance is taken in the same order, whatever came before. */
function tellStory({ chance, pick, span, add }: Teller, start: number): void {
  if (chance(0.3))
    add(start - span(5 * day), { kind: 'readiness', value: pick(['ready', 'needs-data', 'needs-nurturing']) });
  if (chance(0.95)) add(start, { kind: 'hand-off' }, chance(0.05) ? { earliest: start - span(2 * day) } : {});
  let at = start + span(6 * hour);
  if (chance(0.2)) {
    add(at, { kind: 'pause', reason: 'holiday', ...(chance(0.5) ? { until: at + minute + span(2 * day) } : {}) });
    if (chance(0.6)) add(at + minute + span(3 * day), { kind: 'resume' });
  }
  if (chance(0.2)) add(at + span(5 * hour), { kind: 'reassignment', owner: pick(reps), ownerId: pick(reps) });
  if (chance(0.25)) {
    const data = chance(0.6);
    const flag = add(at + span(day), { kind: 'flag', axis: 'readiness', reason: data ? 'data' : pick(reasons), data });
    if (chance(0.7))
      add(flag.at + minute + span(2 * day), {
        kind: 'flag-answer',
        answers: flag.id,
        answer: pick(['fixed', 'disputed', 'agreed']),
      });
  }
  if (chance(0.1)) add(at + span(2 * day), { kind: 'flag', reason: pick(['data', 'fit']) });
  if (chance(0.1)) add(at + 2 * day, { kind: 'flag', reason: 'data', data: true });
  at += span(20 * hour);
  const touches = pick([0, 1, 1, 2, 3, 5]);
  for (let index = 0; index < touches; index++) {
    const touch = add(at, {
      kind: 'touch',
      channel: 'call',
      ...(chance(0.1) ? { direction: 'inbound' as const } : {}),
    });
    if (chance(0.1))
      add(touch.at + minute, { kind: 'touch', channel: 'call' }, { author: 'crm:demo', evidence: 'crm-activity' });
    // A status seen at some time, which may be the shadow of the call or of one before it.
    if (chance(0.15))
      add(at + hour, { kind: 'touch', channel: 'other' }, { earliest: at - span(day), evidence: 'crm-status' });
    at += 2 * minute + span(day);
  }
  if (chance(0.3)) add(start + span(4 * day), { kind: 'inbound', channel: 'email' });
  if (chance(0.1)) add(start + span(2 * day), { kind: 'blocked', by: 'sales', needs: 'a phone number' });
  if (chance(0.1)) add(start + 2 * day, { kind: 'unblocked' });
  decide({ chance, pick, span, add }, at);
  happenAgain({ chance, pick, span, add }, start);
}

/** What comes more than once on a lead: messages, blocks, owners, pauses. */
function happenAgain({ chance, pick, span, add }: Teller, start: number): void {
  // Some is known only by a status that was seen later.
  const blurred = (at: number): Partial<FactBase> =>
    chance(0.15) ? { earliest: at - minute - span(day), evidence: 'crm-status' } : {};
  const message = start + 2 * day + span(6 * day);
  if (chance(0.2)) add(message, { kind: 'inbound', channel: 'email' }, blurred(message));
  if (chance(0.1)) add(start + day, { kind: 'touch', channel: 'other' }, { earliest: start - span(day) });
  const flagged = start + span(9 * day);
  if (chance(0.1)) add(flagged, { kind: 'flag', reason: 'data', data: true }, blurred(flagged));
  if (chance(0.15))
    for (const by of ['marketing', 'sales'] as const) {
      const block = add(start + span(8 * day), { kind: 'blocked', by, needs: 'an answer' });
      if (chance(0.7)) add(block.at + minute + span(2 * day), { kind: 'unblocked' });
    }
  const assigned = start + span(2 * day);
  if (chance(0.15)) add(assigned, { kind: 'reassignment', owner: pick(reps), ownerId: pick(reps) }, blurred(assigned));
  if (chance(0.1)) {
    const pause = add(start + span(5 * day), { kind: 'pause', reason: 'waiting' });
    if (chance(0.7)) add(pause.at + minute + span(day), { kind: 'resume' });
  }
}

function decide({ chance, pick, span, add }: Teller, from: number): void {
  let at = from;
  if (chance(0.7)) {
    const verdict = pick(['accepted', 'accepted', 'rejected', 'recycled'] as const);
    const reason = pick(reasons);
    const first = add(
      at,
      {
        kind: 'verdict',
        verdict,
        ...(verdict === 'accepted' ? {} : { reason, data: reason === 'data' }),
        ...(verdict === 'recycled' ? { until: at + span(20 * day) } : {}),
      },
      chance(0.1) ? { earliest: at - span(2 * day), evidence: 'crm-status' } : {},
    );
    const after = pick(['corrected', 'retracted', 'disputed', 'left', 'left', 'left', 'left', 'left']);
    if (after === 'corrected') add(at + 5 * minute, { kind: 'verdict', verdict: 'accepted' }, { replaces: first.id });
    if (after === 'retracted') add(at + 5 * minute, { kind: 'retraction', replaces: first.id });
    if (after === 'disputed' && reason === 'data')
      add(at + hour, { kind: 'flag-answer', answers: first.id, answer: 'disputed' });
    if (verdict === 'recycled' && chance(0.4))
      add(at + day + span(5 * day), { kind: 'verdict', verdict: pick(['accepted', 'rejected']) });
  }
  at += day + span(10 * day);
  if (chance(0.4)) {
    add(at, { kind: 'disposition', outcome: pick(['won', 'lost', 'converted', 'disqualified', 'merged', 'closed']) });
    if (chance(0.15)) add(at + day, { kind: 'reopen' });
  }
  if (chance(0.05)) add(now + day, { kind: 'touch', channel: 'visit' });
}

/** The leads of the quarter, each with its facts in no order, some of them twice. */
export function tellQuarter(count: number, seed: number, versions = agreements): Told[] {
  const random = randomFrom(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const span = (most: number): number => Math.floor((random() * most) / minute) * minute;
  return Array.from({ length: count }, (_, index): Told => {
    const id = {
      crm: pick(['demo', 'espocrm']),
      origin: 'https://crm.example.com',
      object: 'lead',
      recordId: String(index),
    };
    const key = `${id.crm}|https://crm.example.com|lead|${index}`;
    const facts: Fact[] = [];
    const add: Teller['add'] = (at, content, more = {}) => {
      const late = chance(0.1) ? 10 * day : 0;
      const base = {
        lead: key,
        at,
        author: 'ada',
        evidence: 'person',
        recordedAt: at + span(hour) + late,
        ...more,
      } as const;
      const fact: Fact = { id: `${index}-${facts.length}-${Math.floor(random() * 1e6)}`, ...base, ...content };
      facts.push(fact);
      return fact;
    };
    // A few lie before and after the quarter.
    const start = quarter.from - 3 * day + span(quarter.to - quarter.from + 6 * day);
    tellStory({ chance, pick, span, add }, start);
    if (chance(0.2) && facts[0]) facts.push(facts[0]);
    facts.sort(() => random() - 0.5);
    const source = chance(0.1) ? undefined : pick(sources);
    const owner = chance(0.1) ? undefined : pick(reps);
    const lead: Lead = {
      key,
      id,
      fields: {
        tier: pick(['hot', 'warm']),
        status: pick(['New', 'Working']),
        ...(source === undefined ? {} : { source, campaign: `${source}-${pick(['a', 'b'])}` }),
        ...(owner === undefined ? {} : { ownerId: owner, owner: `Person ${owner}` }),
      },
      seenAt: now - span(chance(0.3) ? 60 * day : 10 * hour),
    };
    return { lead, facts, clocks: evaluateAll(lead, facts, versions, calendars, now) };
  });
}
