/** What a meeting decided, and who does what about it until when. Shape only; `decisions.ts` keeps it. */
import { z } from 'zod';
import { plainName } from './person-schema';

const line = (max: number) => z.string().max(max).transform(plainName).pipe(z.string().min(1));

export const decisionSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  /** An action is to be done; a decision only stands. */
  kind: z.enum(['action', 'decision']),
  text: line(400),
  owner: line(200).exactOptional(),
  /** Local date on which it is looked at. */
  due: z.iso.date().exactOptional(),
  /** When it was written down, epoch ms. */
  at: z.number().int().min(0).max(8.64e15),
  result: z.enum(['open', 'worked', 'did-not-work', 'dropped']),
});

export type Decision = z.infer<typeof decisionSchema>;

/** Enough for years of weekly meetings, and far below what the storage holds. */
export const decisionsAtMost = 1_000;

export const decisionsSchema = z.strictObject({
  schema: z.literal(1),
  decisions: z.array(decisionSchema).max(decisionsAtMost),
});
