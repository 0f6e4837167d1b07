import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Fact } from '../../../lib/lead/facts';
import type { FactDraft } from '../../../lib/lead/evidence';
import { ledgerName, openLedger } from '../../../lib/ledger/database';
import { identify } from '../../../lib/ledger/fact-id';
import { factSchema } from '../../../lib/ledger/fact-schema';
import { createMemoryLedger } from '../../../lib/ledger/memory';
import type { Ledger, LeadRecord } from '../../../lib/ledger/types';

const key = (recordId: string): string => `demo|https://crm.example|lead|${recordId}`;
const record = (recordId: string, more: Partial<LeadRecord> = {}): LeadRecord => ({
  key: key(recordId),
  lead: {
    key: key(recordId),
    id: { crm: 'demo', origin: 'https://crm.example', object: 'lead', recordId },
    fields: { name: `Lead ${recordId}` },
    seenAt: 1,
  },
  clocks: [],
  projection: 'a',
  ...more,
});
const touch = (recordId: string, at: number): FactDraft => ({
  lead: key(recordId),
  at,
  author: 'crm:demo',
  evidence: 'crm-field',
  kind: 'touch',
  channel: 'call',
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('the schema of a fact', () => {
  it('takes every fact that the type allows, and gives one back', () => {
    // Checked by the compiler: a kind or a field that one of them lacks is an error here.
    expectTypeOf<Fact>().toExtend<z.infer<typeof factSchema>>();
    expectTypeOf<z.infer<typeof factSchema>>().toExtend<Fact>();
    expect(factSchema.options.map((option) => option.shape.kind.value)).toContain('hand-off');
  });
});

describe('the id of a fact', () => {
  it('is the same for the same statement and another for any other', async () => {
    const [first, again] = [await identify(touch('1', 5)), await identify({ ...touch('1', 5) })];
    expect(first.id).toMatch(/^[0-9a-f]{32}$/);
    expect(again.id).toBe(first.id);
    const others = [
      touch('1', 6),
      touch('2', 5),
      { ...touch('1', 5), author: 'Ana' },
      { ...touch('1', 5), earliest: 4 },
    ];
    for (const other of others) expect((await identify(other)).id).not.toBe(first.id);
  });

  it('does not depend on the order of keys', async () => {
    const draft = touch('1', 5);
    const reversed = Object.fromEntries(Object.entries(draft).toReversed()) as unknown as FactDraft;
    expect((await identify(reversed)).id).toBe((await identify(draft)).id);
  });
});

describe.each<[string, () => Promise<Ledger>]>([
  ['in IndexedDB', () => openLedger(() => {})],
  ['in memory', async () => createMemoryLedger()],
])('the ledger %s', (_name, open) => {
  it('gives back what was saved, and nothing for what was not', async () => {
    const ledger = await open();
    const fact = await identify(touch('1', 5));
    await ledger.save([record('1')], [fact]);
    const loaded = await ledger.load([key('1'), key('2')]);
    expect(loaded.get(key('1'))).toEqual({ record: record('1'), facts: [fact] });
    expect(loaded.get(key('2'))).toEqual({ record: undefined, facts: [] });
    expect(await ledger.count()).toBe(1);
  });

  it('keeps one fact however often it is written', async () => {
    const ledger = await open();
    const fact = await identify(touch('1', 5));
    await ledger.save([], [fact, fact]);
    await ledger.save([], [fact]);
    expect((await ledger.load([key('1')])).get(key('1'))?.facts).toEqual([fact]);
  });

  it('finds what is due, soonest first, and leaves out what is not', async () => {
    const ledger = await open();
    await ledger.save(
      [record('1', { attention: 30 }), record('2', { attention: 10 }), record('3'), record('4', { attention: 99 })],
      [],
    );
    expect((await ledger.dueUntil(30)).map(({ lead }) => lead.id.recordId)).toEqual(['2', '1']);
  });

  it('knows the next change and who changes until an instant', async () => {
    const ledger = await open();
    expect(await ledger.nextChange()).toBeUndefined();
    await ledger.save([record('1', { nextChangeAt: 30 }), record('2', { nextChangeAt: 10 }), record('3')], []);
    expect(await ledger.nextChange()).toBe(10);
    expect(await ledger.changingUntil(29, 10)).toEqual([key('2')]);
    expect(await ledger.changingUntil(30, 1)).toEqual([key('2')]);
  });

  it('names the leads that were computed with another agreement', async () => {
    const ledger = await open();
    await ledger.save([record('1'), record('2', { projection: 'b' }), record('3', { projection: 'c' })], []);
    expect((await ledger.outdated('b', 10)).toSorted()).toEqual([key('1'), key('3')]);
    expect(await ledger.outdated('b', 1)).toHaveLength(1);
  });
});

describe('the database', () => {
  it('keeps leads and facts over a restart of the worker', async () => {
    const first = await openLedger(() => {});
    await first.save([record('1')], [await identify(touch('1', 5))]);
    first.close();
    const second = await openLedger(() => {});
    expect((await second.load([key('1')])).get(key('1'))?.facts).toHaveLength(1);
  });

  it('skips a damaged fact or record and leaves it where it is', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1', { attention: 1 })], [await identify(touch('1', 5))]);
    const raw = await openDB(ledgerName);
    await raw.put('facts', { id: 'damaged', lead: key('1'), kind: 'touch', at: 'yesterday' });
    await raw.put('leads', { key: key('2'), attention: 1, lead: 'nonsense' });
    expect((await ledger.load([key('1'), key('2')])).get(key('1'))?.facts).toHaveLength(1);
    expect((await ledger.load([key('2')])).get(key('2'))?.record).toBeUndefined();
    expect(await ledger.dueUntil(5)).toHaveLength(1);
    expect(await raw.get('facts', 'damaged')).toBeDefined();
    expect(await raw.get('leads', key('2'))).toBeDefined();
    raw.close();
  });

  it('lets a newer version of itself through and says so', async () => {
    const lost: string[] = [];
    await openLedger((reason) => lost.push(reason));
    const newer = await openDB(ledgerName, 99);
    expect(lost).toEqual(['newer']);
    newer.close();
  });

  it('refuses to open a database of a newer version, and touches nothing', async () => {
    (await openDB(ledgerName, 99)).close();
    await expect(openLedger(() => {})).rejects.toThrow();
  });
});
