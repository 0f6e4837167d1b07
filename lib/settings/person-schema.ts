/** What a person's settings must look like. Apart from `person.ts`, so that a policy can be read by the same rules. */
import { z } from 'zod';

const party = z.enum(['marketing', 'sales']);
/** A time of day in the browser's zone. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A name is shown and stored with facts: one line, no control characters, no marks that turn the direction of what follows. */
const unfit = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A name as it may stand in a fact; empty where nothing is left of it. Markup is text like any other and stays. */
export const plainName = (text: string): string => text.replaceAll(unfit, ' ').trim().slice(0, 200);

const name = z.string().max(400).transform(plainName);

const parts = {
  /** `null` until they have said so. */
  side: party.nullable(),
  /** Signs their facts where the CRM does not say who is signed in. */
  name: name.exactOptional(),
  /** Parties whose escalations they want to see, beside their own. */
  follows: z.array(party).max(2),
  badge: z.enum(['quiet', 'full']),
  reminders: z.strictObject({
    on: z.boolean(),
    /** Nothing rings between these; over midnight where `from` is the later one. */
    quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).exactOptional(),
  }),
  /** Whether reports name people. */
  names: z.enum(['hidden', 'shown']),
};

export const personSchema = z.strictObject({
  schema: z.literal(2),
  /** Of every surface of ours. `browser`: the browser's, where we speak it. */
  language: z.enum(['browser', 'en', 'es']),
  ...parts,
});

export type PersonSettings = z.infer<typeof personSchema>;

/** Before there was a choice of language. */
const firstSchema = z.strictObject({ schema: z.literal(1), ...parts });

/** What may be stored: this version's settings, or those before, which are read as this version's. */
export const storedPersonSchema = z.union([
  personSchema,
  firstSchema.transform((first): PersonSettings =>
    Object.assign(first, { schema: 2 as const, language: 'browser' as const }),
  ),
]);
