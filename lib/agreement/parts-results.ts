/** The parts of an agreement about results and what happens without them: promises per period, reviews, escalation. */
import { z } from 'zod';
import { measureIds } from './measures';
import { commitmentIds, conditionGroups, party, stableId, text, words } from './parts';

/** Elapsed days of each cadence, for comparing it with a target. */
export const cadenceDays = { week: 7, 'two-weeks': 14, month: 30, quarter: 91 } as const;
export type Cadence = keyof typeof cadenceDays;
export const cadence = z.enum(Object.keys(cadenceDays) as [Cadence, ...Cadence[]]);

export const period = z.enum(['week', 'month', 'quarter']);

const isoDate = z.iso.date();

/** Both sides look at the numbers together. */
export const review = z.lazy(() =>
  z.strictObject({
    cadence,
    /** How long they sit together. */
    minutes: z.number().int().min(5).max(480).exactOptional(),
    /** Date of the next one. */
    next: isoDate.exactOptional(),
  }),
);

/** Percentages are those of people, 0 to 100; what a number counts follows from the measure. */
export const promiseFields = {
  id: stableId,
  title: words(120).exactOptional(),
  owedBy: party,
  measure: z.enum(measureIds),
  value: z.number().min(0).max(1_000_000_000),
  per: period,
  /** Only for `attainment`: of this commitment. */
  commitment: z.enum(commitmentIds).exactOptional(),
  /** Leads that it is about; absent, all in scope. */
  when: conditionGroups.exactOptional(),
  /** Only for `cost-per-accepted`: what the period cost, and in what. */
  cost: z
    .strictObject({
      amount: z.number().min(0).max(1e12),
      currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency like EUR'),
    })
    .exactOptional(),
  /** Id of the aim that it serves. */
  aim: stableId.exactOptional(),
  reviewOn: isoDate.exactOptional(),
};

/** A promise of so much per period, as opposed to a time commitment per lead. */
export const periodPromise = z.strictObject(promiseFields);

export const escalationLevel = z.lazy(() =>
  z.strictObject({
    id: stableId,
    on: z.enum(['at-risk', 'overdue']),
    /** Elapsed minutes after that. */
    afterMinutes: z.number().min(0).max(525_600),
    /** Absent: all. */
    commitments: z.array(z.enum(commitmentIds)).min(1).max(commitmentIds.length).exactOptional(),
    tell: z.union([z.enum(['owner', 'manager', 'marketing', 'sales']), z.strictObject({ name: text(120) })]),
    /** Who is told where the lead has no owner. */
    unowned: text(120).exactOptional(),
  }),
);

export const promises = z.array(periodPromise).max(200);
export const escalation = z.array(escalationLevel).max(50);
export const retentionDays = z.number().int().min(30).max(3_650);
