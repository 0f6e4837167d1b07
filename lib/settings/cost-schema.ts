/** What sources cost, a month at a time, all in one currency. Shape only; `costs.ts` keeps it. */
import { z } from 'zod';
import { costAtMost } from '../report/cost-bounds';

const source = z.string().min(1).max(2_000);
/** Local calendar month of the report. */
const month = z.string().regex(/^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])$/);
const currency = z.string().regex(/^[A-Z]{3}$/);

export const costSchema = z.strictObject({ source, month, amount: z.number().min(0).max(costAtMost) });
/** A cost as it is entered: with the currency that it is meant in. */
export const costEntrySchema = z.strictObject({ ...costSchema.shape, currency });
export const costPlaceSchema = costSchema.omit({ amount: true });

export type SourceCost = z.infer<typeof costSchema>;
export type CostEntry = z.infer<typeof costEntrySchema>;
export type CostPlace = z.infer<typeof costPlaceSchema>;

/** Two years of a hundred sources, and far below what the storage holds. */
export const costsAtMost = 2_400;

export const costsSchema = z.strictObject({
  schema: z.literal(1),
  currency,
  costs: z.array(costSchema).max(costsAtMost),
});
