import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ledgerName, ledgerVersion, openLedger } from '../../../lib/ledger/database';
import { identify } from '../../../lib/ledger/fact-id';
import { readDays } from '../../../lib/ledger/read-days';
import type { Fact } from '../../../lib/lead/facts';
import { LedgerBlockedError, LedgerFullError } from '../../../lib/ledger/types';
import { createContext } from '../../../lib/worker/context';
import { allFacts, allLeads, damageFactOf, factsOnDisk, fillDiskAt, key, newDatabase, record, touch } from './support';

beforeEach(newDatabase);

/** The stores of version 1, as it was released. */
const openVersion1 = () =>
  openDB(ledgerName, 1, {
    upgrade(db) {
      const leads = db.createObjectStore('leads', { keyPath: 'key' });
      leads.createIndex('attention', 'attention');
      leads.createIndex('nextChangeAt', 'nextChangeAt');
      leads.createIndex('projection', 'projection');
      db.createObjectStore('facts', { keyPath: 'id' }).createIndex('lead', 'lead');
    },
  });

/** The stores of version 2, as it was released. */
const openVersion2 = async () => {
  (await openVersion1()).close();
  return openDB(ledgerName, 2, {
    upgrade(db, _from, _to, transaction) {
      transaction.objectStore('leads').createIndex('dupes', 'dupes', { multiEntry: true });
      transaction.objectStore('facts').createIndex('instant', ['at', 'id']);
      db.createObjectStore('aggregates', { keyPath: ['day', 'crm', 'kind', 'what', 'reason', 'source'] });
      db.createObjectStore('snoozes', { keyPath: 'lead' }).createIndex('until', 'until');
      db.createObjectStore('forgotten', { keyPath: 'hash' });
      db.createObjectStore('meta', { keyPath: 'name' });
    },
  });
};

/** The stores of version 3, as it was released. */
const openVersion3 = async () => {
  (await openVersion2()).close();
  return openDB(ledgerName, 3, { upgrade: (db) => void db.createObjectStore('due', { keyPath: 'bucket' }) });
};

/** The stores of version 4, as it was released. */
const openVersion4 = async () => {
  (await openVersion3()).close();
  return openDB(ledgerName, 4, {
    upgrade(db) {
      db.createObjectStore('days', { keyPath: ['day', 'part'] }).createIndex('lead', 'leads', { multiEntry: true });
      db.createObjectStore('touched', { keyPath: 'lead' });
    },
  });
};

