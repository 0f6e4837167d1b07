/**
 * From a record to what lists need of it, and to the text that keeps it in the database. A projection of records, written with
 * them. Many leads lie in one bucket: a database takes time for each thing that it reads, and hardly any for its length.
 */
import type { Clock } from '../clock/types';
import type { LeadKey } from '../lead/lead';
import type { DueClock, DueFields, DueLead, LeadRecord } from './types';

/** Text of each lead in it. */
export interface DueBucket {
  readonly bucket: number;
  readonly rows: readonly (readonly [LeadKey, string])[];
}

/** Text by lead; `null` for one that no list has to find any more. */
export type DueChanges = ReadonlyMap<LeadKey, string | null>;

/** With 20,000 leads due a bucket has some 40 kB: little to write again for one lead, and few to read for all. */
const buckets = 256;

/** FNV-1a: the same lead always lies in the same bucket. */
export function bucketOf(key: LeadKey): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % buckets;
}

/** The bucket with these changes; `null` where they change nothing. */
export function changedBucket(bucket: number, before: DueBucket | undefined, changes: DueChanges): DueBucket | null {
  const rows = new Map(before?.rows);
  let isChanged = false;
  for (const [key, text] of changes) {
    if ((rows.get(key) ?? null) === text) continue;
    isChanged = true;
    if (text === null) rows.delete(key);
    else rows.set(key, text);
  }
  return isChanged ? { bucket, rows: [...rows] } : null;
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
  const { key, lead, clocks, projection, nextChangeAt, attention, questions = [] } = record;
  return {
    key,
    lead: dueFields(lead),
    clocks: clocks.filter(({ dueAt, doneAt }) => dueAt !== null && doneAt === null).map(dueClock),
    isSeenLate: clocks.some(({ dueAt, state }) => state === 'overdue' || (dueAt !== null && lead.seenAt > dueAt)),
    projection,
    questions,
    ...(nextChangeAt === undefined ? {} : { nextChangeAt }),
    ...(attention === undefined ? {} : { attention }),
  };
}

/** `null` where no list has to find it. */
export function dueTextOf(record: LeadRecord): string | null {
  const { attention, questions = [] } = record;
  return attention === undefined && questions.length === 0 ? null : JSON.stringify(dueLeadOf(record));
}

/** `null` for text that is damaged: the record stands, and makes it anew when it is next written. */
export function readDueText(key: LeadKey, text: string): DueLead | null {
  try {
    const lead = JSON.parse(text) as DueLead;
    const isWhole = lead.key === key && Array.isArray(lead.clocks) && Array.isArray(lead.questions);
    return isWhole && typeof lead.lead.id.origin === 'string' && typeof lead.lead.fields === 'object' ? lead : null;
  } catch {
    return null;
  }
}

/** The newest question first. */
export const byAsked = (a: Asking, b: Asking): number => askedAt(b) - askedAt(a) || (a.key < b.key ? -1 : 1);

type Asking = Pick<LeadRecord, 'key' | 'questions'>;

/** When the newest open question was asked, epoch ms. */
export const askedAt = ({ questions = [] }: Pick<LeadRecord, 'questions'>): number =>
  questions.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
