/** What a lead and its fields must look like, from a page or from the database. A guard keeps schema and type equal. */
import { z } from 'zod';
import { instantFields, textFields, type InstantField, type Lead, type TextField } from '../lead/lead';

const instant = z.number().min(-8.64e15).max(8.64e15);
const words = (max: number) => z.string().min(1).max(max);

const readInstant = z.strictObject({
  at: instant,
  precision: z
    .number()
    .min(0)
    .max(366 * 86_400_000),
});

/** `z.object` wants its keys one by one; the lists of field names are the authority. */
function eachField<Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) {
  return Object.fromEntries(names.map((name) => [name, z.exactOptional(schema)])) as Record<
    Name,
    z.ZodExactOptional<Schema>
  >;
}

export const fieldNameSchema = z.enum([...textFields, ...instantFields]);

export const leadFieldsSchema = z.strictObject({
  ...eachField<TextField, z.ZodString>(textFields, words(500)),
  ...eachField<InstantField, typeof readInstant>(instantFields, readInstant),
});

export const leadIdSchema = z.strictObject({
  crm: words(40),
  origin: words(300),
  object: words(120),
  recordId: words(300),
});

export const leadSchema = z.strictObject({
  key: words(2_000),
  id: leadIdSchema,
  fields: leadFieldsSchema,
  url: words(2_000).exactOptional(),
  seenAt: instant,
  touchesUnread: z.literal(true).exactOptional(),
}) satisfies z.ZodType<Lead>;
