/**
 * The report's days that the ledger keeps: which rows of them still hold, and what has to be kept anew after a report was
 * computed. A row holds if its day was computed on the same basis, nothing touched its lead since, and time has not changed it
 * by itself. Whatever is in doubt is computed from the facts.
 */
import type { LeadKey } from '../../lib/lead/lead';
import type { DayPlace, DaysChange, KeptDay, StoredDay } from '../../lib/ledger/kept-days';
import type { StoredDays } from '../../lib/ledger/read-days';
import type { ReportTerms } from '../../lib/messages/report';
import { packRows, takeRows, unpackRows, type Part, type Rows } from '../../lib/report';
import { packFormat } from '../../lib/report/pack-rows';
import { digestSchema } from '../../lib/report/types';
import { facesText, type Faces } from './faces';
import type { DayServices } from './services';

const dayMs = 86_400_000;

/** Leads of which there are facts only, and (from there downwards) those that nobody has handed over yet. Kept like days. */
export const otherDays = { factsOnly: -1_000_000, noHandOff: -1_000_001 } as const;

/** Names all that digests depend on beside leads and facts. Teams and review dates are laid over figures, not into them. */
export async function basisOf({ agreement, versions, shown }: ReportTerms, build: string): Promise<string> {
  const judging = [agreement, ...versions].map(({ teams: _teams, review: _review, ...rest }) => rest);
  const text = JSON.stringify([packFormat, digestSchema, build, judging, shown]);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Held {
  readonly parts: readonly Part[];
  /** Leads whose rows do not hold, or that have none yet. */
  readonly stale: readonly LeadKey[];
  /** Leads of which there are facts only. */
  readonly factsOnly: readonly LeadKey[];
  /** Days with a row that does not hold. */
  readonly changedDays: ReadonlySet<number>;
}

/** @returns `null` where any of it can't be used: all is computed anew, and takes its place. */
export function heldRows({ days, touched }: StoredDays, basis: string, now: number): Held | null {
  // A clock of this computer that went back makes the past of a day its future.
  if (days.some((day) => day.basis !== basis || day.asOf > now)) return null;
  const isTouched = (lead: LeadKey, day: StoredDay): boolean =>
    touched.size > 0 && (touched.get(lead) ?? -1) >= day.session;
  const stale = new Set<LeadKey>(touched.keys());
  const changedDays = new Set<number>();
  const expired: LeadKey[] = [];
  const factsOnly: LeadKey[] = [];
  for (const day of days.filter((one) => one.day === otherDays.factsOnly))
    for (const lead of day.leads)
      if (isTouched(lead, day)) changedDays.add(day.day);
      else {
        stale.delete(lead);
        factsOnly.push(lead);
      }
  const parts: Part[] = [];
  // Two parts, because only the first one is in the order of time as it is kept.
  for (const group of [
    days.filter(({ day }) => day > otherDays.factsOnly),
    days.filter(({ day }) => day < otherDays.factsOnly),
  ]) {
    const rows = unpackRows(group.map(({ leads, rows: bytes }) => ({ keys: leads, bytes })));
    if (!rows) return null;
    const leaveOut = new Uint8Array(rows.size);
    let row = 0;
    for (const day of group)
      for (const lead of day.leads) {
        const [isOld, isOver] = [isTouched(lead, day), rows.leads.holdsUntil[row]! <= now];
        if (isOld || isOver) {
          leaveOut[row] = 1;
          changedDays.add(day.day);
          if (!isOld) expired.push(lead);
        } else if (touched.size > 0) stale.delete(lead);
        row += 1;
      }
    parts.push({ rows, leaveOut });
  }
  return { parts, stale: [...stale, ...expired], factsOnly, changedDays };
}

/** Leads that nobody has handed over are many, and change: a change of one must not mean to keep all of them again. */
const shards = 64;

function shardOf(lead: LeadKey): number {
  let hash = 0;
  for (let index = 0; index < lead.length; index += 1) hash = Math.imul(hash ^ lead.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % shards;
}

/** Where a lead is kept: the day of its hand-off in UTC, whatever the report's zone is. */
function dayOf(handOff: number, lead: LeadKey): number {
  return handOff === Number.POSITIVE_INFINITY ? otherDays.noHandOff - shardOf(lead) : Math.floor(handOff / dayMs);
}

/** Leads of one part: so many that a year is few records, so few that a part is a small one. */
const leadsOfPart = 200;
/** What one message to the worker holds, in bytes of rows: it unpacks and writes them without being missed meanwhile. */
const bytesAtOnce = 300_000;

export interface Keeping {
  readonly session: number;
  readonly basis: string;
  readonly asOf: number;
  readonly rows: Rows;
  readonly faces: Faces;
  readonly factsOnly: readonly LeadKey[];
  /** What is there of days that are kept anew one by one. */
  readonly stored: readonly Pick<StoredDay, 'day' | 'part'>[];
  /** Days to keep anew; `null`: all, and nothing of what is there stays. */
  readonly changedDays: ReadonlySet<number> | null;
}

/** Days that are kept anew once these leads were computed anew. */
export function daysOf(rows: Rows, leads: ReadonlySet<LeadKey>): Set<number> {
  const days = new Set<number>();
  rows.keys.forEach((lead, row) => {
    if (leads.has(lead)) days.add(dayOf(rows.leads.handOff[row]!, lead));
  });
  return days;
}

function* daysToKeep({ rows, factsOnly, changedDays, stored }: Keeping) {
  const byDay = new Map<number, number[]>();
  rows.keys.forEach((lead, row) => {
    const day = dayOf(rows.leads.handOff[row]!, lead);
    if (changedDays && !changedDays.has(day)) return;
    const known = byDay.get(day);
    if (known) known.push(row);
    else byDay.set(day, [row]);
  });
  const placesOf = Map.groupBy(stored, ({ day }) => day);
  const isChanged = (day: number): boolean => changedDays?.has(day) ?? true;
  const empty = [...placesOf.keys()].filter((day) => isChanged(day) && !byDay.has(day));
  for (const day of [...byDay.keys(), ...empty])
    yield {
      day,
      own: byDay.get(day) ?? [],
      drop: (placesOf.get(day) ?? []).map((place): DayPlace => [place.day, place.part]),
      factsOnly: [] as readonly LeadKey[],
    };
  if (isChanged(otherDays.factsOnly) && factsOnly.length > 0)
    yield { day: otherDays.factsOnly, own: [], drop: [], factsOnly };
}

const chunks = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / leadsOfPart) }, (_, part) =>
    items.slice(part * leadsOfPart, (part + 1) * leadsOfPart),
  );

