/**
 * A record page whose address has changed while its form still shows the record before: its id comes from the address,
 * its fields from the form, and a reading of both would state one lead's data about another, for ever. So after a change
 * of record a reading counts only when it differs from the record before and is the same twice, or after a while.
 */
import type { Route } from '../crm/types';
import type { Row } from './rows';

/** Between two readings that must agree, ms. */
const againMs = 300;
/** Two records that look alike are believed after this long, ms. */
const longestMs = 3_000;

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
      if (until === 0 || now() >= until) return false;
      const fields = JSON.stringify(row.fields);
      const settled = !before.has(fields) && last.get(row) === fields;
      last.set(row, fields);
      return !settled;
    },
  };
}