describe('bringing a released version up to date', () => {
  it('version 1: everything is still there, and can be found in the new ways', async () => {
    const old = await openVersion1();
    const stored = record('1', { attention: 7, nextChangeAt: 8 });
    const facts = await Promise.all([touch('1', 5), touch('1', 6)].map(identify));
    await old.put('leads', stored);
    for (const fact of facts) await old.put('facts', fact);
    await old.put('facts', { id: 'damaged', lead: key('1'), at: 'yesterday' });
    old.close();

    const ledger = await openLedger(() => {});
    const known = (await ledger.load([key('1')])).get(key('1'));
    expect(known?.record).toEqual(stored);
    expect(known?.facts.map(({ id }) => id).toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
    expect(ledger.unreadable()).toBe(1);
    expect((await ledger.dueLeads(7)).map((lead) => lead.key)).toEqual([key('1')]);
    expect(await ledger.nextChange()).toBe(8);
    expect(await ledger.outdated('b', 5)).toEqual([key('1')]);
    const instants: number[] = [];
    for await (const batch of ledger.historiesBetween(0, 100)) instants.push(...batch.map(({ at }) => at));
    expect(instants.toSorted((a, b) => a - b)).toEqual([5, 6]);
    await ledger.save([record('2', { dupes: ['mail:a'] })], []);
    expect((await ledger.duplicatesOf(['mail:a'])).get('mail:a')).toEqual([key('2')]);
    expect(await ledger.counts()).toEqual({ leads: 2, facts: 3, snoozes: 0, forgotten: 0 });
    ledger.close();
  });

  it('has the same stores and indexes as one that is new', async () => {
    const shapeOf = async (): Promise<unknown> => {
      (await openLedger(() => {})).close();
      const raw = await openDB(ledgerName);
      const names = [...raw.objectStoreNames];
      const shape = names.map((name) => {
        const store = raw.transaction(name).store;
        const indexes = [...store.indexNames].map((index) => {
          const { keyPath, multiEntry } = store.index(index);
          return { index, keyPath, multiEntry };
        });
        return { name, keyPath: store.keyPath, indexes };
      });
      expect(raw.version).toBe(ledgerVersion);
      raw.close();
      return shape;
    };
    const fresh = await shapeOf();
    for (const open of [openVersion1, openVersion2, openVersion3, openVersion4]) {
      newDatabase();
      (await open()).close();
      expect(await shapeOf()).toEqual(fresh);
    }
  });

  it('versions 2 to 4: what they kept is there, and a report may keep days beside it', async () => {
    for (const open of [openVersion2, openVersion3, openVersion4]) {
      newDatabase();
      const old = await open();
      const fact = await identify(touch('1', 5));
      await old.put('leads', record('1', { attention: 7 }));
      await old.put('facts', fact);
      await old.put('meta', { name: 'retention', value: 3 });
      old.close();
      const ledger = await openLedger(() => {});
      expect((await ledger.load([key('1')])).get(key('1'))).toEqual({
        record: record('1', { attention: 7 }),
        facts: [fact],
      });
      expect(await ledger.note('retention')).toBe(3);
      const session = (await ledger.beginDays())!;
      expect(await ledger.keepDays({ session, clear: true, drop: [], put: [] })).toBe(true);
      expect(await ledger.settleDays(session)).toBe(true);
      expect(await readDays(session)).toEqual({ days: [], touched: new Map() });
      ledger.close();
    }
  });
});

describe('facts that an older version kept each by itself', () => {
  const some = (recordId: string, count: number, from = 1): Promise<Fact[]> =>
    Promise.all(Array.from({ length: count }, (_, turn) => identify(touch(recordId, from + turn))));

  it('lie with those of their lead, whatever their number, and are counted', async () => {
    const old = await openVersion4();
    const many = await some('b', 5_003);
    const facts = [...(await some('a', 3)), ...many, ...(await some('c', 60)), ...(await some('d', 1))];
    const writing = old.transaction('facts', 'readwrite');
    await Promise.all(facts.map((fact) => writing.store.put(fact)));
    await writing.done;
    old.close();
    const ledger = await openLedger(() => {});
    const byId = (one: Fact, other: Fact): number => (one.id < other.id ? -1 : 1);
    expect(await allFacts(ledger)).toEqual(facts.toSorted(byId));
    expect((await ledger.factsOf([key('b')])).get(key('b'))).toEqual(many.toSorted(byId));
    expect(await ledger.counts()).toMatchObject({ facts: facts.length });
    // Known ones stay known.
    expect(await ledger.take([], facts)).toMatchObject({ facts: 0, known: facts.length });
    const later = await some('c', 2, 1_000);
    await ledger.save([], later);
    expect((await ledger.factsOf([key('c')])).get(key('c'))).toHaveLength(62);
    ledger.close();
  });

  it('stay also where they are damaged, even those of no lead', async () => {
    const old = await openVersion4();
    const good = await identify(touch('1', 5));
    const damaged = [
      { id: 'no lead' },
      { id: 'a number for a lead', lead: 7 },
      { id: 'a list for a lead', lead: ['1'] },
      { id: 'no text in it', lead: '', at: 4 },
      { id: 'at nonsense', lead: key('1'), at: 'yesterday' },
    ];
    for (const fact of [good, ...damaged]) await old.put('facts', fact);
    old.close();
    const ledger = await openLedger(() => {});
    expect((await ledger.factsOf([key('1')])).get(key('1'))).toEqual([good]);
    expect(await ledger.counts()).toMatchObject({ facts: 6 });
    const raw = await openDB(ledgerName);
    const kept = await factsOnDisk(raw);
    expect(kept).toHaveLength(6);
    expect(kept).toEqual(expect.arrayContaining([good, ...damaged]));
    expect([...raw.objectStoreNames]).not.toContain('facts');
    raw.close();
    // Whoever goes through everything meets them, too, and nobody is stopped by them.
    expect(await allFacts(ledger)).toEqual([good]);
    expect(await ledger.retain({ cutoff: 1e15, now: 1e15, limit: 100 })).toMatchObject({ facts: 0 });
    ledger.close();
  });
});

describe('a database that somebody else holds', () => {
  it('an older version that does not let go: told in time, and opened once it has', async () => {
    const old = await openVersion1();
    const lost: string[] = [];
    await expect(openLedger((reason) => lost.push(reason), { withinMs: 500 })).rejects.toThrow(LedgerBlockedError);
    expect(lost).toEqual([]);
    old.close();
    await vi.waitFor(() => expect(lost).toEqual(['late']));
    const ledger = await openLedger(() => {});
    await ledger.save([record('1')], []);
    expect(await ledger.count()).toBe(1);
    ledger.close();
  });

  it('an older version that lets go when asked is no problem', async () => {
    const old = await openVersion1();
    old.addEventListener('versionchange', () => old.close());
    const ledger = await openLedger(() => {}, { withinMs: 10_000 });
    expect(await ledger.count()).toBe(0);
    ledger.close();
  });

  it('an upgrade that can not be done says so and leaves what is there', async () => {
    (await openDB(ledgerName, 1, { upgrade: (db) => void db.createObjectStore('facts', { keyPath: 'id' }) })).close();
    await expect(openLedger(() => {})).rejects.toThrow();
    const raw = await openDB(ledgerName);
    expect([raw.version, ...raw.objectStoreNames]).toEqual([1, 'facts']);
    raw.close();
  });

  it('the worker goes on in memory, says why, and takes the database when it is free', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const old = await openVersion1();
    const context = createContext(() => 1);
    const opening = context.ledger();
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await opening).durable).toBe(false);
    vi.useRealTimers();
    old.close();
    await vi.waitFor(async () => expect((await context.ledger()).durable).toBe(true));
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
    const newer = await openDB(ledgerName);
    expect(newer.version).toBe(99);
    newer.close();
  });
});

