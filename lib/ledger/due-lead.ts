/**
 * From a record to what lists need of it, and to the text that keeps it in the database. A projection of records, written with
 * them. Many leads lie in one bucket: a database takes time for each thing that it reads, and hardly any for its length.
 */
import type { Clock } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import { beginningOf, joinLines, readDueLines, readDueText, splitLines, writeDueText } from './due-text';
import type { DueClock, DueFields, DueLead, LeadRecord } from './types';

export interface DueBucket {
  readonly bucket: number;
  /** A line for each lead in it: one text is read in a fraction of the time that a list of texts takes. */
  readonly lines?: string;
  /** The same as an earlier build wrote it, and as an upgrade makes it. */
  readonly rows?: readonly (readonly [LeadKey, string])[];
}

/** Leads of a bucket; what is damaged is left out. */
export function leadsIn({ lines, rows = [] }: DueBucket): DueLead[] {
  return lines === undefined ? rows.flatMap(([, text]) => readDueText(text) ?? []) : readDueLines(lines);
}

/** Text by lead; `null` for one that no list has to find any more. */
export type DueChanges = ReadonlyMap<LeadKey, string | null>;

/** With 20,000 leads due a bucket has some 35 kB: little to write again for one lead, and few to read for all. */
const buckets = 256;

/** FNV-1a: the same lead always lies in the same bucket. */
export function bucketOf(key: LeadKey): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % buckets;
}

/** All buckets in this many parts, from one number to before another. */
export function bucketRanges(parts: number): (readonly [from: number, until: number])[] {
  const size = buckets / parts;
  return Array.from({ length: parts }, (_, part) => [Math.round(part * size), Math.round((part + 1) * size)]);
}

/** The bucket with these changes; `null` where they change nothing. */
export function changedBucket(bucket: number, before: DueBucket | undefined, changes: DueChanges): DueBucket | null {
  const lines =
    before?.lines === undefined ? leadsIn(before ?? { bucket }).map(writeDueText) : splitLines(before.lines);
  let isChanged = false;
  for (const [key, text] of changes) {
    const beginning = beginningOf(key);
    const place = lines.findIndex((line) => line.startsWith(beginning));
    if ((lines[place] ?? null) === text) continue;
    isChanged = true;
    lines.splice(place === -1 ? lines.length : place, 1, ...(text === null ? [] : [text]));
  }
  return isChanged ? { bucket, lines: joinLines(lines) } : null;
}

function dueClock(clock: Clock): DueClock {
  const { commitment, owedBy, state, startAt, startEvent = null, dueAt, atRiskAt, calendar, unknown, upcoming } = clock;
  return { commitment, owedBy, state, startAt, startEvent, dueAt, atRiskAt, calendar, unknown, upcoming };
}

function dueFields({ id, url, seenAt, fields }: LeadRecord['lead']): DueFields {
  const { name, company, owner, ownerId, email, tier } = fields;
  const said = Object.entries({ name, company, owner, ownerId, email, tier }).filter(
    ([, value]) => value !== undefined,
  );
  return { id, seenAt, ...(url === undefined ? {} : { url }), fields: Object.fromEntries(said) };
}

/** What lists need of a record, be anything due or not. */
export function dueLeadOf(record: LeadRecord): DueLead {
  const { key, lead, clocks, attention, questions = [] } = record;
  return {
    key,
    lead: dueFields(lead),
    clocks: clocks.filter(({ dueAt, doneAt }) => dueAt !== null && doneAt === null).map(dueClock),
    isSeenLate: clocks.some(
      ({ dueAt, state, unknown }) =>
        state === 'overdue' || (dueAt !== null && lead.seenAt > dueAt && unknown !== 'touches'),
    ),
    questions,
    ...(attention === undefined ? {} : { attention }),
  };
}

/** `null` where no list has to find it. */
export function dueTextOf(record: LeadRecord): string | null {
  const { attention, questions = [] } = record;
  return attention === undefined && questions.length === 0 ? null : writeDueText(dueLeadOf(record));
}

/** The newest question first. */
export const byAsked = (a: Asking, b: Asking): number => askedAt(b) - askedAt(a) || (a.key < b.key ? -1 : 1);

type Asking = Pick<LeadRecord, 'key' | 'questions'>;

/** When the newest open question was asked, epoch ms. */
export const askedAt = ({ questions = [] }: Pick<LeadRecord, 'questions'>): number =>
  questions.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
