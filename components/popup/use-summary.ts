/** The summary for what is chosen, and what comes next when the chosen group is empty. */
import { useCallback, useEffect, useState } from 'react';
import type { Summary, SummaryGroup, SummaryRequest, SummaryRow } from '../../lib/messages/summary';
import { useAnswer, type Answered } from '../use-answer';
import type { PopupServices } from './services';

/** Long enough not to ask at each letter, short enough to feel at once. */
const typingMs = 120;

export interface Choice {
  readonly mine: boolean;
  readonly group: SummaryGroup | null;
  readonly search: string;
}

export interface SummaryAnswer {
  readonly summary: Summary;
  readonly next: SummaryRow | null;
  /** What was chosen when it was asked. */
  readonly choice: Choice;
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    // Clearing needs no wait.
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : typingMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function useSummary(services: PopupServices, choice: Choice): Answered<SummaryAnswer> {
  const { mine, group } = choice;
  const search = useSettled(choice.search.trim());
  const ask = useCallback(async (): Promise<SummaryAnswer> => {
    const request: SummaryRequest = { mine, ...(group && { group }), ...(search !== '' && { search }) };
    const summary = await services.summary(request);
    const empty = summary.rows.length === 0 && summary.leads > 0 && group !== null && search === '';
    const next = empty ? ((await services.summary({ mine })).rows[0] ?? null) : null;
    return { summary, next, choice: { mine, group, search } };
  }, [services, mine, group, search]);
  return useAnswer(ask);
}
