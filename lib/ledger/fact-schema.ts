/** What a stored fact must look like. The type of the pure rooms is the authority; `satisfies` and a test keep both equal. */
import { z } from 'zod';
import type { Fact } from '../lead/facts';

const instant = z.number().int().min(0).max(8.64e15);
const words = (max: number) => z.string().min(1).max(max);

const factId = z.string().regex(/^[0-9a-f]{32}$/);

const base = {
  id: factId,
  lead: words(1_000),
  at: instant,
  earliest: instant.exactOptional(),
  author: words(200),
  party: z.enum(['marketing', 'sales']).exactOptional(),
  evidence: z.enum(['person', 'crm-field', 'crm-activity', 'crm-status']),
  replaces: factId.exactOptional(),
  recordedAt: instant.exactOptional(),
};
const channel = z.enum(['call', 'email', 'meeting', 'message', 'visit', 'other']);

export const factSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ ...base, kind: z.literal('hand-off') }),
    z.strictObject({
      ...base,
      kind: z.literal('touch'),
      channel,
      direction: z.enum(['outbound', 'inbound']).exactOptional(),
    }),
    z.strictObject({ ...base, kind: z.literal('inbound'), channel }),
    z.strictObject({
      ...base,
      kind: z.literal('verdict'),
      verdict: z.enum(['accepted', 'rejected', 'recycled']),
      reason: words(500).exactOptional(),
      detail: words(500).exactOptional(),
      until: instant.exactOptional(),
      data: z.boolean().exactOptional(),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('flag'),
      axis: z.enum(['fit', 'readiness']).exactOptional(),
      reason: words(500),
      detail: words(500).exactOptional(),
      data: z.boolean().exactOptional(),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('flag-answer'),
      answers: words(64),
      answer: z.enum(['fixed', 'disputed', 'agreed']),
      reason: words(500).exactOptional(),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('readiness'),
      value: z.enum(['needs-nurturing', 'needs-data', 'ready']),
    }),
    z.strictObject({ ...base, kind: z.literal('pause'), reason: words(500), until: instant.exactOptional() }),
    z.strictObject({ ...base, kind: z.literal('resume') }),
    z.strictObject({ ...base, kind: z.literal('blocked'), by: z.enum(['marketing', 'sales']), needs: words(500) }),
    z.strictObject({ ...base, kind: z.literal('unblocked'), answer: words(500).exactOptional() }),
    z.strictObject({
      ...base,
      kind: z.literal('reassignment'),
      owner: words(500),
      ownerId: words(500).exactOptional(),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('tier-change'),
      tier: words(500),
      from: words(500).exactOptional(),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('disposition'),
      outcome: z.enum(['won', 'lost', 'converted', 'disqualified', 'merged', 'closed']),
    }),
    z.strictObject({ ...base, kind: z.literal('reopen') }),
    z.strictObject({ ...base, kind: z.literal('note'), text: words(2_000) }),
    z.strictObject({ ...base, kind: z.literal('dismissal'), rule: words(120), reason: words(500) }),
    z.strictObject({ ...base, replaces: factId, kind: z.literal('retraction') }),
    z.strictObject({
      ...base,
      kind: z.literal('approval'),
      version: z.number().int().min(1),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    z.strictObject({ ...base, kind: z.literal('acknowledgement'), version: z.number().int().min(1) }),
    z.strictObject({ ...base, kind: z.literal('agreement-applied'), version: z.number().int().min(1) }),
  ]),
) satisfies z.ZodType<Fact>;
