/** What the messages of `report-days.ts` must look like. Worker only. What packed rows say is checked by whoever reads them. */
import { z } from 'zod';

const session = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const lead = z.string().min(1).max(2_000);
/** Leads of a part of a day, or of a page. */
const leads = z.array(lead).max(400);
/** Of all instants that there are; below them, those that are none. */
const day = z.number().int().min(-4_100_000_000).max(4_000_000_000);
const part = z.number().int().min(0).max(1_000_000);

const sentDay = z.lazy(() =>
  z.strictObject({
    day,
    part,
    basis: z.string().regex(/^[0-9a-f]{32}$/),
    asOf: z.number().int().min(0).max(8.64e15),
    leads,
    faces: z.string().max(1_000_000),
    rows: z.string().max(2_000_000),
  }),
);

export const reportDaysSchemas = {
  beginDays: () => z.strictObject({}),
  dayLeads: () => z.strictObject({ leads: leads.min(1) }),
  keepDays: () =>
    z.strictObject({
      session,
      clear: z.boolean(),
      drop: z.array(z.tuple([day, part])).max(100_000),
      put: z.array(sentDay).max(1_000),
    }),
  settleDays: () => z.strictObject({ session }),
};
