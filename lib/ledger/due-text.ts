/**
 * A lead of a list as a line of text. Whoever opens a list waits until thousands of these are read, so names of fields are left
 * out and everything stands at its place; a new part goes to the end. What an earlier build wrote, an object with names, is
 * read as well. Pure; a damaged line is no lead and no error.
 */
import { parseLeadKey, type LeadId, type LeadKey } from '../lead/lead';
import type { DueClock, DueFields, DueLead } from './types';

const fieldNames = [
  'name',
  'company',
  'owner',
  'ownerId',
  'email',
  'tier',
] as const satisfies readonly (keyof DueFields['fields'])[];

type Packed<Value> = Exclude<Value, undefined> | null;

type ClockText = readonly [
  commitment: DueClock['commitment'],
  owedBy: DueClock['owedBy'],
  state: DueClock['state'],
  startAt: DueClock['startAt'],
  startEvent: Packed<DueClock['startEvent']>,
  dueAt: DueClock['dueAt'],
  atRiskAt: DueClock['atRiskAt'],
  calendar: DueClock['calendar'],
  unknown: DueClock['unknown'],
  /** Instants and states in turn. */
  ...upcoming: (number | DueClock['state'])[],
];

type LeadText = readonly [
  key: LeadKey,
  seenAt: number,
  url: string | null,
  fields: readonly (string | null)[],
  attention: number | null,
  isSeenLate: 0 | 1,
  clocks: readonly ClockText[],
  questions: DueLead['questions'],
];

export function writeDueText({ key, lead, clocks, attention, isSeenLate, questions }: DueLead): string {
  const text: LeadText = [
    key,
    lead.seenAt,
    lead.url ?? null,
    fieldNames.map((name) => lead.fields[name] ?? null),
    attention ?? null,
    isSeenLate ? 1 : 0,
    clocks.map(clockText),
    questions,
  ];
  return JSON.stringify(text);
}

const clockText = (clock: DueClock): ClockText => [
  clock.commitment,
  clock.owedBy,
  clock.state,
  clock.startAt,
  clock.startEvent ?? null,
  clock.dueAt,
  clock.atRiskAt,
  clock.calendar,
  clock.unknown,
  ...clock.upcoming.flatMap(({ at, state }) => [at, state]),
];

/** No line holds a line end: JSON writes it as two characters. */
const between = ',\n';

export const joinLines = (lines: readonly string[]): string => lines.join(between);
export const splitLines = (text: string): string[] => (text === '' ? [] : text.split(between));

/** What a lead's line begins with. */
export const beginningOf = (key: LeadKey): string => `[${JSON.stringify(key)},`;

/** `null` for text that is damaged: the record stands, and makes it anew when it is next written. */
export function readDueText(text: string): DueLead | null {
  try {
    return readDueValue(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Many lines, parsed at once: that takes a third of the time. One by one where one of them is damaged. */
export function readDueLines(text: string): DueLead[] {
  let leads: (DueLead | null)[];
  try {
    leads = (JSON.parse(`[${text}]`) as readonly unknown[]).map(readDueValue);
  } catch {
    leads = splitLines(text).map(readDueText);
  }
  return leads.filter((lead) => lead !== null);
}

function readDueValue(value: unknown): DueLead | null {
  if (!Array.isArray(value)) return readNamed(value);
  // By its place each, into objects of few shapes: taking thousands of lists apart is what costs here.
  const text = value as unknown as LeadText;
  const key = text[0];
  const id = typeof key === 'string' ? idOf(key) : null;
  if (!id || !Array.isArray(text[3]) || !Array.isArray(text[6]) || !Array.isArray(text[7])) return null;
  const seenAt = text[1];
  const url = text[2];
  const attention = text[4];
  const fields = fieldsOf(text[3]);
  const lead: DueFields = url === null ? { id, seenAt, fields } : { id, seenAt, url, fields };
  const clocks = clocksOf(text[6]);
  const isSeenLate = text[5] === 1;
  const questions = text[7];
  return attention === null
    ? { key, lead, clocks, isSeenLate, questions }
    : { key, lead, clocks, isSeenLate, questions, attention };
}

/** The last one that was taken apart: leads of one list differ in their last part only. */
let last: { readonly beginning: string; readonly id: LeadId | null } = { beginning: '', id: null };

function idOf(key: LeadKey): LeadId | null {
  const end = key.lastIndexOf('|') + 1;
  const recordId = key.slice(end);
  if (last.id === null || recordId === '' || recordId.includes('%') || key.slice(0, end) !== last.beginning) {
    last = { beginning: key.slice(0, end), id: parseLeadKey(key) };
    return last.id;
  }
  const { crm, origin, object } = last.id;
  return { crm, origin, object, recordId };
}

/** In the order of {@link fieldNames}. */
function fieldsOf([name, company, owner, ownerId, email, tier]: LeadText[3]): DueFields['fields'] {
  const fields: { -readonly [Name in keyof DueFields['fields']]: DueFields['fields'][Name] } = {};
  if (typeof name === 'string') fields.name = name;
  if (typeof company === 'string') fields.company = company;
  if (typeof owner === 'string') fields.owner = owner;
  if (typeof ownerId === 'string') fields.ownerId = ownerId;
  if (typeof email === 'string') fields.email = email;
  if (typeof tier === 'string') fields.tier = tier;
  return fields;
}

function clocksOf(texts: LeadText[6]): DueClock[] {
  const clocks: DueClock[] = [];
  for (const text of texts) clocks.push(clockOf(text));
  return clocks;
}

function clockOf(text: ClockText): DueClock {
  const upcoming: DueClock['upcoming'][number][] = [];
  for (let index = 9; index + 1 < text.length; index += 2)
    upcoming.push({ at: text[index] as number, state: text[index + 1] as DueClock['state'] });
  return {
    commitment: text[0],
    owedBy: text[1],
    state: text[2],
    startAt: text[3],
    startEvent: text[4],
    dueAt: text[5],
    atRiskAt: text[6],
    calendar: text[7],
    unknown: text[8],
    upcoming,
  };
}

/** As it was written first. */
function readNamed(value: unknown): DueLead | null {
  const lead = value as DueLead;
  const isWhole = typeof lead.key === 'string' && Array.isArray(lead.clocks) && Array.isArray(lead.questions);
  return isWhole && typeof lead.lead.id.origin === 'string' && typeof lead.lead.fields === 'object' ? lead : null;
}
