/** What sources cost: asked for while the leads are read, and changed through the worker. */
import { useCallback, useMemo } from 'react';
import type { CostBook, CostSaved } from '../../lib/messages/report';
import type { CostEntry, CostPlace } from '../../lib/settings/cost-schema';
import { useAnswer } from '../use-answer';
import type { ReportServices } from './services';

export interface Costs extends CostBook {
  readonly save: (cost: CostEntry) => Promise<CostSaved>;
  readonly remove: (place: CostPlace) => Promise<CostSaved>;
}

/** One and the same, so that no figure is computed anew because nothing came. */
const nothing: CostBook = { currency: null, costs: [], readable: true };

export function useCosts(services: ReportServices): Costs {
  const ask = useCallback(() => services.costs(), [services]);
  const { answer, failed, again } = useAnswer(ask);
  return useMemo(() => {
    const { currency, costs, readable } = answer ?? nothing;
    const settle = (done: Promise<CostSaved>): Promise<CostSaved> =>
      done.then(
        (saved) => {
          if (saved.ok) again();
          return saved;
        },
        () => ({ ok: false, why: 'storage' }),
      );
    return {
      currency,
      costs: costs.length === 0 ? nothing.costs : costs,
      readable: readable && !failed,
      save: (cost) => settle(services.saveCost(cost)),
      remove: (place) => settle(services.removeCost(place)),
    };
  }, [services, answer, failed, again]);
}
