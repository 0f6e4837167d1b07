/**
 * Nothing shown is false: a framework may fill a row node with another lead at any moment, and the next look at the page
 * is up to 250 ms away. So each change is met before the browser paints it: a touched row that names another record, or
 * that there is no time to look at, shows nothing until it has been read again. It reads references only, tells nobody,
 * and takes at most one slice in each window, however restless the page is.
 *
 *   believed ──touched: names another record, or no time──▶ doubted (badge hidden, says nothing) ──read again──▶ believed
 */
import { holderOf } from './holder';
import type { Row, Rows } from './rows';

/** As long as the watcher's throttle: by then all touched rows are read anyway. ms. */
const windowMs = 250;
/** Time for looking in one window, ms: half a frame. */
const lookMs = 8;

export interface Doubt {
  /** The page changed these nodes, `null` for more than can be told. */
  touched(nodes: Iterable<Node> | null): void;
  /** Whether nothing may be shown for this row. */
  of(row: Row): boolean;
  /** The row has been read: what it says now is known. */
  end(row: Row): void;
}

export interface DoubtOptions {
  readonly rows: Rows;
  /** Whether the row still names the record that it was last read for. */
  readonly same: (row: Row) => boolean;
  readonly hide: (row: Row) => void;
  /** Runs a change of the page without our own observer hearing it. */
  readonly writing: (change: () => void) => void;
}

export function createDoubt({ rows, same, hide, writing }: DoubtOptions): Doubt {
  const doubted = new WeakSet<Row>();
  let windowEnds = 0;
  let left = lookMs;

  /** One without a badge, too: its clock may come before the row is read again. */
  const mayBeFalse = (row: Row | undefined): row is Row => row !== undefined && row.lead !== null && !doubted.has(row);

  function rowsAround(nodes: Iterable<Node>): Set<Row> {
    const found = new Set<Row>();
    for (const node of nodes)
      for (let at: Node | null = node; at; at = holderOf(at)) {
        const row = at instanceof Element ? rows.get(at) : undefined;
        if (mayBeFalse(row)) found.add(row);
        if (row) break;
      }
    return found;
  }

  return {
    touched(nodes) {
      const found = nodes ? [...rowsAround(nodes)] : [...rows.all()].filter(mayBeFalse);
      if (found.length === 0) return;
      const from = performance.now();
      if (from >= windowEnds) [windowEnds, left] = [from + windowMs, lookMs];
      // What is in sight is looked at first.
      const inOrder = [...found.filter(({ near }) => near), ...found.filter(({ near }) => !near)];
      writing(() => {
        for (const row of inOrder) {
          // What shows nothing loses nothing by waiting.
          if (row.badge && performance.now() - from < left && same(row)) continue;
          doubted.add(row);
          hide(row);
        }
      });
      left -= performance.now() - from;
    },
    of: (row) => doubted.has(row),
    end: (row) => void doubted.delete(row),
  };
}
