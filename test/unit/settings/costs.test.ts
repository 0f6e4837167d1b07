/** What sources cost: one amount a source and month, one currency, and nothing that can't be read is written over. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { costEntrySchema, costsAtMost, type CostEntry } from '../../../lib/settings/cost-schema';
import { costsKey, readCosts, removeCost, saveCost } from '../../../lib/settings/costs';

const cost = (source: string, month: string, amount: number, currency = 'EUR'): CostEntry => ({
  source,
  month,
  amount,
  currency,
});

beforeEach(() => {
  fakeBrowser.reset();
  vi.restoreAllMocks();
});

describe('costs of sources', () => {
  it('are kept one a source and month, the newest month first', async () => {
    expect(await readCosts()).toEqual({ currency: null, costs: [], readable: true });
    await saveCost(cost('web', '2026-02', 100));
    await saveCost(cost('fair', '2026-03', 900));
    await saveCost(cost('web', '2026-03', 200));
    expect(await saveCost(cost('web', '2026-02', 150))).toEqual({ ok: true });
    const { currency, costs } = await readCosts();
    expect(currency).toBe('EUR');
    expect(costs.map(({ source, month, amount }) => [month, source, amount])).toEqual([
      ['2026-03', 'fair', 900],
      ['2026-03', 'web', 200],
      ['2026-02', 'web', 150],
    ]);
  });

  it('are in one currency, which is chosen anew only when no amount is left', async () => {
    await saveCost(cost('web', '2026-02', 100));
    expect(await saveCost(cost('web', '2026-03', 100, 'USD'))).toEqual({ ok: false, why: 'currency' });
    await removeCost({ source: 'web', month: '2026-02' });
    expect((await readCosts()).currency).toBeNull();
    expect(await saveCost(cost('web', '2026-03', 100, 'USD'))).toEqual({ ok: true });
    expect((await readCosts()).currency).toBe('USD');
  });

  it('are not written over what can’t be read', async () => {
    const newer = { schema: 2, costs: 'of another kind' };
    await browser.storage.local.set({ [costsKey]: newer });
    expect(await readCosts()).toEqual({ currency: null, costs: [], readable: false });
    expect(await saveCost(cost('web', '2026-02', 1))).toEqual({ ok: false, why: 'unreadable' });
    expect(await removeCost({ source: 'web', month: '2026-02' })).toEqual({ ok: false, why: 'unreadable' });
    expect((await browser.storage.local.get(costsKey))[costsKey]).toEqual(newer);
  });

  it('are refused one too many, and where the storage refuses', async () => {
    const full = Array.from({ length: costsAtMost }, (_, index) => ({
      source: `s${index}`,
      month: '2026-01',
      amount: 1,
    }));
    await browser.storage.local.set({ [costsKey]: { schema: 1, currency: 'EUR', costs: full } });
    expect(await saveCost(cost('one more', '2026-01', 1))).toEqual({ ok: false, why: 'full' });
    expect(await saveCost(cost('s7', '2026-01', 2))).toEqual({ ok: true });
    vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('QuotaExceeded'));
    expect(await saveCost(cost('s7', '2026-01', 3))).toEqual({ ok: false, why: 'storage' });
  });

  it.each([
    ['a negative amount', { amount: -1 }],
    ['no number', { amount: Number.NaN }],
    ['an amount without end', { amount: 1e13 }],
    ['a month that is none', { month: '2026-13' }],
    ['a date', { month: '2026-02-01' }],
    ['a sign for a currency', { currency: '€' }],
    ['no source', { source: '' }],
    ['a source of a book', { source: 'x'.repeat(2_001) }],
    ['something more', { note: 'x' }],
  ])('%s is refused', (_, wrong) => {
    expect(costEntrySchema.safeParse({ ...cost('web', '2026-02', 100), ...wrong }).success).toBe(false);
    expect(costEntrySchema.safeParse(cost('web', '2026-02', 0)).success).toBe(true);
  });
});
