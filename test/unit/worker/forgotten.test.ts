import { describe, expect, it, vi } from 'vitest';
import { observe } from '../../../lib/worker/observe';
import { exactly, hour, keyOf, minute, monday, page, seen, startWorker } from './support';

const fresh = { status: 'new', name: 'Ana', createdAt: exactly(monday - 10 * minute) };

describe('a lead that was erased and is seen again', () => {
  it('has its clocks, and what was counted is not written once more, however often it is looked at', async () => {
    const worker = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    const ledger = await worker.context.ledger();
    await ledger.erase(keyOf('1'), monday);
    worker.at(monday + minute);
    const save = vi.spyOn(ledger, 'save');
    for (let look = 0; look < 10; look += 1) {
      const reply = await observe({ observations: [seen('1', monday + minute + look, fresh)] }, page, worker.context);
      expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'running', dueAt: monday + 50 * minute }]);
    }
    expect(save.mock.calls.filter(([records, facts]) => records.length + facts.length > 0)).toHaveLength(1);
    expect((await ledger.load([keyOf('1')])).get(keyOf('1'))?.facts).toEqual([]);
  });

  it('may start anew: what happens from then on is written', async () => {
    const worker = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    const ledger = await worker.context.ledger();
    await ledger.erase(keyOf('1'), monday);
    worker.at(monday + 2 * hour);
    const touched = { ...fresh, status: 'working', firstTouchAt: exactly(monday + hour) };
    await observe({ observations: [seen('1', monday + 2 * hour, touched)] }, page, worker.context);
    const facts = (await ledger.load([keyOf('1')])).get(keyOf('1'))?.facts ?? [];
    expect(facts.map(({ kind, at }) => [kind, at])).toContainEqual(['touch', monday + hour]);
    expect(facts.some(({ kind }) => kind === 'hand-off')).toBe(false);
  });
});
