/** Gathers leads that should be asked for again: their clock has changed its state, and what is stale is unknown (rule 12). */
import type { LeadKey } from '../lead/lead';

/** Clocks that change together ask together, ms. */
const gatherMs = 500;
/** Spreads open tabs over this time, ms: at nine o'clock a whole team's clocks start. */
const spreadMs = 2_000;

export interface Refresher {
  ask(leads: Iterable<LeadKey>): void;
  clear(): void;
}

export function createRefresher(
  refresh: (leads: readonly LeadKey[]) => void,
  random: () => number,
  signal: AbortSignal,
): Refresher {
  const leads = new Set<LeadKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function clear(): void {
    clearTimeout(timer);
    timer = undefined;
    leads.clear();
  }
  function run(): void {
    const gathered = [...leads];
    clear();
    refresh(gathered);
  }
  signal.addEventListener('abort', clear);

  return {
    ask(more) {
      for (const lead of more) leads.add(lead);
      if (leads.size > 0 && !signal.aborted) timer ??= setTimeout(run, gatherMs + random() * spreadMs);
    },
    clear,
  };
}
