/**
 * What sources cost, one item in `storage.local`. Only the worker writes, one change at a time. All amounts are in one currency,
 * because nothing here could add up two; what can't be read is kept aside and never written over.
 */
import { browser } from 'wxt/browser';
import type { CostBook, CostSaved } from '../messages/report';
import { costsAtMost, costsSchema, type CostEntry, type CostPlace, type SourceCost } from './cost-schema';
import { readStored } from './stored';

/** Key in `storage.local`. */
export const costsKey = 'costs';

const isAt =
  ({ source, month }: CostPlace) =>
  (cost: CostPlace): boolean =>
    cost.source === source && cost.month === month;

/** The newest month first, then by source. */
const byMonth = (a: SourceCost, b: SourceCost): number =>
  a.month === b.month ? (a.source < b.source ? -1 : 1) : a.month < b.month ? 1 : -1;

export async function readCosts(): Promise<CostBook> {
  const stored = await readStored('local', costsKey, costsSchema);
  if (stored.kind === 'value') {
    const { currency, costs } = stored.value;
    return { currency: costs.length === 0 ? null : currency, costs: costs.toSorted(byMonth), readable: true };
  }
  return { currency: null, costs: [], readable: stored.kind === 'absent' };
}

const write = (currency: string, costs: readonly SourceCost[]): Promise<CostSaved> =>
  browser.storage.local.set({ [costsKey]: { schema: 1, currency, costs } }).then(
    () => ({ ok: true }),
    () => ({ ok: false, why: 'storage' }),
  );

/** Takes the place of what was entered for this source and month. */
export async function saveCost({ currency, ...entry }: CostEntry): Promise<CostSaved> {
  const before = await readCosts();
  if (!before.readable) return { ok: false, why: 'unreadable' };
  if (before.currency !== null && before.currency !== currency) return { ok: false, why: 'currency' };
  const others = before.costs.filter((cost) => !isAt(entry)(cost));
  if (others.length >= costsAtMost) return { ok: false, why: 'full' };
  return write(currency, [entry, ...others]);
}

export async function removeCost(place: CostPlace): Promise<CostSaved> {
  const { currency, costs, readable } = await readCosts();
  if (!readable) return { ok: false, why: 'unreadable' };
  if (currency === null) return { ok: true };
  const isMeant = isAt(place);
  return write(
    currency,
    costs.filter((cost) => !isMeant(cost)),
  );
}