describe('a database that is taken away', () => {
  it('deleted while open: lets go, says so, and the next one is new', async () => {
    const lost: string[] = [];
    const ledger = await openLedger((reason) => lost.push(reason));
    await ledger.save([record('1')], []);
    await deleteDB(ledgerName);
    expect(lost).toEqual(['closed']);
    const next = await openLedger(() => {});
    expect(await next.count()).toBe(0);
    next.close();
  });

  it('closed by the browser: the worker opens it again and loses nothing', async () => {
    const open = vi.spyOn(globalThis.indexedDB, 'open');
    const context = createContext(() => 1);
    await context.withLedger((ledger) => ledger.save([record('1')], []));
    const raw = open.mock.results[0]?.value as IDBOpenDBRequest;
    forceCloseDatabase(raw.result as unknown as Parameters<typeof forceCloseDatabase>[0]);
    await vi.waitFor(async () => {
      await context.withLedger((ledger) => ledger.count());
      expect(open).toHaveBeenCalledTimes(2);
    });
    expect(await context.withLedger((ledger) => ledger.count())).toBe(1);
    expect((await context.ledger()).durable).toBe(true);
  });
});

describe('what is written', () => {
  it('is there after a restart of the worker', async () => {
    const first = await openLedger(() => {});
    await first.save([record('1')], [await identify(touch('1', 5))]);
    first.close();
    const second = await openLedger(() => {});
    expect((await second.load([key('1')])).get(key('1'))?.facts).toHaveLength(1);
  });

  it('is on disk before it is acknowledged: every write asks for that', async () => {
    const ledger = await openLedger(() => {});
    const transactions = vi.spyOn(globalThis.IDBDatabase.prototype, 'transaction');
    await ledger.save([record('1')], [await identify(touch('1', 5))]);
    await ledger.take([record('2').lead], []);
    await ledger.snooze([key('1')], 9);
    await ledger.erase(key('1'), 10);
    await ledger.retain({ cutoff: 10, now: 20, limit: 10 });
    await ledger.setNote('a', 1);
    const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(writes).toHaveLength(6);
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
  });

  it('leaves a damaged fact or record where it is, and counts it once', async () => {
    const ledger = await openLedger(() => {});
    await ledger.save([record('1', { attention: 1 })], [await identify(touch('1', 5))]);
    const raw = await openDB(ledgerName);
    await damageFactOf(raw, key('1'));
    await raw.put('leads', { key: key('2'), attention: 1, lead: 'nonsense' });
    expect(ledger.unreadable()).toBe(0);
    expect((await ledger.load([key('1'), key('2')])).get(key('1'))?.facts).toHaveLength(1);
    expect((await ledger.load([key('2')])).get(key('2'))?.record).toBeUndefined();
    expect(await ledger.dueLeads(5)).toHaveLength(1);
    expect(await allFacts(ledger)).toHaveLength(1);
    expect(await allLeads(ledger)).toHaveLength(1);
    expect(ledger.unreadable()).toBe(2);
    // What comes from elsewhere does not replace it, either.
    expect(await ledger.take([record('2').lead], [])).toMatchObject({ leads: 0 });
    await ledger.save([], [await identify(touch('1', 9))]);
    expect((await factsOnDisk(raw)).map(({ id }) => id)).toContain('damaged');
    expect((await ledger.load([key('1')])).get(key('1'))?.facts).toHaveLength(2);
    expect(await raw.get('leads', key('2'))).toMatchObject({ lead: 'nonsense' });
    raw.close();
  });

  it('leaves what is no fact at all among facts where it is, and goes on with the others', async () => {
    const ledger = await openLedger(() => {});
    const fact = await identify(touch('1', 5));
    await ledger.save([record('1')], [fact]);
    const raw = await openDB(ledgerName);
    const history = (await raw.get('histories', [key('1'), 0])) as { facts: unknown[] };
    await raw.put('histories', { ...history, facts: [null, ...history.facts, 7, 'text'] });
    expect((await ledger.load([key('1')])).get(key('1'))?.facts).toEqual([fact]);
    const later = await identify(touch('1', 9));
    await ledger.save([], [fact, later]);
    expect(await allFacts(ledger)).toHaveLength(2);
    expect(await ledger.retain({ cutoff: 1e15, now: 1e15, limit: 10 })).toMatchObject({ leads: 0 });
    expect(await factsOnDisk(raw)).toEqual([null, fact, 7, 'text', later]);
    expect(ledger.unreadable()).toBeGreaterThan(0);
    raw.close();
    ledger.close();
  });

  it('says that the disk is full, and keeps nothing of that write and everything before it', async () => {
    const ledger = await openLedger(() => {});
    const facts = await Promise.all([1, 2, 3, 4].map((at) => identify(touch('1', at))));
    await ledger.save([record('1', { attention: 1 })], facts.slice(0, 1));
    const disk = fillDiskAt(4);
    await expect(ledger.save([record('1', { attention: 9 }), record('2')], facts)).rejects.toThrow(LedgerFullError);
    expect(disk.met()).toBe(true);
    disk.makeRoom();
    expect(await allFacts(ledger)).toEqual(facts.slice(0, 1));
    expect(await ledger.count()).toBe(1);
    expect((await ledger.load([key('1')])).get(key('1'))?.record?.attention).toBe(1);
    await ledger.save([record('2')], facts);
    expect(await ledger.counts()).toMatchObject({ leads: 2, facts: 4 });
  });

  it('keeps nothing of a write with something in it that can not be stored', async () => {
    const ledger = await openLedger(() => {});
    const wrong = { ...(await identify(touch('1', 6))), author: (() => 'nobody') as unknown as string };
    await expect(ledger.save([record('1')], [await identify(touch('1', 5)), wrong])).rejects.toThrow('clone');
    expect(await ledger.counts()).toMatchObject({ leads: 0, facts: 0 });
  });
});
