/**
 * What the ledger knows of a lead after one more observation. Pure. Observations arrive late and out of order (two tabs,
 * a slow API), so an older one may fill gaps but never overwrites something newer.
 */
import {
  instantFields,
  leadKey,
  textFields,
  type Lead,
  type LeadFields,
  type Observation,
  type ReadInstant,
} from './lead';

/**
 * Whether an observation can bear witness that nothing happened up to its instant: it shows the CRM's own status or its
 * record of touches. A name in a list cannot, so it never turns a clock overdue (rule 12).
 * @param labelled the shown label is the status here: the CRM tells no other, and the agreement says what it means.
 */
export function bearsWitness(fields: LeadFields, labelled = false): boolean {
  return (
    labelled || fields.status !== undefined || fields.firstTouchAt !== undefined || fields.lastTouchAt !== undefined
  );
}

/** Whether two readings can be of one instant. */
export const mayAgree = (one: ReadInstant, other: ReadInstant): boolean =>
  one.at < other.at + Math.max(other.precision, 1) && other.at < one.at + Math.max(one.precision, 1);

/** Of two readings of one instant, the finer one where they agree, else the preferred one. */
function finer(preferred: ReadInstant, other: ReadInstant): ReadInstant {
  return mayAgree(preferred, other) && other.precision < preferred.precision ? other : preferred;
}

/**
 * A record is created once: of two readings that can't both be true, the coarser one was read with a wrong zone. So what a
 * page shows never takes the place of what the CRM's API says.
 */
const finest = (preferred: ReadInstant, other: ReadInstant): ReadInstant =>
  other.precision < preferred.precision ? other : preferred;

/** Field by field, the newer reading wins; gaps are filled from the older one. */
export function mergeFields(newer: LeadFields, older: LeadFields): LeadFields {
  const merged: Record<string, string | ReadInstant> = {};
  for (const field of textFields) {
    const value = newer[field] ?? older[field];
    if (value !== undefined) merged[field] = value;
  }
  for (const field of instantFields) {
    const [first, second] = [newer[field], older[field]];
    const better = field === 'createdAt' ? finest : finer;
    const value = first && second ? better(first, second) : (first ?? second);
    if (value) merged[field] = value;
  }
  return merged;
}

/**
 * The lead after this observation. `before` is what was known.
 * @param isMeant whether the agreement says what a status means.
 */
export function mergeObservation(
  before: Lead | undefined,
  observation: Observation,
  isMeant: (status: string) => boolean = () => false,
): Lead {
  const newest = !before || observation.seenAt >= before.seenAt;
  // Merged even at first sight, so that the fields of a lead always stand in the same order and compare as text.
  const known = before?.fields ?? {};
  const fields = newest ? mergeFields(observation.fields, known) : mergeFields(known, observation.fields);
  const url = newest ? (observation.url ?? before?.url) : (before?.url ?? observation.url);
  return {
    key: leadKey(observation.id),
    id: observation.id,
    fields,
    ...(url === undefined ? {} : { url }),
    seenAt: seenAtAfter(before, observation, isMeant),
    ...(touchesUnreadAfter(before, observation) ? { touchesUnread: true } : {}),
  };
}

/**
 * An observation that lists a touch as missing is no witness of there being none (rule 12). Nor is a page that shows
 * none after that: only the API's next answer, or a touch that is shown, ends it.
 */
function touchesUnreadAfter(before: Lead | undefined, { seenAt, source, fields, missing }: Observation): boolean {
  const known = before?.touchesUnread === true;
  if (before && seenAt < before.seenAt) return known;
  if (missing.includes('firstTouchAt') || missing.includes('lastTouchAt')) return true;
  return known && source === 'page' && fields.firstTouchAt === undefined && fields.lastTouchAt === undefined;
}

function seenAtAfter(before: Lead | undefined, observation: Observation, isMeant: (status: string) => boolean): number {
  const { statusLabel } = observation.fields;
  const labelled = before?.fields.status === undefined && statusLabel !== undefined && isMeant(statusLabel);
  if (bearsWitness(observation.fields, labelled)) return Math.max(before?.seenAt ?? 0, observation.seenAt);
  // Nothing vouches for this lead yet but its own creation.
  return before?.seenAt ?? Math.min(observation.seenAt, observation.fields.createdAt?.at ?? observation.seenAt);
}
