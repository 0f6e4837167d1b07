/**
 * From rows to the columns of one report: what hangs on the instant and the zone is added, all the rest is the very arrays of
 * the rows.
 */
import { dayMs } from '../calendar/zone';
import type { ClockColumns } from './clock-columns';
import { noCode, textDimensions } from './columns';
import type { Coded, ColumnOptions, Columns, TextDimension } from './columns';
import { rowsOf } from './fill-rows';
import type { Rows } from './rows';
import { results, type Digest } from './types';
import { zoneTable } from './zone-table';

export function createColumns(digests: Iterable<Digest>, options: ColumnOptions): Columns {
  return columnsOf(rowsOf(digests), options);
}

/** @param rows by hand-off and key, each lead once; as `rowsOf` and `joinRows` give them. */
export function columnsOf(rows: Rows, { timeZone, now }: ColumnOptions): Columns {
  const { size, keys, leads, texts, clocks, flags, covered, lateStart, late } = rows;
  const { holdsUntil: _, future, ...single } = leads;
  let handedOver = size;
  while (handedOver > 0 && leads.handOff[handedOver - 1] === Number.POSITIVE_INFINITY) handedOver--;
  // See `withTeams`.
  const noTeams: Coded = { codes: new Uint32Array(size), values: [null] };
  const coded = textDimensions.map((name) => [name, name === 'team' ? noTeams : texts[name]]);
  return {
    size,
    handedOver,
    timeZone,
    now,
    keys,
    texts: Object.fromEntries(coded) as Record<TextDimension, Coded>,
    repNames: repNamesOf(texts),
    ...single,
    ...localTimes(leads.handOff, handedOver, timeZone),
    verdictReason: texts.verdictReason,
    clocks: clocksAt(clocks, now),
    flags,
    covered,
    lateStart,
    late,
    future: future.reduce((sum, count) => sum + count, 0),
  };
}

/** A clock that was open when its digest was made and is past due since then is not known any more (rule 12). */
function clocksAt(clocks: ClockColumns, now: number): ClockColumns {
  const [open, unknown] = [results.indexOf('open'), results.indexOf('unknown')];
  const result = clocks.result.map((code, at) => (code === open && clocks.dueAt[at]! < now ? unknown : code));
  return { ...clocks, result };
}

/** The newest name that the CRM showed of each person. */
function repNamesOf({ rep, repName }: Rows['texts']): (string | null)[] {
  const names = rep.values.map((): string | null => null);
  for (let row = 0; row < rep.codes.length; row++) {
    const name = repName.values[repName.codes[row]!];
    if (typeof name === 'string') names[rep.codes[row]!] = name;
  }
  return names;
}

function localTimes(handOff: Float64Array, handedOver: number, timeZone: string): Pick<Columns, 'weekday' | 'hour'> {
  const weekday = new Uint8Array(handOff.length).fill(noCode);
  const hour = new Uint8Array(handOff.length).fill(noCode);
  if (handedOver === 0) return { weekday, hour };
  const zone = zoneTable(timeZone, handOff[0]!, handOff[handedOver - 1]!);
  for (let row = 0; row < handedOver; row++) {
    const local = handOff[row]! + zone.offsetAt(handOff[row]!);
    const day = Math.floor(local / dayMs);
    // 1970-01-01 was a Thursday.
    weekday[row] = (((day + 3) % 7) + 7) % 7;
    hour[row] = Math.floor((local - day * dayMs) / 3_600_000);
  }
  return { weekday, hour };
}
