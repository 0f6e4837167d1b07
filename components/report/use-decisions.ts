/** The log of actions and decisions, for whoever shows or changes it: the log itself and the head of the review. */
import { createContext, useCallback, useMemo, useState } from 'react';
import type { Decision } from '../../lib/settings/decision-schema';
import { useAnswer } from '../use-answer';
import type { ReportServices } from './services';

export interface Decisions {
  readonly all: readonly Decision[];
  /** `false`: what is kept can't be read, or nobody answers. */
  readonly isReadable: boolean;
  /** The last change was not kept. */
  readonly isRefused: boolean;
  readonly save: (decision: Decision) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
}

const none: Decisions = {
  all: [],
  isReadable: true,
  isRefused: false,
  save: async () => false,
  remove: async () => false,
};

export const DecisionsOfReport = createContext<Decisions>(none);

/** What is still to be done, the most pressing first; what has no date comes last. */
export const openActions = (decisions: readonly Decision[]): readonly Decision[] =>
  decisions
    .filter(({ kind, result }) => kind === 'action' && result === 'open')
    .toSorted((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.at - b.at);

export function useDecisions(services: ReportServices): Decisions {
  const ask = useCallback(() => services.decisions(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  const [isRefused, setRefused] = useState(false);
  return useMemo(() => {
    const settle = (done: Promise<boolean>): Promise<boolean> =>
      done
        .catch(() => false)
        .then((ok) => {
          setRefused(!ok);
          if (ok) again();
          return ok;
        });
    return {
      all: answer?.decisions ?? [],
      isReadable: !failed && answer?.readable !== false,
      isRefused,
      save: (decision) => settle(services.saveDecision(decision)),
      remove: (id) => settle(services.removeDecision(id)),
    };
  }, [services, answer, failed, again, isRefused]);
}