function* changes(keeping: Keeping): Generator<DaysChange> {
  const { session, basis, asOf, rows, faces } = keeping;
  let [drop, put, bytes]: [DayPlace[], KeptDay[], number] = [[], [], 0];
  let clear = keeping.changedDays === null;
  for (const { day, own, drop: places, factsOnly } of daysToKeep(keeping)) {
    drop.push(...places);
    for (const [part, order] of chunks(own).entries()) {
      const taken = takeRows(rows, Uint32Array.from(order));
      const packed = packRows(taken);
      put.push({ day, part, basis, asOf, leads: taken.keys, faces: facesText(taken.keys, faces), rows: packed });
      bytes += packed.length;
    }
    for (const [part, leads] of chunks(factsOnly).entries())
      put.push({ day, part, basis, asOf, leads, faces: '', rows: new Uint8Array(0) });
    if (bytes < bytesAtOnce && put.length < 20 && drop.length < 200) continue;
    yield { session, clear, drop, put };
    [drop, put, bytes] = [[], [], 0];
    clear = false;
  }
  if (put.length > 0 || drop.length > 0 || clear) yield { session, clear, drop, put };
}

/** Has the worker keep what was computed; a report that is closed meanwhile leaves nothing untrue behind. */
export async function keepRows(services: DayServices, keeping: Keeping, signal: AbortSignal): Promise<void> {
  for (const change of changes(keeping)) {
    if (signal.aborted || !(await services.keep(change))) return;
  }
  if (!signal.aborted) await services.settle(keeping.session);
}
