/**
 * Lets the page work between two slices of ours, so that painting a thousand rows is many short tasks and never one long
 * one. `scheduler.yield` comes back before whatever else waits, messages, timers and frames of the page, so it alone would
 * keep a page with a hundred thousand rows waiting for seconds: after some of it a timer takes its turn behind the others.
 * Before Chrome 129 and Firefox 142 there is only the timer.
 */

/**
 * For how long we come back first, ms. Short enough to answer a person; longer than a frame, because each frame in between
 * lays the page's table out anew.
 */
const firstForMs = 100;

const behindOthers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** @returns what is awaited between two slices; it knows for how long its caller has gone before others. */
export function createBreath(now: () => number = () => performance.now()): () => Promise<void> {
  let firstSince = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
    // After a rest it begins anew.
    if (now() - last > firstForMs) firstSince = now();
    if (scheduler?.yield && now() - firstSince < firstForMs) await scheduler.yield();
    else {
      await behindOthers();
      firstSince = now();
    }
    last = now();
  };
}
