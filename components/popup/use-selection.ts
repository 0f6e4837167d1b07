/**
 * Several rows at once. Selecting is a mode: it begins with the first `x` and ends with Escape or when something was done.
 * What is silent already is not selected, it is woken.
 */
import { useCallback, useMemo, useState } from 'react';
import type { LeadKey } from '../../lib/lead/lead';

export interface Selection {
  readonly on: boolean;
  /** In the order of the lists. */
  readonly leads: readonly LeadKey[];
  /** `null`: nobody is selecting, or not this one. */
  readonly stateOf: (row: { readonly lead: LeadKey; readonly snoozedUntil?: number }) => boolean | null;
  readonly toggle: (lead: LeadKey) => void;
  readonly add: (leads: readonly LeadKey[]) => void;
  readonly start: () => void;
  readonly clear: () => void;
}

/** @param shown leads that can be selected; one that leaves the lists leaves the selection. */
export function useSelection(shown: readonly LeadKey[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<LeadKey> | null>(null);
  const toggle = useCallback((lead: LeadKey) => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(lead)) after.add(lead);
      return after;
    });
  }, []);
  const add = useCallback(
    (leads: readonly LeadKey[]) => setChosen((before) => new Set([...(before ?? []), ...leads])),
    [],
  );
  const start = useCallback(() => setChosen((before) => before ?? new Set()), []);
  const clear = useCallback(() => setChosen(null), []);
  return useMemo(
    () => ({
      on: chosen !== null,
      leads: chosen === null ? [] : [...new Set(shown)].filter((lead) => chosen.has(lead)),
      stateOf: ({ lead, snoozedUntil }) => (chosen === null || snoozedUntil !== undefined ? null : chosen.has(lead)),
      toggle,
      add,
      start,
      clear,
    }),
    [chosen, shown, toggle, add, start, clear],
  );
}
