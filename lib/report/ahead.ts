/**
 * What is promised and not yet done, looking forward: open clocks by due instant and the load of the coming days. It says
 * nothing of results; those are `kpi`, another type.
 */
import type { CommitmentId } from '../agreement/schema';
import type { Party } from '../lead/facts';
import type { LeadKey } from '../lead/lead';
import type { Columns } from './columns';
import { shareOf, type Share } from './statistics';
import { isObserved } from './tally';
import type { FormulaId } from './formulas';
import { periodsOf, type Period } from './periods';
import { selectAll, type Filters } from './select';
import { results } from './types';

export interface OpenClock {
  readonly lead: LeadKey;
  readonly commitment: CommitmentId;
  readonly subject: 'lead' | 'owner';
  readonly owedBy: Party;
  readonly dueAt: number;
}

export interface DayAhead extends Pick<Period, 'from' | 'to' | 'date'> {
  readonly due: number;
  readonly byParty: Readonly<Record<Party, number>>;
}

export interface Sla {
  readonly kind: 'sla';
  readonly formula: FormulaId;
  readonly asOf: number;
  /** Leads that somebody still owes something. */
  readonly leads: number;
  /** Of those, seen in the last day: what is said of the others may be over. */
  readonly observed: Share;
  /** When one of them was seen last; `null` without any. */
  readonly seenLast: number | null;
  /** Too late already, and not done. */
  readonly overdue: number;
  /** Due already, and not seen since: nobody knows. */
  readonly passed: number;
  /** Paused without an end, or not readable: no due instant. */
  readonly withoutDue: number;
  /** From now on, the rest of today first. */
  readonly days: readonly DayAhead[];
  /** Due after the last of `days`. */
  readonly later: number;
  /** Open clocks by due instant, soonest first; at most `maxNext`. */
  readonly next: readonly OpenClock[];
}

export interface AheadRequest {
  readonly filters?: Filters;
  /** How many local days, today included; default 14, at most 92. */
  readonly days?: number;
}

export const maxNext = 200;
const [openCode, missedCode, unknownCode] = [
  results.indexOf('open'),
  results.indexOf('missed'),
  results.indexOf('unknown'),
];

const dayMs = 86_400_000;

/** Where a clock that is not over stands; `null`: nothing is owed any more. `due` has an instant that lies ahead. */
export function aheadOf({ clocks }: Columns, at: number): 'overdue' | 'passed' | 'without-due' | 'due' | null {
  if (clocks.isOver[at] === 1) return null;
  const [result, hasDue] = [clocks.result[at]!, !Number.isNaN(clocks.dueAt[at]!)];
  if (result === missedCode) return 'overdue';
  if (result === unknownCode) return hasDue ? 'passed' : 'without-due';
  if (result !== openCode) return null;
  return hasDue ? 'due' : 'without-due';
}

function owesSomething(columns: Columns, row: number): boolean {
  const { start } = columns.clocks;
  for (let at = start[row]!; at < start[row + 1]!; at++) if (aheadOf(columns, at) !== null) return true;
  return false;
}

export function slaOf(columns: Columns, { filters, days = 14 }: AheadRequest = {}): Sla {
  const { clocks, now } = columns;
  const count = Math.min(Math.max(1, Math.floor(days)), 92);
  // A day of 25 hours must not cost the last one: ask for one more, and take as many as wanted.
  const periods = periodsOf('day', { from: now, to: now + (count + 1) * dayMs }, columns.timeZone).slice(0, count);
  const loads = periods.map(() => ({ marketing: 0, sales: 0 }));
  const end = periods.at(-1)?.to ?? now;
  const waiting: number[] = [];
  const rowOf = new Map<number, number>();
  let [overdue, passed, withoutDue, later] = [0, 0, 0, 0];
  let [leads, observed, seenLast] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const row of selectAll(columns, filters)) {
    if (!owesSomething(columns, row)) continue;
    leads += 1;
    if (isObserved(columns, row, now - dayMs)) observed += 1;
    seenLast = Math.max(seenLast, columns.seenAt[row]!);
    for (let at = clocks.start[row]!; at < clocks.start[row + 1]!; at++) {
      const stands = aheadOf(columns, at);
      if (stands === 'overdue') overdue += 1;
      else if (stands === 'passed') passed += 1;
      else if (stands === 'without-due') withoutDue += 1;
      else if (stands === 'due') {
        const dueAt = clocks.dueAt[at]!;
        waiting.push(at);
        rowOf.set(at, row);
        if (dueAt >= end) later += 1;
        else loads[placeOf(periods, dueAt)]![clocks.kinds[clocks.kind[at]!]!.owedBy] += 1;
      }
    }
  }
  waiting.sort((a, b) => clocks.dueAt[a]! - clocks.dueAt[b]! || a - b);
  return {
    kind: 'sla',
    formula: 'load_ahead',
    asOf: now,
    leads,
    observed: shareOf('coverage', observed, leads, 'no-leads'),
    seenLast: leads === 0 ? null : seenLast,
    overdue,
    passed,
    withoutDue,
    days: periods.map(({ from, to, date }, index) => {
      const byParty = loads[index]!;
      return { from, to, date, due: byParty.marketing + byParty.sales, byParty };
    }),
    later,
    next: waiting.slice(0, maxNext).map((at) => {
      const { commitment, subject, owedBy } = clocks.kinds[clocks.kind[at]!]!;
      return { lead: columns.keys[rowOf.get(at)!]!, commitment, subject, owedBy, dueAt: clocks.dueAt[at]! };
    }),
  };
}

/** The day of an instant that lies before the last one's end. */
function placeOf(periods: readonly Period[], instant: number): number {
  return Math.max(
    0,
    periods.findIndex((period) => instant < period.to),
  );
}
