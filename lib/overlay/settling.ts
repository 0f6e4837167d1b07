/**
 * A record page whose address has changed while its form still shows the record before: its id comes from the address,
 * its fields from the form, and a reading of both would state one lead's data about another, for ever. So after a change
 * of record a reading counts only when it differs from the record before and is the same twice, or after a while.
 *
 * And a row that is one lead after another (a list that is scrolled fast, a page that makes them up) is none of them until
 * it holds still. The first change after a rest counts at once: that is a list which was sorted, or filtered.
 */
import type { Route } from '../crm/types';
import type { Row } from './rows';

/** Between two readings that must agree, ms. */
const againMs = 300;
/** Two records that look alike are believed after this long, ms. */
const longestMs = 3_000;

/** A row that has stood for one lead this long rests, ms. */
const restMs = 1_000;

/** What a row stands for, since when, and whether that came before it had rested. */
interface Stand {
  readonly ref: string;
  readonly at: number;
  readonly hasty: boolean;
}

export interface Settling {
  /** The page leaves these rows behind. */
  leave(rows: Iterable<Row>, from: Route | null, to: Route | null): void;
  /** Whether this reading must not be used yet. */
  holds(row: Row): boolean;
  readonly againMs: number;
}

export function createSettling(now: () => number): Settling {
  let before = new Set<string>();
  let until = 0;
  let last = new WeakMap<Row, string>();
  const stands = new WeakMap<Row, Stand>();

  function isRestless(row: Row): boolean {
    // A row that is still empty stands for nothing yet.
    if (!row.ref) return false;
    const [ref, at] = [`${row.ref.by}|${row.ref.value}`, now()];
    const stand = stands.get(row);
    if (stand?.ref === ref) return stand.hasty && at - stand.at < againMs;
    const hasty = stand !== undefined && at - stand.at < restMs;
    stands.set(row, { ref, at, hasty });
    return hasty;
  }

  return {
    againMs,
    leave(rows, from, to) {
      before = new Set();
      last = new WeakMap();
      until = 0;
      if (from?.kind !== 'record' || to?.kind !== 'record') return;
      until = now() + longestMs;
      for (const row of rows) before.add(JSON.stringify(row.fields));
    },
    holds(row) {
      if (isRestless(row)) return true;
      if (until === 0 || now() >= until) return false;
      const fields = JSON.stringify(row.fields);
      // What can't be read yet may be readable in a moment, and the page need not change for that.
      const settled = row.ref !== null && !before.has(fields) && last.get(row) === fields;
      last.set(row, fields);
      return !settled;
    },
  };
}
