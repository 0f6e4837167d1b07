/**
 * What time alone changes on a page at rest: what badges say, the state of clocks, answers that grow old, badges that were
 * given up and are tried again. It decides when, and leaves the reading and painting to those who do it.
 */
import type { Clocks } from './clocks';
import type { Painter } from './painter';
import { createRefresher } from './refresher';
import type { Row, Rows } from './rows';
import { createTicker } from './ticker';

/** The worker's open hours reach a day; ask again well before they end, ms. */
const answerAgesMs = 6 * 3_600_000;
/** Longest wait of the ticker, ms: a change that is weeks away is longer than a timer may be. */
const longestTickMs = 3_600_000;

export interface Time {
  /** Something else is visible, or clocks arrived: work out the next tick anew. */
  plan(): void;
  /** The page is left: nothing of it is asked for again. */
  leave(): void;
}

export interface TimeOptions {
  readonly doc: Document;
  readonly clocks: Clocks;
  readonly rows: Rows;
  readonly painter: () => Painter;
  readonly paint: (row: Row) => void;
  /** Tells and asks again what these rows are about. */
  readonly refresh: (rows: readonly Row[]) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export function createTime(options: TimeOptions): Time {
  const { clocks, rows, paint, signal } = options;
  const ticker = createTicker(options.doc, options.now, nextTick, onTick, signal);
  const refresher = createRefresher(
    (leads) => options.refresh(leads.flatMap((lead) => rows.of(lead))),
    options.random,
    signal,
  );

  function nextTick(at: number): number | null {
    const painter = options.painter();
    const change = Math.min(clocks.nextChange(at), painter.markers.nextRetry());
    const wait = Math.min(painter.nextTick(at), change - at + 1);
    return wait === Infinity ? null : Math.min(wait, longestTickMs);
  }

  function onTick(at: number): void {
    const painter = options.painter();
    const changed = clocks.changed(at);
    for (const lead of [...changed, ...painter.markers.retry(at)]) for (const row of rows.of(lead)) paint(row);
    refresher.ask(changed);
    if (clocks.asOf > 0 && at - clocks.asOf > answerAgesMs)
      refresher.ask([...rows.all()].flatMap((row) => row.lead ?? []));
    painter.tick(at);
  }

  return { plan: () => ticker.plan(), leave: () => refresher.clear() };
}
