/**
 * The page's one timer. It does not count: each tick computes from the clock, so sleep, a throttled timer or a changed
 * system time only makes one tick late. It stops while the tab is hidden.
 */

/** Ticks no further apart than this, ms, so that a minute never shows longer than a minute. */
export const minuteMs = 60_000;
/** While a visible badge has under an hour left and shows seconds. */
export const secondMs = 1_000;

export interface Ticker {
  /** Something else is visible, or clocks arrived: work out the next tick anew. */
  plan(): void;
}

/**
 * @param next how long to wait, ms, as seen at `now`; `null` for no tick at all.
 */
export function createTicker(
  doc: Document,
  now: () => number,
  next: (now: number) => number | null,
  onTick: (now: number) => void,
  signal: AbortSignal,
): Ticker {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function plan(): void {
    clearTimeout(timer);
    timer = undefined;
    if (doc.hidden || signal.aborted) return;
    const wait = next(now());
    // 50 ms: an instant that has just passed must not make a loop without a pause.
    if (wait !== null) timer = setTimeout(tick, Math.max(50, wait));
  }
  function tick(): void {
    timer = undefined;
    onTick(now());
    plan();
  }

  doc.addEventListener(
    'visibilitychange',
    () => {
      if (doc.hidden) plan();
      else tick();
    },
    { signal },
  );
  signal.addEventListener('abort', () => clearTimeout(timer));
  return { plan };
}
