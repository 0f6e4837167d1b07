/**
 * Where the ledger keeps a row: in an entry of as many days of hand-off as make a few hundred leads, because each entry costs the
 * next report the same time again, however few leads stand in it. How many days that is, is decided when all are kept anew, and
 * stands in the name of each place: whoever keeps one more lead finds its entry without asking how many there are.
 */
import type { LeadKey } from '../../lib/lead/lead';
import type { Rows } from '../../lib/report';

const dayMs = 86_400_000;

/** Leads of which there are facts only, and (from there downwards) those that nobody has handed over yet. */
export const otherDays = { factsOnly: -4_000_000_000, noHandOff: -4_000_000_001 } as const;

/** Leads that nobody has handed over are many, and change: a change of one must not mean to keep all of them again. */
const shards = 64;

function shardOf(lead: LeadKey): number {
  let hash = 0;
  for (let index = 0; index < lead.length; index += 1) hash = Math.imul(hash ^ lead.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % shards;
}

/** Leads that an entry is meant to have. */
const leadsMeant = 300;
/** Days of one entry at most; a change in one of them means to keep all of them again. */
const longest = 31;
/** Makes one number of an entry's first day and of the days in it. */
const factor = 32;

/** @returns how many days share an entry, from 1 on, for that many leads on that many days. */
export function spanFor(leads: number, days: number): number {
  if (leads === 0 || days === 0) return 1;
  return Math.min(longest, Math.max(1, Math.round((leadsMeant * days) / leads)));
}

/** @returns how many days share an entry where these places are taken; `null` where none is. */
export function spanOf(places: Iterable<number>): number | null {
  for (const place of places) if (place > otherDays.factsOnly) return ((place % factor) + factor) % factor || 1;
  return null;
}

/** Where a lead is kept. Days are those of UTC, whatever the report's zone is. */
export function placeOf(handOff: number, lead: LeadKey, span: number): number {
  if (handOff === Number.POSITIVE_INFINITY) return otherDays.noHandOff - shardOf(lead);
  const day = Math.floor(handOff / dayMs);
  return Math.floor(day / span) * span * factor + span;
}

/** The span to keep all of these rows anew with. */
export function spanOfRows({ leads, size }: Pick<Rows, 'leads' | 'size'>): number {
  let [handedOver, days, last] = [0, 0, Number.NaN];
  for (let row = 0; row < size && leads.handOff[row] !== Number.POSITIVE_INFINITY; row += 1) {
    const day = Math.floor(leads.handOff[row]! / dayMs);
    if (day !== last) days += 1;
    last = day;
    handedOver += 1;
  }
  return spanFor(handedOver, days);
}
