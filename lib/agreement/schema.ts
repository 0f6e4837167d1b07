/**
 * The agreement, version 1 of its schema: calendars, time commitments with conditions and targets, the at-risk share,
 * the enforcement date, and what each CRM's statuses mean. Pure: parsing only; where it is kept is `settings`' business.
 * Sizes are bounded, because an agreement arrives from storage, a policy or a file.
 */
import { z } from 'zod';
import { calendarProblems } from '../calendar';
import { weekdays } from '../calendar/types';
import { textFields } from '../lead/lead';

export const agreementSchemaVersion = 1;

const text = (max: number) => z.string().trim().min(1).max(max);
const opening = z.tuple([text(8), text(8)]);
const openings = z.array(opening).max(24);
const perWeekday = z.partialRecord(z.enum(weekdays), openings);

/** `local` stands for the zone of the browser that reads the agreement; it is replaced when the agreement is resolved. */
export const localZone = 'local';

/** `weekly.mon[0]` as the steps of a zod path. */
const steps = (path: string): (string | number)[] =>
  path.split(/[.[\]]+/).flatMap((step) => (step === '' ? [] : /^\d+$/.test(step) ? Number(step) : step));

const calendar = z
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
    for (const { path, message } of calendarProblems(zoned))
      context.addIssue({ code: 'custom', path: steps(path), message });
  });

const condition = z.discriminatedUnion('operator', [
  z.strictObject({ field: z.enum(textFields), operator: z.enum(['is', 'is-not', 'contains']), value: text(200) }),
  z.strictObject({
    field: z.enum(textFields),
    operator: z.enum(['in', 'not-in']),
    value: z.array(text(200)).min(1).max(200),
  }),
  z.strictObject({ field: z.enum(textFields), operator: z.enum(['present', 'absent']) }),
]);

/** Working minutes of a named calendar, or elapsed minutes. Never a bare "day" (rule 3). */
const target = z.union([
  z.strictObject({ workingMinutes: z.number().positive().max(525_600), calendar: text(64) }),
  z.strictObject({ elapsedMinutes: z.number().positive().max(525_600) }),
]);

const rule = z.strictObject({
  when: z.array(condition).max(20).exactOptional(),
  target,
});

export const commitmentIds = [
  'accept',
  'first-touch',
  'next-touch',
  'respond',
  'resolve',
  'fix-data',
  'unblock',
] as const;

const commitment = z
  .strictObject({
    id: z.enum(commitmentIds),
    owedBy: z.enum(['sales', 'marketing']),
    clause: text(20).exactOptional(),
    rules: z.array(rule).min(1).max(100),
    /** Only for `next-touch`: the promised number of touches; the target is the time between two of them. */
    touches: z.number().int().min(1).max(100).exactOptional(),
  })
  .superRefine((value, context) => {
    const last = value.rules.findIndex((entry) => (entry.when?.length ?? 0) === 0);
    if (last !== -1 && last < value.rules.length - 1)
      context.addIssue({
        code: 'custom',
        path: ['rules', last + 1],
        message: 'this rule can never apply: the one before it has no condition and takes every lead',
      });
  });

/** What a CRM's internal status value means for the clocks. `touched` implies that the lead was accepted. */
export const statusMeanings = ['new', 'accepted', 'touched', 'paused', 'rejected', 'won', 'lost', 'closed'] as const;
const statusMap = z.record(text(80), z.record(text(80), z.record(text(120), z.enum(statusMeanings))));

export const agreementSchema = z
  .strictObject({
    schema: z.literal(agreementSchemaVersion),
    id: text(64),
    version: z.number().int().min(1).max(1_000_000),
    title: text(120).exactOptional(),
    /** Governs hand-offs from this instant on (rule 8). */
    effectiveFrom: z.iso.datetime({ offset: true }).exactOptional(),
    /** Leads handed over before this instant are not judged (rule 13). */
    enforcedFrom: z.iso.datetime({ offset: true }).exactOptional(),
    atRisk: z.strictObject({
      /** Share of the target that is used up when a clock turns at-risk. */
      share: z.number().min(0).max(1),
      /** A clock warns at least this many minutes of its own time before it is due. */
      floorMinutes: z.number().min(0).max(1_440),
    }),
    calendars: z.record(text(64), calendar).refine((all) => Object.keys(all).length <= 100, 'at most 100 calendars'),
    commitments: z.array(commitment).max(500),
    /** crm → object (or `*`) → internal status → meaning. It is laid over the built-in default of each CRM. */
    statuses: statusMap.exactOptional(),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    value.commitments.forEach((entry, index) => {
      if (seen.has(entry.id))
        context.addIssue({
          code: 'custom',
          path: ['commitments', index, 'id'],
          message: `"${entry.id}" is promised twice: put both into one commitment, as rules in the order they apply`,
        });
      seen.add(entry.id);
      entry.rules.forEach((one, at) => {
        if ('calendar' in one.target && !Object.hasOwn(value.calendars, one.target.calendar))
          context.addIssue({
            code: 'custom',
            path: ['commitments', index, 'rules', at, 'target', 'calendar'],
            message: `there is no calendar "${one.target.calendar}": name one of ${Object.keys(value.calendars).join(', ') || 'the calendars you add'}`,
          });
      });
    });
  });

export type Agreement = z.infer<typeof agreementSchema>;
export type Commitment = Agreement['commitments'][number];
export type CommitmentId = (typeof commitmentIds)[number];
export type Rule = Commitment['rules'][number];
export type Target = Rule['target'];
export type Condition = z.infer<typeof condition>;
export type StatusMeaning = (typeof statusMeanings)[number];
