/**
 * The flat agreement that clocks and rules run on: calendars, time commitments with conditions and targets, scope, taxonomy,
 * quality rules, promises. Its schema is also the first format in which agreements were written (`schema: 1`), and still the
 * short way to write one: what is left out then has its default. What people sign is the document (`document.ts`).
 */
import { z } from 'zod';
import { defaultTerms } from './defaults';
import { addIssues, commitmentIssues, referenceIssues } from './integrity';
import {
  atRisk,
  calendars,
  commitmentIds,
  conditions,
  isoInstant,
  party,
  promisedTouches,
  statusMap,
  target,
  text,
  words,
  type condition,
  type statusMeanings,
} from './parts';
import {
  attempts,
  leadStages,
  personas,
  quality,
  recycles,
  scope,
  taxonomy,
  type leadStage,
  type persona,
  type reason,
} from './parts-quality';
import { escalation, promises, retentionDays, review, type escalationLevel, type periodPromise } from './parts-results';
import { teams } from './parts-teams';

export { commitmentIds } from './parts';

export const agreementSchemaVersion = 1;

const commitment = z.lazy(() =>
  z.strictObject({
    id: z.enum(commitmentIds),
    owedBy: party,
    clause: text(20).exactOptional(),
    rules: z
      .array(z.strictObject({ when: conditions.exactOptional(), target }))
      .min(1)
      .max(500),
    /** Only for `next-touch`: the promised number of touches; the target is the time between two of them. */
    touches: promisedTouches.exactOptional(),
  }),
);

const side = z.lazy(() => z.strictObject({ label: words(80).exactOptional() }));

/** What version 1 did not have from the start. */
const additions = z.strictObject({
  parties: z.strictObject({ marketing: side, sales: side }),
  taxonomy,
  /** Agreed touches before a lead may be called unreachable. */
  attempts,
  /** How often a lead may be recycled. */
  recycles,
  quality,
  personas,
  /** Leads outside of it have no clocks. */
  scope,
  stages: leadStages,
  escalation,
  promises,
  review,
  /** Who works together, for the report. */
  teams,
  /** Days that facts of closed leads are kept. */
  retentionDays,
});

export const agreementSchema = z
  .strictObject({
    schema: z.literal(agreementSchemaVersion),
    id: text(64),
    version: z.number().int().min(1).max(1_000_000),
    title: text(120).exactOptional(),
    /** Governs hand-offs from this instant on (rule 8). */
    effectiveFrom: isoInstant.exactOptional(),
    /** Leads handed over before this instant are not judged (rule 13). */
    enforcedFrom: isoInstant.exactOptional(),
    atRisk,
    calendars,
    commitments: z.array(commitment).max(500),
    statuses: statusMap.exactOptional(),
    ...exactOptionals(additions.shape),
  })
  .superRefine((value, context) => {
    addIssues(context, [
      ...commitmentIssues(value.commitments, value.calendars, ['commitments']),
      ...referenceIssues(
        { ...value, reasons: value.taxonomy?.reasons, stages: value.stages ?? defaultTerms.stages },
        {
          reasons: ['taxonomy', 'reasons'],
          quality: ['quality'],
          personas: ['personas'],
          stages: ['stages'],
          teams: ['teams'],
          promises: ['promises'],
          escalation: ['escalation'],
        },
      ),
    ]);
  });

/** Each of them may be left out. */
function exactOptionals<Shape extends z.ZodRawShape>(shape: Shape) {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.exactOptional(schema as z.ZodType)]),
  ) as unknown as { [Name in keyof Shape]: z.ZodExactOptional<Shape[Name]> };
}

/** As it is written, with what may be left out. */
export type WrittenAgreement = z.infer<typeof agreementSchema>;
/** As it is used: nothing is left out but what has a meaning by its absence. */
export type Agreement = WrittenAgreement & z.infer<typeof additions>;
export type Commitment = Agreement['commitments'][number];
export type CommitmentId = (typeof commitmentIds)[number];
export type Rule = Commitment['rules'][number];
export type Target = Rule['target'];
export type Condition = z.infer<typeof condition>;
export type StatusMeaning = (typeof statusMeanings)[number];
export type Scope = z.infer<typeof scope>;
export type Persona = z.infer<typeof persona>;
export type LeadStage = z.infer<typeof leadStage>;
export type Reason = z.infer<typeof reason>;
export type EscalationLevel = z.infer<typeof escalationLevel>;
export type PeriodPromise = z.infer<typeof periodPromise>;
