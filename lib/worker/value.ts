/** In which order leads are worth acting on: what is due soonest, and of what is due at the same minute the better tier. Pure. */
import type { Agreement } from '../agreement/schema';
import { normal } from '../lead/conditions';

/** Tiers in the order in which the agreement's rules name them: who writes rules puts the best leads first. */
export function tierOrder(agreement: Pick<Agreement, 'commitments'>): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  for (const { rules } of agreement.commitments)
    for (const { when = [] } of rules)
      for (const condition of when) {
        if (condition.field !== 'tier') continue;
        const named =
          condition.operator === 'in' ? condition.value : condition.operator === 'is' ? [condition.value] : [];
        for (const tier of named.map(normal)) if (!order.has(tier)) order.set(tier, order.size);
      }
  return order;
}

/** A tier that no rule names comes after all that one does. */
export const tierRank = (order: ReadonlyMap<string, number>, tier: string | undefined): number =>
  order.get(normal(tier)) ?? order.size;
