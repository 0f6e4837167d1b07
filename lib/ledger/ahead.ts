/**
 * Noticing that the computer's clock was ahead: the ledger keeps the newest instant that anything in it was computed at. Where
 * that lies ahead of the clock, what was computed then is found and computed anew, because nothing else would wake it in time.
 */
import { skewMs } from '../lead/seen-by-now';
import type { LeadRecord } from './types';

/** Name of the note with that instant, epoch ms. */
export const computedNote = 'computed-until';
/** The note is written again when it is this old, ms: once an hour, and not with every record. */
export const notedEveryMs = 3_600_000;

/** The newest instant that these records speak of; epoch ms. */
export function computedUntil(records: readonly LeadRecord[]): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { lead, clocks } of records) {
    latest = Math.max(latest, lead.seenAt);
    for (const { asOf } of clocks) latest = Math.max(latest, asOf);
  }
  return latest;
}

/** Whether a record speaks of an instant so far after `now` that it was made under another clock. */
export const isFromAhead = (record: LeadRecord, now: number): boolean => computedUntil([record]) > now + skewMs;
