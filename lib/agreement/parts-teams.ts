/** Who works together. The report adds up by these; no clock and no rule reads them. */
import { z } from 'zod';
import { stableId, text, words } from './parts';

const team = z.lazy(() =>
  z.strictObject({
    id: stableId,
    label: words(80),
    /** Names as the CRM shows owners; how they are compared is `memberKey`'s business. */
    members: z.array(text(400)).max(500),
  }),
);

export const teams = z.array(team).max(100);
