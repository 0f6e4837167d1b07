/**
 * The agreement as people write and sign it, schema 2: the services that both parties owe each other, and how that is managed.
 * Parsing only. Clocks and rules never read it: they run on the flat agreement that `agreementOf` derives from it. What is left
 * out has its default; what `documentOf` and the presets make leaves nothing out, so that what is signed is all there.
 */
import { z } from 'zod';
import { addIssues } from './integrity';
import { documentIssues } from './document-issues';
import { measureIds } from './measures';
import {
  atRisk,
  calendars,
  commitmentIds,
  conditions,
  isoInstant,
  party,
  promisedTouches,
  stableId,
  statusMap,
  target,
  text,
  words,
} from './parts';
import { attempts, leadStages, personas, quality, recycles, scope, taxonomy } from './parts-quality';
import { cadence, escalation, promiseFields, retentionDays, review } from './parts-results';
import { teams } from './parts-teams';

export const documentSchemaVersion = 2;

/** Why the agreement exists; promises and commitments say which aim they serve. */
const aim = z.lazy(() => z.strictObject({ id: stableId, text: words(300) }));

const rule = z.lazy(() =>
  z.strictObject({
    id: stableId,
    title: words(120).exactOptional(),
    when: conditions.exactOptional(),
    target,
  }),
);

const commitment = z.lazy(() =>
  z.strictObject({
    id: z.enum(commitmentIds),
    title: words(120).exactOptional(),
    owedBy: party,
    clause: text(20).exactOptional(),
    /** Id of the aim that it serves. */
    aim: stableId.exactOptional(),
    rules: z.array(rule).min(1).max(500),
    /** Only for `next-touch`: the promised number of touches; the target is the time between two of them. */
    touches: promisedTouches.exactOptional(),
  }),
);

const responsibility = z.lazy(() =>
  z.strictObject({
    id: stableId,
    party,
    what: words(300),
    /** Commitments or promises per period that it covers, by id. */
    covers: z.array(stableId).max(100).exactOptional(),
    clause: text(20).exactOptional(),
    owner: text(120),
    backup: text(120).exactOptional(),
  }),
);

/** Who stands in for whom. */
const cover = z.lazy(() =>
  z.strictObject({
    id: stableId,
    person: text(120),
    by: text(120),
    from: z.iso.date().exactOptional(),
    to: z.iso.date().exactOptional(),
  }),
);

const services = z.lazy(() =>
  z.strictObject({
    aims: z.array(aim).max(200).exactOptional(),
    scope: scope.exactOptional(),
    commitments: z.array(commitment).max(500),
    responsibilities: z.array(responsibility).max(200).exactOptional(),
    availability: z.strictObject({
      calendars,
      cover: z.array(cover).max(500).exactOptional(),
      /** What happens to a lead that comes in when nobody works, in words; its clock starts at the next opening. */
      outOfHours: words(1_000).exactOptional(),
    }),
  }),
);

const measure = z.lazy(() =>
  z.strictObject({
    id: stableId,
    formula: z.enum(measureIds),
    frequency: cadence,
    /** Who looks at it and acts on it. */
    handler: words(120),
  }),
);

const report = z.lazy(() =>
  z.strictObject({
    id: stableId,
    title: words(120).exactOptional(),
    measures: z.array(stableId).max(50),
    every: cadence,
    to: z.array(words(120)).min(1).max(50),
  }),
);

/** Numbered, so that a badge can quote it. */
const clause = z.lazy(() =>
  z.strictObject({ number: text(20), title: words(120).exactOptional(), text: words(4_000) }),
);

const definitions = z.lazy(() =>
  z.strictObject({
    stages: leadStages.exactOptional(),
    personas: personas.exactOptional(),
    /** What counts as a touch, in words for the people; the clocks count genuine contact attempts by a human. */
    touch: words(1_000).exactOptional(),
    statuses: statusMap.exactOptional(),
    teams: teams.exactOptional(),
  }),
);

/** While it is being written, a promise may still lack its number and its period. */
const promise = z.lazy(() =>
  z.strictObject({
    ...promiseFields,
    value: promiseFields.value.exactOptional(),
    per: promiseFields.per.exactOptional(),
  }),
);

const management = z.lazy(() =>
  z.strictObject({
    atRisk,
    /** Leads handed over before this instant are not judged (rule 13). */
    enforcedFrom: isoInstant.exactOptional(),
    measures: z.array(measure).max(100).exactOptional(),
    reports: z.array(report).max(100).exactOptional(),
    review: review.exactOptional(),
    clauses: z.array(clause).max(500).exactOptional(),
    /** How the agreement is changed. */
    update: z
      .strictObject({
        text: words(2_000).exactOptional(),
        /** Between the proposal and the instant it takes effect, at least. */
        noticeDays: z.number().int().min(0).max(365),
      })
      .exactOptional(),
    definitions: definitions.exactOptional(),
    taxonomy: taxonomy.exactOptional(),
    attempts: attempts.exactOptional(),
    recycles: recycles.exactOptional(),
    quality: quality.exactOptional(),
    promises: z.array(promise).max(200).exactOptional(),
    escalation: escalation.exactOptional(),
    retentionDays: retentionDays.exactOptional(),
  }),
);

const side = z.lazy(() =>
  z.strictObject({
    label: words(80).exactOptional(),
    /** Who may sign for this side. */
    signatories: z.array(text(120)).max(20).exactOptional(),
  }),
);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'write the SHA-256 of the content in 64 hex digits');

/** Instants of the procedure are epoch ms. */
const stamp = { party, by: text(120), at: z.number().int().min(0).max(8.64e15), hash: sha256 };

/** The procedure so far. It is no part of what is signed. */
const approval = z.lazy(() =>
  z.strictObject({
    proposed: z.strictObject(stamp).exactOptional(),
    signatures: z.array(z.strictObject(stamp)).max(20),
  }),
);

export const documentSchema = z
  .strictObject({
    schema: z.literal(documentSchemaVersion),
    id: text(64),
    version: z.number().int().min(1).max(1_000_000),
    title: words(120).exactOptional(),
    /** Governs hand-offs from this instant on (rule 8). */
    effectiveFrom: isoInstant.exactOptional(),
    /** Why it changed. */
    notes: words(4_000).exactOptional(),
    parties: z.strictObject({ marketing: side, sales: side }),
    services,
    management,
    approval: approval.exactOptional(),
  })
  .superRefine((value, context) => addIssues(context, documentIssues(value)));

export type AgreementDocument = z.infer<typeof documentSchema>;
/** All that is signed. */
export type DocumentContent = Omit<AgreementDocument, 'approval'>;
export type DocumentCommitment = AgreementDocument['services']['commitments'][number];
export type DocumentRule = DocumentCommitment['rules'][number];
export type DocumentPromise = NonNullable<AgreementDocument['management']['promises']>[number];
export type Signature = NonNullable<AgreementDocument['approval']>['signatures'][number];
