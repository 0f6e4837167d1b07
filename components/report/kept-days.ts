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
import { otherDays, placeOf, spanOf, spanOfRows } from './places';
import type { DayServices } from './services';

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
  /** Places with a row that does not hold. */
  readonly changedPlaces: ReadonlySet<number>;
}

/** @returns `null` where any of it can't be used: all is computed anew, and takes its place. */
export function heldRows({ days, touched }: StoredDays, basis: string, now: number): Held | null {
  // A clock of this computer that went back makes the past of a day its future.
  if (days.some((day) => day.basis !== basis || day.asOf > now)) return null;
  const isTouched = (lead: LeadKey, day: StoredDay): boolean =>
    touched.size > 0 && (touched.get(lead) ?? -1) >= day.session;
  const stale = new Set<LeadKey>(touched.keys());
  const changedPlaces = new Set<number>();
  const expired: LeadKey[] = [];
  const factsOnly: LeadKey[] = [];
  for (const day of days.filter((one) => one.day === otherDays.factsOnly))
    for (const lead of day.leads)
      if (isTouched(lead, day)) changedPlaces.add(day.day);
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
          changedPlaces.add(day.day);
          if (!isOld) expired.push(lead);
        } else if (touched.size > 0) stale.delete(lead);
        row += 1;
      }
    parts.push({ rows, leaveOut });
  }
  return { parts, stale: [...stale, ...expired], factsOnly, changedPlaces };
}

/** Leads of one part: so many that a year is few records, so few that a part is a small one. */
const leadsOfPart = 400;
/** What one message to the worker holds, in bytes of rows: it unpacks and writes them without being missed meanwhile. */
const bytesAtOnce = 300_000;

export interface Keeping {
  readonly session: number;
  readonly basis: string;
  readonly asOf: number;
  readonly rows: Rows;
  readonly faces: Faces;
  readonly factsOnly: readonly LeadKey[];
  /** What is there already. */
  readonly stored: readonly Pick<StoredDay, 'day' | 'part'>[];
  /** What to keep anew; `null`: all, and nothing of what is there stays. */
  readonly changed: Changed | null;
}

export interface Changed {
  /** Places with a row that does not hold. */
  readonly places: ReadonlySet<number>;
  /** Leads whose row was computed anew: their places are kept anew, too. */
  readonly leads: ReadonlySet<LeadKey>;
}

interface Entry {
  readonly day: number;
  readonly own: readonly number[];
  readonly drop: readonly DayPlace[];
  readonly factsOnly: readonly LeadKey[];
}

/** Rows by their place, of those places that are kept anew. */
function rowsToKeep({ rows, changed, stored }: Keeping): Map<number, number[]> {
  const span = (changed && spanOf(stored.map(({ day }) => day))) ?? spanOfRows(rows);
  const places = rows.keys.map((lead, row) => placeOf(rows.leads.handOff[row]!, lead, span));
  const isChanged = new Set(changed?.places);
  if (changed) for (const [row, lead] of rows.keys.entries()) if (changed.leads.has(lead)) isChanged.add(places[row]!);
  const byPlace = new Map<number, number[]>();
  for (const [row, place] of places.entries()) {
    if (changed && !isChanged.has(place)) continue;
    const known = byPlace.get(place);
    if (known) known.push(row);
    else byPlace.set(place, [row]);
  }
  return byPlace;
}

function* entriesToKeep(keeping: Keeping): Generator<Entry> {
  const { factsOnly, changed, stored } = keeping;
  const byPlace = rowsToKeep(keeping);
  const partsOf = Map.groupBy(stored, ({ day }) => day);
  const isChanged = (place: number): boolean => changed?.places.has(place) ?? true;
  const empty = [...partsOf.keys()].filter((place) => isChanged(place) && !byPlace.has(place));
  for (const day of [...byPlace.keys(), ...empty])
    yield {
      day,
      own: byPlace.get(day) ?? [],
      drop: (partsOf.get(day) ?? []).map((place): DayPlace => [place.day, place.part]),
      factsOnly: [],
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
  let clear = keeping.changed === null;
  for (const { day, own, drop: places, factsOnly } of entriesToKeep(keeping)) {
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
