/** A lead that was read elsewhere, joined with what is known here. Pure; doing it twice is doing it once. */
import type { Lead } from '../lead/lead';
import { mergeFields } from '../lead/merge';
import { noProjection, type LeadRecord } from './types';

/** Field by field, the newer reading wins; of two equally new ones, ours. */
export function mergeLead(ours: Lead | undefined, theirs: Lead): Lead {
  // Merged also where there is nothing to merge with: fields always stand in the same order and compare as text.
  if (!ours) return { ...theirs, fields: mergeFields(theirs.fields, {}) };
  const [newer, older] = theirs.seenAt > ours.seenAt ? [theirs, ours] : [ours, theirs];
  const url = newer.url ?? older.url;
  return {
    key: ours.key,
    id: ours.id,
    fields: mergeFields(newer.fields, older.fields),
    ...(url === undefined ? {} : { url }),
    seenAt: newer.seenAt,
    ...(newer.touchesUnread ? { touchesUnread: true } : {}),
  };
}

/** Whether two leads say the same. */
export function sameLead(one: Lead, other: Lead): boolean {
  return (
    one.seenAt === other.seenAt &&
    one.url === other.url &&
    one.touchesUnread === other.touchesUnread &&
    JSON.stringify(one.fields) === JSON.stringify(mergeFields(other.fields, {}))
  );
}

/** The record with this lead, its clocks to be computed anew. */
export function outdatedRecord(before: LeadRecord | undefined, lead: Lead): LeadRecord {
  return { ...(before ?? { key: lead.key, clocks: [] }), lead, projection: noProjection };
}
