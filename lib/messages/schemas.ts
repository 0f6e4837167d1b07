/**
 * What messages must look like. Worker only: pages import the types of `contract.ts`. Everything is bounded, because a
 * content script shares its process with a page that may be hostile.
 */
import { z } from 'zod';
import { fieldNameSchema, leadFieldsSchema, leadIdSchema } from '../ledger/lead-schema';
import type { ObserveRequest, PageHealth, SummaryRequest } from './contract';

const instant = z.number().min(-8.64e15).max(8.64e15);
const words = (max: number) => z.string().min(1).max(max);
const key = words(2_000);
const surface = z.enum(['record', 'list', 'board']);

const observation = z.strictObject({
  id: leadIdSchema,
  seenAt: instant,
  source: z.enum(['page', 'api']),
  surface,
  url: words(2_000).exactOptional(),
  fields: leadFieldsSchema,
  missing: z.array(fieldNameSchema).max(50),
});

const viewer = z.strictObject({ id: words(300).exactOptional(), name: words(300).exactOptional() });

export const viewerSchema = viewer;

/** Most observations in one message: a page of leads and its API answers. */
export const observationsAtMost = 1_000;

const problem = z.strictObject({
  code: z.enum([
    'ledger-unavailable',
    'ledger-full',
    'agreement-unreadable',
    'agreement-newer',
    'settings-unreadable',
    'api-unauthorised',
    'api-limited',
    'api-failing',
    'api-unreadable',
  ]),
  since: instant,
  detail: z.string().max(500).exactOptional(),
});

const count = z.number().int().min(0).max(10_000_000);

export const pageHealthSchema = z.strictObject({
  adapter: words(40).nullable(),
  adapterLabel: words(80).nullable(),
  surface: surface.nullable(),
  rows: count,
  read: count,
  missing: z.record(words(60), count),
  badges: count,
  putBack: count,
  givenUp: count,
  problems: z.array(problem).max(20),
  at: instant,
}) satisfies z.ZodType<PageHealth>;

export const messageSchemas = {
  observe: z.strictObject({
    observations: z.array(observation).max(observationsAtMost),
    viewer: viewer.exactOptional(),
  }) satisfies z.ZodType<ObserveRequest>,
  health: pageHealthSchema,
  loadAdapter: z.strictObject({ id: words(40) }),
  panelToken: z.strictObject({ lead: key }),
  panel: z.strictObject({ token: z.string().regex(/^[0-9a-f-]{36}$/) }),
  summary: z.strictObject({
    mine: z.boolean(),
    group: z.enum(['overdue', 'at-risk', 'today']).exactOptional(),
    search: z.string().max(200).exactOptional(),
  }) satisfies z.ZodType<SummaryRequest>,
  site: z.strictObject({ tabId: z.number().int(), url: z.string().max(10_000) }),
  siteChanged: z.strictObject({ pattern: words(400), on: z.boolean(), tabId: z.number().int() }),
  openLead: z.strictObject({ lead: key }),
};
