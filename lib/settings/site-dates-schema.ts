/** How a CRM site shows times. Shape only; `site-dates.ts` keeps it. */
import { z } from 'zod';

/** Whether `Intl` knows the zone is for whoever reads dates with it: browsers differ, and what it doesn't know is no zone. */
const timeZone = z
  .string()
  .max(60)
  .regex(/^[\w+-]+(?:\/[\w+-]+)*$/);

const datesSchema = z.strictObject({
  timeZone: timeZone.exactOptional(),
  order: z.enum(['dmy', 'mdy', 'ymd']).exactOptional(),
});

const origin = z.string().max(400);

export const siteDatesSetSchema = z.strictObject({ origin, dates: datesSchema });

/** By origin. */
export const siteDatesSchema = z.strictObject({
  schema: z.literal(1),
  sites: z.record(origin, z.strictObject({ crm: z.string().max(40), dates: datesSchema })),
});
