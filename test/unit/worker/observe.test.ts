import { describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../lib/ledger/database';
import { standing } from '../../../lib/lead/standing';
import { LedgerFullError } from '../../../lib/ledger/types';
import { observe } from '../../../lib/worker/observe';
import { alwaysOpen, exactly, hour, keyOf, minute, monday, page, restartWorker, seen, startWorker } from './support';

const fresh = { status: 'new', name: 'Ana', createdAt: exactly(monday - 10 * minute) };

describe('observing', () => {
  it('answers with the clock of a fresh lead: 60 minutes from its hand-off', async () => {
    const { context } = await startWorker();
    const reply = await observe({ observations: [seen('1', monday, fresh)] }, page, context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([
      { commitment: 'first-touch', state: 'running', dueAt: monday + 50 * minute, leftMs: 50 * minute },
    ]);
    expect(reply.problems).toEqual([]);
    expect(reply.open['always']).toEqual([[monday, expect.any(Number)]]);
  });

  it('says unknown for a lead without a hand-off, never a number', async () => {
    const { context } = await startWorker();
    const reply = await observe({ observations: [seen('1', monday, { status: 'new' })] }, page, context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([
      { state: 'unknown', unknown: 'no-start', dueAt: null, leftMs: null },
    ]);
  });

  it('rule 12: past due is unknown until it was seen after the due instant, then overdue', async () => {
    const worker = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    worker.at(monday + hour);
    const stale = await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    expect(stale.clocks[keyOf('1')]).toMatchObject([{ state: 'unknown', unknown: 'stale', leftMs: -10 * minute }]);
    const looked = await observe({ observations: [seen('1', monday + hour, fresh)] }, page, worker.context);
    expect(looked.clocks[keyOf('1')]).toMatchObject([{ state: 'overdue', leftMs: -10 * minute }]);
  });

  it('rule 12: a lead whose touches the CRM keeps to itself is never called overdue, and stays in the lists', async () => {
    const worker = await startWorker();
    worker.at(monday + hour);
    const blind = seen('1', monday + hour, fresh, { missing: ['firstTouchAt', 'lastTouchAt'] });
    const shown = seen('1', monday + hour - 200, fresh, { source: 'page' });
    const reply = await observe({ observations: [shown, blind] }, page, worker.context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'unknown', unknown: 'touches', leftMs: -10 * minute }]);
    const [due] = await worker.context.withLedger((ledger) => ledger.dueLeads(monday + hour));
    expect(due).toMatchObject({ key: keyOf('1'), isSeenLate: false });
    // The rights come back: the same second's answer settles it, and is written.
    await observe({ observations: [seen('1', monday + hour, fresh)] }, page, worker.context);
    const [known] = await worker.context.withLedger((ledger) => ledger.dueLeads(monday + hour));
    expect(known).toMatchObject({ clocks: [{ state: 'overdue' }], isSeenLate: true });
  });

  it('knows a touch that the CRM dates, in time and too late', async () => {
    const worker = await startWorker();
    worker.at(monday + 3 * hour);
    const touched = (at: number) => ({ ...fresh, status: 'working', firstTouchAt: exactly(at) });
    const reply = await observe(
      {
        observations: [
          seen('1', monday + 3 * hour, touched(monday + 50 * minute)),
          seen('2', monday + 3 * hour, touched(monday + 50 * minute + 1)),
        ],
      },
      page,
      worker.context,
    );
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'met' }]);
    expect(reply.clocks[keyOf('2')]).toMatchObject([{ state: 'missed' }]);
  });

  it('does not say met or missed when a status alone leaves both possible', async () => {
    const worker = await startWorker();
    worker.at(monday + 3 * hour);
    const reply = await observe(
      { observations: [seen('1', monday + 3 * hour, { ...fresh, status: 'working' })] },
      page,
      worker.context,
    );
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'unknown', unknown: 'evidence' }]);
  });

  it('rule 9: a stricter tier that is seen never makes a lead late at a stroke', async () => {
    const when = (value: string) => [{ field: 'tier', operator: 'is', value }];
    const target = (workingMinutes: number) => ({ workingMinutes, calendar: 'always' });
    const rules = [
      { when: when('hot'), target: target(60) },
      { when: when('cold'), target: target(600) },
    ];
    const worker = await startWorker({ ...alwaysOpen, commitments: [{ ...alwaysOpen.commitments[0], rules }] });
    await observe({ observations: [seen('1', monday, { ...fresh, tier: 'cold' })] }, page, worker.context);
    worker.at(monday + 5 * hour);
    const hot = [seen('1', monday + 5 * hour, { ...fresh, tier: 'hot' })];
    const reply = await observe({ observations: hot }, page, worker.context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'at-risk', dueAt: monday + 5 * hour + 15 * minute }]);
  });

  it('remembers over the death of the worker', async () => {
    const first = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, first.context);
    const second = restartWorker(monday + 20 * minute);
    const reply = await observe(
      { observations: [seen('1', monday, { name: 'Ana' }, { source: 'page' })] },
      page,
      second.context,
    );
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'running', leftMs: 30 * minute }]);
  });

  it('writes once for a change and not at all for another look', async () => {
    const { context } = await startWorker();
    const ledger = await context.ledger();
    const save = vi.spyOn(ledger, 'save');
    for (let look = 0; look < 20; look += 1)
      await observe({ observations: [seen('1', monday + look, fresh)] }, page, context);
    expect(save.mock.calls.filter(([records]) => records.length > 0)).toHaveLength(1);
  });

  it('two tabs at once lose nothing', async () => {
    const { context } = await startWorker();
    await Promise.all(
      Array.from({ length: 20 }, (_, tab) =>
        observe(
          { observations: [seen('1', monday, { ...fresh, ...(tab % 2 ? { company: 'Acme' } : { source: 'Web' }) })] },
          page,
          context,
        ),
      ),
    );
    const known = (await (await context.ledger()).load([keyOf('1')])).get(keyOf('1'));
    expect(known?.record?.lead.fields).toMatchObject({ company: 'Acme', source: 'Web' });
    expect(known?.facts).toHaveLength(1);
  });

  describe('the start of a clock, as a page shows it', () => {
    const dayAround = { at: monday - 14 * hour, precision: 26 * hour + minute };
    const shown = (at: number) => ({ status: 'new', createdAt: { at, precision: minute } });
    const look = async (
      worker: Awaited<ReturnType<typeof startWorker>>,
      seenAt: number,
      fields: Parameters<typeof seen>[2],
    ) => {
      worker.at(seenAt);
      const reply = await observe(
        { observations: [seen('1', seenAt, fields, { source: 'page' })] },
        page,
        worker.context,
      );
      return reply.clocks[keyOf('1')]?.[0];
    };

    it('is none while it may be any hour of a day, and runs once the zone is known', async () => {
      const worker = await startWorker();
      expect(await look(worker, monday, { status: 'new', createdAt: dayAround })).toMatchObject({
        unknown: 'no-start',
      });
      expect(await look(worker, monday + minute, shown(monday - 10 * minute))).toMatchObject({
        state: 'running',
        dueAt: monday + 50 * minute,
      });
    });

    it('follows a zone that is corrected, as often as it is', async () => {
      const worker = await startWorker();
      await look(worker, monday, { status: 'new', createdAt: dayAround });
      const [right, wrong] = [monday - 10 * minute, monday - 130 * minute];
      for (const [turn, start] of [wrong, right, right, wrong, wrong, right].entries())
        expect(await look(worker, monday + (turn + 1) * 1_000, shown(start))).toMatchObject({ dueAt: start + hour });
    });

    it('is one fact, however often a page shows it in the meantime', async () => {
      const worker = await startWorker();
      const vague = { status: 'new', createdAt: dayAround };
      for (let turn = 0; turn < 5; turn += 1) await look(worker, monday + turn * minute, vague);
      await observe({ observations: [seen('1', monday + 5 * minute, fresh)] }, page, worker.context);
      await look(worker, monday + 6 * minute, vague);
      const { facts = [] } = (await (await worker.context.ledger()).load([keyOf('1')])).get(keyOf('1')) ?? {};
      expect(standing(facts)).toMatchObject([{ kind: 'hand-off', at: monday - 10 * minute }]);
      expect(facts).toHaveLength(2);
    });

    it('and of a touch that a label tells first is what the API says then: it knows the last change', async () => {
      const worker = await startWorker();
      const created = monday - 3 * hour;
      await look(worker, monday, { statusLabel: 'working', createdAt: dayAround });
      const said = { status: 'working', createdAt: exactly(created), modifiedAt: exactly(created + 5 * minute) };
      const reply = await observe({ observations: [seen('1', monday + 1_000, said)] }, page, worker.context);
      expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'met' }]);
    });

    it('is never taken from a page where the API has said it', async () => {
      const worker = await startWorker();
      const wrong = shown(monday - 130 * minute);
      await look(worker, monday, wrong);
      await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
      expect(await look(worker, monday + 1_000, wrong)).toMatchObject({ dueAt: monday + 50 * minute });
    });
  });

  it('a page speaks for its own origin only', async () => {
    const { context } = await startWorker();
    const foreign = seen('1', monday, fresh);
    const reply = await observe(
      {
        observations: [
          { ...foreign, id: { ...foreign.id, origin: 'https://other.example' } },
          { ...foreign, url: 'https://other.example/leads/1' },
        ],
      },
      page,
      context,
    );
    expect(reply.clocks).toEqual({});
    expect(await (await context.ledger()).count()).toBe(0);
  });

  it('takes nothing for seen in the future', async () => {
    const { context } = await startWorker();
    await observe({ observations: [seen('1', monday + 365 * 24 * hour, fresh)] }, page, context);
    const known = (await (await context.ledger()).load([keyOf('1')])).get(keyOf('1'));
    expect(known?.record?.lead.seenAt).toBe(monday);
  });

  it('computes anew when the agreement changed', async () => {
    const worker = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    const stricter = structuredClone(alwaysOpen);
    stricter.commitments[0]!.rules[0]!.target.workingMinutes = 30;
    const { browser } = await import('wxt/browser');
    await browser.storage.sync.set({ agreement: stricter });
    worker.context.agreementChanged();
    const reply = await observe({ observations: [seen('1', monday, fresh)] }, page, worker.context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ dueAt: monday + 20 * minute }]);
  });
});

