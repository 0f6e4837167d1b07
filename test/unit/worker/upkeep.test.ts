/** What the options page may do with the ledger: take all of it out, in again, and erase; and how long it is kept. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPerson, writePerson } from '../../../lib/settings/person';
import { act } from '../../../lib/worker/act';
import { catchUp } from '../../../lib/worker/alarms';
import { silentAfterMs } from '../../../lib/worker/intake';
import { observe } from '../../../lib/worker/observe';
import { eraseLead, exportPage, importChunk, ledgerInfo, retain } from '../../../lib/worker/upkeep';
import {
  alwaysOpen,
  exactly,
  hour,
  keyOf,
  minute,
  monday,
  page,
  restartWorker,
  seen,
  startWorker,
  type TestWorker,
} from './support';

const popup = { kind: 'popup', origin: 'chrome-extension://x', tabId: null, frameId: null } as const;
const day = 24 * hour;
let worker: TestWorker;

beforeEach(async () => {
  worker = await startWorker();
  await writePerson({ ...defaultPerson, side: 'sales', name: 'Ana' });
  const rows = Array.from({ length: 450 }, (_, index) =>
    seen(String(index), monday, { status: 'new', name: `Lead ${index}`, createdAt: exactly(monday - 10 * minute) }),
  );
  await observe({ observations: rows }, page, worker.context);
  await act({ leads: [keyOf('1'), keyOf('2')], act: { do: 'note', text: 'called' } }, popup, worker.context);
});

async function wholeFile(): Promise<string[]> {
  const lines: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const part = await exportPage(after, worker.context);
    lines.push(...part.lines);
    after = part.next;
    pages += 1;
  } while (after !== undefined);
  expect(pages).toBeGreaterThan(1);
  return lines;
}

describe('the file of the ledger', () => {
  it('comes in pages that together are the file, and goes in again in chunks, twice as once', async () => {
    const lines = await wholeFile();
    expect(lines).toHaveLength(1 + 450 + 450 + 2);
    worker = await startWorker();
    const take = async () => {
      const results = [];
      for (let start = 0; start < lines.length; start += 300)
        results.push(
          await importChunk({ text: lines.slice(start, start + 300).join('\n'), line: start + 1 }, worker.context),
        );
      return results;
    };
    const first = await take();
    expect(first.every(({ ok }) => ok)).toBe(true);
    expect(await (await worker.context.ledger()).counts()).toMatchObject({ leads: 450, facts: 452 });
    const second = await take();
    expect(second.reduce((sum, result) => sum + (result.ok ? result.facts + result.leads : 1), 0)).toBe(0);
    expect(await catchUp(worker.context)).toBe(450);
  });

  it('has clocks computed when all of it is there, or when no more of it comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const lines = await wholeFile();
      worker = await startWorker();
      const { intake } = worker.context;
      const ended = vi.fn<() => void>();
      intake.note({ last: false }, ended);
      await importChunk({ text: lines.slice(0, 300).join('\n'), line: 1 }, worker.context);
      // Whatever else wakes up meanwhile leaves them alone, and does what changes by itself.
      expect(await catchUp(worker.context)).toBe(0);
      await vi.advanceTimersByTimeAsync(silentAfterMs - 1);
      intake.note({ last: false }, ended);
      await vi.advanceTimersByTimeAsync(silentAfterMs - 1);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(ended).toHaveBeenCalledOnce();
      expect(await catchUp(worker.context)).toBeGreaterThan(100);
      intake.note({ last: false }, ended);
      intake.note({ last: true }, ended);
      expect(ended).toHaveBeenCalledTimes(2);
      expect(intake.isOpen()).toBe(false);
      await vi.advanceTimersByTimeAsync(2 * silentAfterMs);
      expect(ended).toHaveBeenCalledTimes(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('finds what came in by what it shares with another lead, once its clocks are computed', async () => {
    const quality = [{ id: 'twice', rule: 'duplicate', by: ['email'] }];
    const rows = ['1', '2'].map((recordId) => seen(recordId, monday, { status: 'new', email: 'ana@acme.example' }));
    worker = await startWorker({ ...alwaysOpen, quality });
    await observe({ observations: rows }, page, worker.context);
    const { lines } = await exportPage(undefined, worker.context);
    worker = await startWorker({ ...alwaysOpen, quality });
    await importChunk({ text: lines.join('\n'), line: 1 }, worker.context);
    await catchUp(worker.context);
    const found = await worker.context.withLedger((ledger) => ledger.duplicatesOf(['m:ana@acme.example']));
    expect(found.get('m:ana@acme.example')).toEqual([keyOf('1'), keyOf('2')]);
  });

  it('names a bad line by its number in the whole file', async () => {
    const lines = await wholeFile();
    const chunk = [lines[1], 'nonsense', lines[2]].join('\n');
    expect(await importChunk({ text: chunk, line: 4_000 }, worker.context)).toMatchObject({
      ok: true,
      bad: 1,
      badLines: [{ line: 4_001, fault: 'not-json' }],
    });
    expect(await importChunk({ text: ['x', lines[1]].join('\n'), line: 1 }, worker.context)).toEqual({
      ok: false,
      reason: 'not-a-ledger',
    });
  });
});

describe('erasing a lead', () => {
  it('leaves counts and no word of it', async () => {
    expect((await ledgerInfo(worker.context))?.kept).toBeNull();
    expect(await eraseLead(keyOf('1'), worker.context)).toEqual({ ok: true, facts: 2 });
    const known = await worker.context.withLedger((ledger) => ledger.load([keyOf('1')]));
    expect(known.get(keyOf('1'))).toMatchObject({ record: undefined, facts: [] });
    expect(await ledgerInfo(worker.context)).toMatchObject({
      leads: 449,
      facts: 450,
      forgotten: 1,
      durable: true,
      retentionDays: 400,
      kept: {
        counts: [
          { kind: 'hand-off', count: 1 },
          { kind: 'other', count: 1 },
        ],
      },
    });
    const { kept } = (await ledgerInfo(worker.context)) ?? {};
    expect(JSON.stringify(kept)).not.toContain('Lead');
  });

  it('says so where it could not', async () => {
    const ledger = await worker.context.ledger();
    vi.spyOn(ledger, 'erase').mockRejectedValue(new Error('no'));
    vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'InvalidStateError');
    });
    expect(await eraseLead(keyOf('1'), worker.context)).toEqual({ ok: false, facts: 0 });
    await expect(importChunk({ text: 'x', line: 2 }, worker.context)).rejects.toThrow('keeps nothing');
  });
});

describe('retention', () => {
  it('runs once a day and forgets what nobody has seen for longer than the agreement says', async () => {
    const closed = seen('1', monday, {
      status: 'new',
      closedAt: exactly(monday),
      createdAt: exactly(monday - 10 * minute),
    });
    const context = worker.context;
    const { agreement } = await context.agreement();
    vi.spyOn(context, 'agreement').mockResolvedValue({
      ...(await context.agreement()),
      agreement: { ...agreement, statuses: { demo: { lead: { done: 'closed' } } } },
    });
    await observe({ observations: [{ ...closed, fields: { ...closed.fields, status: 'done' } }] }, page, context);
    expect(await retain(context)).toEqual({ ran: false, why: 'clock-unsure' });
    for (let days = 401; days < 415; days += 1) {
      worker = restartWorker(monday + days * day);
      expect(await retain(worker.context)).toEqual({ ran: false, why: 'clock-unsure' });
    }
    worker.at(monday + 415 * day);
    const open = seen('seen', monday + 415 * day, { status: 'new', createdAt: exactly(monday) });
    await observe({ observations: [open] }, page, worker.context);
    // Nobody has seen any of the others since, be it open or closed.
    expect(await retain(worker.context)).toMatchObject({ ran: true, leads: 450 });
    expect(await worker.context.withLedger((ledger) => ledger.knownAfter(undefined, 9))).toMatchObject({
      items: [{ key: keyOf('seen') }],
    });
    worker.at(monday + 415 * day + hour);
    expect(await retain(worker.context)).toEqual({ ran: false, why: 'too-soon' });
  });
});
