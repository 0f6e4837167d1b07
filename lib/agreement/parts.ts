/**
 * The parts that the flat agreement and the document share: words, conditions, targets, calendars. Parsing only. Every size is
 * bounded, because an agreement arrives from storage, a policy or a file. `z.lazy`: the worker starts for a single message, and
 * most of them need no schema of an agreement; to make it all takes longer than many an answer.
 */
import { z } from 'zod';
import { calendarProblems } from '../calendar';
import { weekdays } from '../calendar/types';
import { textFields } from '../lead/lead';
import type { Label, Words } from './words';

export const text = (max: number) => z.string().trim().min(1).max(max);

/** Names what the rest of the agreement and the facts refer to, so it never changes, even when the title does. */
export const stableId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'write an id of small letters, digits, "-", "." and "_", like demo-request');

export const label = (max: number) => z.strictObject({ en: text(max), es: text(max) }) satisfies z.ZodType<Label>;
export const words = (max: number) => z.union([text(max), label(max)]) satisfies z.ZodType<Words>;

/** An ISO instant with its offset. */
export const isoInstant = z.iso.datetime({ offset: true });

export const parties = ['marketing', 'sales'] as const;
export const party = z.enum(parties);

const opening = z.tuple([text(8), text(8)]);
const openings = z.array(opening).max(24);
const perWeekday = z.partialRecord(z.enum(weekdays), openings);

/** `local` stands for the zone of the browser that reads the agreement; it is replaced when the agreement is resolved. */
export const localZone = 'local';

/** `weekly.mon[0]` as the steps of a zod path. */
const steps = (path: string): (string | number)[] =>
  path.split(/[.[\]]+/).flatMap((step) => (step === '' ? [] : /^\d+$/.test(step) ? Number(step) : step));

const calendar = z.lazy(() =>
  z
    .strictObject({
      label: text(80).exactOptional(),
      timeZone: text(64),
      weekly: perWeekday,
      breaks: perWeekday.exactOptional(),
      holidays: z.array(text(10)).exactOptional(),
      exceptions: z.record(text(10), openings).exactOptional(),
    })
    .superRefine((spec, context) => {
      // What times, dates and zones mean is the calendar's business; `local` stands for a zone that exists.
      const { label: _label, ...hours } = spec;
      const zoned = hours.timeZone === localZone ? { ...hours, timeZone: 'UTC' } : hours;
      for (const { path, message, code } of calendarProblems(zoned))
        context.addIssue({ code: 'custom', path: steps(path), message, params: { code: `calendar-${code}` } });
    }),
);

export const calendars = z.record(text(64), calendar).refine((all) => Object.keys(all).length <= 100, {
  message: 'at most 100 calendars',
  params: { code: 'too-many', max: 100 },
});

export const condition = z.lazy(() =>
  z.discriminatedUnion('operator', [
    z.strictObject({ field: z.enum(textFields), operator: z.enum(['is', 'is-not', 'contains']), value: text(200) }),
    z.strictObject({
      field: z.enum(textFields),
      operator: z.enum(['in', 'not-in']),
      value: z.array(text(200)).min(1).max(200),
    }),
    z.strictObject({ field: z.enum(textFields), operator: z.enum(['present', 'absent']) }),
  ]),
);
export const conditions = z.array(condition).max(20);

/** One of the groups, each with all of its conditions. */
export const conditionGroups = z.array(conditions.min(1)).max(50);

/** Working minutes of a named calendar, or elapsed minutes. Never a bare "day" (rule 3). */
export const target = z.lazy(() =>
  z.union([
    z.strictObject({ workingMinutes: z.number().positive().max(525_600), calendar: text(64) }),
    z.strictObject({ elapsedMinutes: z.number().positive().max(525_600) }),
  ]),
);

export const commitmentIds = [
  'accept',
  'first-touch',
  'next-touch',
  'respond',
  'resolve',
  'fix-data',
  'unblock',
] as const;

export const isCommitment = (name: string): name is (typeof commitmentIds)[number] =>
  (commitmentIds as readonly string[]).includes(name);

export const atRisk = z.lazy(() =>
  z.strictObject({
    /** Share of the target that is used up when a clock turns at-risk. */
    share: z.number().min(0).max(1),
    /** A clock warns at least this many minutes of its own time before it is due. */
    floorMinutes: z.number().min(0).max(1_440),
  }),
);

/** What a CRM's internal status value means for the clocks. `touched` implies that the lead was accepted. */
export const statusMeanings = ['new', 'accepted', 'touched', 'paused', 'rejected', 'won', 'lost', 'closed'] as const;

/** crm → object (or `*`) → internal status → meaning. It is laid over the built-in default of each CRM. */
export const statusMap = z.lazy(() =>
  z.record(text(80), z.record(text(80), z.record(text(120), z.enum(statusMeanings)))),
);

/** The number of touches that a cadence promises. */
export const promisedTouches = z.number().int().min(1).max(100);