describe('when the ledger does not work, reading goes on and the person is told', () => {
  it('a database that will not open', async () => {
    const { context } = await startWorker();
    vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'InvalidStateError');
    });
    const reply = await observe({ observations: [seen('1', monday, fresh)] }, page, context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'running' }]);
    expect(reply.problems).toMatchObject([{ code: 'ledger-unavailable' }]);
  });

  it('a full disk: nothing of the write is kept, what was there is safe, and the word goes away when it works again', async () => {
    const { context } = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, context);
    const ledger = await context.ledger();
    const save = vi.spyOn(ledger, 'save').mockRejectedValueOnce(new LedgerFullError('full'));
    const full = await observe({ observations: [seen('2', monday, fresh)] }, page, context);
    expect(full.clocks[keyOf('2')]).toMatchObject([{ state: 'running' }]);
    expect(full.problems).toMatchObject([{ code: 'ledger-full' }]);
    expect(await ledger.count()).toBe(1);
    save.mockRestore();
    const again = await observe({ observations: [seen('2', monday, fresh)] }, page, context);
    expect(again.problems).toEqual([]);
  });

  it('opens again after the browser closed the database under us', async () => {
    const { context } = await startWorker();
    await observe({ observations: [seen('1', monday, fresh)] }, page, context);
    (await context.ledger()).close();
    const reply = await observe({ observations: [seen('2', monday, fresh)] }, page, context);
    expect(reply.clocks[keyOf('2')]).toMatchObject([{ state: 'running' }]);
    const next = await observe({ observations: [seen('2', monday, fresh)] }, page, context);
    expect(next.problems).toEqual([]);
    expect(await (await openLedger(() => {})).count()).toBe(2);
  });

  it('a ledger that can’t be read is not written: what it knows would be lost', async () => {
    const { context } = await startWorker();
    await observe({ observations: [seen('1', monday, { ...fresh, company: 'Acme' })] }, page, context);
    const original = IDBDatabase.prototype.transaction;
    const broken = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      stores,
      mode,
      options,
    ) {
      if (mode !== 'readwrite' && typeof stores !== 'string' && [...stores].includes('leads'))
        throw new DOMException('no', 'UnknownError');
      return original.call(this, stores, mode, options);
    });
    const reply = await observe({ observations: [seen('1', monday, { ...fresh, name: 'Eva' })] }, page, context);
    expect(reply.clocks[keyOf('1')]).toMatchObject([{ state: 'running' }]);
    expect(reply.problems).toMatchObject([{ code: 'ledger-unavailable' }]);
    broken.mockRestore();
    const known = await context.withLedger((ledger) => ledger.load([keyOf('1')]));
    expect(known.get(keyOf('1'))?.record?.lead.fields).toMatchObject({ name: 'Ana', company: 'Acme' });
  });

  it('a database that does not open is tried again after half a minute, and nobody waits for it', async () => {
    const worker = await startWorker();
    const failing = vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'InvalidStateError');
    });
    const look = (instant: number) => {
      worker.at(instant);
      return observe({ observations: [seen('1', instant, fresh)] }, page, worker.context);
    };
    await look(monday);
    await look(monday + 31_000);
    expect(failing).toHaveBeenCalledTimes(2);
    failing.mockRestore();
    expect((await look(monday + 50_000)).problems).toMatchObject([{ code: 'ledger-unavailable' }]);
    expect((await look(monday + 62_000)).clocks[keyOf('1')]).toMatchObject([{ state: 'running' }]);
    await vi.waitFor(async () => expect((await worker.context.ledger()).durable).toBe(true));
    expect((await look(monday + 63_000)).problems).toEqual([]);
    expect(await (await openLedger(() => {})).count()).toBe(1);
  });

  it('what one failing job leaves, another one has opened again already, stays open', async () => {
    const { context } = await startWorker();
    const first = await context.ledger();
    let fail = (_error: Error): void => {};
    const slow = context.withLedger((ledger) =>
      ledger === first ? new Promise<number>((_resolve, reject) => (fail = reject)) : ledger.count(),
    );
    const quick = context.withLedger((ledger) =>
      ledger === first ? Promise.reject(new Error('closed')) : ledger.count(),
    );
    await quick;
    const second = await context.ledger();
    fail(new Error('closed, too'));
    expect(await slow).toBe(0);
    expect(await context.ledger()).toBe(second);
    expect(await second.count()).toBe(0);
  });
});
