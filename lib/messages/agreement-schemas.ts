/** What the messages of `agreements.ts` must look like. Worker only. */
import { z } from 'zod';
import { conditions } from '../agreement/parts';
import { presetIds } from '../agreement/presets';
import { sharedUrl } from '../settings/team-address';

const nothing = z.strictObject({});
/** Characters of JSON; what is longer is read by nobody. */
const longest = 5_000_001;
const run = z.string().regex(/^[0-9a-f-]{36}$/);
const exported = z.enum(['draft', 'in-force', 'coming']);
const words = (max: number) => z.string().trim().min(1).max(max);

export const agreementSchemas = {
  agreementState: () => nothing,
  saveDraft: () =>
    z.strictObject({
      text: z.string().min(1).max(longest),
      base: z.number().int().min(0).nullable(),
      keepBoth: z.boolean().exactOptional(),
    }),
  startDraft: () => z.strictObject({ from: z.enum(['in-force', ...presetIds]) }),
  dropDraft: () => z.strictObject({ restore: z.boolean() }),
  adoptPreset: () => z.strictObject({ preset: z.enum(presetIds) }),
  propose: () => nothing,
  sign: () =>
    z.strictObject({
      as: z.strictObject({ party: z.enum(['marketing', 'sales']), by: words(120) }).exactOptional(),
    }),
  withdraw: () => nothing,
  publish: () => nothing,
  chooseVersion: () => z.strictObject({ choice: z.enum(['mine', 'theirs']) }),
  unread: () => nothing,
  acknowledge: () => z.strictObject({ id: words(64), version: z.number().int().min(1).max(1_000_000) }),
  dryRun: () => z.strictObject({ of: z.enum(['draft', 'in-force']), run: run.exactOptional() }),
  dryRunRows: () => z.strictObject({ run, from: z.number().int().min(0).max(1_000_000) }),
  cancelDryRun: () => z.strictObject({ run }),
  applyToOpen: () => z.strictObject({ list: z.string().regex(/^[0-9a-f]{64}$/) }),
  importDocument: () => z.strictObject({ text: z.string().max(longest), keep: z.boolean() }),
  exportDocument: () => z.strictObject({ of: exported }),
  countLeads: () => z.strictObject({ groups: z.array(conditions).max(50) }),
  seenStatuses: () => nothing,
  saveTeamAddress: () => z.strictObject({ url: sharedUrl.nullable(), isCrm: z.boolean() }),
  readTeamAddress: () => nothing,
  publishToTeam: () => nothing,
  policyFiles: () =>
    z.strictObject({
      of: exported,
      url: z
        .url({ protocol: /^https$/ })
        .max(2_000)
        .exactOptional(),
      pinned: z.boolean().exactOptional(),
      team: sharedUrl.exactOptional(),
      origins: z.array(words(400)).max(200).exactOptional(),
      locked: z.array(words(40)).max(20).exactOptional(),
    }),
};
