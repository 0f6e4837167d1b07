/** Leads that a CRM no longer answers for when it is asked by their ids: what ends, what goes on, and what is not believed. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { LeadId } from '../../../lib/lead/lead';
import { observe } from '../../../lib/worker/observe';
import { createServices } from '../../../lib/worker/services';
import { unseenSince } from '../../../lib/worker/sweep';
import { rememberViewer } from '../../../lib/worker/viewers';
import { exactly, hour, keyOf, minute, monday, origin, page, seen, startWorker, type TestWorker } from './support';

const other = 'https://other.example';
const fields = { createdAt: exactly(monday - 10 * minute), status: 'new', ownerId: 'me' };

let worker: TestWorker;
beforeEach(async () => {
  worker = await startWorker();
  await rememberViewer(origin, { id: 'me' });
  await look(monday, '1', '2');
});

const idOf = (recordId: string, more: Partial<LeadId> = {}): LeadId => ({
  crm: 'demo',
  origin,
  object: 'lead',
  recordId,
  ...more,
});

function look(instant: number, ...ids: readonly string[]) {
  worker.at(instant);
  return observe({ observations: ids.map((id) => seen(id, instant, fields)) }, page, worker.context);
}

/** A sweep has ended, and was not answered for these. */
function miss(instant: number, absent: readonly LeadId[], sender = page) {
  worker.at(instant);
  const services = createServices(worker.context, () => {});
  return services.sweepEnd({ startedAt: instant - minute, complete: false, absent }, sender);
}

async function known(recordId: string) {
  const key = keyOf(recordId);
  const one = (await worker.context.withLedger((ledger) => ledger.load([key]))).get(key);
  const told = one?.facts.filter(({ kind }) => kind === 'disposition' || kind === 'reopen') ?? [];
  return { clocks: one?.record?.clocks ?? [], told, missedAt: one?.record?.missedAt };
}

describe('a lead that the CRM no longer answers for', () => {
  it('rule 14: has no running clock once a second sweep misses it, with bounds that hold', async () => {
    await miss(monday + 5 * minute, [idOf('1')]);
    expect(await known('1')).toMatchObject({ told: [], clocks: [{ state: 'running' }] });
    await miss(monday + 10 * minute, [idOf('1')]);
    const { told, clocks } = await known('1');
    expect(told).toMatchObject([
      { kind: 'disposition', outcome: 'merged', evidence: 'crm-status', earliest: monday, at: monday + 5 * minute },
    ]);
    expect(clocks).toMatchObject([{ state: 'ended', doneAt: monday + 5 * minute, doneEarliest: monday }]);
    expect((await known('2')).clocks).toMatchObject([{ state: 'running' }]);
    expect(await unseenSince(origin, monday + hour, worker.context)).toEqual([{ object: 'lead', recordId: '2' }]);
  });

  it('is there after all where it was seen in between, or where one sweep says it twice', async () => {
    await miss(monday + 5 * minute, [idOf('1')]);
    await miss(monday + 5 * minute + 1_000, [idOf('1')]);
    await look(monday + 7 * minute, '1');
    expect((await known('1')).missedAt).toBeUndefined();
    await miss(monday + 10 * minute, [idOf('1')]);
    expect((await known('1')).told).toEqual([]);
  });

  it('rule 10: goes on when it is seen again, and may be gone once more', async () => {
    await miss(monday + 5 * minute, [idOf('1')]);
    await miss(monday + 10 * minute, [idOf('1')]);
    const { clocks } = await look(monday + 30 * minute, '1');
    expect(clocks[keyOf('1')]).toMatchObject([{ state: 'running', dueAt: monday + 75 * minute }]);
    expect((await known('1')).told.map(({ kind, at }) => [kind, at])).toContainEqual(['reopen', monday + 30 * minute]);
    await look(monday + 31 * minute, '1');
    expect((await known('1')).told).toHaveLength(2);
    await miss(monday + 40 * minute, [idOf('1')]);
    await miss(monday + 45 * minute, [idOf('1')]);
    expect((await known('1')).clocks).toMatchObject([{ state: 'ended' }]);
  });

  it('is a matter of its own CRM, and of a lead that is known', async () => {
    for (const at of [5, 10]) {
      await miss(monday + at * minute, [idOf('1', { origin: other }), idOf('unknown')]);
      await miss(monday + at * minute, [idOf('1')], { ...page, origin: other });
    }
    expect((await known('1')).told).toEqual([]);
    expect(await worker.context.withLedger((ledger) => ledger.count())).toBe(2);
  });

  it('is not believed to be gone together with most others: the person may just not see them any more', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    await look(monday + minute, ...ids);
    const first = (count: number) => ids.slice(0, count).map((id) => idOf(id));
    for (const at of [5, 10]) await miss(monday + at * minute, first(4));
    expect((await known('1')).told).toEqual([]);
    for (const at of [15, 20]) await miss(monday + at * minute, first(3));
    expect((await known('1')).told).toHaveLength(1);
  });
});
