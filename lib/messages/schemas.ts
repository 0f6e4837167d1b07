/**
 * What messages must look like. Worker only: pages import the types of `contract.ts`. Everything is bounded, because a
 * content script shares its process with a page that may be hostile.
 */
import { z } from 'zod';
import { fieldNameSchema, leadFieldsSchema, leadIdSchema } from '../ledger/lead-schema';
import { repairsLength, repairsSchema } from '../settings/repair-schema';
import { costEntrySchema, costPlaceSchema } from '../settings/cost-schema';
import { decisionSchema } from '../settings/decision-schema';
import { siteDatesSetSchema } from '../settings/site-dates-schema';
import { personSchema } from '../settings/person';
import { agreementSchemas } from './agreement-schemas';
import { reportDaysSchemas } from './report-days-schemas';
import { leadsAtOnce, type Act, type ActRequest } from './acts';
import type { ObserveRequest } from './observing';
import type { SweepEnd } from '../crm/types';
import type { PageHealth, PageOutline } from './page-health';
import type { OnHand } from './panel';
import type { SummaryRequest } from './summary';

const instant = z.number().min(-8.64e15).max(8.64e15);
const words = (max: number) => z.string().min(1).max(max);
const key = words(2_000);
const surface = z.enum(['record', 'list', 'board']);

const observation = z.lazy(() =>
  z.strictObject({
    id: leadIdSchema,
    seenAt: instant,
    source: z.enum(['page', 'api']),
    surface,
    url: words(2_000).exactOptional(),
    fields: leadFieldsSchema,
    missing: z.array(fieldNameSchema).max(50),
  }),
);

const viewer = z.strictObject({ id: words(300).exactOptional(), name: words(300).exactOptional() });

export const viewerSchema = viewer;

/** Most observations in one message: a page of leads and its API answers. */
export const observationsAtMost = 1_000;

const problem = z.lazy(() =>
  z.strictObject({
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
      'page-changed',
    ]),
    since: instant,
    detail: z.string().max(500).exactOptional(),
  }),
);

const count = z.number().int().min(0).max(10_000_000);

export const outlineSchema = z.lazy(() =>
  z.strictObject({
    lines: z.array(words(2_000)).max(500),
    truncated: z.boolean(),
    matches: z.record(words(60), count),
  }),
) satisfies z.ZodType<PageOutline>;

/** Names that an adapter may have for its selectors; a page must not make the list endless. */
export const namesAtMost = 100;

/** A value by the name of a field or a selector. */
export const named = <Value extends z.ZodType>(value: Value) =>
  z.record(words(60), value).refine((record) => Object.keys(record).length <= namesAtMost, { error: 'too many names' });

export const pageHealthSchema = z.lazy(() =>
  z.strictObject({
    adapter: words(40).nullable(),
    adapterLabel: words(80).nullable(),
    surface: surface.nullable(),
    noSurface: z.literal(true).exactOptional(),
    visit: instant,
    rows: count,
    read: count,
    whole: count,
    missing: named(count),
    seen: named(count),
    selectors: named(z.boolean()),
    refused: z.array(words(60)).max(namesAtMost),
    badges: count,
    putBack: count,
    givenUp: count,
    problems: z.array(problem).max(20),
    emptyRun: count.exactOptional(),
    at: instant,
  }),
) satisfies z.ZodType<PageHealth>;

/** Facts hold whole milliseconds. */
const moment = z.number().int().min(0).max(8.64e15);
const reason = words(500);
const factId = z.string().regex(/^[0-9a-f]{32}$/);
const channel = z.enum(['call', 'email', 'meeting', 'message', 'visit', 'other']);

const act = z.lazy(() =>
  z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('accept') }),
    z.strictObject({ do: z.literal('reject'), reason, detail: words(500).exactOptional() }),
    z.strictObject({ do: z.literal('recycle'), until: moment, reason: reason.exactOptional() }),
    z.strictObject({
      do: z.literal('touch'),
      channel,
      direction: z.enum(['outbound', 'inbound']).exactOptional(),
      at: moment.exactOptional(),
    }),
    z.strictObject({ do: z.literal('pause'), reason, until: moment.exactOptional() }),
    z.strictObject({ do: z.literal('resume') }),
    z.strictObject({ do: z.literal('block'), needs: words(500) }),
    z.strictObject({ do: z.literal('unblock'), answer: words(500).exactOptional() }),
    z.strictObject({
      do: z.literal('flag'),
      axis: z.enum(['fit', 'readiness']),
      reason,
      detail: words(500).exactOptional(),
    }),
    z.strictObject({
      do: z.literal('answer'),
      fact: factId,
      answer: z.enum(['fixed', 'disputed', 'agreed']),
      reason: reason.exactOptional(),
    }),
    z.strictObject({ do: z.literal('readiness'), value: z.enum(['needs-nurturing', 'needs-data', 'ready']) }),
    z.strictObject({ do: z.literal('note'), text: words(2_000) }),
    z.strictObject({ do: z.literal('dismiss'), rule: words(120), reason }),
    z.strictObject({ do: z.literal('undo'), facts: z.array(factId).min(1).max(leadsAtOnce) }),
  ]),
) satisfies z.ZodType<Act>;

