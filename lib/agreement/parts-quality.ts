/** The parts of an agreement about who and what a good lead is: scope, personas, stages, quality rules, and why one is not. */
import { z } from 'zod';
import { instantFields, textFields } from '../lead/lead';
import type { QualityRule } from '../lead/quality-rules';
import { conditionGroups, conditions, label, stableId, text, words } from './parts';

/** Which leads the agreement is about. No group included: every lead. */
export const scope = z.lazy(() =>
  z.strictObject({
    include: conditionGroups,
    exclude: z.array(z.strictObject({ when: conditions.min(1), why: words(300) })).max(100),
  }),
);

/** A lead is of this persona when one of the groups holds. */
export const persona = z.lazy(() =>
  z.strictObject({
    id: stableId,
    label: words(80),
    note: words(500).exactOptional(),
    when: conditionGroups,
  }),
);

/** A lead is at the first stage of which one of the groups holds; a stage without any is a word of the agreement only. */
export const leadStage = z.lazy(() => z.strictObject({ id: stableId, label: words(80), when: conditionGroups }));

const fieldNames = z.enum([...textFields, ...instantFields]);

export const qualityRule = z.lazy(() =>
  z.discriminatedUnion('rule', [
    z.strictObject({
      id: stableId,
      rule: z.literal('required'),
      fields: z.array(fieldNames).min(1).max(21),
      stage: stableId.exactOptional(),
    }),
    z.strictObject({ id: stableId, rule: z.literal('free-mail') }),
    z.strictObject({ id: stableId, rule: z.literal('mail-syntax') }),
    z.strictObject({
      id: stableId,
      rule: z.literal('phone'),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'write the two capital letters of a country, like ES')
        .exactOptional(),
    }),
    z.strictObject({
      id: stableId,
      rule: z.literal('duplicate'),
      by: z
        .array(z.enum(['email', 'phone', 'name-company']))
        .min(1)
        .max(3),
    }),
    z.strictObject({ id: stableId, rule: z.literal('persona') }),
    z.strictObject({ id: stableId, rule: z.literal('scope') }),
    z.strictObject({ id: stableId, rule: z.literal('stale'), elapsedMinutes: z.number().positive().max(5_256_000) }),
  ]),
) satisfies z.ZodType<QualityRule>;

/** Why a lead is rejected or flagged. A reason that facts name is never deleted: it is retired, with what takes its place. */
export const reason = z.lazy(() =>
  z.strictObject({
    id: stableId,
    label: label(80).exactOptional(),
    /** Whether the lead is the wrong one, or only not ready. */
    axis: z.enum(['fit', 'readiness']),
    for: z
      .array(z.enum(['reject', 'flag']))
      .min(1)
      .max(2),
    /** What the person is asked for: one of `options`, a field, or nothing but enough attempts before. */
    asks: z.enum(['which', 'field', 'attempts']).exactOptional(),
    options: z.array(text(80)).min(1).max(50).exactOptional(),
    /** About missing or wrong data, so marketing owes a fix. */
    data: z.boolean().exactOptional(),
    retired: z.strictObject({ successor: stableId.exactOptional() }).exactOptional(),
  }),
);

export const taxonomy = z.strictObject({ reasons: z.array(reason).max(200) });
export const personas = z.array(persona).max(50);
export const leadStages = z.array(leadStage).max(50);
export const quality = z.array(qualityRule).max(200);
export const attempts = z.number().int().min(1).max(50);
export const recycles = z.number().int().min(0).max(50);