const token = z.string().regex(/^[0-9a-f-]{36}$/);
const leads = z.array(key).min(1).max(leadsAtOnce);
/** A page of a file: at most some thousand lines. */
const importLength = 4_000_000;

export const messageSchemas = {
  observe: () =>
    z.strictObject({
      observations: z.array(observation).max(observationsAtMost),
      viewer: viewer.exactOptional(),
    }) satisfies z.ZodType<ObserveRequest>,
  sweepPage: () => z.strictObject({ observations: z.array(observation).max(observationsAtMost) }),
  sweepEnd: () =>
    z.strictObject({
      startedAt: instant,
      complete: z.boolean(),
      absent: z.array(leadIdSchema).max(observationsAtMost).exactOptional(),
    }) satisfies z.ZodType<SweepEnd>,
  health: () => pageHealthSchema,
  loadAdapter: () => z.strictObject({ id: words(40), beside: z.boolean() }),
  loadWorld: () => z.strictObject({ id: words(40) }),
  panelToken: () => z.strictObject({ lead: key }),
  bulkToken: () => z.strictObject({ leads, token: token.exactOptional() }),
  work: () => z.strictObject({ token }),
  panel: () => z.strictObject({ token }),
  onHand: () => z.strictObject({ lead: key.nullable(), surface: surface.nullable() }) satisfies z.ZodType<OnHand>,
  sidebar: () => z.strictObject({ tabId: z.number().int() }),
  act: () => z.strictObject({ leads, act, askedAt: moment.exactOptional() }) satisfies z.ZodType<ActRequest>,
  snooze: () => z.strictObject({ leads: z.array(key).min(1).max(1_000), until: moment.nullable() }),
  next: () => z.strictObject({}),
  person: () => z.strictObject({}),
  savePerson: () => z.strictObject({ person: personSchema }),
  viewers: () => z.strictObject({}),
  summary: () =>
    z.strictObject({
      mine: z.boolean(),
      group: z.enum(['overdue', 'at-risk', 'today']).exactOptional(),
      search: z.string().max(200).exactOptional(),
    }) satisfies z.ZodType<SummaryRequest>,
  site: () => z.strictObject({ tabId: z.number().int(), url: z.string().max(10_000) }),
  policySites: () => z.strictObject({}),
  datedSites: () => z.strictObject({}),
  saveSiteDates: () => siteDatesSetSchema,
  siteChanged: () => z.strictObject({ pattern: words(400), on: z.boolean(), tabId: z.number().int() }),
  openLead: () => z.strictObject({ lead: key }),
  eraseLead: () => z.strictObject({ lead: key }),
  recordAgain: () => z.strictObject({ lead: key }),
  exportPage: () => z.strictObject({ after: words(2_000).exactOptional() }),
  importChunk: () =>
    z.strictObject({
      text: z.string().min(1).max(importLength),
      line: z.number().int().min(1).max(1e9),
      last: z.boolean(),
    }),
  reportTerms: () => z.strictObject({}),
  decisions: () => z.strictObject({}),
  saveDecision: () => z.strictObject({ decision: decisionSchema }),
  removeDecision: () => z.strictObject({ id: decisionSchema.shape.id }),
  costs: () => z.strictObject({}),
  saveCost: () => z.strictObject({ cost: costEntrySchema }),
  removeCost: () => z.strictObject({ place: costPlaceSchema }),
  ledgerInfo: () => z.strictObject({}),
  healthTable: () => z.strictObject({}),
  pageStructure: () => z.strictObject({ adapter: words(40), surface }),
  repairList: () => z.strictObject({}),
  readRepairs: () => z.strictObject({ text: z.string().max(repairsLength + 1) }),
  keepRepairs: () => z.strictObject({ repairs: repairsSchema }),
  removeRepair: () => z.strictObject({ adapter: words(40) }),
  ...agreementSchemas,
  ...reportDaysSchemas,
};
